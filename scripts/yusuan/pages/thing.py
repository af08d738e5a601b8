"""A page taken apart: the thing itself, what is said of it, its parts by kind as tables, and what links to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from yusuan.pages.cubes import CUBE, cube_sections
from yusuan.pages.parts import SOURCES, Said, sections
from yusuan.pages.place import place_of
from yusuan.pages.shown import Property, Thing, Value, number
from yusuan.pages.source import Graph, page_of
from yusuan.pages.words import Names, in_language, own_first

MOST_VALUES = 200
_TITLE = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_ABOVE = ("dcterms:isPartOf", "dcterms:publisher", "ys:department", "skos:broader", "skos:inScheme", "ys:region")
_ORDER = ("dcterms:isPartOf", "dcterms:publisher", "ys:department", "skos:broader", "ys:region", "qb:slice")

RELEASED = "data/"
"""Where the released tables are: files, not pages of things."""


class Reader:
    """Takes pages of a graph apart in one language. `href` makes an address of an IRI of ours."""

    def __init__(self, graph: Graph, names: Names, href: Callable[[str], str]) -> None:
        self.graph = graph
        self.names = names
        self.language = names.language
        self.href = href

    def thing(self, iri: str) -> Thing | None:
        """The page of an IRI, or None where nothing is said of it and nothing links to it."""
        quads = self.graph.page(iri)
        links = self._links(iri)
        if not quads and not links:
            return None
        said: dict[str, dict[str, list[ox.Literal | ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal | ox.NamedNode):
                values = said[quad.subject.value][self.graph.shorten(quad.predicate.value)]
                if quad.object not in values:
                    values.append(quad.object)
        own: Said = said.pop(iri, {})
        title = in_language([v for name in _TITLE for v in own.get(name, ())], self.language)
        return Thing(
            iri=iri,
            title=title.value if title else unquote(iri.removeprefix(self.graph.base)),
            kinds=tuple(dict.fromkeys(self.names.of_class(kind.value) for kind in own.get("rdf:type", ()))),
            code=self.names.code(iri),
            trail=self._trail(iri, own),
            properties=self._properties(iri, own),
            sections=(*(cube_sections(self, iri) if self._is(CUBE, own) else ()), *sections(self, said)),
            links=links,
            statements=len(quads),
        )

    def _is(self, class_: str, own: Said) -> bool:
        return any(self.graph.shorten(kind.value) == class_ for kind in own.get("rdf:type", ()))

    def listed(self, class_: str, most: int = MOST_VALUES) -> Property:
        """All things of a class that have pages of ours, at most so many, by name."""
        pages = [iri for iri in self.graph.having(class_) if iri.startswith(self.graph.base) and "#" not in iri]
        values = sorted((self.value(ox.NamedNode(iri)) for iri in pages), key=lambda value: (value.text, value.hint))
        return Property(self.names.of_class(self.graph.expand(class_)), class_, tuple(values[:most]), len(pages[most:]))

    def _trail(self, iri: str, own: Said) -> tuple[Value, ...]:
        """What the thing is part of, from the widest to the nearest."""
        steps: list[Value] = []
        seen = {iri}
        while len(steps) < 8:
            names = [v for name in _ABOVE for v in own.get(name, ()) if isinstance(v, ox.NamedNode)]
            if not names or names[0].value in seen or not names[0].value.startswith(self.graph.base):
                break
            seen.add(names[0].value)
            steps.append(self.value(names[0]))
            own = {name: self.graph.values(names[0].value, name) for name in _ABOVE}
        return tuple(reversed(steps))

    def _properties(self, iri: str, own: Said) -> tuple[Property, ...]:
        def order(name: str) -> tuple[bool, str]:
            return not name.startswith("skos:"), self.names.of(self.graph.expand(name))

        shown = []
        for name in sorted(set(own) - {"rdf:type"}, key=order):
            values = [v for v in own[name] if not (isinstance(v, ox.NamedNode) and page_of(v.value) == iri)]
            if values and not (name in _TITLE and len(values) == 1):  # one name alone is the title
                shown.append(self._property(name, values))
        return tuple(shown)

    def _property(self, name: str, values: list[ox.Literal | ox.NamedNode]) -> Property:
        shown = own_first(values, self.language)[:MOST_VALUES]
        kept = (self.source(v.value) if name in SOURCES else self.value(v) for v in shown)
        iri = self.graph.expand(name)
        return Property(self.names.of(iri), iri, tuple(kept), len(values[MOST_VALUES:]))

    def value(self, term: ox.Literal | ox.NamedNode) -> Value:
        """A term as shown."""
        if isinstance(term, ox.Literal):
            if term.datatype.value.rpartition("#")[2] in {"decimal", "integer", "double"}:
                return Value(number(term.value), is_number=True)
            return Value(term.value, language=term.language or "")
        iri = term.value
        name = self.names.of(iri)
        if iri.startswith(self.graph.base + RELEASED):
            return Value(iri.removeprefix(self.graph.base), hint=iri)
        if iri.startswith(self.graph.base):
            code = self.names.code(iri)
            return Value(f"{code} {name}" if code and code != name else name, self.href(iri), hint=unquote(iri))
        outside = iri if urlsplit(iri).scheme in {"http", "https"} else ""
        return Value(name, outside, hint=iri)

    def source(self, source: str, document: str = "") -> Value:
        """A place in words, leading into the document where its address is known, else to the document's page."""
        place = place_of(source)
        target = ""
        if document:
            address = [v.value for v in self.graph.values(document, "foaf:page")]
            known = address and urlsplit(address[0]).scheme in {"http", "https"}
            target = f"{address[0]}#{place.fragment}" if known else self.href(document)
        return Value(place.words(self.names.words), target, hint=source)

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
            links.append(Property(self.names.of(full), full, values, len(pages[MOST_VALUES:]), inverse=True))
        return tuple(links)

    def _link(self, page: str, count: int) -> Value:
        value = self.value(ox.NamedNode(page))
        times = f" × {count}" if count > 1 else ""
        return Value(value.text + times, value.href, value.language, hint=value.hint)
