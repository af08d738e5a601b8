"""The shipped data against expectations made without the reader (tests/accuracy)."""

from __future__ import annotations

import pytest

from tests.expectations import FOLDER, compare_amounts, compare_tables, documents
from yusuan.package import Package, read_csv

EXPECTED = documents()
TABLES = read_csv(FOLDER / "tables.csv")
FILES = sorted({row["file"] for row in TABLES})


def test_there_are_expectations() -> None:
    assert len(EXPECTED) >= 6
    assert sum(map(len, EXPECTED.values())) > 1500
    assert len(FILES) == 28


@pytest.mark.parametrize("document", EXPECTED)
def test_every_amount_is_found_with_its_meaning_and_none_is_invented(document: str, shipped: Package) -> None:
    compared = compare_amounts(EXPECTED[document], document, shipped.rows("line_items"))
    assert (compared.missing, compared.invented) == ([], [])


@pytest.mark.parametrize("file", FILES)
def test_every_table_is_found_as_its_form(file: str, shipped: Package) -> None:
    compared = compare_tables(TABLES, file, shipped.rows("tables"))
    assert (compared.missing, compared.invented) == ([], [])


def test_a_wrong_figure_is_noticed(shipped: Package) -> None:
    document, expected = next(iter(EXPECTED.items()))
    changed = [{**expected[0], "amount": expected[0]["amount"] + "1"}, *expected[1:]]
    compared = compare_amounts(changed, document, shipped.rows("line_items"))
    before = compare_amounts(expected, document, shipped.rows("line_items"))
    assert len(compared.missing) == len(before.missing) + 1
