"""Parquet as a resource, a file or a folder of them: typed columns that say the same as the cells of a CSV file.

Text is VARCHAR, a number DECIMAL or a whole number, integers and years whole numbers, a date DATE; a missing cell is
NULL. Read as text they are spelt one way: no trailing zeros, dates as YYYY-MM-DD.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from yusuan.errors import PackageError
from yusuan.package import Resource, read_csv

WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
_TAKEN = {
    "number": ("decimals or whole numbers", {"DECIMAL", *WHOLE}),
    "integer": ("whole numbers", WHOLE),
    "year": ("whole numbers", WHOLE),
    "date": ("dates", {"DATE"}),
    "boolean": ("booleans", {"BOOLEAN"}),
}
"""Types of columns that hold values of a type; a field of any other type is text."""

EMPTY = '"NULL"'
"""The type of a column that was written without a single value."""


def columns_of(resource: Resource) -> dict[str, str]:
    """The columns of a resource's Parquet file with their types, in the order of its schema.

    Raises PackageError where the file is no Parquet, or its columns are not those of the schema.
    """
    place = str(resource.path)
    try:
        rows = duckdb.execute(f"DESCRIBE SELECT * FROM {file_of(resource)}").fetchall()
    except duckdb.Error as error:
        raise unreadable(resource, error) from None
    found = {str(name): str(kind) for name, kind, *_ in rows}
    for names, what in (
        ([name for name in resource.fields if name not in found], "lacks the column"),
        ([name for name in found if name not in resource.fields], "has a column that its schema has not:"),
    ):
        if names:
            raise PackageError(f"{what} {', '.join(names)}; write it again by its schema", place)
    for field in resource.schema["fields"]:
        _check_type(field, found[field["name"]], place)
    return {name: found[name] for name in resource.fields}


def _check_type(field: Mapping[str, Any], kind: str, place: str) -> None:
    name = field["name"]
    told, taken = _TAKEN.get(field["type"], ("text", {"VARCHAR"}))
    base = kind.partition("(")[0]
    if base in taken or kind == EMPTY:
        return
    why = "; binary fractions are not exact" if base in {"FLOAT", "DOUBLE"} and field["type"] == "number" else ""
    raise PackageError(f"column {name} is {kind}, but a field of type {field['type']} is kept as {told}{why}", place)


def unreadable(resource: Resource, error: duckdb.Error) -> PackageError:
    """What to say of a file that the database cannot read. Raises that itself where the reader of CSV knows better."""
    if resource.format == "csv":
        read_csv(resource.path, resource.fields)
    if not resource.path.exists():
        return PackageError("file is missing", str(resource.path))
    why = str(error).splitlines()[0]
    return PackageError(f"cannot be read whole ({why}); copy it or write it again", str(resource.path))


def file_of(resource: Resource) -> str:
    """The rows of the file, or of the files of a folder in the order of their names, as they are typed there."""
    return _file_at(resource.path)


def names_in(path: Path) -> list[str]:
    """The columns that a file, or the files of a folder, have."""
    return [str(name) for name, *_ in duckdb.execute(f"DESCRIBE SELECT * FROM {_file_at(path)}").fetchall()]


def _file_at(path: Path) -> str:
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    quoted = ["'" + str(file).replace("'", "''") + "'" for file in files]
    return f"read_parquet([{', '.join(quoted)}], hive_partitioning = false)"


def as_text(resource: Resource) -> str:
    """The rows of a resource as a table of SQL, every cell as text; an empty cell is null. Raises PackageError."""
    missing = resource.schema.get("missingValues", [""])
    absent = "" if "" in missing or not missing else str(missing[0])
    kinds = {field["name"]: field["type"] for field in resource.schema["fields"]}
    cells = [
        f"{_text(name, kind, kinds[name], absent)} AS {_column(name)}" for name, kind in columns_of(resource).items()
    ]
    return f"(SELECT {', '.join(cells)} FROM {file_of(resource)})"


def _text(name: str, kind: str, type_: str, absent: str) -> str:
    """SQL of a column as text, null where a cell is empty; `absent` is how a missing value is spelt, if not so."""
    if kind == "VARCHAR":
        return f"nullif({_column(name)}, '')"
    text = f"CAST({_column(name)} AS VARCHAR)"
    if kind.startswith("DECIMAL") and not kind.endswith(",0)"):
        text = f"rtrim(rtrim({text}, '0'), '.')"
    elif type_ == "year":
        text = f"CASE WHEN length({text}) < 4 THEN lpad({text}, 4, '0') ELSE {text} END"
    quoted = absent.replace("'", "''")
    return f"coalesce({text}, '{quoted}')" if absent else text


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def count_rows(resource: Resource) -> int:
    """Rows of the file, by what its end says of it. Raises PackageError."""
    try:
        row = duckdb.execute(f"SELECT count(*) FROM {file_of(resource)}").fetchone()
    except duckdb.Error as error:
        raise unreadable(resource, error) from None
    return int(row[0]) if row else 0
