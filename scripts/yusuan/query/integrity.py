"""Promises about a graph: `ontology/integrity/<suite>/<code>.rq`, each a query for the nodes that break one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from string import Template

import pyoxigraph as ox

from yusuan.query.prologue import Prologue

QB = "http://purl.org/linked-data/cube#"
_WORDS = re.compile(r"^# (zh|en): (.*)$", re.MULTILINE)

Node = ox.NamedNode | ox.BlankNode
Combination = tuple[object, ...]


@dataclass(frozen=True)
class Promise:
    """A promise about a graph: its code, what it says in Chinese and English, and the query for what breaks it."""

    code: str
    zh: str
    en: str
    text: str


def load_promises(folder: Path) -> list[Promise]:
    """The promises of a suite, in the order of their codes."""
    found = []
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        words = dict(_WORDS.findall(text))
        if words:
            found.append(Promise(path.stem, words["zh"], words["en"], text))
    return found


def normalise(store: ox.Store, folder: Path, prologue: Prologue) -> None:
    """Add to a store what the Data Cube vocabulary lets a publisher leave out."""
    for name in ("normalise-types", "normalise-values"):
        text = (folder / f"{name}.rq").read_text(encoding="utf-8")
        triples = store.query(prologue.before(text), use_default_graph_as_union=True)
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)  # type: ignore[union-attr]


def broken(
    store: ox.Store,
    promise: Promise,
    prologue: Prologue,
    hierarchies: Path | None = None,
    beside: ox.NamedNode | None = None,
) -> list[str]:
    """The nodes of a store that break a promise, sorted.

    `hierarchies` is the query for the properties that $down and $up stand for. `beside` is a named graph that is not
    the data but a vocabulary to hold it against.
    """
    nodes: set[str] = set()
    for text in _texts(store, promise.text, prologue, hierarchies):
        for row in _solutions(store, prologue.before(text), beside):
            nodes.add(str(row["node"]))
    return sorted(nodes)


def _solutions(store: ox.Store, text: str, beside: ox.NamedNode | None) -> ox.QuerySolutions:
    if beside is None:
        return store.query(text, use_default_graph_as_union=True)  # type: ignore[return-value]
    data = [ox.DefaultGraph(), *(graph for graph in store.named_graphs() if graph != beside)]
    found = store.query(text, default_graph=data, named_graphs=[beside])
    return found  # type: ignore[return-value]


def _texts(store: ox.Store, text: str, prologue: Prologue, hierarchies: Path | None) -> Iterator[str]:
    """A query as it stands, or once for each property of a hierarchical list that it asks for."""
    wanted = next((name for name in ("down", "up") if f"${name}" in text), None)
    if wanted is None or hierarchies is None:
        yield text
        return
    found = store.query(prologue.before(hierarchies.read_text(encoding="utf-8")), use_default_graph_as_union=True)
    for iri in sorted({str(row[wanted]) for row in found if row[wanted] is not None}):  # type: ignore[union-attr]
        yield Template(text).safe_substitute({wanted: iri})


def duplicates(store: ox.Store) -> list[str]:
    """What `ic-12` finds, by sorting: observations of a data set that agree with another on every dimension."""
    seen: dict[tuple[object, Combination], set[Node]] = defaultdict(set)
    for set_, structures in _data_sets(store):
        dimensions = sorted({d for dsd in structures for d in _dimensions(store, dsd)}, key=str)
        for node, combination in _combinations(store, set_, dimensions) if dimensions else ():
            seen[set_, combination].add(node)
    return sorted({str(node) for nodes in seen.values() if len(nodes) > 1 for node in nodes})


def incomplete(store: ox.Store) -> list[str]:
    """What `ic-17` finds, by sorting: observations whose other dimensions lack an observation of some measure."""
    kind = ox.NamedNode(QB + "measureType")
    missing: set[str] = set()
    for set_, structures in _data_sets(store):
        for dsd in structures:
            if kind not in _components(store, dsd):
                continue
            others = sorted((d for d in _dimensions(store, dsd) if d != kind), key=str)
            found = list(_combinations(store, set_, others))
            have = {(c, m) for node, c in found for m in _values(store, node, kind)}
            mine: dict[Node, set[Combination]] = {node: set() for node in _members(store, set_)}
            for node, combination in found:
                mine[node].add(combination)
            measures = [m for m in _components(store, dsd) if _is(store, m, "MeasureProperty")]
            for node, combinations in mine.items():
                if any(not any((c, m) in have for c in combinations) for m in measures):
                    missing.add(str(node))
    return sorted(missing)


LINEAR: dict[str, Callable[[ox.Store], list[str]]] = {"ic-12": duplicates, "ic-17": incomplete}
"""Checks that take the place of a quadratic query on whole graphs."""


def _data_sets(store: ox.Store) -> Iterator[tuple[Node, list[Node]]]:
    """Data sets that have observations, each with its structures."""
    structure = ox.NamedNode(QB + "structure")
    of: dict[Node, list[Node]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, structure, None):
        of[quad.subject].append(quad.object)  # type: ignore[index, arg-type]
    for set_ in {quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(QB + "dataSet"), None)}:
        yield set_, of.get(set_, [])  # type: ignore[misc, arg-type]


def _components(store: ox.Store, dsd: Node) -> set[ox.NamedNode]:
    component, of = ox.NamedNode(QB + "component"), ox.NamedNode(QB + "componentProperty")
    return {
        value
        for node in _values(store, dsd, component)
        for value in _values(store, node, of)  # type: ignore[arg-type]
        if isinstance(value, ox.NamedNode)
    }


def _dimensions(store: ox.Store, dsd: Node) -> set[ox.NamedNode]:
    return {name for name in _components(store, dsd) if _is(store, name, "DimensionProperty")}


def _is(store: ox.Store, node: ox.NamedNode, kind: str) -> bool:
    type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return ox.NamedNode(QB + kind) in _values(store, node, type_)


def _values(store: ox.Store, node: Node, name: ox.NamedNode) -> set[object]:
    return {quad.object for quad in store.quads_for_pattern(node, name, None)}


def _members(store: ox.Store, set_: Node) -> list[Node]:
    data_set = ox.NamedNode(QB + "dataSet")
    return [quad.subject for quad in store.quads_for_pattern(None, data_set, set_)]  # type: ignore[misc]


def _combinations(
    store: ox.Store, set_: Node, dimensions: Iterable[ox.NamedNode]
) -> Iterator[tuple[Node, Combination]]:
    """Each observation of a data set with each combination of its values: one, where no dimension has two values."""
    names = list(dimensions)
    for node in _members(store, set_):
        for combination in product(*(_values(store, node, name) for name in names)):
            yield node, combination
