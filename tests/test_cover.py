"""What a cover says: agency, region, year, phase and scope, and the doubts that are errors."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    ("lines", "doubt"),
    [
        (["宜春学院第二附属医院2024年部门预算"], "the region of 宜春学院第二附属医院 is in doubt"),
        (["2024年部门预算"], "--department"),
        (["清水县样例局部门预算"], "--year"),
    ],
)
def test_a_doubt_is_an_error_that_says_which_option_settles_it(lines: list[str], doubt: str, tmp_path: Path) -> None:
    with pytest.raises(YusuanError, match=doubt):
        said(tmp_path, *lines)
