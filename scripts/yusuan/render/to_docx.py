"""A filing as a Word document: each table with merged cells and a header that comes again on every page."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.oxml import parse_xml

from yusuan.render.printed import FIGURE, HEAD, Box, Printed, PrintedFiling

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_THEN = datetime.datetime(2000, 1, 1)
"""The time all documents are written at, so that the same rows give the same bytes."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="auto"/>' for side in _SIDES)
_TWIPS = 9600
"""Width of a page's text."""


def write_docx(filing: PrintedFiling) -> bytes:
    """The bytes of a docx."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = filing.name, "", ""
    properties.created = properties.modified = _THEN
    body: Any = document.element.body
    for xml in _body(filing):
        body.insert(len(body) - 1, parse_xml(xml))
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _timeless(data: bytes) -> bytes:
    """A zip with its parts in order, all of one time."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(out, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            entry = ZipInfo(name, _THEN.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, made.read(name))
    return out.getvalue()


def _body(filing: PrintedFiling) -> Iterator[str]:
    for line in filing.opening:
        yield _paragraph(line, "center")
    for table in filing.tables:
        if table.title:
            yield _paragraph(table.title, "center", "Heading2", '<w:rPr><w:color w:val="000000"/></w:rPr>')
        if table.unit:
            yield _paragraph(f"单位：{table.unit}", "right")
        yield _table(table.noted())
        yield f"<w:p {_W}/>"
    for line in filing.closing:
        yield _paragraph(line, "right")


def _paragraph(text: str, side: str, style: str = "", looks: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/><w:keepNext/>' if style else ""
    return f'<w:p {_W}><w:pPr>{named}<w:jc w:val="{side}"/></w:pPr>{_run(text, looks)}</w:p>'


def _run(text: str, looks: str = "") -> str:
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _table(table: Printed) -> str:
    wide = table.widths(6, 36)
    sizes = [_TWIPS * width // sum(wide) for width in wide]
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    looks = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    rows = []
    for number, line in enumerate(table.lines()):
        again = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if number < table.head else ""
        cells = [*line, *_reaching(table, number)]
        cells.sort(key=lambda box: box.column)
        rows.append(f"<w:tr>{again}{''.join(_cell(box, number, sizes) for box in cells)}</w:tr>")
    return f"<w:tbl {_W}>{looks}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _reaching(table: Printed, row: int) -> Iterator[Box]:
    """Boxes that reach into a row from above."""
    return (box for box in table.boxes if box.row < row < box.row + box.rows)


def _cell(box: Box, row: int, sizes: Sequence[int]) -> str:
    width = f'<w:tcW w:w="{sum(sizes[box.column : box.column + box.columns])}" w:type="dxa"/>'
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = ""
    if box.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if box.row == row else "<w:vMerge/>"
    side = {FIGURE: "right", HEAD: "center"}.get(box.kind, "left")
    text = _run(box.text) if box.row == row else ""
    looks = f'<w:pPr><w:spacing w:after="0"/><w:jc w:val="{side}"/></w:pPr>'
    return f"<w:tc><w:tcPr>{width}{span}{merge}</w:tcPr><w:p>{looks}{text}</w:p></w:tc>"
