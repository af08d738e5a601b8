"""Readers: one table is the same in every format, and what a document prints is neither lost nor invented."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.office_files import (
    Box,
    Made,
    docx_of,
    docx_with,
    html_of,
    number,
    page,
    txt_of,
    xls_of,
    xls_with,
    xlsx_of,
    xlsx_with,
)
from yusuan.errors import DocumentError
from yusuan.package import open_package
from yusuan.read import from_doc
from yusuan.read.amounts import AmountReader, Reading
from yusuan.read.compound import compound_of
from yusuan.read.grid import Block, Document, Grid
from yusuan.read.header import understand
from yusuan.read.knowledge import Knowledge
from yusuan.read.layout import Layout, lay_out
from yusuan.read.open_document import open_document
from yusuan.read.text import figure

B = Box
TABLE = Made(
    "一般公共预算支出情况表",
    "单位：万元",
    (
        (B("科目编码", 1, 3), B("科目名称", 2), B("一般公共预算支出", 1, 3)),
        (B("类"), B("款"), B("项"), B("合计"), B("基本支出"), B("项目支出")),
        (B("201"), B(""), B(""), B("一般公共服务支出"), B("1355.44"), B("1246.44"), B("109")),
        (B("201"), B("03"), B(""), B("政府办公厅（室）及相关机构事务"), B("1355.44"), B("1246.44"), B("109")),
        (B("201"), B("03"), B("01"), B("行政运行"), B("1246.44"), B("1246.44"), B("")),
        (B("201"), B("03"), B("02"), B("一般行政管理事务"), B("109"), B(""), B("109")),
        (B("208"), B(""), B(""), B("社会保障和就业支出"), B("80.1"), B("80.1"), B("")),
        (B("208"), B("05"), B(""), B("行政事业单位养老支出"), B("80.1"), B("80.1"), B("")),
        (B("208"), B("05"), B("05"), B("机关事业单位基本养老保险缴费支出"), B("80.1"), B("80.1"), B("")),
        (B("合计", 1, 4), B("1,435.54"), B("1326.54"), B("109")),
    ),
)
FORMATS: dict[str, Callable[[Made], bytes]] = {
    "txt": txt_of, "html": html_of, "docx": docx_of, "xlsx": xlsx_of, "xls": xls_of,
    "gb2312.html": lambda made: html_of(made, "gb18030", "gb2312"),
}  # fmt: skip


@cache
def knowledge() -> Knowledge:
    return Knowledge.of(open_package())


def opened(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    return open_document(path)


def laid_out(document: Document) -> Layout:
    known = knowledge()
    return lay_out(document, known.forms, known.vocabulary, known.is_name)


def reading(document: Document) -> Reading:
    (table,) = laid_out(document).tables
    assert table.form is not None
    unit = next(found for span in table.captions if (found := knowledge().vocabulary.unit_of(span.key)))
    return AmountReader(knowledge(), 2020, "budget").read(
        understand(table.grid, knowledge().word), table.form, table.heading, unit
    )


def rows(block: Block) -> list[list[tuple[str, int, int, int]]]:
    """Text, column and spans of the cells of a grid."""
    assert isinstance(block, Grid)
    return [[(cell.span.text, cell.column, cell.row_span, cell.column_span) for cell in row] for row in block.rows]


def texts(document: Document) -> list[str]:
    return [span.text for span in document.spans()]


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "txt"])
def test_a_table_reads_the_same_as_its_text_twin(kind: str, tmp_path: Path) -> None:
    def amounts(name: str) -> list[tuple[object, ...]]:
        found = reading(opened(tmp_path, f"a.{name}", FORMATS[name](TABLE)))
        assert not found.odd
        return [
            (figure(a.printed), a.value, a.unit, a.role, a.key, a.form, a.phase, a.year, a.position,
             sorted(a.coordinates.items()))
            for a in found.amounts
        ]  # fmt: skip

    expected = amounts("txt")
    assert len(expected) == 19
    assert [role for _, _, _, role, *_ in expected].count("total") == 3
    assert amounts(kind) == expected


def tabbed(*lines: str) -> bytes:
    """A sheet saved as text: a cell for every column, blank where a merged cell reaches; / stands for a tab."""
    return "\n".join(line.replace("/", "\t") for line in lines).encode() + b"\n"


def test_a_sheet_saved_as_text_keeps_its_merged_header(tmp_path: Path) -> None:
    data = tabbed(
        "“三公”经费支出预算表", "单位：万元", "/合计/“三公”经费////会议费",
        "//小计/因公出国（境）费/公务用车购置及运行费//", "////小计/公务用车购置费/", "/9/8/3/5/5/1",
    )  # fmt: skip
    found = reading(opened(tmp_path, "a.txt", data))
    assert [(a.column.path, a.printed, a.role) for a in found.amounts] == [
        (("合计",), "9", "total"),
        (("“三公”经费", "小计"), "8", "subtotal"),
        (("“三公”经费", "因公出国（境）费"), "3", "item"),
        (("“三公”经费", "公务用车购置及运行费", "小计"), "5", "subtotal"),
        (("“三公”经费", "公务用车购置及运行费", "公务用车购置费"), "5", "item"),
        (("会议费",), "1", "item"),
    ]


def test_a_text_whose_second_row_is_no_header_has_a_header_of_one(tmp_path: Path) -> None:
    data = tabbed("一般公共预算支出表", "单位：万元", "/科目编码/科目名称/合计", "/合计//9", "/201/一般公共服务支出/9")
    found = reading(opened(tmp_path, "a.txt", data))
    assert [(a.row.label, a.row.code_printed, a.column.path, a.role) for a in found.amounts] == [
        ("合计", "合计", ("合计",), "total"),
        ("一般公共服务支出", "201", ("合计",), "item"),
    ]


def test_a_text_keeps_a_header_over_one_column(tmp_path: Path) -> None:
    data = tabbed("“三公”经费支出预算表", "单位：万元", "/合计/公务用车购置及运行费/会议费", "//小计/", "/9/5/4")
    assert [a.column.path for a in reading(opened(tmp_path, "a.txt", data)).amounts] == [
        ("合计",), ("公务用车购置及运行费", "小计"), ("会议费",),
    ]  # fmt: skip


def test_a_total_over_two_lists_needs_no_merged_cell(tmp_path: Path) -> None:
    lines = ("收支预算总表", "单位：万元", "/收入//支出///", "/项目/金额/支出用途/金额/功能分类/金额")
    rows = ("/财政拨款/9/基本支出/4/一般公共服务支出/9", "///项目支出/5//", "/收入合计/9/支出合计///9")
    found = reading(opened(tmp_path, "a.txt", tabbed(*lines, *rows)))
    assert not found.odd
    (whole,) = [a for a in found.amounts if a.row.label == "支出合计"]
    terms = [(term.part.row.label, term.partition) for term in found.terms if term.whole is whole]
    assert terms == [("基本支出", 1), ("项目支出", 1), ("一般公共服务支出", 2)]
    lost = reading(opened(tmp_path, "b.txt", tabbed(*lines, *rows[:2], "/上年结转//基本支出///9")))
    assert [cell.span.text for cell in lost.odd] == ["9"]


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "txt"])
def test_merged_headers_give_the_same_spans(kind: str, tmp_path: Path) -> None:
    (table,) = laid_out(opened(tmp_path, f"a.{kind}", FORMATS[kind](TABLE))).tables
    assert rows(table.grid)[:2] == [
        [("科目编码", 0, 1, 3), ("科目名称", 3, 2, 1), ("一般公共预算支出", 4, 1, 3)],
        [("类", 0, 1, 1), ("款", 1, 1, 1), ("项", 2, 1, 1),
         ("合计", 4, 1, 1), ("基本支出", 5, 1, 1), ("项目支出", 6, 1, 1)],
    ]  # fmt: skip
    assert rows(table.grid)[-1][0] == ("合计", 0, 1, 4)


@pytest.mark.parametrize(
    ("kind", "place"),
    [("docx", "table=1&cell=3,5"), ("html", "table=1&cell=3,5"), ("xlsx", "sheet=%E9%A2%84%E7%AE%97%E8%A1%A8&range=E5"),
     ("xls", "sheet=%E9%A2%84%E7%AE%97%E8%A1%A8&range=E5")],
)  # fmt: skip
def test_an_amount_knows_its_place(kind: str, place: str, tmp_path: Path) -> None:
    found = reading(opened(tmp_path, f"a.{kind}", FORMATS[kind](TABLE)))
    assert found.amounts[0].span.cite() == place


def test_an_official_table_through_libreoffice(tmp_path: Path) -> None:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed; this test converts an RTF with it")
    lines = "".join(f"\\u{ord(char)}?" if ord(char) > 127 else char for char in "2020年预算30.5万元")
    document = opened(tmp_path, "a.doc", b"{\\rtf1\\ansi " + lines.encode() + b"\\par}")
    assert texts(document) == ["2020年预算30.5万元"]
    assert document.media_type == "application/rtf"


# Word


def test_insertions_count_and_deletions_do_not(tmp_path: Path) -> None:
    document = opened(
        tmp_path,
        "a.docx",
        docx_with(
            "<w:p><w:r><w:t>预算</w:t></w:r><w:ins><w:r><w:t>30</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>20</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
            "<w:r><w:instrText>PAGEREF</w:instrText></w:r><w:r><w:t>万元</w:t></w:r></w:p>"
        ),
    )
    assert texts(document) == ["预算30万元"]


def test_text_boxes_and_content_controls_lose_nothing(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    document = opened(
        tmp_path,
        "a.docx",
        docx_with(
            '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>正文</w:t>'
            f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>之内</w:t></w:r>"
            "</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
            "<w:p><w:r><w:t>一行</w:t><w:br/><w:t>两行</w:t></w:r></w:p>",
        ),
    )
    assert texts(document) == ["正文", "框内", "控件之内", "一行", "两行"]
    assert [span.cite() for span in document.spans()][-1] == "paragraph=5&char=0,2"


def test_a_table_that_only_frames_another_is_undone(tmp_path: Path) -> None:
    inner = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>5</td></tr></table>"
    html = opened(tmp_path, "a.html", page(f"<table><tr><td>导语<br>预算</td><td>{inner}</td></tr></table>"))
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>{}{}</w:tr>".format
    rows_of_it = row(cell.format("项目"), cell.format("金额")) + row(cell.format("合计"), cell.format("5"))
    table = f"<w:tbl>{rows_of_it}</w:tbl>"
    frame = f"<w:tbl><w:tr>{cell.format('导语</w:t><w:br/><w:t>预算')}<w:tc>{table}<w:p/></w:tc></w:tr></w:tbl>"
    word = opened(tmp_path, "a.docx", docx_with(frame))
    for document in (html, word):
        *lines, grid = document.blocks
        assert [block.span.text for block in lines if not isinstance(block, Grid)] == ["导语", "预算"]
        assert rows(grid) == [[("项目", 0, 1, 1), ("金额", 1, 1, 1)], [("合计", 0, 1, 1), ("5", 1, 1, 1)]]
        assert isinstance(grid, Grid)
        assert grid.rows[0][0].span.cite() == "table=2&cell=1,1"


# Web pages


def test_a_page_labelled_gb2312_is_gb18030(tmp_path: Path) -> None:
    body = "<p>朱镕基㐀𠮷部门预算</p>"
    assert texts(opened(tmp_path, "a.html", page(body, "gb18030", "gb2312"))) == ["朱镕基㐀𠮷部门预算"]


def test_a_page_gives_what_it_shows(tmp_path: Path) -> None:
    body = (
        "<nav>首页</nav><script>var 预算</script><div style='display: none'>隐</div><p hidden>藏</p>"
        "<div>部门\n 预算<span>公开</span><br>二行<o:p>末</o:p></div><pre>甲\n乙</pre><!-- 注 --><p>丙&nbsp;丁</p>"
    )
    assert texts(opened(tmp_path, "a.html", page(body))) == ["部门 预算公开", "二行末", "甲", "乙", "丙\xa0丁"]


def test_spans_of_a_page_are_those_a_browser_gives(tmp_path: Path) -> None:
    first = "<td rowspan=9>部门预算</td><td rowspan=0>乙</td><td colspan=x>丙</td>"
    body = f"<table><tr>{first}</tr><tr><td>丁</td></tr></table>"
    (grid,) = opened(tmp_path, "a.html", page(body)).blocks
    assert rows(grid) == [[("部门预算", 0, 2, 1), ("乙", 1, 2, 1), ("丙", 2, 1, 1)], [("丁", 2, 1, 1)]]


# Workbooks


def cell(reference: str, value: str, style: int = 0, kind: str = "n") -> str:
    return f'<c r="{reference}" s="{style}" t="{kind}"><v>{value}</v></c>'


def line(document: Document) -> list[str]:
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    return [cell.span.text for cell in grid.rows[0]]


CODES = ["0.00%", "00", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0!.0000", '0.00"万元"', "(#,##0);(#,##0)"]
SHOWN = [
    ("1355.4400000000001", 0, "1355.44"), ("205", 0, "205"), ("0.1234", 1, "12.34%"), ("3", 2, "03"), ("0", 3, "-"),
    ("-5.5", 3, "-5.50"), ("13554400", 4, "1355.4400"), ("12.5", 5, "12.50万元"), ("0.1000000000003638", 0, "0.1"),
    ("-0.00000000000022", 0, "0"), ("7", 6, "(7)"), ("1E+2", 0, "100"), ("22186440.8", 3, "22,186,440.80"),
    ("1234.567", 3, "1,234.567"), ("-1234567", 6, "(1,234,567)"), ("0.5", 1, "50.00%"),
]  # fmt: skip


def test_numbers_are_as_their_cells_show_them(tmp_path: Path) -> None:
    cells = "".join(cell(f"{chr(65 + n)}1", value, style) for n, (value, style, _) in enumerate(SHOWN))
    new = opened(tmp_path, "a.xlsx", xlsx_with(f'<row r="1">{cells}</row>', codes=CODES))
    old = xls_with([number((0, n), float(value), style) for n, (value, style, _) in enumerate(SHOWN)], (), CODES)
    assert line(new) == [shown for _, _, shown in SHOWN]
    assert line(opened(tmp_path, "a.xls", old)) == line(new)


def test_dates_errors_truth_and_hidden_zeros(tmp_path: Path) -> None:
    codes = ["yyyy/m/d", 'yyyy"年"m"月"']
    cells = (
        cell("A1", "43852", 1) + cell("B1", "43852", 2) + cell("C1", "#DIV/0!", 0, "e") + cell("D1", "1", 0, "b")
        + cell("E1", "0", 0) + cell("F1", "8", 0)
    )  # fmt: skip
    seen = ["2020年1月22日", "2020年1月", "#DIV/0!", "TRUE", "0", "8"]
    assert line(opened(tmp_path, "a.xlsx", xlsx_with(cells, codes=codes))) == seen
    hidden = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    del seen[4]
    assert line(opened(tmp_path, "b.xlsx", xlsx_with(cells, codes=codes, before=hidden))) == seen


def test_a_formula_nobody_calculated_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"sheet=预算表&range=B2: a formula without its value"):
        opened(tmp_path, "a.xlsx", xlsx_with('<c r="A1"><v>1</v></c><c r="B2"><f>A1*2</f><v></v></c>'))


def test_a_sheet_of_sentences_is_prose(tmp_path: Path) -> None:
    strings = "".join(
        f'<c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c>' for n, text in ((1, "说明"), (3, "一、收入\n二、支出"))
    )
    document = opened(tmp_path, "a.xlsx", xlsx_with(strings))
    assert texts(document) == ["说明", "一、收入", "二、支出"]
    assert [span.cite() for span in document.spans()][1].endswith("range=A3")


def test_an_unknown_table_of_a_sheet_keeps_its_title(tmp_path: Path) -> None:
    texts = ("某某资金分配情况表", "地区", "金额（万元）", "甲镇", "5")
    places = ("A1", "A2", "B2", "A3", "B3")
    cells = "".join(
        f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in zip(places, texts, strict=True)
    )
    for merged, heading in (("A1:B1", "某某资金分配情况表"), ("A2:A2", "")):
        after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'
        (table,) = laid_out(opened(tmp_path, "a.xlsx", xlsx_with(cells, after=after))).tables
        assert (table.form, table.heading) == (None, heading)


def test_tables_stacked_on_a_sheet_are_two(tmp_path: Path) -> None:
    lines = [
        ["一般公共预算支出表"], ["单位：万元"], ["项目", "合计"], ["基本支出", "5"], ["注：本表无误。"], [],
        ["政府性基金预算支出表"], ["单位：元"], ["项目", "合计"], ["项目支出", "6"],
    ]  # fmt: skip
    cells = "".join(
        f'<c r="{chr(66 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for row, texts_of_it in enumerate(lines, 3)
        for column, text in enumerate(texts_of_it)
    )
    first, second = laid_out(opened(tmp_path, "a.xlsx", xlsx_with(cells))).tables
    assert (first.heading, second.heading) == ("一般公共预算支出表", "政府性基金预算支出表")
    assert [span.text for span in (*first.captions, *first.notes, *second.captions)] == [
        "单位：万元", "注：本表无误。", "单位：元"
    ]  # fmt: skip
    assert rows(second.grid)[-1] == [("项目支出", 0, 1, 1), ("6", 1, 1, 1)]
    assert second.grid.rows[-1][1].span.cite().endswith("range=C12")


@pytest.mark.parametrize(
    "name", ["blank-sh-budget.xls", "blank-sh-department-2026.xlsx", "blank-sh-unit-2026.xlsx"]
)  # fmt: skip
def test_every_table_of_a_blank_official_form_is_known(name: str) -> None:
    path = SHARED / "documents" / name
    if not path.is_file():
        pytest.skip("the shared documents (../shared) are not here; this test reads one of them")
    tables = laid_out(open_document(path)).tables
    assert [table.form.id if table.form else table.heading for table in tables] == [
        "balance", "revenue", "expenditure", "appropriation-balance", "general-expenditure", "government-fund",
        "state-capital", "general-basic", "three-public",
    ]  # fmt: skip
    for table in tables:
        assert any(knowledge().vocabulary.unit_of(span.key) for span in table.captions), table.heading
        unknown = [c.path for c in understand(table.grid, knowledge().word).columns if not c.kind]
        assert not unknown, table.heading


# What a name promises, and what is there to convert with


def test_many_a_doc_is_a_web_page(tmp_path: Path) -> None:
    assert opened(tmp_path, "a.doc", html_of(TABLE)).media_type == "text/html"
    assert len(reading(opened(tmp_path, "a.xls", html_of(TABLE))).amounts) == 19
    assert opened(tmp_path, "b.doc", docx_of(TABLE)).media_type.endswith("wordprocessingml.document")


def test_an_old_document_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(DocumentError, match=r"a\.doc: an old Word document; install LibreOffice"):
        opened(tmp_path, "a.doc", b"{\\rtf1 a}")


def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nsleep 60 & wait\n", encoding="ascii")
    office.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(office))
    monkeypatch.setattr(from_doc, "PATIENCE", 1)
    with pytest.raises(DocumentError, match="not converted within 1 seconds"):
        opened(tmp_path, "a.doc", b"{\\rtf1 a}")


@pytest.mark.parametrize("table", [False, True])
def test_catdoc_is_trusted_with_text_only(table: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catdoc = tmp_path / "catdoc"
    line = "合计\t5" if table else "支出5万元"
    catdoc.write_text(f"#!/bin/sh\ncat <<END\n部门预算\n{line}\nEND\n", encoding="utf-8")
    catdoc.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(catdoc) if name == "catdoc" else None)
    data = compound_of({"WordDocument": b"\xec\xa5" + bytes(60)})
    if table:
        with pytest.raises(DocumentError, match="has tables, which catdoc does not keep whole"):
            opened(tmp_path, "a.doc", data)
    else:
        assert texts(opened(tmp_path, "a.doc", data)) == ["部门预算", "支出5万元"]
