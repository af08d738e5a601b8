"""The reviewed baseline: every finding over the shipped filings, looked at beside the document, with a verdict."""

from __future__ import annotations

from tests.conftest import HERE
from yusuan.check import check_package
from yusuan.check.run import keyed
from yusuan.package import Package, read_csv

REVIEWED = {row["id"]: row for row in read_csv(HERE / "reviewed.csv")}


def test_every_finding_has_a_verdict_and_a_reason(shipped: Package) -> None:
    assert {row["id"] for row in shipped.rows("findings")} == set(REVIEWED)
    assert {row["verdict"] for row in REVIEWED.values()} == {"true"}, "a false finding is mended, not kept"
    assert all(len(row["why"]) >= 6 for row in REVIEWED.values())
    for row in shipped.rows("findings"):
        reviewed = REVIEWED[row["id"]]
        assert (row["status"], row["verdict"]) == ("accepted", f"{reviewed['verdict']}: {reviewed['why']}"), row["id"]


def test_the_shipped_data_have_no_other_finding(shipped: Package) -> None:
    found = dict(keyed(check_package(shipped)))
    assert {key: found[key].message for key in found.keys() - REVIEWED.keys()} == {}
    assert REVIEWED.keys() - found.keys() == set()
