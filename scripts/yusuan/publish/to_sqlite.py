"""The resources as one SQLite file: keys and references, views with names beside codes, full-text search in Chinese."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from yusuan.package import Resource
from yusuan.publish.publication import Download, Publication

VIEWS = Path(__file__).parent / "views.sqlite.sql"
LONGEST = 8
"""Characters of a Chinese word that can be searched for; longer ones are found as a whole run only."""

_TYPES = {"number": "NUMERIC", "integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER"}
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W_]+")
_SEARCHED = ("name", "title", "label", "heading", "reason", "level3", "target", "message", "message_en", "other_names")
_BATCH = 20_000


def write_sqlite(publication: Publication) -> None:
    """Write `<name>.sqlite`. Amounts are numbers; the exact text of every figure is in the column `printed`."""
    relative = f"{publication.about.name}.sqlite"
    with closing(sqlite3.connect(publication.path(relative), isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        for resource in publication.resources:
            _create(database, publication, resource)
            _fill(database, publication, resource)
            _index(database, resource)
        database.execute("COMMIT")
        database.executescript(VIEWS.read_text(encoding="utf-8"))
        database.execute("ANALYZE")
        database.execute("VACUUM")
    publication.downloads.append(
        Download(relative, "全部数据（SQLite）", "All tables (SQLite)", "application/vnd.sqlite3", "SQLITE")
    )


def _cells(resource: Resource) -> str:
    """Columns of a resource for a SELECT; an empty cell that may be empty is NULL."""
    columns = []
    for field in resource.schema["fields"]:
        name = f'"{field["name"]}"'
        needed = field["name"] in resource.key or field.get("constraints", {}).get("required")
        is_text = field["type"] not in {"number", "integer", "year", "date", "boolean"}
        columns.append(f"nullif({name}, '') AS {name}" if is_text and not needed else name)
    return ", ".join(columns)


def _create(database: sqlite3.Connection, publication: Publication, resource: Resource) -> None:
    lines = []
    for field in resource.schema["fields"]:
        required = " NOT NULL" if field["name"] in resource.key else ""
        lines.append(f'"{field["name"]}" {_TYPES.get(field["type"], "TEXT")}{required}')
    lines.append(f"PRIMARY KEY ({_names(resource.key)})")
    for key in resource.schema.get("foreignKeys", []):
        target = key["reference"]["resource"] or resource.name
        if target in publication.package.resources:
            lines.append(
                f'FOREIGN KEY ({_names(key["fields"])}) REFERENCES "{target}" ({_names(key["reference"]["fields"])})'
            )
    database.execute(f'CREATE TABLE "{resource.name}" ({", ".join(lines)})')


def _fill(database: sqlite3.Connection, publication: Publication, resource: Resource) -> None:
    result = publication.connection.execute(f'SELECT {_cells(resource)} FROM "{resource.name}" ORDER BY line')
    marks = ", ".join("?" * len(resource.fields))
    while batch := result.fetchmany(_BATCH):
        database.executemany(f'INSERT INTO "{resource.name}" VALUES ({marks})', (_plain(row) for row in batch))


def _plain(row: Iterable[object]) -> tuple[object, ...]:
    """Cells as SQLite knows them."""
    return tuple(
        (int(cell) if cell == cell.to_integral_value() and abs(cell) < 2**63 else float(cell))
        if isinstance(cell, Decimal)
        else cell
        if isinstance(cell, (int, float, str)) or cell is None
        else str(cell)
        for cell in row
    )


def _index(database: sqlite3.Connection, resource: Resource) -> None:
    """Indexes for references, and a full-text index of the texts that people look for."""
    single = {key["fields"][0] for key in resource.schema.get("foreignKeys", []) if len(key["fields"]) == 1}
    for name in sorted(single):
        database.execute(f'CREATE INDEX "{resource.name}_{name}" ON "{resource.name}" ("{name}")')
    texts = [name for name in _SEARCHED if name in resource.fields]
    if not texts:
        return
    index = f'"{resource.name}_fts"'
    database.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({_names(texts)}, content=\"{resource.name}\", tokenize='unicode61')"
    )
    rows = database.execute(f'SELECT rowid, {_names(texts)} FROM "{resource.name}" ORDER BY rowid').fetchall()
    marks = ", ".join("?" * (len(texts) + 1))
    database.executemany(
        f"INSERT INTO {index} (rowid, {_names(texts)}) VALUES ({marks})",
        ((rowid, *(" ".join(words(cell or "")) for cell in cells)) for rowid, *cells in rows),
    )


def words(text: str) -> Iterator[str]:
    """Words to search a text by: every part of a run of Chinese characters up to LONGEST, the run, and other words."""
    for run in _RUN.findall(text):
        yield run
        if run[0] >= "\u3400":
            for start in range(len(run)):
                for length in range(1, min(LONGEST, len(run) - start) + 1):
                    if length < len(run):
                        yield run[start : start + length]


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
