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


INDICATOR = (
    "project", "ordinal", "level1", "level2", "level3", "level1_standard", "level2_standard", "target", "kind",
    "operator", "value", "value_upper", "unit", "starts", "ends", "weight",
)  # fmt: skip
PROJECT = ("project", "amount", "appropriation", "other_funds")


def test_there_are_cases() -> None:
    assert CASES
    assert all(expected(path, "") or expected(path, ".indicators") for path in CASES)


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
    assert found == sorted(tuple(row[name] for name in MEANING) for row in expected(case, ""))
    for resource, columns in (("indicators", INDICATOR), ("project_years", PROJECT)):
        told = sorted(tuple(row[name] for name in columns) for row in package.rows(resource))
        assert told == sorted(
            tuple(row[name] for name in columns) for row in expected(case, f".{resource.split('_')[0]}")
        )


def expected(case: Path, part: str) -> list[Row]:
    """The rows that a case gives of a part: line items, `.indicators`, `.project`; none where it has no such file."""
    path = case.with_suffix(f"{part}.csv")
    return list(read_csv(path)) if path.is_file() else []


def figures(filing: family_files.Filing) -> list[Decimal]:
    """The amounts of the cells, in yuan: every figure with decimals, in the unit above its table.

    Columns of changes (增减额, 增减%) repeat what two others say and are no amounts. Performance forms have targets;
    those of a department have the money of its tasks above its goal.
    """
    found = []
    for sheet in filing.sheets:
        height = len(sheet.rows)
        if any("三级指标" in row for row in sheet.rows):
            height = next((r for r, row in enumerate(sheet.rows) if row[0] == "年度总体目标"), 0)
            height *= any("任务名称" in row for row in sheet.rows)
        unit = 10000 if any("万元" in line for line in sheet.above) else 1
        changes = {c for _, c, box in sheet.boxes() if box.text.startswith("增减")}
        for r, column, box in sheet.boxes():
            text = box.text.replace(",", "")
            if r < height and column not in changes and re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
                found.append(Decimal(text) * unit)
    return found


def _same_in_all(row: Row) -> Row:
    """A row without what a format alone decides: blanks within a text broken over lines."""
    return {**row, "label": row["label"].replace(" ", ""), "heading": row["heading"].replace(" ", "")}
