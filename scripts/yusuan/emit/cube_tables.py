"""The cubes as tables: one CSV a cube, with CSVW metadata that turns each row into the triples of its observation.

Columns, properties and IRIs are those of `ontology/columns.csv`, so that graph and tables cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from yusuan.emit import sql
from yusuan.emit.mapping import GraphMapping, Triple, load_mapping
from yusuan.emit.write import prepare
from yusuan.engine import connect
from yusuan.package import Package, write_json

OBSERVED = ("figures", "backcasts")
"""The views whose rows are observations; each has the columns form and, but for back-casts, part."""

KEY = "observation"

TYPE = "rdf:type"
"""What a virtual column tells; processors know this prefix without being told."""


@dataclass(frozen=True)
class Column:
    """A column of a cube's table: its CSVW description, and the SQL of its cells (none for a virtual one)."""

    described: dict[str, Any]
    cell: str


def write_cube_tables(package: Package, folder: Path) -> list[Path]:
    """Write `<form>[-<part>].csv` and `….csv-metadata.json` for every cube that has observations; gives the CSVs."""
    mapping = load_mapping(package)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with connect(package) as connection:
        prepare(connection, package, mapping)
        for view in OBSERVED:
            triples = [t for v, found in mapping.views() if v == view for t in found if not t.graph]
            columns = list(_columns(mapping, triples))
            connection.execute(f'CREATE TEMP TABLE "rows of {view}" AS SELECT * FROM "{view}"')
            for form, part, names in _cubes(connection, view):
                path = folder / (f"{form}{part.replace('/', '-')}.csv")
                kept = _write(connection, view, columns, (form, part), path)
                write_json(path.with_name(path.name + "-metadata.json"), _metadata(path.name, names, kept))
                written.append(path)
    return sorted(written)


def _cubes(connection: duckdb.DuckDBPyConnection, view: str) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Form, part and the names in two languages of each cube that a view fills."""
    rows = connection.execute(
        "SELECT form, part, name || label, name_en || label_en FROM cubes WHERE (part = '/backcast') = ? ORDER BY ALL",
        [view == "backcasts"],
    ).fetchall()
    for form, part, zh, en in rows:
        yield str(form), str(part), (str(zh), str(en))


def _write(
    connection: duckdb.DuckDBPyConnection, view: str, columns: Sequence[Column], cube: tuple[str, str], path: Path
) -> list[Column]:
    """Write one table; gives the columns it has: those that are virtual or have a cell."""
    form, part = (text.replace("'", "''") for text in cube)
    where = f"form = '{form}'" + (f" AND in_cube AND part = '{part}'" if view == "figures" else "")
    cells = [column for column in columns if column.cell]
    counts = connection.execute(
        f'SELECT {", ".join(f"count({column.cell})" for column in cells)} FROM "rows of {view}" WHERE {where}'
    ).fetchone()
    filled = {id(column) for column, count in zip(cells, counts or (), strict=True) if count}
    kept = [column for column in columns if not column.cell or id(column) in filled]
    selected = ", ".join(f'{column.cell} AS "{column.described["name"]}"' for column in kept if column.cell)
    target = str(path).replace("'", "''")
    rows = f'SELECT {selected} FROM "rows of {view}" WHERE {where} ORDER BY "{KEY}"'
    connection.execute(f"COPY ({rows}) TO '{target}' (FORMAT csv, HEADER)")
    return kept


def _columns(mapping: GraphMapping, triples: Sequence[Triple]) -> Iterator[Column]:
    """The columns of a table: the observation itself, then one for each triple that its rows may give."""
    prefix, cell = sql.resource(mapping, triples[0].subject)
    about = f"{prefix}{{+{KEY}}}"
    yield Column({"name": KEY, "titles": KEY, "suppressOutput": True}, cell)
    seen: dict[str, int] = {}
    virtual = []
    for triple in triples:
        local = triple.predicate.rpartition(":")[2]
        seen[local] = seen.get(local, 0) + 1
        name = local if seen[local] == 1 else f"{local}_{seen[local]}"
        property_ = {"name": name, "aboutUrl": about, "propertyUrl": mapping.expand(triple.predicate)}
        if triple.predicate == TYPE and triple.when in ("", "in_cube"):
            iri = mapping.expand(triple.object[0].text) if triple.as_ == "curie" else triple.object[0].text
            virtual.append(Column({**property_, "propertyUrl": TYPE, "virtual": True, "valueUrl": iri}, ""))
            continue
        yield _column(mapping, triple, {**property_, "titles": name})
    yield from virtual


def _column(mapping: GraphMapping, triple: Triple, described: dict[str, Any]) -> Column:
    name = described["name"]
    if triple.as_ in ("iri", "curie"):
        prefix, cell = sql.resource(mapping, triple.object, triple.as_)
        described["valueUrl"] = f"{prefix}{{+{name}}}"
    else:
        cell = sql.text(triple)
        if triple.as_.startswith("@"):
            described["lang"] = triple.as_[1:]
        else:
            described["datatype"] = triple.as_.removeprefix("xsd:")
    condition = sql.condition(triple)
    return Column(described, f"CASE WHEN {condition} THEN {cell} END" if condition else cell)


def _metadata(name: str, names: tuple[str, str], columns: Sequence[Column]) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:title": [{"@value": names[0], "@language": "zh-Hans"}, {"@value": names[1], "@language": "en"}],
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"primaryKey": KEY, "columns": [column.described for column in columns]},
    }
