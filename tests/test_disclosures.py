"""All the shared disclosures, read in one go: what they are, that nothing in their tables is lost, that they ship."""

from __future__ import annotations

import pytest

from tests.conftest import HERE, SHARED, needs_shared, read_into
from yusuan.check import check_package
from yusuan.check.run import keyed
from yusuan.package import Package, Row, read_csv
from yusuan.read.filing import FACTS
from yusuan.read.ledger import UNEXPLAINED
from yusuan.read.text import fold

FOLDER = SHARED / "documents"
INDEX = read_csv(FOLDER / "INDEX.csv") if (FOLDER / "INDEX.csv").is_file() else []
PHASES = {"budget": "budget", "final accounts": "final"}

pytestmark = needs_shared


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, shipped: Package) -> Package:
    return read_into(
        tmp_path_factory.mktemp("disclosures") / "package",
        *(FOLDER / row["file"] for row in INDEX),
        departments=shipped.rows("departments"),
    )


@pytest.fixture(scope="module")
def filing_of(read: Package) -> dict[str, Row]:
    filings = {row["id"]: row for row in read.rows("filings")}
    return {row["file_name"]: filings[row["filing"]] for row in read.rows("documents")}


@pytest.mark.parametrize("row", INDEX, ids=lambda row: str(row["file"]))
def test_the_cover_says_who_when_and_what(row: Row, read: Package, filing_of: dict[str, Row]) -> None:
    filing = filing_of[row["file"]]
    department = next(d for d in read.rows("departments") if d["id"] == filing["department"])
    names = {fold(name) for name in (department["name"], *department["other_names"].split("|"))}
    assert fold(row["agency"]) in names
    assert (filing["year"], filing["phase"]) == (row["fiscal_year"], PHASES[row["phase"]])
    assert filing["id"].endswith(f"-{row['fiscal_year']}-{PHASES[row['phase']]}")
    assert ("-unit-" in filing["id"]) == row["scope"].startswith("unit")


def test_parts_of_one_filing_are_one(read: Package) -> None:
    assert len(read.rows("documents")) == len(INDEX)
    wholes = {(row["agency"], row["fiscal_year"], row["phase"], row["scope"]) for row in INDEX}
    assert len(read.rows("filings")) == len(wholes)


def test_every_table_is_of_a_known_form(read: Package) -> None:
    assert [row["id"] for row in read.rows("tables") if not row["form"]] == []


def test_no_figure_of_a_table_is_lost(read: Package) -> None:
    work = read.build / "work"
    cells = {row["source"] for row in read_csv(work / "cells.csv")}
    ledger = [row for row in read_csv(work / "ledger.csv") if row["source"] in cells]
    assert len(ledger) > 5000
    assert [row["source"] for row in ledger if row["row"] == UNEXPLAINED] == []


def test_their_findings_are_those_reviewed(read: Package) -> None:
    reviewed = {row["id"] for row in read_csv(HERE / "reviewed.csv")}
    found = {key: finding.message for key, finding in keyed(check_package(read))}
    assert {key: found[key] for key in found.keys() - reviewed} == {}
    assert reviewed - found.keys() == set()


def test_the_shipped_rows_are_those_of_a_fresh_read(read: Package, shipped: Package) -> None:
    for name in FACTS:
        assert read.rows(name) == shipped.rows(name), name
