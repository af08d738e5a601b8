"""The next release of a big package: amounts corrected, departments gone and come with their filings, a code renamed.

    python benchmarks/changed.py PACKAGE FOLDER

One line item in a thousand has another amount; the last clone that `generate.py` made goes; the first one comes again
under a new number. Tables stay sorted by their keys, as every package is.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import duckdb

from yusuan.engine import source
from yusuan.package import Package, Resource, open_package

EACH = 1000
FIRST = "-000000"
NEW = "999999"
"""Number of the clone that comes; `generate.py` numbers from 000000."""

HASHES = ("sha256", "supersedes", "document")
"""Columns that hold the hash of a document."""

RENAMED = ("functions", "name", "（修订）")


def change(before: Package, folder: Path) -> Package:
    """The package changed, at `folder`."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(before.root, folder, ignore=shutil.ignore_patterns("build"))
    after = open_package(folder)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute(f"SET temp_directory = '{folder / 'build'}'")
        (last,) = connection.execute(
            f"SELECT max(regexp_extract(id, '-([0-9]{{6}})$', 1)) FROM {source(before.resource('departments'))}"
        ).fetchone() or ("",)
        for resource in before.resources.values():
            rows = _changed(resource, str(last))
            connection.execute(
                f"COPY ({rows} ORDER BY {', '.join(resource.key)}) TO '{after.resource(resource.name).path}' "
                "(HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '')"
            )
    shutil.rmtree(folder / "build", ignore_errors=True)
    return after


def _changed(resource: Resource, last: str) -> str:
    """The rows of a resource in the next release."""
    rows = f"(SELECT *, row_number() OVER () AS line FROM {source(resource)})"
    columns = ", ".join(_cell(resource, name) for name in resource.fields)
    owner = '"filing"' if "filing" in resource.fields else f'"{resource.key[0]}"'
    if resource.kind == "list" and resource.name not in {"departments", RENAMED[0]}:
        return f"SELECT {', '.join(resource.fields)} FROM {source(resource)}"
    kept = f"SELECT {columns} FROM {rows} WHERE {owner} NOT LIKE '%-{last}%'"
    again = ", ".join(map(_renumbered, resource.fields))
    return f"SELECT * FROM ({kept} UNION ALL SELECT {again} FROM {source(resource)} WHERE {owner} LIKE '%{FIRST}%')"


def _renumbered(name: str) -> str:
    if name in HASHES:
        return f'CASE WHEN "{name}" <> \'\' THEN sha256(concat("{name}", \'{NEW}\')) ELSE "{name}" END AS "{name}"'
    return f"replace(\"{name}\", '{FIRST}', '-{NEW}') AS \"{name}\""


def _cell(resource: Resource, name: str) -> str:
    cell = f'"{name}"'
    if resource.name == "line_items" and name in {"amount", "printed"}:
        return f"CASE WHEN line % {EACH} = 0 AND {cell} <> '' THEN concat('1', {cell}) ELSE {cell} END AS {cell}"
    if (resource.name, name) == RENAMED[:2]:
        return f"CASE WHEN line = 1 THEN concat({cell}, '{RENAMED[2]}') ELSE {cell} END AS {cell}"
    return cell


def main() -> None:
    """Write the next release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    change(open_package(given.package), given.folder)


if __name__ == "__main__":
    main()
