"""Made documents read into rows: each folder of tests/documents holds a document and the rows expected of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import HERE, SMALL, read_into
from yusuan.errors import DocumentError
from yusuan.package import Package, create_package, read_csv
from yusuan.read import read_documents
from yusuan.read.ledger import QUANTITIES, coverage
from yusuan.read.open_document import open_document

CASES = sorted(path for path in (HERE / "documents").iterdir() if path.is_dir())


def test_there_are_cases() -> None:
    assert CASES
    for case in CASES:
        assert list((case / "expected").glob("*.csv")), f"{case.name} expects nothing"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_rows_are_as_expected(case: Path, tmp_path: Path) -> None:
    documents = sorted(path for path in case.iterdir() if path.is_file() and path.suffix != ".md")
    package = read_into(tmp_path / "package", *documents)
    for path in sorted((case / "expected").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        fields = list(expected[0])
        found = [{name: row[name] for name in fields} for row in package.rows(path.stem)]
        assert found == expected, path.name


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_quantity_is_a_row(case: Path, tmp_path: Path) -> None:
    documents = sorted(path for path in case.iterdir() if path.is_file() and path.suffix != ".md")
    package = read_into(tmp_path / "package", *documents)
    ledger = read_csv(package.build / "work" / "ledger.csv")
    bound = coverage(ledger)
    assert any(kind in QUANTITIES for kind in bound)
    assert {kind: pair for kind, pair in bound.items() if pair[0] != pair[1]} == {}


def test_a_bound_value_equals_its_token(small: Package) -> None:
    printed = {row["id"]: row["printed"] for row in (*small.rows("line_items"), *small.rows("statements"))}
    ledger = read_csv(small.build / "work" / "ledger.csv")
    checked = 0
    for row in ledger:
        if row["resource"] in {"line_items", "statements"} and row["class"] not in {"threshold", "date"}:
            assert row["token"] == printed[row["row"]], row
            checked += 1
    assert checked > 100


def test_reading_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = read_into(tmp_path / "first", SMALL)
    second = read_into(tmp_path / "second", SMALL)
    read_documents([SMALL], second)
    for resource in first.resources.values():
        again = second.resource(resource.name)
        assert resource.path.read_bytes() == again.path.read_bytes(), resource.name


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_another_encoding_gives_the_same_rows(encoding: str, tmp_path: Path) -> None:
    twin = tmp_path / "document.txt"
    twin.write_bytes(SMALL.read_text(encoding="utf-8").encode(encoding))
    first = read_into(tmp_path / "first", SMALL)
    second = read_into(tmp_path / "second", twin)
    for name in ("line_items", "statements", "indicators", "projects", "sections", "sums"):
        assert first.rows(name) == second.rows(name), name


def test_places_point_at_the_print(small: Package) -> None:
    text = SMALL.read_text(encoding="utf-8")
    for row in small.rows("line_items"):
        start, end = (int(part) for part in row["source"].partition("#char=")[2].split(","))
        assert text[start:end] == row["printed"]


def test_an_unrelated_document_does_not_disturb(tmp_path: Path) -> None:
    package = read_into(tmp_path / "package", SMALL)
    before = package.rows("line_items")
    other = tmp_path / "other.txt"
    other.write_text(SMALL.read_text(encoding="utf-8").replace("样例局", "示范局"), encoding="utf-8")
    read_documents([other], package)
    after = package.rows("line_items")
    assert [row for row in after if row["department"] == "652301-ylj"] == before
    assert {row["id"] for row in package.rows("departments")} == {"652301-ylj", "652301-sfj"}


def test_a_second_document_of_a_form_is_refused_and_replaces_on_demand(tmp_path: Path) -> None:
    package = read_into(tmp_path / "package", SMALL)
    other = tmp_path / "corrected.txt"
    other.write_text(SMALL.read_text(encoding="utf-8").replace("120.35", "120.36"), encoding="utf-8")
    (refused,) = read_documents([other], package)
    assert isinstance(refused.error, DocumentError)
    assert "--replace" in str(refused.error)
    (report,) = read_documents([other], package, replace=True)
    assert report.error is None
    (document,) = package.rows("documents")
    assert document["file_name"] == "corrected.txt"
    assert document["supersedes"] == open_document(SMALL).sha256


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty file"),
        (b"\n \n", "empty file"),
        (bytes(range(256)) * 8, "text"),
        ("第一部分".encode()[:-1], "truncated"),
        ("部门预算\n\t收入\n\t1355.4".encode(), "middle of a line"),
        (b"plain words in ascii only\n", "no Chinese text"),
        ("部门预算表\n".encode(), "name of a department"),
        ("某某市财政局2020年部门预算\n".encode(), "region"),
    ],
    ids=["empty", "blank", "binary", "cut-character", "cut-line", "english", "no-agency", "unknown-region"],
)
def test_bad_input_is_one_line_and_leaves_nothing(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    package = create_package(tmp_path / "package")
    (report,) = read_documents([path], package)
    assert report.error is not None
    assert says in str(report.error)
    assert "bad.txt" in str(report.error)
    assert "\n" not in str(report.error)
    assert package.rows("filings") == []


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    package = create_package(tmp_path / "package")
    reports = read_documents([bad, SMALL], package)
    assert [report.error is None for report in reports] == [False, True]
    alone = read_into(tmp_path / "alone", SMALL)
    assert package.rows("line_items") == alone.rows("line_items")
