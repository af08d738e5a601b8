"""Small made data cubes, and ways to break them, each with the promises of the Data Cube vocabulary that it breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

QB = "http://purl.org/linked-data/cube#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
EX = "http://example.org/"
A = ox.NamedNode(RDF + "type")

Node = ox.NamedNode | ox.BlankNode
Triple = tuple[Node, ox.NamedNode, Node | ox.Literal]


def ex(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def qb(name: str) -> ox.NamedNode:
    return ox.NamedNode(QB + name)


def skos(name: str) -> ox.NamedNode:
    return ox.NamedNode(SKOS + name)


@dataclass
class Cube:
    """A cube as triples, with what its makers know of it. `kind` is plain, measures, down or up."""

    kind: str
    pick: random.Random
    triples: list[Triple] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    observations: list[ox.NamedNode] = field(default_factory=list)
    sliced: list[ox.NamedNode] = field(default_factory=list)

    def add(self, subject: Node, predicate: ox.NamedNode, end: Node | ox.Literal) -> None:
        self.triples.append((subject, predicate, end))

    def drop(self, subject: ox.NamedNode | None, predicate: ox.NamedNode, end: object = None) -> None:
        kept = [
            t for t in self.triples
            if not ((subject is None or t[0] == subject) and t[1] == predicate and (end is None or t[2] == end))
        ]  # fmt: skip
        assert len(kept) < len(self.triples), (subject, predicate, end)
        self.triples = kept

    def value(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> Node | ox.Literal:
        return next(t[2] for t in self.triples if t[:2] == (subject, predicate))

    def store(self) -> ox.Store:
        store = ox.Store()
        store.extend(ox.Quad(*triple) for triple in self.triples)
        return store


def make(kind: str, seed: int) -> Cube:
    """A sound cube of one kind: two to four dimensions (the first in the slice key), one or two measures."""
    pick = random.Random(f"{kind}{seed}")
    cube = Cube(kind, pick)
    dimensions = [f"d{i}" for i in range(pick.randint(2, 4))]
    cube.free = dimensions[1:]
    measures = ["m0", "m1"] if kind == "measures" else ["m0"]
    cube.add(ex("dsd"), A, qb("DataStructureDefinition"))
    cube.add(ex("set"), A, qb("DataSet"))
    cube.add(ex("set"), qb("structure"), ex("dsd"))
    for name in dimensions:
        _component(cube, name, "dimension")
        _code_list(cube, name)
    if kind == "measures":
        cube.add(ex("dsd"), qb("component"), ex("c-kind"))
        cube.add(ex("c-kind"), qb("dimension"), qb("measureType"))
        cube.add(qb("measureType"), A, qb("DimensionProperty"))
        cube.add(qb("measureType"), ox.NamedNode(RDFS + "range"), qb("MeasureProperty"))
    for name in measures:
        _component(cube, name, "measure")
    _component(cube, "unit", "attribute")
    cube.add(ex("c-unit"), qb("componentRequired"), ox.Literal(True))
    cube.add(ex("key"), A, qb("SliceKey"))
    cube.add(ex("key"), qb("componentProperty"), ex(dimensions[0]))
    cube.add(ex("dsd"), qb("sliceKey"), ex("key"))
    _observations(cube, dimensions, measures)
    return cube


def _component(cube: Cube, name: str, kind: str) -> None:
    cube.add(ex("dsd"), qb("component"), ex(f"c-{name}"))
    cube.add(ex(f"c-{name}"), qb(kind), ex(name))
    if cube.pick.random() < 0.5:
        cube.add(
            ex(name),
            A,
            qb({"dimension": "DimensionProperty", "measure": "MeasureProperty"}.get(kind, "AttributeProperty")),
        )


def _code_list(cube: Cube, name: str) -> None:
    """Codes 0 to 5 of a dimension: 0 on top, 1 to 5 below it in a line or side by side."""
    list_ = ex(f"list-{name}")
    cube.add(ex(name), ox.NamedNode(RDFS + "range"), skos("Concept"))
    cube.add(ex(name), qb("codeList"), list_)
    hierarchical = cube.kind in {"down", "up"}
    cube.add(list_, A, qb("HierarchicalCodeList") if hierarchical else skos("ConceptScheme"))
    for number in range(6):
        code = ex(f"{name}-{number}")
        cube.add(code, A, skos("Concept"))
        parent = ex(f"{name}-{cube.pick.randrange(number)}") if number else None
        if not hierarchical:
            cube.add(code, skos("inScheme"), list_)
        elif parent is None:
            cube.add(list_, qb("hierarchyRoot"), code)
        elif cube.kind == "down":
            cube.add(parent, skos("narrower"), code)
        else:
            cube.add(code, skos("broader"), parent)
    if cube.kind == "down":
        cube.add(list_, qb("parentChildProperty"), skos("narrower"))
    elif cube.kind == "up":
        cube.add(list_, qb("parentChildProperty"), ox.BlankNode(f"inverse-{name}"))
        cube.add(ox.BlankNode(f"inverse-{name}"), ox.NamedNode(OWL + "inverseOf"), skos("broader"))


def _observations(cube: Cube, dimensions: list[str], measures: list[str]) -> None:
    keys: set[tuple[int, ...]] = set()
    while len(keys) < cube.pick.randint(3, 8):
        keys.add(tuple(cube.pick.randrange(6) for _ in dimensions))
    for number, key in enumerate(sorted(keys)):
        for measure in measures if cube.kind == "measures" else [""]:
            node = ex(f"o{number}{measure}")
            cube.observations.append(node)
            if cube.pick.random() < 0.5:
                cube.add(node, A, qb("Observation"))
            cube.add(node, qb("dataSet"), ex("set"))
            cube.add(node, ex("unit"), ex("yuan"))
            for name, code in zip(dimensions, key, strict=True):
                cube.add(node, ex(name), ex(f"{name}-{code}"))
            for name in [measure] if measure else measures:
                cube.add(node, ex(name), ox.Literal(number))
            if measure:
                cube.add(node, qb("measureType"), ex(measure))
            slice_ = ex(f"slice-{key[0]}")
            if cube.pick.random() < 0.7:
                cube.sliced.append(node)
                cube.add(slice_, qb("observation"), node)
                if (ex("set"), qb("slice"), slice_) not in cube.triples:
                    cube.add(ex("set"), qb("slice"), slice_)
                    cube.add(slice_, qb("sliceStructure"), ex("key"))
                    cube.add(slice_, ex(dimensions[0]), ex(f"{dimensions[0]}-{key[0]}"))
    if not cube.sliced:
        cube.sliced.append(cube.observations[0])
        first = dimensions[0]
        cube.add(ex("slice"), qb("observation"), cube.observations[0])
        cube.add(ex("set"), qb("slice"), ex("slice"))
        cube.add(ex("slice"), qb("sliceStructure"), ex("key"))
        cube.add(ex("slice"), ex(first), cube.value(cube.observations[0], ex(first)))


def _slice(cube: Cube) -> ox.NamedNode:
    return next(t[2] for t in cube.triples if t[1] == qb("slice"))  # type: ignore[return-value]


def _no_data_set(cube: Cube) -> set[int]:
    node = cube.sliced[0]
    cube.drop(node, qb("dataSet"))
    return {1, 18, *({17} if cube.kind == "measures" else ())}


def _two_data_sets(cube: Cube) -> set[int]:
    cube.add(cube.observations[0], qb("dataSet"), ex("other"))
    cube.add(ex("other"), A, qb("DataSet"))
    cube.add(ex("other"), qb("structure"), ex("dsd"))
    return {1, *({17} if cube.kind == "measures" else ())}


def _two_structures(cube: Cube) -> set[int]:
    cube.add(ex("set"), qb("structure"), ex("dsd2"))
    for triple in [t for t in cube.triples if t[0] == ex("dsd")]:
        cube.add(ex("dsd2"), *triple[1:])
    return {2}


def _no_structure(cube: Cube) -> set[int]:
    cube.drop(ex("set"), qb("structure"))
    return {2}


def _no_measure_declared(cube: Cube) -> set[int]:
    for name in {t[2] for t in cube.triples if t[1] == qb("measure")}:
        cube.drop(None, qb("measure"), name)
        cube.triples = [t for t in cube.triples if t[:2] != (name, A)]
    return {3}


def _no_range(cube: Cube) -> set[int]:
    cube.drop(ex(cube.pick.choice(cube.free)), ox.NamedNode(RDFS + "range"))
    return {4}


def _no_code_list(cube: Cube) -> set[int]:
    cube.drop(ex(cube.pick.choice(cube.free)), qb("codeList"))
    return {5}


def _optional_dimension(cube: Cube) -> set[int]:
    cube.add(ex(f"c-{cube.pick.choice(cube.free)}"), qb("componentRequired"), ox.Literal(False))
    return {6}


def _key_undeclared(cube: Cube) -> set[int]:
    cube.drop(ex("dsd"), qb("sliceKey"))
    return {7}


def _key_with_foreign_component(cube: Cube) -> set[int]:
    cube.add(ex("key"), qb("componentProperty"), ex("foreign"))
    for slice_ in {t[2] for t in cube.triples if t[1] == qb("slice")}:
        cube.add(slice_, ex("foreign"), ex("any"))  # type: ignore[arg-type]
    return {8}


def _two_keys(cube: Cube) -> set[int]:
    cube.add(_slice(cube), qb("sliceStructure"), ex("key2"))
    cube.add(ex("dsd"), qb("sliceKey"), ex("key2"))
    cube.add(ex("key2"), A, qb("SliceKey"))
    return {9}


def _no_key(cube: Cube) -> set[int]:
    cube.drop(_slice(cube), qb("sliceStructure"))
    return {9}


def _slice_without_value(cube: Cube) -> set[int]:
    cube.drop(_slice(cube), ex("d0"))
    return {10}


def _observation_without_value(cube: Cube) -> set[int]:
    cube.drop(cube.pick.choice(cube.observations), ex(cube.pick.choice(cube.free)))
    return {11, *({17} if cube.kind == "measures" else ())}


def _the_same_twice(cube: Cube) -> set[int]:
    node = cube.pick.choice(cube.observations)
    for triple in [t for t in cube.triples if t[0] == node]:
        cube.add(ex("twin"), *triple[1:])
    return {12}


def _no_attribute(cube: Cube) -> set[int]:
    cube.drop(cube.pick.choice(cube.observations), ex("unit"))
    return {13}


def _no_measure(cube: Cube) -> set[int]:
    node = cube.pick.choice(cube.observations)
    cube.drop(node, cube.value(node, qb("measureType")) if cube.kind == "measures" else ex("m0"))  # type: ignore[arg-type]
    return {15 if cube.kind == "measures" else 14}


def _two_measures(cube: Cube) -> set[int]:
    node = cube.pick.choice(cube.observations)
    other = {ex("m0"), ex("m1")} - {cube.value(node, qb("measureType"))}
    cube.add(node, other.pop(), ox.Literal(1))
    return {16}


def _a_measure_missing(cube: Cube) -> set[int]:
    node = cube.pick.choice(cube.observations)
    cube.triples = [t for t in cube.triples if node not in (t[0], t[2])]
    return {17}


def _foreign_in_slice(cube: Cube) -> set[int]:
    node = ex("stranger")
    cube.add(_slice(cube), qb("observation"), node)
    cube.add(ex("other"), A, qb("DataSet"))
    cube.add(ex("other"), qb("structure"), ex("dsd3"))
    cube.add(ex("dsd3"), A, qb("DataStructureDefinition"))
    cube.add(ex("dsd3"), qb("component"), ex("c-m0"))
    cube.add(node, qb("dataSet"), ex("other"))
    cube.add(node, ex("m0"), ox.Literal(1))
    return {18}


def _code_out_of_list(cube: Cube) -> set[int]:
    node, name = cube.pick.choice(cube.observations), cube.pick.choice(cube.free)
    others = [n for n in cube.observations if n != node]
    cube.drop(node, ex(name))
    cube.add(node, ex(name), ex("stray"))
    cube.add(ex("stray"), A, skos("Concept"))
    lonely = cube.kind == "measures" and len(others) > 0
    code = {"plain": 19, "measures": 19, "down": 20, "up": 21}[cube.kind]
    return {code, *({17} if lonely else ())}


def _code_cut_off(cube: Cube) -> set[int]:
    name = cube.pick.choice(cube.free)
    code = cube.value(cube.pick.choice(cube.observations), ex(name))
    assert isinstance(code, ox.NamedNode)
    if cube.kind in {"plain", "measures"}:
        cube.drop(code, cube.pick.choice([A, skos("inScheme")]))
        return {19}
    if code == ex(f"{name}-0"):
        cube.drop(ex(f"list-{name}"), qb("hierarchyRoot"))
    elif cube.kind == "down":
        cube.drop(None, skos("narrower"), code)
    else:
        cube.drop(code, skos("broader"))
    return {20 if cube.kind == "down" else 21}


def _nothing(_: Cube) -> set[int]:
    return set()


DEFECTS: dict[str, Callable[[Cube], set[int]]] = {
    function.__name__.strip("_"): function
    for function in (
        _nothing, _no_data_set, _two_data_sets, _two_structures, _no_structure, _no_measure_declared, _no_range,
        _no_code_list, _optional_dimension, _key_undeclared, _key_with_foreign_component, _two_keys, _no_key,
        _slice_without_value, _observation_without_value, _the_same_twice, _no_attribute, _no_measure, _two_measures,
        _a_measure_missing, _foreign_in_slice, _code_out_of_list, _code_cut_off,
    )
}  # fmt: skip
"""Ways to break a cube: each changes it and gives the numbers of the promises that it then breaks."""

ONLY = {"two_measures": {"measures"}, "a_measure_missing": {"measures"}, "no_measure_declared": {"plain", "down", "up"}}
"""Defects that only some kinds of cube can have."""


def mutants(count: int) -> Iterator[tuple[str, Cube, set[int]]]:
    """That many cubes, each with one defect (or none) and the numbers of the promises it breaks."""
    kinds = ("plain", "measures", "down", "up")
    made = 0
    for seed in range(count):
        for name, defect in DEFECTS.items():
            for kind in kinds:
                if kind in ONLY.get(name, kinds):
                    cube = make(kind, seed)
                    yield f"{name}-{kind}-{seed}", cube, defect(cube)
                    made += 1
                    if made == count:
                        return
