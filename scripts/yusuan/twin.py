"""The same package with its tables in another format: CSV as Parquet, Parquet as CSV, cell for cell."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import duckdb

from yusuan.engine import PLAIN, csv_source, quoted, source
from yusuan.errors import PackageError
from yusuan.package import DESCRIPTOR, Package, Resource, Row, format_csv, home, read_csv, write_json
from yusuan.parquet import as_text, unreadable
from yusuan.plain import count_records

if TYPE_CHECKING:
    import pandas as pd

MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}

ROW_GROUP = 122_880
"""Rows that are packed together: what a reader passes over, or takes, as one."""

_RAW = "FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER ''"
"""How the database writes text as it is, one row a line."""

_KINDS = {"integer": "BIGINT", "year": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}
_SPELT = {**PLAIN, "boolean": "true|false"}
PLACES = 6
"""Places of a decimal in Parquet; more where a number has more."""


def write_twin(package: Package, folder: Path, format_: str) -> Package:
    """Write a package with all its tables in a format into an empty folder; its own rules and ontology go with it.

    Raises PackageError where a cell has no place in a typed column.
    """
    resources = []
    for item in package.descriptor.get("resources", []):
        resource = package.resource(item["name"])
        path = PurePosixPath(item["path"]).with_suffix(f".{format_}")
        write_table(resource, folder / path, format_)
        kept = {key: value for key, value in item.items() if key not in {"bytes", "hash", "encoding", "dialect"}}
        described = {**kept, "path": str(path), "format": format_, "mediatype": MEDIA[format_]}
        resources.append({**described, "encoding": "utf-8"} if format_ == "csv" else described)
        _copy(package.root, folder, item["schema"])
    if package.root.resolve() != home():
        for own in ("schemas/rules", "ontology"):
            _copy(package.root, folder, own)
    write_json(folder / DESCRIPTOR, {**package.descriptor, "resources": resources})
    return Package(folder)


def _copy(root: Path, folder: Path, name: str) -> None:
    """Copy a file or a folder of a package, where it has it, under the same name."""
    own, target = root / name, folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if own.is_dir():
        shutil.copytree(own, target, dirs_exist_ok=True)
    elif own.is_file():
        shutil.copyfile(own, target)


@contextmanager
def as_csv(package: Package) -> Iterator[Package]:
    """The package itself where its tables are CSV, else a twin that is there as long as the context."""
    if all(resource.format == "csv" for resource in package.resources.values()):
        yield package
        return
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        yield write_twin(package, Path(folder), "csv")


def write_table(resource: Resource, path: Path, format_: str) -> None:
    """Write the rows of a resource to a file of a format, in their order. Raises PackageError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if format_ == resource.format and resource.path.is_dir():
        shutil.copytree(resource.path, path)
    elif format_ == resource.format:
        shutil.copyfile(resource.path, path)
    elif format_ == "csv":
        _write_csv(resource, path)
    elif count_records(resource.path, resource.fields) is None:
        write_rows(resource, read_csv(resource.path, resource.fields), path)
    else:
        _write_parquet(resource, source(resource), path)


