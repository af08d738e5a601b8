"""Titles of tables met in many places, and the forms they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from yusuan.package import open_package, read_csv
from yusuan.read.forms import Forms, looks_like_title, reduce_title

TITLES = read_csv(Path(__file__).parent / "titles.csv")


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms(open_package().file("schemas", "forms"), open_package().file("schemas", "lookups"))


@pytest.mark.parametrize("row", TITLES, ids=lambda row: f"{row['family']}-{row['title']}")
@pytest.mark.parametrize("around", ["{}", "表3-1 {}", "2023年度{}", "某某市水利局2023年{}", "《{}》"])
def test_a_title_names_its_form_and_a_strange_one_none(row: dict[str, str], around: str, forms: Forms) -> None:
    title = around.format(row["title"].strip("《》"))
    assert looks_like_title(title)
    form = forms.of_title(reduce_title(title))
    assert (form.id if form else "") in row["form"].split("|")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["项目", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"], "three-public"),
        (["一级指标", "二级指标", "三级指标", "指标值"], "performance-project"),
        (["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"], "performance-result"),
        (["科目编码", "科目名称", "合计", "财政拨款收入", "事业收入", "经营收入", "其他收入"], "revenue"),
        (["科目编码", "科目名称", "合计", "基本支出", "项目支出", "上缴上级支出", "对附属单位补助支出"], "expenditure"),
        (["序号", "单位名称", "备注"], "units"),
        (["序号", "单位名称", "金额"], ""),
        (["项目", "金额"], ""),
    ],
)
def test_a_table_without_title_is_known_by_a_header_that_only_one_form_has(
    header: list[str], expected: str, forms: Forms
) -> None:
    form = forms.of_header(header)
    assert (form.id if form else "") == expected


@pytest.mark.parametrize(
    "line",
    ["注：本表反映收入支出情况表", "详见附表", "本表为空，故公开空表。", "支出", "收入预算情况说明如下：见收入总表"],
)
def test_a_sentence_is_no_title(line: str) -> None:
    assert not looks_like_title(line)
