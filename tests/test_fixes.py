"""Corrections of a source: read as they should be, still seen as printed, and what they mend is told as fixed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import HERE
from yusuan.check import check_package, finding_rows
from yusuan.package import Package, Row, create_package
from yusuan.read import read_documents

FOLDER = HERE / "documents" / "province-2019"
FILING = "320000-ylt-2019-budget"


def read_twice(folder: Path, old: str, new: str, *fixes: tuple[str, str, str]) -> tuple[Package, Package]:
    """The made document with `old` printed as `new`: read as it is, and read again with corrections."""
    folder.mkdir()
    path = folder / "document.html"
    text = (FOLDER / path.name).read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    packages = []
    for name in ("printed", "corrected"):
        package = create_package(folder / name)
        assert [report.error for report in read_documents([path], package)] == [None]
        packages.append(package)
    printed, corrected = packages
    corrected.write({"findings": finding_rows(check_package(corrected))})
    corrected.write({"fixes": [fix(*values) for values in fixes]})
    assert [report.error for report in read_documents([path], corrected)] == [None]
    return printed, corrected


def fix(place: str, printed: str, corrected: str) -> Row:
    return {
        "filing": FILING, "place": place, "printed": printed, "corrected": corrected,
        "reason": "合计由各行相加可知", "reviewed": "审阅人 2024-01-01",
    }  # fmt: skip


def changed(before: Package, after: Package, name: str) -> list[dict[str, tuple[str, str]]]:
    """What differs between the rows of a resource, row by row."""
    pairs = zip(before.rows(name), after.rows(name), strict=True)
    rows = ({key: (a[key], b[key]) for key in a if a[key] != b[key]} for a, b in pairs)
    return [row for row in rows if row]


def open_and_fixed(package: Package) -> tuple[set[str], set[str]]:
    """Rules of the findings that are open, and of those that are fixed."""
    found = check_package(package)
    return {f.rule for f in found if f.status == "open"}, {f.rule for f in found if f.status == "fixed"}


CELL = "<td>行政事业单位离退休</td><td>60.00</td>"
PLACE = "document.html#table=5&cell=8,3"


def test_a_cell_is_read_as_corrected_and_shown_as_printed(tmp_path: Path) -> None:
    printed, corrected = read_twice(
        tmp_path / "a", CELL, CELL.replace("60.00", "66.00"), (PLACE, "66.00", "60.00")
    )  # fmt: skip
    wrong = open_and_fixed(printed)[0]
    assert "sum-down-rows" in wrong
    assert changed(printed, corrected, "line_items") == [{"amount": ("660000", "600000")}]
    (row,) = [row for row in corrected.rows("line_items") if row["source"] == PLACE]
    assert (row["printed"], row["amount"]) == ("66.00", "600000")
    assert open_and_fixed(corrected) == (set(), wrong)


def test_a_figure_of_the_prose_keeps_its_place_and_moves_no_other(tmp_path: Path) -> None:
    place = "document.html#paragraph=35&char=46,51"
    printed, corrected = read_twice(
        tmp_path / "a", "总计各增加102.00万元，增长10.99%", "总计各增加120万元，增长10.99%",
        (place, "120万元", "102.00万元"),
    )  # fmt: skip
    wrong = open_and_fixed(printed)[0]
    assert "rate-follows" in wrong
    assert changed(printed, corrected, "statements") == [{"value": ("1200000", "1020000")}]
    (row,) = [row for row in corrected.rows("statements") if row["source"] == place]
    assert (row["printed"], row["value"]) == ("120", "1020000")
    assert open_and_fixed(corrected) == (set(), wrong)


def test_a_word_that_is_corrected_is_told_as_fixed(tmp_path: Path) -> None:
    printed, corrected = read_twice(
        tmp_path / "a", CELL, CELL.replace("离退休", "离休休"),
        ("document.html#table=5&cell=8,2", "行政事业单位离休休", "行政事业单位离退休"),
    )  # fmt: skip
    assert [row["label"] for row in corrected.rows("line_items") if row["source"] == PLACE] == ["行政事业单位离退休"]
    wrong = open_and_fixed(printed)[0]
    assert wrong
    assert open_and_fixed(corrected) == (set(), wrong)


def test_a_correction_that_is_wrong_itself_is_found(tmp_path: Path) -> None:
    _, corrected = read_twice(tmp_path / "a", CELL, CELL.replace("60.00", "66.00"), (PLACE, "66.00", "67.00"))
    assert "sum-down-rows" in open_and_fixed(corrected)[0]


@pytest.mark.parametrize(("place", "text"), [(PLACE, "77.00"), ("document.html#table=5&cell=99,3", "60.00")])
def test_what_is_not_printed_there_is_an_error(place: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "document.html"
    path.write_bytes((FOLDER / path.name).read_bytes())
    package = create_package(tmp_path / "package")
    read_documents([path], package)
    before = package.rows("line_items")
    package.write({"fixes": [fix(place, text, "60.00")]})
    (report,) = read_documents([path], package)
    assert "a correction in data/fixes says" in str(report.error)
    assert package.rows("line_items") == before


def test_corrections_of_another_document_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "document.html"
    path.write_bytes((FOLDER / path.name).read_bytes())
    package = create_package(tmp_path / "package")
    read_documents([path], package)
    before = package.rows("line_items")
    package.write({"fixes": [fix("other.html#table=5&cell=8,3", "60.00", "66.00")]})
    assert [report.error for report in read_documents([path], package)] == [None]
    assert package.rows("line_items") == before
    assert check_package(package) == []
