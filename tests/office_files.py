"""Office files made for tests: one table in every format, and containers with anything in them."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml import parse_xml

from yusuan.read.compound import compound_of
from yusuan.read.look import reference

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Box:
    """A cell of a made table with the rows and columns it covers."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Made:
    """A made table: title, unit, and rows of boxes; a box covered from above or from the left is not there."""

    title: str
    unit: str
    rows: tuple[tuple[Box, ...], ...]

    def placed(self) -> list[tuple[int, int, Box]]:
        """Each box with its row and column."""
        taken: set[tuple[int, int]] = set()
        out = []
        for row, boxes in enumerate(self.rows):
            column = 0
            for box in boxes:
                while (row, column) in taken:
                    column += 1
                out.append((row, column, box))
                taken.update((row + i, column + j) for i in range(box.row_span) for j in range(box.column_span))
        return out

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(column + box.column_span for _, column, box in self.placed())

    @property
    def sheet(self) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, int, int]]]:
        """Texts and merged ranges of a sheet with title and unit in its first two rows."""
        right = self.width - 1
        cells = {(0, 0): self.title, (1, right): self.unit}
        merged = [(0, 0, 0, right)]
        for row, column, box in self.placed():
            cells[row + 2, column] = box.text
            if box.row_span * box.column_span > 1:
                merged.append((row + 2, column, row + 1 + box.row_span, column + box.column_span - 1))
        return cells, merged


def txt_of(made: Made) -> bytes:
    """The table as a flattened text: a row a line, a blank under a header cell that reaches down."""
    lines = [made.title, made.unit]
    for row in range(len(made.rows)):
        here = [
            box.text if at == row else ""
            for at, column, box in sorted(made.placed(), key=lambda item: item[1])
            if at <= row < at + box.row_span
        ]
        lines.append("\t" + "\t".join(here))
    return ("\n".join(lines) + "\n").encode()


def html_of(made: Made, encoding: str = "utf-8", label: str = "utf-8") -> bytes:
    """The table as a web page."""
    rows = "".join(
        "<tr>"
        + "".join(f'<td rowspan="{b.row_span}" colspan="{b.column_span}">{escape(b.text)}</td>' for b in boxes)
        + "</tr>\n"
        for boxes in made.rows
    )
    return page(f"<p>{made.title}</p><p>{made.unit}</p><table>{rows}</table>", encoding, label)


def page(body: str, encoding: str = "utf-8", label: str = "utf-8") -> bytes:
    """A web page around a body."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    return f"<html><head>{meta}</head><body>{body}</body></html>".encode(encoding)


def docx_of(made: Made) -> bytes:
    """The table as a Word document."""
    document = docx.Document()
    document.add_paragraph(made.title)
    document.add_paragraph(made.unit)
    table = document.add_table(len(made.rows), made.width)
    for row, column, box in made.placed():
        table.cell(row, column).text = box.text
        if box.row_span * box.column_span > 1:
            table.cell(row, column).merge(table.cell(row + box.row_span - 1, column + box.column_span - 1))
    return saved(document)


def docx_with(*xml: str) -> bytes:
    """A Word document of paragraphs and tables given as XML."""
    document = docx.Document()
    body: Any = document.element.body
    for part in xml:
        body.insert(len(body) - 1, parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {W}", part)))
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_of(parts: Mapping[str, str | bytes]) -> bytes:
    """A packed zip."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx_of(made: Made) -> bytes:
    """The table as a workbook: figures as numbers, with the noise of binary fractions."""
    texts, merged = made.sheet
    cells = []
    for at, text in sorted(texts.items()):
        if at[0] > 3 and _is_amount(text):
            cells.append(f'<c r="{reference(at)}" s="1"><v>{_noisy(text)}</v></c>')
        else:
            cells.append(f'<c r="{reference(at)}" t="inlineStr"><is><t>{escape(text)}</t></is></c>')
    ranges = "".join(f'<mergeCell ref="{reference((a, b))}:{reference((c, d))}"/>' for a, b, c, d in merged)
    return xlsx_with("".join(cells), after=f"<mergeCells>{ranges}</mergeCells>")


def xlsx_with(
    cells: str, *, before: str = "", after: str = "", codes: Sequence[str] = ("#,##0.00",), texts: Sequence[str] = ()
) -> bytes:
    """A workbook of one sheet, 预算表, with cells given as XML; style n has the n-th number format."""
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>' for n, c in
                      enumerate(codes))  # fmt: skip
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zip_of(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
            '<sheet name="预算表" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts>'
            f"<cellXfs>{styles}</cellXfs></styleSheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{cells}</sheetData>'
            f"{after}</worksheet>",
        }
    )


def xls_of(made: Made) -> bytes:
    """The table as an old workbook."""
    texts, merged = made.sheet
    strings = sorted({text for at, text in texts.items() if not (at[0] > 3 and _is_amount(text))})
    cells = [
        number(at, float(_noisy(text))) if at[0] > 3 and _is_amount(text) else shared(at, strings.index(text))
        for at, text in sorted(texts.items())
    ]
    ranges = b"".join(struct.pack("<4H", a, c, b, d) for a, b, c, d in merged)
    return xls_with([*cells, record(0xE5, struct.pack("<H", len(merged)) + ranges)], strings)


def xls_with(records: Sequence[bytes], strings: Sequence[str] = (), codes: Sequence[str] = ("#,##0.00",)) -> bytes:
    """An old workbook (BIFF8) of one sheet with these records; style n + 1 has the n-th number format."""
    head = [record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))]
    head += [record(0x41E, struct.pack("<H", 200 + n) + _long(code)) for n, code in enumerate(codes)]
    head += [record(0xE0, struct.pack("<HH16x", 0, n)) for n in (0, *(200 + n for n in range(len(codes))))]
    table = struct.pack("<II", len(strings), len(strings)) + b"".join(_long(text) for text in strings)
    tail = [record(0xFC, table), record(0x0A, b"")]
    title = "预算表"
    size = sum(map(len, head)) + sum(map(len, tail)) + 4 + 8 + 2 * len(title)
    sheet = record(0x85, struct.pack("<IHBB", size, 0, len(title), 1) + title.encode("utf-16-le"))
    body = [record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *records, record(0x0A, b"")]
    return compound_of({"Workbook": b"".join([*head, sheet, *tail, *body])})


def record(kind: int, content: bytes) -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def number(at: tuple[int, int], value: float, style: int = 1) -> bytes:
    """A cell that holds a number."""
    return record(0x203, struct.pack("<HHHd", *at, style, value))


def shared(at: tuple[int, int], text: int) -> bytes:
    """A cell that holds a shared text."""
    return record(0xFD, struct.pack("<HHHI", *at, 0, text))


def _long(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _is_amount(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdecimal() and not text.startswith("0") and len(text) != 3


def _noisy(text: str) -> str:
    """A figure as a program stores it that computed it: a little beside the decimal."""
    value = Decimal(text.replace(",", ""))
    return str(value) if value == value.to_integral_value() else str(value + Decimal("0.0000000000001"))
