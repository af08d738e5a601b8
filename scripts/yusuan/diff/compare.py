"""Two packages compared: what is not equal in them, loaded into DuckDB and asked for every kind of change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from yusuan.diff.kinds import VIEWS, Change, Kind, change_of, load_kinds
from yusuan.diff.remainder import remainder
from yusuan.diff.sides import Side, open_side
from yusuan.engine import source
from yusuan.errors import PackageError
from yusuan.package import Package, Resource, home, read_csv
from yusuan.parquet import file_of, unreadable
from yusuan.twin import write_table

MEMORY = "1GB"
"""What DuckDB may hold in memory; the rest waits on disk."""

LEFT_OUT = frozenset({"source", "other_source"})
"""Columns that packages are not compared by: where a figure stands in its document."""

KNOWN = (
    "filings", "departments", "forms", "projects", "functions", "department_economics", "government_economics",
)  # fmt: skip
"""Resources whose rows name things: loaded whole, those of the new side before those of the old."""

_TYPES = {"number": "DECIMAL(38,6)", "integer": "BIGINT", "year": "INTEGER", "date": "DATE", "boolean": "BOOLEAN"}


@dataclass(frozen=True)
class Count:
    """How many rows of a resource are new, gone or changed, and in which columns."""

    resource: str
    title: str
    added: int
    removed: int
    changed: int
    columns: tuple[tuple[str, int], ...] = ()


@dataclass
class Comparison:
    """What differs between two packages, while the connection behind it is open."""

    old: Side
    new: Side
    kinds: Sequence[Kind]
    counts: list[Count] = field(default_factory=list)
    shape: list[tuple[str, str]] = field(default_factory=list)
    """Resources and columns that only one side has, as a sentence in Chinese and in English."""
    told: dict[str, int] = field(default_factory=dict)
    """How many changes there are of each kind."""
    _connection: duckdb.DuckDBPyConnection | None = field(default=None, repr=False)

    def changes(self, kind: Kind, most: int | None = None) -> Iterator[Change]:
        """Changes of a kind by filing and place, the first `most` of them, read as they are asked for."""
        if self._connection is None or not self.told.get(kind.code):
            return
        limit = "" if most is None else f" LIMIT {int(most)}"
        cursor = self._connection.cursor().execute(f'SELECT * FROM told."{kind.code}" ORDER BY filing, rank{limit}')
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(1000):
            for row in rows:
                yield change_of(kind, dict(zip(names, row, strict=True)))

    def all_changes(self) -> Iterator[Change]:
        """Every change, by kind in the order they are told."""
        for kind in self.kinds:
            yield from self.changes(kind)

    def total(self, code: str, column: str) -> Any:
        """The sum of a column over the changes of a kind; None where there are none."""
        if self._connection is None or not self.told.get(code):
            return None
        (total,) = self._connection.execute(f'SELECT sum("{column}") FROM told."{code}"').fetchone() or (None,)
        return total

    @property
    def same(self) -> bool:
        """Whether nothing differs but the places of figures."""
        return not (self.shape or any(c.added or c.removed or c.changed for c in self.counts))


@contextmanager
def compare(old: Side, new: Side) -> Iterator[Comparison]:
    """The comparison of two packages; memory is bounded, what does not fit waits in a temporary folder.

    Raises PackageError where a table of either cannot be read.
    """
    kinds = load_kinds(home() / "schemas" / "changes")
    with TemporaryDirectory(prefix="yusuan-diff-") as folder, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = {_text(folder)}")
        connection.execute("SET preserve_insertion_order = false; CREATE SCHEMA was; CREATE SCHEMA now")
        connection.execute("CREATE SCHEMA known; CREATE SCHEMA told")
        comparison = Comparison(old, new, kinds, _connection=connection)
        _load(connection, comparison, Path(folder))
        connection.execute((home() / "schemas" / "changes" / VIEWS).read_text(encoding="utf-8"))
        for kind in kinds:
            _ask(connection, comparison, kind)
        yield comparison


@contextmanager
def compare_since(earlier: str, package: Package) -> Iterator[Comparison]:
    """A package compared with an earlier release of it (folder, archive or revision), for others to read.

    Both go by the name of their dataset: no folder of this machine is told.
    """
    with open_side(earlier, package.root) as found:
        before, after = (Side(str(side.descriptor.get("name", "")), side) for side in (found.package, package))
        with compare(before, after) as told:
            yield told


def _load(connection: duckdb.DuckDBPyConnection, comparison: Comparison, folder: Path) -> None:
    """What is left of every resource as `was.<name>` and `now.<name>`, what names things as `known.<name>`."""
    old, new = comparison.old.package, comparison.new.package
    for name in dict.fromkeys((*new.resources, *old.resources)):
        before, after = old.resources.get(name), new.resources.get(name)
        shape = after or before
        assert shape is not None
        comparison.shape.extend(_shape(name, before, after))
        left = folder / "old.csv", folder / "new.csv"
        files = [
            _file(resource, folder / f"whole-{side}.csv") if resource else _empty(folder)
            for side, resource in enumerate((before, after))
        ]
        remainder(files[0], files[1], *left)
        for schema, resource, path in (("was", before, left[0]), ("now", after, left[1])):
            _fill(connection, f'{schema}."{name}"', resource, shape, path)
        if name in KNOWN:
            _know(connection, name, before, after, shape)
        comparison.counts.append(_count(connection, name, before, after, shape))
    for name in KNOWN:
        if name not in new.resources and name not in old.resources:
            raise PackageError(f"neither side has the resource {name!r} that names things", comparison.new.name)


def _empty(folder: Path) -> Path:
    path = folder / "empty.csv"
    path.write_bytes(b"")
    return path


def _file(resource: Resource, written: Path) -> Path:
    """The CSV file of a resource, its header held against the schema; written where the resource is Parquet."""
    if resource.format != "csv":
        write_table(resource, written, "csv")
        return written
    try:
        with resource.path.open(encoding="utf-8", newline="") as file:
            header = file.readline().rstrip("\r\n")
    except FileNotFoundError:
        raise PackageError("file is missing", str(resource.path)) from None
    except UnicodeDecodeError as error:
        raise PackageError(f"not UTF-8 at byte {error.start}", str(resource.path)) from None
    if header != ",".join(resource.fields):
        read_csv(resource.path, resource.fields)
    return resource.path


def _shape(name: str, before: Resource | None, after: Resource | None) -> Iterator[tuple[str, str]]:
    if before is None:
        yield f"新增数据表 {name}", f"new resource {name}"
    elif after is None:
        yield f"不再有数据表 {name}", f"no resource {name} any more"
    else:
        for column in after.fields:
            if column not in before.fields:
                yield f"{name} 新增列 {column}", f"{name} has a new column {column}"
        for column in before.fields:
            if column not in after.fields:
                yield f"{name} 不再有列 {column}", f"{name} has no column {column} any more"


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, resource: Resource | None, shape: Resource, path: Path
) -> None:
    """A table with the columns of `shape`, typed; its rows from a file of line numbers and the resource's own cells."""
    own = resource.fields if resource is not None else ()
    casts = [_cast(field_, own) for field_ in shape.schema["fields"]]
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in ("line", *own))
    left = (
        f"read_csv({_text(str(path))}, header=false, columns={{{columns}}}, delim=',', quote='\"', escape='\"', "
        "auto_detect=false, nullstr='', strict_mode=true, max_line_size=16777216)"
    )
    if not path.stat().st_size or resource is None:
        nothing = ", ".join(f"NULL::VARCHAR AS {_name(name)}" for name in ("line", *own))
        left = f"(SELECT {nothing}) WHERE false"
    try:
        connection.execute(f"CREATE TABLE {table} AS SELECT line::BIGINT AS line, {', '.join(casts)} FROM {left}")
    except duckdb.Error as error:
        if resource is not None:
            raise unreadable(resource, error) from None
        raise
    if resource is not None and resource.format == "parquet":
        _number(connection, table, resource)


