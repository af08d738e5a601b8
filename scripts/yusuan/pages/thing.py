"""A page taken apart: the thing itself, what is said of it, its parts by kind as tables, and what links to it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from yusuan.pages.place import place_of
from yusuan.pages.source import MOST_LINKS, Graph, page_of
from yusuan.pages.words import HERE, Names, in_language

MOST_VALUES = 200
MOST_ROWS = 2000
_TITLE = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_SOURCES = ("ys:source", "ys:otherSource")
_ORDER = ("dcterms:isPartOf", "dcterms:publisher", "ys:department", "skos:broader", "ys:region", "qb:slice")


@dataclass(frozen=True)
class Value:
    """A value as shown: its text, where it leads, its language, and whether it is a number."""

    text: str
    href: str = ""
    language: str = ""
    is_number: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Property:
    """A property with its values; `more` are left out, all of them answered by the query `all_of`."""

    name: str
    iri: str
    values: tuple[Value, ...]
    more: int = 0
    inverse: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `anchor` is the fragment of the thing it shows, `note` where it is printed."""

    values: tuple[Value, ...] = ()
    anchor: str = ""
    note: Value | None = None
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """Parts of one kind as a table."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0


@dataclass(frozen=True)
class Thing:
    """Everything a page shows."""

    iri: str
    title: str
    kinds: tuple[str, ...]
    code: str
    properties: tuple[Property, ...]
    sections: tuple[Section, ...]
    links: tuple[Property, ...]
    statements: int = 0
    trail: tuple[Value, ...] = field(default=())


@cache
def views() -> dict[str, list[str]]:
    """Columns of the tables of parts, by class, both as prefixed names."""
    found: dict[str, list[str]] = defaultdict(list)
    with (HERE / "views.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["class"]].append(row["property"])
    return dict(found)


Said = dict[str, list[ox.Literal | ox.NamedNode]]


class Reader:
    """Takes pages of a graph apart in one language. `href` makes an address of an IRI of ours."""

    def __init__(self, graph: Graph, language: str, href: Callable[[str], str]) -> None:
        self.graph = graph
        self.names = Names(graph, language)
        self.language = language
        self.href = href

    def thing(self, iri: str) -> Thing | None:
        """The page of an IRI, or None where nothing is said of it and nothing links to it."""
        quads = self.graph.page(iri)
        links = self._links(iri)
        if not quads and not links:
            return None
        said: dict[str, Said] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal | ox.NamedNode):
                said[quad.subject.value][self.graph.shorten(quad.predicate.value)].append(quad.object)
        own = said.pop(iri, {})
        title = in_language([v for name in _TITLE for v in own.get(name, ())], self.language)
        return Thing(
            iri=iri,
            title=title.value if title else unquote(iri.removeprefix(self.graph.base)),
            kinds=tuple(self.names.of_class(kind.value) for kind in own.get("rdf:type", ())),
            code=self.names.code(iri),
            properties=self._properties(iri, own),
            sections=self._sections(said),
            links=links,
            statements=len(quads),
            trail=self._trail(own),
        )

    def _trail(self, own: Said) -> tuple[Value, ...]:
        """What the thing is part of, from the widest to the nearest."""
        steps: list[Value] = []
        seen: set[str] = set()
        while len(steps) < 8:
            above = next((v for p in ("dcterms:isPartOf", "dcterms:publisher", "skos:broader", "skos:inScheme")
                          for v in own.get(p, ()) if isinstance(v, ox.NamedNode)), None)  # fmt: skip
            if above is None or above.value in seen:
                break
            seen.add(above.value)
            steps.append(self.value(above))
            own = {p: self.graph.values(above.value, p)
                   for p in ("dcterms:isPartOf", "dcterms:publisher", "skos:broader", "skos:inScheme")}  # fmt: skip
        return tuple(reversed(steps))

    def _properties(self, iri: str, own: Said) -> tuple[Property, ...]:
        shown = []
        for name in sorted(own, key=lambda name: (name.partition(":")[0] != "skos", self.names.of(self.graph.expand(name)))):
            values = [v for v in own[name] if not (isinstance(v, ox.NamedNode) and page_of(v.value) == iri)]
            if name == "rdf:type" or not values:
                continue
            if name in _TITLE and all(in_language([v], self.language) is v and len(values) == 1 for v in values):
                continue
            shown.append(self._property(name, values))
        return tuple(shown)

    def _property(self, name: str, values: list[ox.Literal | ox.NamedNode], inverse: bool = False) -> Property:
        iri = self.graph.expand(name)
        kept = tuple(self._source(v.value) if name in _SOURCES else self.value(v) for v in values[:MOST_VALUES])
        return Property(self.names.of(iri), iri, kept, len(values) - len(kept), inverse)

    def value(self, term: ox.Literal | ox.NamedNode) -> Value:
        """A term as shown."""
        if isinstance(term, ox.Literal):
            kind = term.datatype.value.rpartition("#")[2]
            if kind in {"decimal", "integer", "double"}:
                return Value(number(term.value), is_number=True)
            return Value(term.value, language=term.language or "")
        iri = term.value
        name = self.names.of(iri)
        if iri.startswith(self.graph.base):
            code = self.names.code(iri)
            return Value(f"{code} {name}" if code and code != name else name, self.href(iri), hint=unquote(iri))
        outside = iri if urlsplit(iri).scheme in {"http", "https"} else ""
        return Value(name, outside, hint=iri)

    def _source(self, source: str, document: str = "") -> Value:
        """A place as shown: in words, leading to the document's page, or into the document where its address is known."""
        place = place_of(source)
        target = ""
        if document:
            address = self.graph.values(document, "foaf:page")
            target = f"{address[0].value}#{place.fragment}" if address else self.href(document)
        return Value(place.words(self.names.words), target, hint=source)

    # Parts

    def _sections(self, said: dict[str, Said]) -> tuple[Section, ...]:
        by_kind: dict[str, dict[str, Said]] = defaultdict(dict)
        for iri, own in said.items():
            kinds = [self.graph.shorten(kind.value) for kind in own.get("rdf:type", ())]
            kind = next((kind for kind in views() if kind in kinds), kinds[0] if kinds else "")
            by_kind[kind][iri] = own
        order = [*views(), *sorted(set(by_kind) - set(views()))]
        figures = by_kind.pop("qb:Observation", None)
        sections = [self._matrix(figures)] if figures else []
        sections += [self._list(kind, by_kind[kind]) for kind in order if kind in by_kind]
        return tuple(sections)

    def _list(self, kind: str, parts: dict[str, Said]) -> Section:
        """Parts one a row, with the columns that the views name, or all their properties."""
        wanted = views().get(kind) or sorted({name for own in parts.values() for name in own} - {"rdf:type"})
        columns = [name for name in wanted if any(own.get(name) for own in parts.values())]
        ordered = sorted(parts.items(), key=lambda item: (_order(item[1]), item[0]))
        rows = tuple(tuple(self._cells(iri, own, columns)) for iri, own in ordered[:MOST_ROWS])
        heads = tuple(self.names.of(self.graph.expand(name)) for name in columns)
        title = self.names.of_class(self.graph.expand(kind)) if kind else self.names.words["said"]
        return Section(title, heads, rows, len(ordered) - len(rows))

    def _cells(self, iri: str, own: Said, columns: list[str]) -> Iterable[Cell]:
        for index, name in enumerate(columns):
            document = next((v.value for v in own.get("prov:wasDerivedFrom", ())), "")
            shown = tuple(
                self._source(v.value, document) if name in _SOURCES else self.value(v) for v in own.get(name, ())
            )
            yield Cell(shown, anchor=_fragment(iri) if index == 0 else "")

    def _matrix(self, figures: dict[str, Said]) -> Section:
        """Figures as the table they are printed in: rows by label and code, columns by heading, in printed order."""
        ordered = sorted(figures.items(), key=lambda item: (_order(item[1]), item[0]))
        headings = list(dict.fromkeys(_text(own, "ys:heading") for _, own in ordered))
        rows: dict[tuple[str, str, str, int], dict[str, tuple[str, Said]]] = {}
        for iri, own in ordered:
            label = (_text(own, "rdfs:label"), _text(own, "ys:codePrinted"), _text(own, "ys:rowUnit"))
            heading, turn = _text(own, "ys:heading"), 0
            while heading in rows.get((*label, turn), {}):
                turn += 1
            rows.setdefault((*label, turn), {})[heading] = (iri, own)
        has_code = any(key[1] for key in rows)
        has_unit = any(key[2] for key in rows)
        shown = []
        for (label, code, unit, _), cells in list(rows.items())[:MOST_ROWS]:
            first = ([Cell((Value(unit),))] if has_unit else []) + ([Cell((Value(code),))] if has_code else [])
            shown.append((*first, Cell((Value(label),), kind="row"), *(self._figure(cells.get(h)) for h in headings)))
        said = self.names.words
        heads = [*([self.names.of(self.graph.expand("ys:rowUnit"))] if has_unit else ()),
                 *([said["skos:notation"]] if has_code else ()), said["row"]]  # fmt: skip
        return Section(said["figures"], (*heads, *(h or said["value"] for h in headings)), tuple(shown), len(rows) - len(shown))

    def _figure(self, figure: tuple[str, Said] | None) -> Cell:
        if figure is None:
            return Cell()
        iri, own = figure
        amount = own.get("obeu-measure:amount", [])
        hint = f"{number(amount[0].value)} {self.names.words['yuan']}" if amount else ""
        printed = Value(_text(own, "ys:printed") or hint, is_number=True, hint=hint)
        source, document = _text(own, "ys:source"), next((v.value for v in own.get("prov:wasDerivedFrom", ())), "")
        role = next((v.value.rpartition("/")[2] for v in own.get("ys:role", ())), "")
        return Cell((printed,), _fragment(iri), self._source(source, document) if source else None, role)

    # Links in

    def _links(self, iri: str) -> tuple[Property, ...]:
        """Pages that link here, by the property they do it with."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for quad in self.graph.links_to(iri):
            if isinstance(quad.subject, ox.NamedNode):
                found[self.graph.shorten(quad.predicate.value)][page_of(quad.subject.value)] += 1
        order = sorted(found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
        links = []
        for name in order:
            pages = sorted(found[name].items())
            values = tuple(self._link(page, count) for page, count in pages[:MOST_VALUES])
            full = self.graph.expand(name)
            links.append(Property(self.names.of(full), full, values, len(pages) - len(values), inverse=True))
        return tuple(links)

    def _link(self, page: str, count: int) -> Value:
        value = self.value(ox.NamedNode(page))
        times = f" × {count}" if count > 1 else ""
        return Value(value.text + times, value.href, value.language, hint=value.hint)


def number(text: str) -> str:
    """A decimal with separators between thousands; exact, without a trailing `.0`."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = digits.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        return text
    rest = part.rstrip("0")
    return f"{sign}{int(whole):,}{'.' + rest if rest else ''}"


def _text(own: Said, name: str) -> str:
    found = own.get(name)
    return found[0].value if found else ""


def _order(own: Said) -> tuple[object, ...]:
    source = _text(own, "ys:source")
    return (own.get("ys:filing", [ox.Literal("")])[0].value, place_of(source).file, place_of(source).order) if source else ("", "", ())


def _fragment(iri: str) -> str:
    return unquote(iri.partition("#")[2])


__all__ = ["MOST_LINKS", "Cell", "Property", "Reader", "Section", "Thing", "Value", "number", "views"]
