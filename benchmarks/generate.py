"""A valid package of millions of rows: the shipped filings, cloned under made departments.

Every clone keeps its filing's tables, prose and sums; its departments, filings, projects and documents get names of
their own, so that keys are unique and every reference holds.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import duckdb

from yusuan.engine import source
from yusuan.package import Package, create_package, open_package

OWNED = {
    "departments": ("id",),
    "filings": ("id", "department"),
    "documents": ("filing",),
    "coverage": (),
    "tables": ("id", "filing"),
    "line_items": ("id", "table_id", "filing", "department", "project"),
    "statements": ("id", "filing", "project"),
    "projects": ("id", "department"),
    "project_years": ("filing", "project"),
    "indicators": ("id", "filing", "project"),
    "sums": ("whole", "part"),
    "sections": ("filing",),
    "units": ("filing",),
    "terms": ("filing",),
}
"""Resources that are cloned: columns that begin with the identifier of a row's department, the surest first."""

OTHERS = {"departments": ("parent", "successor"), "units": ("department",)}
"""Columns that name another department than the row's own."""

HASHES = {"documents": ("sha256", "supersedes"), "coverage": ("document",), "tables": ("document",)}
"""Columns that hold the hash of a document."""


def generate(rows: int, folder: Path) -> Package:
    """A package at `folder` with at least `rows` line items, sorted by key as every package is."""
    original = open_package()
    if folder.exists():
        shutil.rmtree(folder)
    package = create_package(folder)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '3GB'")
        connection.execute(f"SET temp_directory = '{folder / 'build'}'")
        (printed,) = connection.execute(
            f"SELECT count(*) FROM {source(original.resource('line_items'))}"
        ).fetchone() or (0,)
        clones = -(-rows // printed)
        connection.execute(f"CREATE TABLE clones AS SELECT range AS n FROM range({clones})")
        connection.execute(f"CREATE TABLE owners AS SELECT id AS own FROM {source(original.resource('departments'))}")
        for name, columns in OWNED.items():
            resource = original.resource(name)
            connection.execute(
                f"COPY ({_cloned(name, resource.fields, columns, source(resource))} "
                f"ORDER BY {', '.join(resource.key)}) TO '{package.resource(name).path}' (HEADER, DELIMITER ',', "
                "QUOTE '\"', ESCAPE '\"', NULLSTR '')"
            )
    shutil.rmtree(folder / "build", ignore_errors=True)
    return package


def _cloned(name: str, fields: tuple[str, ...], owned: tuple[str, ...], rows: str) -> str:
    """The rows of a resource once for every clone. A row's department is the longest identifier its key begins with."""
    number = "lpad(CAST(n AS VARCHAR), 6, '0')"
    changed = []
    for field in fields:
        cell = f'r."{field}"'
        if field in owned:
            cell = (
                f"CASE WHEN starts_with({cell}, owner) THEN concat(owner, '-', {number}, "
                f"substr({cell}, length(owner) + 1)) ELSE {cell} END"
            )
        elif field in OTHERS.get(name, ()):
            cell = f"CASE WHEN {cell} <> '' THEN concat({cell}, '-', {number}) ELSE {cell} END"
        elif field in HASHES.get(name, ()):
            cell = f"CASE WHEN {cell} <> '' THEN sha256(concat({cell}, n)) ELSE {cell} END"
        elif name == "departments" and field == "name":
            cell = f"concat({cell}, n)"
        changed.append(f'{cell} AS "{field}"')
    owner = "NULL"
    if owned:
        key = f'"{owned[0]}"'
        begins = f"{key} = own OR starts_with({key}, concat(own, '-'))"
        owner = f"(SELECT max_by(own, length(own)) FROM owners WHERE {begins})"
    return f"SELECT {', '.join(changed)} FROM clones, (SELECT *, {owner} AS owner FROM {rows}) r"


def main() -> None:
    """Write a package and say how many line items it has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    generate(given.rows, given.folder)


if __name__ == "__main__":
    main()
