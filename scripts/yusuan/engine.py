"""The resources of a package in DuckDB, typed by their schemas."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from yusuan.package import Package, Resource, format_csv, read_csv
from yusuan.parquet import as_text, count_rows, names_in, unreadable
from yusuan.plain import count_records

PLAIN = {
    "number": "-?[0-9]+([.][0-9]+)?",
    "integer": "-?[0-9]+",
    "year": "[0-9]{4}",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
"""How values are spelt: plain decimal digits. Casts also take NaN, inf, 1e3, 0x10, 1_000, 2020-1-1 and wide digits."""

_TYPES = {"number": "DECIMAL(38,6)", "integer": "BIGINT", "year": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}


WORKING = ("passages", "cells", "ledger")
"""Working resources, which stand beside the build where documents were read."""


def connect(package: Package, working: Collection[str] = WORKING) -> duckdb.DuckDBPyConnection:
    """A connection with one table a resource (plus its `line`), and those of `working` that are present.

    A line is that of a CSV file, the header being 1; of a part of a package, that of the whole.

    Text cells are never null: an empty cell is the empty string. Numbers, years and dates are null where empty
    or where they do not cast, which the schemas have already reported.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for resource in package.resources.values():
        _create(connection, resource)
    for name in working:
        found = working_resource(package, name)
        if found is not None and name not in package.resources:
            _create(connection, found)
    return connection


def working_resource(package: Package, name: str) -> Resource | None:
    """A working resource beside the build, all text, with the columns that it has there; None where it is not."""
    path = package.build / "work" / f"{name}.csv"
    packed = path.with_suffix(".parquet")
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            fields = file.readline().rstrip("\r\n").split(",")
        return Resource(name, path, "working", "", "", all_text(fields))
    if packed.exists():
        return Resource(name, packed, "working", "", "", all_text(names_in(packed)), "parquet")
    return None


def all_text(fields: Iterable[str]) -> dict[str, Any]:
    """The schema of a table of text with these columns."""
    return {"fields": [{"name": field, "type": "string"} for field in fields]}


def _create(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """The table of a resource. Raises PackageError where its file cannot be read."""
    casts = []
    for field in resource.schema["fields"]:
        column = f'"{field["name"]}"'
        kind = _TYPES.get(field["type"])
        casts.append(f"TRY_CAST({column} AS {kind}) AS {column}" if kind else f"coalesce({column}, '') AS {column}")

    line = "row_number() OVER () + 1 AS line" if resource.lines is None else "line"
    beside = "" if resource.lines is None else f" POSITIONAL JOIN read_parquet({quoted(str(resource.lines))})"

    def load(rows: str) -> int:
        made = connection.execute(
            f'CREATE OR REPLACE TABLE "{resource.name}" AS SELECT {line}, {", ".join(casts)} FROM {rows}{beside}'
        ).fetchone()
        return int(made[0]) if made else 0

    counted = count_rows_of(resource)
    try:
        if counted is not None and load(source(resource)) == counted:
            return
    except duckdb.Error as error:
        if resource.format == "parquet":
            raise unreadable(resource, error) from None
    # Not plain CSV: what the slow reader takes it for, or its words on why it cannot.
    with TemporaryDirectory(prefix="yusuan-") as folder:
        path = Path(folder) / "rows.csv"
        path.write_bytes(format_csv(resource.fields, read_csv(resource.path, resource.fields)).encode())
        load(csv_source(path, resource.fields))


SMALL = 1 << 25
"""Bytes of a file that is rather held in memory than read again for every question."""


PACKED = 16
"""How many times smaller Parquet is than the same CSV, about."""


def is_big(resource: Resource) -> bool:
    """Whether a resource is too big to be held in memory."""
    files = resource.path.iterdir() if resource.path.is_dir() else (resource.path,)
    return sum(file.stat().st_size for file in files) * (PACKED if resource.format == "parquet" else 1) > SMALL


def count_rows_of(resource: Resource) -> int | None:
    """Rows of a resource; None for a CSV file that is not plain. Raises PackageError for Parquet that is not whole."""
    return count_rows(resource) if resource.format == "parquet" else count_records(resource.path, resource.fields)


def text_tables(connection: duckdb.DuckDBPyConnection, package: Package) -> dict[str, int]:
    """Every resource that is plain as `text."<name>"`, cells as text, empty ones null; gives their numbers of rows."""
    connection.execute("CREATE SCHEMA text")
    counts = {}
    for resource in package.resources.values():
        rows = count_rows_of(resource)
        if rows is None:
            continue
        kind = "VIEW" if is_big(resource) else "TABLE"
        try:
            connection.execute(f'CREATE {kind} text."{resource.name}" AS SELECT * FROM {source(resource)}')
        except duckdb.Error:
            continue
        counts[resource.name] = rows
    return counts


def source(resource: Resource) -> str:
    """The rows of a resource as a table of SQL, every cell as text; an empty cell is null. Raises PackageError."""
    return as_text(resource) if resource.format == "parquet" else csv_source(resource.path, resource.fields)


def csv_source(path: Path, fields: Iterable[str]) -> str:
    """The rows of a CSV file with these columns as a table of SQL, every cell as text; an empty cell is null."""
    columns = ", ".join(f"{quoted(field)}: 'VARCHAR'" for field in fields)
    return (
        f"read_csv({quoted(str(path))}, header=true, columns={{{columns}}}, delim=',', quote='\"', escape='\"', "
        "auto_detect=false, nullstr='')"
    )


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of the tables and views there are."""
    rows = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {str(row[0]) for row in rows}
