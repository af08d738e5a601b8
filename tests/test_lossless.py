"""Nothing is lost: tables into the graph and back by SPARQL, cell for cell."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_emit import HOSTILE, naughty
from yusuan.emit import graph_file
from yusuan.package import Package, Row
from yusuan.query import ask, load_prologue, load_store, load_tables, rows_of

PRINTED = {"label", "heading", "code_printed", "row_unit", "printed", "title", "note", "target", "level1", "level2",
           "reason", "word", "message", "message_en", "verdict", "basis_text", "expected", "found", "evidence_note",
           "deviation", "name_en", "unit", "variant_note"}  # fmt: skip
"""Columns that hold text as it was printed or written, and no identifier."""


def back(package: Package) -> dict[str, list[Row]]:
    """Every table of a package, sorted by its cells, out of the package's graph."""
    with graph_file(package) as path:
        store = load_store(path)
    prologue = load_prologue(package)
    return {
        table.resource: rows_of(table, lambda text: ask(store, text, prologue), package.base)
        for table in load_tables(package)
    }


def sorted_rows(package: Package, name: str) -> list[Row]:
    return sorted(package.rows(name), key=lambda row: tuple(row.values()))


def free(package: Package) -> dict[str, list[str]]:
    """The columns of each resource of facts that any text may stand in."""
    found = {}
    for name, resource in package.resources.items():
        keys = {*resource.key, *(f for fk in resource.schema.get("foreignKeys", []) for f in fk["fields"])}
        found[name] = [
            field["name"]
            for field in resource.schema["fields"]
            if field["name"] in PRINTED - keys
            and field["type"] == "string"
            and not {"enum", "pattern"} & set(field.get("constraints", {}))
        ]
    return {name: columns for name, columns in found.items() if columns}


def assert_same(package: Package) -> None:
    tables = back(package)
    assert set(tables) == set(package.resources)
    for name, rows in tables.items():
        assert rows == sorted_rows(package, name), name


def test_every_column_is_kept(shipped: Package) -> None:
    kept = {table.resource: {column.name for column in table.columns} for table in load_tables(shipped)}
    assert kept == {name: set(resource.fields) for name, resource in shipped.resources.items()}


def test_the_shipped_tables_come_back(shipped: Package) -> None:
    assert_same(shipped)


def test_naughty_strings_come_back(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    strings = [text for text in [*HOSTILE, *naughty()] if "\0" not in text]
    pick = random.Random(5)
    used: set[str] = set()
    for name, columns in free(package).items():
        rows = package.rows(name)
        for row in rows:
            for column in columns:
                row[column] = pick.choice(strings)
                used.add(row[column])
        package.write({name: rows})
    assert len(used) > len(strings) / 2
    assert_same(package)


NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, places=2).map(
    lambda value: "0" if value == 0 else format(value.normalize(), "f")
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@pytest.fixture
def blank(small: Package, copy_of: Callable[[Package], Package]) -> Package:
    return copy_of(small)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(TEXTS, min_size=10, max_size=50),
    numbers=st.lists(NUMBERS, min_size=10, max_size=50),
    seed=st.integers(),
)
def test_generated_tables_come_back(
    blank: Package, small: Package, texts: list[str], numbers: list[str], seed: int
) -> None:
    pick = random.Random(seed)
    columns = free(blank)
    for name in ("line_items", "statements", "indicators", "tables"):
        rows = small.rows(name)
        fields = blank.resource(name).schema["fields"]
        amounts = [field["name"] for field in fields if field["type"] == "number"]
        for row in rows:
            row.update({column: pick.choice(texts) for column in columns[name]})
            row.update({column: pick.choice(numbers) for column in amounts if row[column]})
        blank.write({name: rows})
    assert_same(blank)