def _number(connection: duckdb.DuckDBPyConnection, table: str, resource: Resource) -> None:
    """Rows of a Parquet file instead of lines of the CSV that was compared for it."""
    same = " AND ".join(f"CAST(p.{_name(key)} AS VARCHAR) = CAST(t.{_name(key)} AS VARCHAR)" for key in resource.key)
    rows = file_of(resource).removesuffix(")") + ", file_row_number = true)"
    connection.execute(f"UPDATE {table} t SET line = p.file_row_number + 1 FROM {rows} p WHERE {same}")


def _cast(field_: dict[str, Any], own: Iterable[str]) -> str:
    name = field_["name"]
    kind = _TYPES.get(field_["type"])
    if name not in own:
        return f"{f'NULL::{kind}' if kind else _text('')} AS {_name(name)}"
    return (
        f"TRY_CAST({_name(name)} AS {kind}) AS {_name(name)}"
        if kind
        else f"coalesce({_name(name)}, '') AS {_name(name)}"
    )


def _know(
    connection: duckdb.DuckDBPyConnection, name: str, before: Resource | None, after: Resource | None, shape: Resource
) -> None:
    """All rows of a resource, each key once: as the new side has it, else as the old one had it."""
    columns = ", ".join(map(_name, shape.fields))
    parts = []
    for rank, resource in enumerate((after, before)):
        if resource is None:
            continue
        cells = ", ".join(
            f"coalesce({_name(column)}, '') AS {_name(column)}"
            if column in resource.fields
            else f"'' AS {_name(column)}"
            for column in shape.fields
        )
        parts.append(f"SELECT {cells}, {rank} AS side FROM {source(resource)}")
    key = ", ".join(map(_name, shape.key))
    connection.execute(
        f'CREATE TABLE known."{name}" AS SELECT {columns} FROM ({" UNION ALL ".join(parts)}) '
        f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY side) = 1"
    )


