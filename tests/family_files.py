"""Disclosures written by hand as lines of cells, made into the files agencies publish."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.office_files import Box, page, saved

FONT = "STSong-Light"
SIZE = 7.0
LINE = 9.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass
class Sheet:
    """A table: the lines above it, its rows of cells, the lines below it.

    In a row `<` goes on with the cell to the left and `^` with the cell above. `breaks` are rows before which
    a page ends.
    """

    above: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(map(len, self.rows))

    def boxes(self) -> Iterator[tuple[int, int, Box]]:
        """Each cell with its row and column and what it covers."""
        rows = [[*row, *[""] * (self.width - len(row))] for row in self.rows]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text in {"<", "^"}:
                    continue
                wide = 1
                while c + wide < self.width and row[c + wide] == "<":
                    wide += 1
                high = 1
                while r + high < len(rows) and rows[r + high][c] == "^":
                    high += 1
                yield r, c, Box(text, high, wide)


@dataclass
class Filing:
    """A disclosure: its cover line, its sheets, whether its pages lie on their side."""

    cover: str
    sheets: list[Sheet]
    wide: bool = False


def load(path: Path) -> Filing:
    """A filing from its lines: `# cover`, `= line above a table`, `; line below`, `---` a page ends, `a | b` a row."""
    filing = Filing("", [])
    sheet = Sheet()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            filing.cover = line[2:]
        elif line == "@landscape":
            filing.wide = True
        elif line.startswith("= "):
            if sheet.rows:
                filing.sheets.append(sheet)
                sheet = Sheet()
            sheet.above.append(line[2:])
        elif line.startswith("; "):
            sheet.below.append(line[2:])
        elif line == "---":
            sheet.breaks.append(len(sheet.rows))
        elif line.strip():
            sheet.rows.append([cell.strip() for cell in line.split("|")])
    filing.sheets.append(sheet)
    return filing


def html(filing: Filing) -> bytes:
    """The filing as a web page."""
    body = [f"<h1>{filing.cover}</h1>"]
    for sheet in filing.sheets:
        body += [f"<p>{line}</p>" for line in sheet.above]
        rows: dict[int, list[str]] = {r: [] for r in range(len(sheet.rows))}
        for r, _, box in sheet.boxes():
            rows[r].append(f'<td rowspan="{box.row_span}" colspan="{box.column_span}">{escape(box.text)}</td>')
        body.append("<table>" + "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values()) + "</table>")
        body += [f"<p>{line}</p>" for line in sheet.below]
    return page("\n".join(body))


def word(filing: Filing) -> bytes:
    """The filing as a Word document."""
    document = docx.Document()
    document.add_paragraph(filing.cover)
    for sheet in filing.sheets:
        for line in sheet.above:
            document.add_paragraph(line)
        table = document.add_table(len(sheet.rows), sheet.width)
        for r, c, box in sheet.boxes():
            table.cell(r, c).text = box.text
            if box.row_span * box.column_span > 1:
                table.cell(r, c).merge(table.cell(r + box.row_span - 1, c + box.column_span - 1))
        for line in sheet.below:
            document.add_paragraph(line)
    return saved(document)


def workbook(filing: Filing) -> bytes:
    """The filing as a workbook, a table a sheet; figures are numbers, lines above stand in the first column."""
    book = Workbook()
    book.remove(book.active)
    if filing.cover:
        book.create_sheet("封面").cell(3, 1, filing.cover)
    for ordinal, sheet in enumerate(filing.sheets, 1):
        cells = book.create_sheet(f"表{ordinal}")
        top = 1
        for line in sheet.above:
            cells.cell(top, 1, line)
            cells.merge_cells(start_row=top, end_row=top, start_column=1, end_column=sheet.width)
            top += 1
        for r, c, box in sheet.boxes():
            value = _number(box.text)
            cells.cell(top + r, c + 1, value if value is not None else box.text or None)
            if isinstance(value, float):
                cells.cell(top + r, c + 1).number_format = "#,##0.00"
            if box.row_span * box.column_span > 1:
                cells.merge_cells(
                    start_row=top + r, end_row=top + r + box.row_span - 1,
                    start_column=c + 1, end_column=c + box.column_span,
                )  # fmt: skip
        for line in sheet.below:
            cells.cell(top + len(sheet.rows), 1, line)
            top += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(text: str) -> float | None:
    plain = text.replace(",", "")
    return float(plain) if "." in plain and plain.lstrip("-").replace(".", "", 1).isdigit() else None


def pdf(filing: Filing) -> bytes:
    """The filing as a PDF: ruled tables, each begun on a page of its own, cut where their pages end."""
    out = io.BytesIO()
    size = landscape(A4) if filing.wide else A4
    canvas = Canvas(out, pagesize=size)
    canvas.setFont(FONT, 18)
    canvas.drawCentredString(size[0] / 2, size[1] - 200, filing.cover)
    canvas.showPage()
    for sheet in filing.sheets:
        _sheet(canvas, sheet, size)
    canvas.save()
    return out.getvalue()


def _sheet(canvas: Canvas, sheet: Sheet, size: tuple[float, float]) -> None:
    left, right, top, bottom = 40.0, size[0] - 40, size[1] - 50, 50.0
    y = top
    title = max(0, len(sheet.above) - 3)
    for n, line in enumerate(sheet.above):
        canvas.setFont(FONT, 14 if n == title else 9)
        if n == title:
            canvas.drawCentredString(size[0] / 2, y, line)
        elif "单位：" in line and len(line) < 20:
            canvas.drawRightString(right, y, line)
        else:
            canvas.drawString(left, y, line)
        y -= 20
    widths = _widths(sheet, right - left)
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    boxes = list(sheet.boxes())
    heights = _heights(sheet, boxes, edges)
    ends = [0.0]
    tops: list[float] = []
    for r, height in enumerate(heights):
        if r in sheet.breaks or y - height < bottom:
            _page_end(canvas, sheet, boxes, edges, tops, heights)
            tops = [float("nan")] * r
            y = top
        tops.append(y)
        y -= height
    ends.append(y)
    _draw(canvas, boxes, edges, tops, heights)
    canvas.setFont(FONT, 9)
    for line in sheet.below:
        y -= 14
        canvas.drawString(left, y, line)
    canvas.showPage()


def _page_end(
    canvas: Canvas, sheet: Sheet, boxes: list[tuple[int, int, Box]], edges: list[float], tops: list[float],
    heights: list[float],
) -> None:  # fmt: skip
    _draw(canvas, boxes, edges, tops, heights)
    canvas.showPage()


def _draw(
    canvas: Canvas, boxes: list[tuple[int, int, Box]], edges: list[float], tops: list[float], heights: list[float]
) -> None:
    """The boxes whose first row is on this page."""
    canvas.setFont(FONT, SIZE)
    for r, c, box in boxes:
        if r >= len(tops) or tops[r] != tops[r]:
            continue
        rows = [i for i in range(r, r + box.row_span) if i < len(tops)]
        high = sum(heights[i] for i in rows)
        x, wide = edges[c], edges[c + box.column_span] - edges[c]
        canvas.rect(x, tops[r] - high, wide, high)
        lines = _wrap(box.text, wide)
        base = tops[r] - high / 2 + LINE * len(lines) / 2 - SIZE
        for n, line in enumerate(lines):
            if _number(line) is not None:
                canvas.drawRightString(x + wide - 2, base - n * LINE, line)
            else:
                canvas.drawString(x + 2, base - n * LINE, line)


def _wrap(text: str, wide: float) -> list[str]:
    lines = [""]
    for char in text:
        if pdfmetrics.stringWidth(lines[-1] + char, FONT, SIZE) > wide - 3:
            lines.append("")
        lines[-1] += char
    return lines


def _widths(sheet: Sheet, whole: float) -> list[float]:
    """Columns as wide as what they hold asks for, within bounds."""
    asked = [26.0] * sheet.width
    for _, c, box in sheet.boxes():
        if box.column_span == 1:
            asked[c] = max(asked[c], min(110.0, pdfmetrics.stringWidth(box.text, FONT, SIZE) + 5))
    scale = whole / sum(asked)
    return [width * scale for width in asked]


def _heights(sheet: Sheet, boxes: list[tuple[int, int, Box]], edges: list[float]) -> list[float]:
    heights = [15.0] * len(sheet.rows)
    for r, c, box in boxes:
        if box.row_span == 1:
            lines = _wrap(box.text, edges[c + box.column_span] - edges[c])
            heights[r] = max(heights[r], 6 + LINE * len(lines))
    return heights
