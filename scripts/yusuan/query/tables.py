"""The tables of a package back from its graph, cell for cell: `ontology/tables/` says where each column is kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from urllib.parse import unquote

from yusuan.package import Package, Row, read_csv
from yusuan.query.answer import Answer

Ask = Callable[[str], Answer]
"""Answers SPARQL text, with the prefixes of the package known."""

FOLDER = ("ontology", "tables")
LANGUAGES = ("zh", "en")

LISTS = "lists"
"""The section of `columns.csv` for every resource that is a code list."""

_NOTHING = {"_T", "_Z"}
_THING = re.compile(r"(?:code/(?P<scheme>[^/]+)|(?P<kind>[a-z]+))(?:/(?P<id>.+))?", re.DOTALL)


@dataclass(frozen=True)
class Column:
    """Where a column is kept: a property path from the row, what its end is, and how several ends make a cell.

    `as_` is id, scheme, name, text, number, zh or en. `many` is empty (one), rows (a row each), list (joined, sorted)
    or ordered (joined by the ordinal of each).
    """

    name: str
    path: str
    as_: str
    many: str


@dataclass(frozen=True)
class Table:
    """A resource in the graph: the pattern that finds its rows, its columns, and the queries that ask for them."""

    resource: str
    pattern: str
    columns: tuple[Column, ...]
    queries: Mapping[str, Template]

    def query(self, name: str, path: str = "", language: str = "") -> str:
        """A query of this table: rows, keys, cells or cells-in-order."""
        return self.queries[name].substitute(pattern=self.pattern, path=path, language=language)


def load_tables(package: Package) -> list[Table]:
    """How each resource of a package is kept in the graph, in the package's order."""
    sections: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_csv(package.file(*FOLDER) / "columns.csv"):
        sections[row["resource"]].append(row)
    queries = {path.stem: Template(path.read_text(encoding="utf-8")) for path in package.file(*FOLDER).glob("*.rq")}
    schemes = {row["resource"]: row["id"] for row in package.rows("schemes")}
    tables = []
    for name, resource in package.resources.items():
        rows = sections[name] or sections[LISTS]
        pattern = next(row["path"] for row in rows if not row["column"])
        columns = (Column(row["column"], row["path"], row["as"], row["many"]) for row in rows if row["column"])
        kept = tuple(column for column in columns if column.name in resource.fields)
        tables.append(Table(name, pattern.replace("{scheme}", schemes.get(name, "")), kept, queries))
    return tables


def rows_of(table: Table, ask: Ask, base: str) -> list[Row]:
    """The rows of a resource as text, sorted by their cells, from the graph that `ask` answers from."""
    names = list(dict.fromkeys(column.name for column in table.columns))
    found: dict[str, dict[str, list[str]]] = {row[0]: {} for row in ask(table.query("rows")).rows}
    for column in table.columns:
        for node, cells in _cells(table, column, ask, base).items():
            found[node].setdefault(column.name, cells)
    rows: list[Row] = []
    for node in found:
        if table.columns[0].as_ == "id" and not table.columns[0].path and identifier(node, base) in _NOTHING:
            continue
        rows.extend(_expand(names, found[node]))
    return sorted(rows, key=lambda row: tuple(row.values()))


def _cells(table: Table, column: Column, ask: Ask, base: str) -> dict[str, list[str]]:
    """The cells of one column by row: one each, but for a column that makes rows of its own."""
    cells: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for node, end, ordinal in ask(_query(table, column)).rows:
        cells[node].append((int(ordinal or 0), _cell(end, column.as_, base)))
    if column.many == "rows":
        return {node: [text for _, text in ends] for node, ends in cells.items()}
    return {node: ["|".join(text for _, text in sorted(ends))] for node, ends in cells.items()}


def _query(table: Table, column: Column) -> str:
    if not column.path:
        return table.query("keys")
    name = "cells-in-order" if column.many == "ordered" else "cells"
    return table.query(name, column.path, column.as_ if column.as_ in LANGUAGES else "")


def _cell(end: str, as_: str, base: str) -> str:
    if as_ == "id":
        found = identifier(end, base)
        return "" if found in _NOTHING else found
    if as_ == "scheme":
        return _scheme(end, base)
    if as_ == "name":
        return end.rpartition("#")[2]
    return end.removesuffix(".0") if as_ == "number" else end


def identifier(iri: str, base: str) -> str:
    """The identifier that the IRI of a thing was made from: what follows its kind, or its code list."""
    head, mark, tail = iri.removeprefix(base).partition("#")
    found = _THING.fullmatch(head)
    if found is None or not iri.startswith(base):
        return iri
    return unquote(found["id"] or found["scheme"] or head) + (mark and "#" + unquote(tail))


def _scheme(iri: str, base: str) -> str:
    found = _THING.fullmatch(iri.removeprefix(base))
    return unquote(found["scheme"] or found["kind"]) if found else ""


def _expand(names: Sequence[str], cells: dict[str, list[str]]) -> Iterator[Row]:
    """The rows of one node: one, or as many as its one column of several cells has."""
    several = next((name for name in names if len(cells.get(name, ())) > 1), None)
    for index in range(len(cells[several]) if several else 1):
        yield {name: cells[name][index if name == several else 0] if name in cells else "" for name in names}
