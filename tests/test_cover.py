"""What a cover says: agency, region, year, phase and scope, and the doubts that are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.family_files import Filing, Sheet, workbook
from yusuan.errors import YusuanError
from yusuan.package import open_package, read_csv
from yusuan.read.batch import Store
from yusuan.read.open_document import open_document

COVERS = read_csv(Path(__file__).parent / "covers.csv")
REST = "\n\n第一部分 部门概况\n一、主要职责\n负责样例工作。\n第二部分 情况说明\n一、收支情况说明\n收入总计10.00万元。\n"


def said(folder: Path, *lines: str) -> tuple[str, str, str, str, str]:
    """Agency, region, year, phase and scope of a text that begins with some lines, to a reader that knows no agency."""
    document = folder / "document.txt"
    document.write_text("\n".join(lines) + REST, encoding="utf-8")
    return said_by(document)


def said_by(document: Path) -> tuple[str, str, str, str, str]:
    """Agency, region, year, phase and scope of a document, to a reader that knows no agency."""
    opened = open_document(document)
    reader = Store(open_package(), False).reader()
    reader.departments.rows = {}
    cover, organ = reader.cover([opened], [reader.lay_out(opened)])
    return organ["name"], organ["region"], str(cover.year), cover.phase, cover.scope


@pytest.mark.parametrize("row", COVERS, ids=lambda row: row["lines"])
def test_a_cover_says_who_where_when_and_what(row: dict[str, str], tmp_path: Path) -> None:
    expected = (row["agency"], row["region"], row["year"], row["phase"], row["scope"])
    assert said(tmp_path, *row["lines"].split("|")) == expected


@pytest.mark.parametrize(
    ("above", "phase"),
    [
        (["附件：湖南省样例局2024年部门预算公开表", "部门收支总表", "单位：湖南省样例局"], "预算数"),
        (["2024年部门预算表", "部门收支总表", "部门：湖南省样例局"], "预算数"),
        (["湖南省样例局2024年部门收支总表"], "预算数"),
        (["2024年", "部门收支预算总表", "部门：湖南省样例局"], "金额"),
        (["湖南省样例局2024年度收支总表"], "决算数"),
    ],
)
def test_a_workbook_without_a_cover_says_it_above_its_tables(above: list[str], phase: str, tmp_path: Path) -> None:
    rows = [
        ["收入", "<", "支出", "<"], ["项目", phase, "项目", phase],
        ["一、一般公共预算拨款", "10.00", "一、一般公共服务支出", "10.00"], ["收入总计", "10.00", "支出总计", "10.00"],
    ]  # fmt: skip
    document = tmp_path / "document.xlsx"
    document.write_bytes(workbook(Filing("", [Sheet([*above, "单位：万元"], rows)])))
    expected = ("湖南省样例局", "430000", "2024", "final" if phase == "决算数" else "budget", "部门")
    assert said_by(document) == expected


@pytest.mark.parametrize(
    ("lines", "doubt"),
    [
        (["宜春学院第二附属医院2024年部门预算"], "the region of 宜春学院第二附属医院 is in doubt"),
        (["鼓楼区教育局2023年度部门决算"], "the region of 鼓楼区教育局 is in doubt"),
        (["郑州大学2024年部门预算"], "the region of 郑州大学 is in doubt"),
        (["2024年部门预算"], "--department"),
        (["清水县样例局部门预算"], "--year"),
    ],
)
def test_a_doubt_is_an_error_that_says_which_option_settles_it(lines: list[str], doubt: str, tmp_path: Path) -> None:
    with pytest.raises(YusuanError, match=doubt):
        said(tmp_path, *lines)
