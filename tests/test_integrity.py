"""The integrity constraints of the Data Cube vocabulary: every planted defect is found, and none invented."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.cubes import mutants
from yusuan.package import Package, open_package
from yusuan.query import load_prologue, load_store
from yusuan.query.integrity import LINEAR, broken, load_promises, normalise

FOLDER = open_package().file("ontology", "integrity")
CUBE = FOLDER / "cube"
PROLOGUE = load_prologue(open_package())
PROMISES = load_promises(CUBE)
MUTANTS = 200
"""Of the thousand that `make conformance` tries."""


def found(store: ox.Store) -> set[int]:
    """Numbers of the promises that a normalised store breaks; the linear checks must agree with their queries."""
    numbers = set()
    for promise in PROMISES:
        nodes = broken(store, promise, PROLOGUE, CUBE / "hierarchies.rq")
        if promise.code in LINEAR:
            assert LINEAR[promise.code](store) == nodes, promise.code
        if nodes:
            numbers.add(int(promise.code.removeprefix("ic-")))
    return numbers


def test_there_are_twenty_one() -> None:
    assert [promise.code for promise in PROMISES] == [f"ic-{number:02}" for number in range(1, 22)]


def test_every_planted_defect_is_found_and_none_invented() -> None:
    seen: set[int] = set()
    for name, cube, expected in mutants(MUTANTS):
        store = cube.store()
        normalise(store, CUBE, PROLOGUE)
        assert found(store) == expected, name
        seen |= expected
    assert seen == set(range(1, 22))


@pytest.fixture(scope="module")
def small_store(small: Package) -> ox.Store:
    from yusuan.emit import graph_lines

    store = load_store(graph_lines(small))
    normalise(store, CUBE, PROLOGUE)
    return store


def test_a_real_graph_keeps_every_promise(small_store: ox.Store) -> None:
    assert found(small_store) == set()
    for promise in load_promises(FOLDER / "lists"):
        assert broken(small_store, promise, PROLOGUE) == [], promise.en
