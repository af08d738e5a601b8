"""Disclosures of families that no shared document is of, in every format: each figure is a row, with its meaning."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests import family_files
from tests.conftest import HERE, read_into
from yusuan.package import Row, read_csv

CASES = sorted((HERE / "families").glob("*.txt"))
MAKERS = {
    "pdf": family_files.pdf, "docx": family_files.word, "xlsx": family_files.workbook, "html": family_files.html,
}  # fmt: skip
MEANING = (
    "form", "year", "phase", "direction", "function", "economic", "fund", "nature", "item", "row_unit", "role", "unit",
    "label", "heading", "amount",
)  # fmt: skip


def test_there_are_cases() -> None:
    assert CASES
    assert all(path.with_suffix(".csv").is_file() for path in CASES)


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_rows_mean_what_the_tables_say(case: Path, suffix: str, tmp_path: Path) -> None:
    filing = family_files.load(case)
    document = tmp_path / f"{case.stem}.{suffix}"
    document.write_bytes(MAKERS[suffix](filing))
    package = read_into(tmp_path / "package", document)
    rows = package.rows("line_items")
    assert Counter(Decimal(row["amount"]) for row in rows) == Counter(figures(filing))
    assert all(row["form"] for row in package.rows("tables"))
    found = sorted(tuple(_same_in_all(row)[name] for name in MEANING) for row in rows)
    assert found == sorted(tuple(row[name] for name in MEANING) for row in read_csv(case.with_suffix(".csv")))


def figures(filing: family_files.Filing) -> list[Decimal]:
    """The amounts of the cells, in yuan: every figure with decimals, in the unit above its table."""
    found = []
    for sheet in filing.sheets:
        unit = 10000 if any("万元" in line for line in sheet.above) else 1
        for _, _, box in sheet.boxes():
            text = box.text.replace(",", "")
            if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
                found.append(Decimal(text) * unit)
    return found


def _same_in_all(row: Row) -> Row:
    """A row without what a format alone decides: blanks within a text broken over lines."""
    return {**row, "label": row["label"].replace(" ", ""), "heading": row["heading"].replace(" ", "")}
