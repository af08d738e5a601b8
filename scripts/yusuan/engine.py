"""The resources of a package in DuckDB, typed by their schemas."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from yusuan.package import Package, read_csv

_TYPES = {"number": "DECIMAL(38,6)", "integer": "BIGINT", "year": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}


WORKING = ("passages", "cells", "ledger")
"""Working resources, which stand beside the build where documents were read."""


def connect(package: Package, working: Collection[str] = WORKING) -> duckdb.DuckDBPyConnection:
    """A connection with one table a resource (plus its `line`), and those of `working` that are present.

    Text cells are never null: an empty cell is the empty string. Numbers, years and dates are null where empty
    or where they do not cast, which the schemas have already reported.
    """
    connection = duckdb.connect()
    for resource in package.resources.values():
        columns = ["line", *resource.fields]
        _create(connection, resource.name, resource.path, tuple(columns[1:]), resource.schema["fields"])
    for name in working:
        path = package.build / "work" / f"{name}.csv"
        if path.is_file():
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
    columns = ", ".join(f"'{field}': 'VARCHAR'" for field in fields)
    source = (
        f"read_csv('{str(path).replace(chr(39), chr(39) * 2)}', header=true, columns={{{columns}}}, delim=',', "
        "quote='\"', escape='\"', auto_detect=false, nullstr='', parallel=false)"
    )
    connection.execute(
        f'CREATE TABLE "{name}" AS SELECT row_number() OVER () + 1 AS line, {", ".join(casts)} FROM {source}'
    )


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Names of the tables and views there are."""
    rows = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {str(row[0]) for row in rows}
