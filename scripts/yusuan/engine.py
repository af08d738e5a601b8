"""The resources of a package in DuckDB, typed by their schemas."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb

from yusuan.package import Package, Resource, read_csv
from yusuan.plain import count_records

_TYPES = {"number": "DECIMAL(38,6)", "integer": "BIGINT", "year": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}


WORKING = ("passages", "cells", "ledger")
"""Working resources, which stand beside the build where documents were read."""


def connect(package: Package, working: Collection[str] = WORKING) -> duckdb.DuckDBPyConnection:
    """A connection with one table a resource (plus its `line`), and those of `working` that are present.

    Text cells are never null: an empty cell is the empty string. Numbers, years and dates are null where empty
    or where they do not cast, which the schemas have already reported.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    for resource in package.resources.values():
        columns = ["line", *resource.fields]
        _create(connection, resource.name, resource.path, tuple(columns[1:]), resource.schema["fields"])
    for name in working:
        path = package.build / "work" / f"{name}.csv"
        if path.is_file() and name not in package.resources:
            fields = tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].split(","))
            _create(connection, name, path, fields, [{"name": field, "type": "string"} for field in fields])
    return connection


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, fields: tuple[str, ...], schema: list[dict[str, str]]
) -> None:
    casts = []
    for field in schema:
        column = f'"{field["name"]}"'
        kind = _TYPES.get(field["type"])
        casts.append(f"TRY_CAST({column} AS {kind}) AS {column}" if kind else f"coalesce({column}, '') AS {column}")
    read_csv(path, fields)
    connection.execute(
        f'CREATE TABLE "{name}" AS SELECT row_number() OVER () + 1 AS line, {", ".join(casts)} '
        f"FROM {csv_source(path, fields)}"
    )


SMALL = 1 << 25
"""Bytes of a file that is rather held in memory than read again for every question."""


def is_big(resource: Resource) -> bool:
    """Whether a resource is too big to be held in memory."""
    return resource.path.stat().st_size > SMALL


def text_tables(connection: duckdb.DuckDBPyConnection, package: Package) -> dict[str, int]:
    """Every resource that is plain as `text."<name>"`, cells as text, empty ones null; gives their numbers of rows."""
    connection.execute("CREATE SCHEMA text")
    counts = {}
    for resource in package.resources.values():
        rows = count_records(resource.path, resource.fields)
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
    """The rows of a resource as a table of SQL, every cell as text; an empty cell is null."""
    return csv_source(resource.path, resource.fields)


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
