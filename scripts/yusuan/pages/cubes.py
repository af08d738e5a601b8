"""The page of a data cube: what its figures are told apart by, and some of the figures."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from yusuan.pages.parts import Shows
from yusuan.pages.shown import Cell, Section, Value
from yusuan.pages.source import Graph
from yusuan.pages.words import own_first

CUBE = "qb:DataSet"
MOST_EXAMPLES = 10
_MOST_READ = 20_000  # observations looked at for the first ones by name
_KINDS = ("qb:dimension", "qb:measure", "qb:attribute")
_MEANT = (("skos:definition", "skos:scopeNote"), ("qb:codeList",), ("rdfs:range",))
"""What is shown of a component's property; a standard one has a note on its use here."""


class Component(NamedTuple):
    """A property that observations of a cube have: in which part, its place among the dimensions, its name."""

    kind: int
    order: int
    iri: str


def cube_sections(show: Shows, iri: str) -> tuple[Section, ...]:
    """The components of a cube's structure, one a row, and its first observations by name."""
    components = _components(show.graph, iri)
    examples = _examples(show.graph, iri)
    made = [_structure(show, components)] if components else []
    if examples:
        made.append(_observations(show, examples, [part for part in components if part.kind < 2]))
    return tuple(made)


def _components(graph: Graph, iri: str) -> list[Component]:
    found = []
    for structure in graph.values(iri, "qb:structure"):
        for component in graph.values(structure.value, "qb:component"):
            order = next((int(value.value) for value in graph.values(component.value, "qb:order")), 0)
            for kind, name in enumerate(_KINDS):
                found += [Component(kind, order, value.value) for value in graph.values(component.value, name)]
    return sorted(found)


def _examples(graph: Graph, iri: str) -> list[str]:
    quads = graph.store.quads_for_pattern(None, ox.NamedNode(graph.expand("qb:dataSet")), ox.NamedNode(iri), None)
    names = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return heapq.nsmallest(MOST_EXAMPLES, itertools.islice(names, _MOST_READ))


def _structure(show: Shows, components: Sequence[Component]) -> Section:
    heads = [show.names.words["structure-part"], show.names.words["rdf:Property"]]
    heads += [show.names.of(show.graph.expand(names[0])) for names in _MEANT]
    rows = []
    for part in components:
        cells = [Cell((Value(show.names.of(show.graph.expand(_KINDS[part.kind]))),))]
        cells.append(Cell((show.value(ox.NamedNode(part.iri)),), kind="row"))
        cells += [_cell(show, part.iri, *names) for names in _MEANT]
        rows.append(tuple(cells))
    return Section(show.names.of(show.graph.expand("qb:structure")), tuple(heads), tuple(rows))


def _observations(show: Shows, examples: Sequence[str], told: Sequence[Component]) -> Section:
    heads = [show.names.words["figures"], *(show.names.of(part.iri) for part in told)]
    rows = [
        (Cell((show.value(ox.NamedNode(iri)),), kind="row"), *(_cell(show, iri, part.iri) for part in told))
        for iri in examples
    ]
    return Section(show.names.words["examples"], tuple(heads), tuple(rows))


def _cell(show: Shows, iri: str, *properties: str) -> Cell:
    """What is said with the first of some properties; of texts only that in the language of the page."""
    values = own_first(show.graph.values(iri, *properties), show.names.language)
    shown = values[:1] if values and isinstance(values[0], ox.Literal) else values
    return Cell(tuple(show.value(value) for value in shown))