def write_rows(resource: Resource, rows: Iterable[Mapping[str, str]], path: Path) -> None:
    """Write rows of text as the Parquet file of a resource. Raises PackageError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        text = Path(folder) / "rows.csv"
        text.write_bytes(format_csv(resource.fields, rows).encode())
        _write_parquet(resource, csv_source(text, resource.fields), path)


def rows_of(resource: Resource) -> list[Row]:
    """All rows of a Parquet resource as text, in file order. Raises PackageError."""
    table = as_text(resource)
    try:
        found = duckdb.execute(f"SELECT * FROM {table}").fetchall()
    except duckdb.Error as error:
        raise unreadable(resource, error) from None
    return [{name: cell or "" for name, cell in zip(resource.fields, row, strict=True)} for row in found]


def frame_of(resource: Resource) -> pd.DataFrame:
    """All rows of a Parquet resource as a DataFrame of text, column by column. Raises PackageError."""
    cells = ", ".join(f"coalesce({name}, '') AS {name}" for name in map(_name, resource.fields))
    try:
        return duckdb.execute(f"SELECT {cells} FROM {as_text(resource)}").df().astype("object")
    except duckdb.Error as error:
        raise unreadable(resource, error) from None


def _write_csv(resource: Resource, path: Path) -> None:
    """RFC 4180 with LF line ends, as `package.format_csv` writes it."""
    cells = ", ',', ".join(
        f"CASE WHEN regexp_matches({name}, '[,\"\\n\\r]') THEN concat('\"', replace({name}, '\"', '\"\"'), '\"') "
        f"ELSE {name} END"
        for name in map(_name, resource.fields)
    )
    header = _name(format_csv(resource.fields, ()).removesuffix("\n"))
    try:
        duckdb.execute(
            f"COPY (SELECT concat({cells}, '') AS {header} FROM {as_text(resource)}) TO {quoted(str(path))} ({_RAW})"
        )
    except duckdb.Error as error:
        raise unreadable(resource, error) from None


def _write_parquet(resource: Resource, table: str, path: Path) -> None:
    """Typed columns of a table of text, packed. Raises PackageError where a cell has no place in its column."""
    try:
        with duckdb.connect() as connection:
            places = _places(connection, resource, table)
            columns = ", ".join(_typed(resource, field, places) for field in resource.schema["fields"])
            connection.execute(
                f"COPY (SELECT {columns} FROM {table}) TO {quoted(str(path))} "
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
            )
    except duckdb.Error as error:
        path.unlink(missing_ok=True)
        raise unreadable(resource, error) from None


def _places(connection: duckdb.DuckDBPyConnection, resource: Resource, table: str) -> dict[str, int]:
    """How many decimal places each column of numbers needs; PackageError where a cell is not spelt as its type is."""
    fields = [field for field in resource.schema["fields"] if field["type"] in _SPELT]
    if not fields:
        return {}
    wanted = []
    for field in fields:
        cell, kind = _cell(resource, field), field["type"]
        fits = f"TRY_CAST({cell} AS {_KINDS.get(kind, 'DECIMAL(38,0)')}) IS NOT NULL"
        spelt = f"regexp_full_match({cell}, {quoted(_SPELT[kind])})"
        if kind == "date":
            spelt += f" AND NOT starts_with({cell}, '0000')"
        wanted.append(f"min(record) FILTER ({cell} IS NOT NULL AND NOT ({spelt} AND {fits}))")
        decimal = f"length(regexp_extract({cell}, '[.]([0-9]*[1-9])0*$', 1))"
        wanted.append(f"coalesce(max({decimal}), 0)" if kind == "number" else "0")
    numbered = f"SELECT *, row_number() OVER () + 1 AS record FROM {table}"
    found = list(connection.execute(f"SELECT {', '.join(wanted)} FROM ({numbered})").fetchone() or ())
    places = {}
    for field, record, decimals in zip(fields, found[::2], found[1::2], strict=True):
        if record is not None:
            told = f"{field['name']} is no {field['type']} as its schema has it; `yusuan check` tells all such cells"
            raise PackageError(f"{resource.said(record)[1]}: {told}", str(resource.path))
        places[field["name"]] = max(PLACES, decimals)
    return places


def _typed(resource: Resource, field: Mapping[str, Any], places: Mapping[str, int]) -> str:
    name, kind = _name(field["name"]), field["type"]
    if kind not in _SPELT:
        return name
    type_ = _KINDS.get(kind) or f"DECIMAL(38,{places[field['name']]})"
    return f"CAST({_cell(resource, field)} AS {type_}) AS {name}"


def _cell(resource: Resource, field: Mapping[str, Any]) -> str:
    """SQL of a cell of text, null where it is missing."""
    cell = _name(field["name"])
    for text in resource.schema.get("missingValues", [""]):
        cell = f"nullif({cell}, {quoted(text)})"
    return cell


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
