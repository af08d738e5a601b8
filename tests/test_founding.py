"""The founding document, whole: read, and answered by the graph."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import FOUNDING, needs_shared, read_into
from yusuan.emit import graph_lines
from yusuan.package import Package, open_package, read_csv
from yusuan.query import ask, load_prologue, load_store
from yusuan.read.ledger import SHIPPED, coverage

DEPARTMENT = "652300-rlzyhshbzj"
FILING = f"{DEPARTMENT}-2020-budget"
CUBE = "https://w3id.org/yusuan/cube"


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Package:
    if not FOUNDING.is_file():
        pytest.skip("the shared documents (../shared) are not here; this test reads one of them")
    return read_into(tmp_path_factory.mktemp("founding") / "package", FOUNDING)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_store(graph_lines(open_package()))


def answer(store: ox.Store, text: str) -> Decimal:
    ((value,),) = ask(store, text, load_prologue(open_package())).rows
    return Decimal(value)


@needs_shared
def test_amounts_by_table(founding: Package) -> None:
    counts = Counter(row["table_id"].rpartition("/")[2] for row in founding.rows("line_items"))
    assert counts == {
        "balance": 7, "revenue": 14, "expenditure": 21, "appropriation-balance": 7, "general-expenditure": 21,
        "general-basic": 93, "projects": 18, "three-public": 6,
    }  # fmt: skip
    assert sum(counts.values()) == 187


@needs_shared
def test_every_amount_is_printed_where_it_says(founding: Package) -> None:
    text = FOUNDING.read_text(encoding="utf-8")
    for row in (*founding.rows("line_items"), *founding.rows("statements")):
        start, end = (int(part) for part in row["source"].partition("#char=")[2].split(","))
        assert row["printed"] in text[start:end]


@needs_shared
def test_performance_forms(founding: Package) -> None:
    rows = founding.rows("indicators")
    assert len(rows) == 91
    assert len({row["project"] for row in rows}) == 8
    by_name = {row["level3"]: row for row in rows}
    people = by_name["实现农村富余劳动力转移就业人次"]
    assert (people["value"], people["unit"], people["operator"]) == ("155000", "人次", "")
    works = by_name["办公楼维修完成期限"]
    assert (works["kind"], works["ends"]) == ("deadline", "2020-11-30")
    assert by_name["消防设备使用年限"]["level1"] == "项目完成指标"
    assert by_name["消防设备使用年限"]["level1_standard"] == "benefit"
    assert by_name["复杂案件办理时限"]["operator"] == "lteq"


@needs_shared
def test_structure_and_projects(founding: Package) -> None:
    assert len(founding.rows("sections")) == 12
    assert len(founding.rows("terms")) == 8
    projects = {row["name"]: row["other_names"] for row in founding.rows("projects")}
    assert len(projects) == 8
    assert projects["社保基金监督检查审计经费"] == "社保基金专业审计工作经费"
    (empty,) = [row for row in founding.rows("tables") if row["form"] == "government-fund"]
    assert (empty["filled"], empty["note"]) == ("declared-empty", "本单位无政府性基金预算。")


@needs_shared
def test_the_ledger_is_whole(founding: Package) -> None:
    bound = coverage(read_csv(founding.build / "work" / "ledger.csv"))
    assert all(done == total for done, total in bound.values()), bound
    assert bound["amount"][0] > 300
    stated = {row["class"]: (int(row["bound"]), int(row["printed"])) for row in founding.rows("coverage")}
    assert stated == {kind: counts for kind, counts in bound.items() if kind in SHIPPED}


@needs_shared
def test_gb18030_twin(founding: Package, tmp_path: Path) -> None:
    twin = tmp_path / FOUNDING.name
    twin.write_bytes(FOUNDING.read_text(encoding="utf-8").encode("gb18030"))
    package = read_into(tmp_path / "twin", twin)
    for name in ("line_items", "statements", "indicators", "project_years", "sections", "terms"):
        assert package.rows(name) == founding.rows(name), name


def test_sums_by_sparql(store: ox.Store) -> None:
    def sum_of(cube: str, more: str = "") -> Decimal:
        return answer(
            store,
            f"SELECT (SUM(?a) AS ?s) WHERE {{ ?o qb:dataSet <{CUBE}/{cube}> ; obeu-measure:amount ?a ;"
            f" obeu-dimension:organization <https://w3id.org/yusuan/department/{DEPARTMENT}> {more} }}",
        )

    assert sum_of("general-expenditure") == 13554400
    assert sum_of("general-basic") == 12464400
    assert sum_of("general-basic", "; ys:nature <https://w3id.org/yusuan/code/nature/personnel>") == 10851000
    assert sum_of("general-basic", "; ys:nature <https://w3id.org/yusuan/code/nature/running-costs>") == 1613400
    leaf = "; ys:role <https://w3id.org/yusuan/code/role/item> ; ys:basis <https://w3id.org/yusuan/code/basis/{}>"
    assert sum_of("expenditure/backcast", leaf.format("prior-year")) == 16329100
    assert sum_of("general-expenditure/backcast", leaf.format("prior-year-execution")) == 16329100


def test_roll_up_by_concept(store: ox.Store) -> None:
    total = answer(
        store,
        f"SELECT (SUM(?a) AS ?s) WHERE {{ ?o qb:dataSet <{CUBE}/general-expenditure> ; obeu-measure:amount ?a ;"
        f" obeu-dimension:organization <https://w3id.org/yusuan/department/{DEPARTMENT}> ;"
        " ys:function/skos:broader* <https://w3id.org/yusuan/code/function/208> }",
    )
    assert total == 13554400
