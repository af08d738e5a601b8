"""Parts of a page as tables: figures as they are printed, everything else one a row."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Protocol
from urllib.parse import unquote

import pyoxigraph as ox

from yusuan.pages.place import place_of
from yusuan.pages.shown import Cell, Section, Value, number
from yusuan.pages.source import Graph
from yusuan.pages.words import HERE, Names, own_first

MOST_ROWS = 2000
SOURCES = ("ys:source", "ys:otherSource")
FIGURE = "qb:Observation"
_COORDINATES = ("ys:project", "ys:item", "ys:function", "ys:economic", "ys:nature", "ys:fund")
Said = Mapping[str, list[ox.Literal | ox.NamedNode]]
"""What is said of a thing: values by property, as a prefixed name."""


class Shows(Protocol):
    """Makes values of terms and places, in one language."""

    graph: Graph
    names: Names

    def value(self, term: ox.Literal | ox.NamedNode) -> Value:
        """A term as shown."""

    def source(self, source: str, document: str = "") -> Value:
        """A place as shown."""


@cache
def views() -> dict[str, list[str]]:
    """Columns of the tables of parts, by class, both as prefixed names."""
    found: dict[str, list[str]] = defaultdict(list)
    with (HERE / "views.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["class"]].append(row["property"])
    return dict(found)


def sections(show: Shows, parts: Mapping[str, Said]) -> tuple[Section, ...]:
    """Tables of the parts of a page, by their class: figures first, then in the order of the views."""
    by_kind: dict[str, dict[str, Said]] = defaultdict(dict)
    for iri, own in parts.items():
        kinds = [show.graph.shorten(kind.value) for kind in own.get("rdf:type", ())]
        kind = next((kind for kind in views() if kind in kinds), kinds[0] if kinds else "")
        by_kind[kind][iri] = own
    figures = by_kind.pop(FIGURE, None)
    made = [_matrix(show, figures)] if figures else []
    order = [*views(), *sorted(set(by_kind) - set(views()))]
    made += [_list(show, kind, by_kind[kind]) for kind in order if kind in by_kind]
    return tuple(made)


def _list(show: Shows, kind: str, parts: Mapping[str, Said]) -> Section:
    """Parts one a row, with the columns that the views name, or all their properties."""
    wanted = views().get(kind) or sorted({name for own in parts.values() for name in own} - {"rdf:type"})
    columns = [name for name in wanted if any(own.get(name) for own in parts.values())]
    ordered = sorted(parts.items(), key=lambda item: (_order(item[1]), item[0]))
    rows = tuple(tuple(_cells(show, iri, own, columns)) for iri, own in ordered[:MOST_ROWS])
    heads = tuple(show.names.of(show.graph.expand(name)) for name in columns)
    title = show.names.of_class(show.graph.expand(kind)) if kind else show.names.words["said"]
    return Section(title, heads, rows, len(ordered) - len(rows))


def _cells(show: Shows, iri: str, own: Said, columns: list[str]) -> Iterator[Cell]:
    document = _first(own, "prov:wasDerivedFrom")
    for index, name in enumerate(columns):
        values = own_first(own.get(name, ()), show.names.language)
        shown = (show.source(v.value, document) if name in SOURCES else show.value(v) for v in values)
        yield Cell(tuple(shown), anchor=_fragment(iri) if index == 0 else "")


def _matrix(show: Shows, figures: Mapping[str, Said]) -> Section:
    """Figures as the table they are printed in: rows by label and code, columns by heading, in printed order."""
    ordered = sorted(figures.items(), key=lambda item: (_order(item[1]), item[0]))
    headings = list(dict.fromkeys(_first(own, "ys:heading") for _, own in ordered))
    rows: dict[tuple[str, str, str, int], dict[str, tuple[str, Said]]] = {}
    for iri, own in ordered:
        label = (_first(own, "ys:rowUnit"), _first(own, "ys:codePrinted"), _first(own, "rdfs:label"))
        heading, turn = _first(own, "ys:heading"), 0
        while heading in rows.get((*label, turn), {}):
            turn += 1
        rows.setdefault((*label, turn), {})[heading] = (iri, own)
    has_unit, has_code = (any(key[place] for key in rows) for place in (0, 1))
    shown = []
    for (unit, code, label_text, _), cells in list(rows.items())[:MOST_ROWS]:
        target = _concept(show, [own for _, own in cells.values()])
        head = Cell((Value(label_text, target),), kind="row")
        first = [Cell((Value(text),)) for text, has in ((unit, has_unit), (code, has_code)) if has]
        shown.append((*first, head, *(_figure(show, cells.get(heading)) for heading in headings)))
    said = show.names.words
    unit_head = show.names.of(show.graph.expand("ys:rowUnit"))
    heads = [text for text, has in ((unit_head, has_unit), (said["skos:notation"], has_code)) if has]
    columns = (*heads, said["row"], *(heading or said["value"] for heading in headings))
    return Section(said["figures"], columns, tuple(shown), len(rows) - len(shown))


def _concept(show: Shows, figures: list[Said]) -> str:
    """Where the label of a row leads: to the concept that all its figures share and no wider one."""
    for name in _COORDINATES:
        found = {_first(own, name) for own in figures}
        one = found.pop() if len(found) == 1 else ""
        if one and not one.endswith(("/_T", "/_Z")):
            return show.value(ox.NamedNode(one)).href
    return ""


def _figure(show: Shows, figure: tuple[str, Said] | None) -> Cell:
    if figure is None:
        return Cell()
    iri, own = figure
    amount = _first(own, "obeu-measure:amount")
    hint = f"{number(amount)} {show.names.words['yuan']}" if amount else ""
    printed = Value(_first(own, "ys:printed") or hint, is_number=True, hint=hint)
    source = _first(own, "ys:source")
    note = show.source(source, _first(own, "prov:wasDerivedFrom")) if source else None
    return Cell((printed,), _fragment(iri), note, _first(own, "ys:role").rpartition("/")[2])


def _first(own: Said, name: str) -> str:
    found = own.get(name)
    return found[0].value if found else ""


def _order(own: Said) -> tuple[object, ...]:
    place = place_of(_first(own, "ys:source"))
    return _first(own, "ys:filing"), place.file, place.order


def _fragment(iri: str) -> str:
    return unquote(iri.partition("#")[2])