def _count(
    connection: duckdb.DuckDBPyConnection, name: str, before: Resource | None, after: Resource | None, shape: Resource
) -> Count:
    """Rows added, removed and changed, by the columns both sides have."""
    both = [f for f in shape.fields if before and after and f in before.fields and f in after.fields]
    columns = [column for column in both if column not in shape.key and column not in LEFT_OUT]
    differ = [f"o.{_name(column)} IS DISTINCT FROM n.{_name(column)}" for column in columns]
    matched = "o.line IS NOT NULL AND n.line IS NOT NULL"
    sums = [
        "count(*) FILTER (o.line IS NULL)",
        "count(*) FILTER (n.line IS NULL)",
        f"count(*) FILTER ({matched} AND ({' OR '.join(differ) or 'false'}))",
        *(f"count(*) FILTER ({matched} AND {one})" for one in differ),
    ]
    key = ", ".join(map(_name, shape.key))
    row = connection.execute(
        f'SELECT {", ".join(sums)} FROM was."{name}" o FULL JOIN now."{name}" n USING ({key})'
    ).fetchone()
    added, removed, changed, *each = row or (0, 0, 0)
    return Count(
        name, shape.title, added, removed, changed, tuple((c, n) for c, n in zip(columns, each, strict=True) if n)
    )


def _ask(connection: duckdb.DuckDBPyConnection, comparison: Comparison, kind: Kind) -> None:
    """The changes of a kind as `told.<kind>`, each with its filing's name and its rank among those of the filing."""
    connection.execute(
        f"CREATE TABLE told.{_name(kind.code)} AS SELECT c.*, coalesce(t.zh, '') AS filing_zh, "
        f"coalesce(t.en, '') AS filing_en FROM ({kind.sql}\n) c LEFT JOIN titles t ON t.id = c.filing"
    )
    (count,) = connection.execute(f'SELECT count(*) FROM told."{kind.code}"').fetchone() or (0,)
    comparison.told[kind.code] = count


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
