"""Filings as an office suite writes them: made as docx or xlsx, then converted by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.shared import Inches, Pt
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

from tests.family_files import Filing, word, workbook

KINDS = ("docx-pdf", "xlsx-pdf", "docx-doc", "xlsx-xls", "docx-bare-pdf", "xlsx-bare-pdf")
"""What is made, whether its tables are without rules, and what it is converted to."""


def copy(filing: Filing, kind: str, folder: Path) -> Path:
    """The file that LibreOffice makes of a filing."""
    source, *bare, target = kind.split("-")
    path = folder / f"copy.{source}"
    path.write_bytes(_ruled_word(filing, not bare) if source == "docx" else _printable_book(filing, not bare))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target,
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"copy.{target}"


def _ruled_word(filing: Filing, ruled: bool) -> bytes:
    document = docx.Document(io.BytesIO(word(filing)))
    for section in document.sections:
        section.page_width, section.page_height = section.page_height, section.page_width
        section.left_margin = section.right_margin = Inches(1)
    for table in document.tables:
        if ruled:
            table.style = "Table Grid"
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        widths = _widths(texts, len(table.columns))
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Inches(9 * width / sum(widths))
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        run.font.size = Pt(8)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _widths(rows: Iterable[Sequence[object]], count: int) -> list[float]:
    """Columns as wide as the longest text that stands in them alone, within bounds."""
    widths = [9.0] * count
    for row in rows:
        for column, text in enumerate(row):
            alone = (
                text and (not column or row[column - 1] != text) and (column + 1 == count or row[column + 1] != text)
            )
            if alone:
                widths[column] = max(widths[column], min(40.0, 2.0 * len(str(text)) + 2))
    return widths


def _printable_book(filing: Filing, ruled: bool) -> bytes:
    """The workbook with widths, rules and a page setup: every sheet as wide as its page."""
    book = load_workbook(io.BytesIO(workbook(filing)))
    side = Side(style="thin")
    below = [0] * (len(book.worksheets) - len(filing.sheets)) + [len(sheet.below) for sheet in filing.sheets]
    for cells, notes in zip(book.worksheets, below, strict=True):
        cells.page_setup.orientation = "landscape"
        cells.sheet_properties.pageSetUpPr.fitToPage = True
        cells.page_setup.fitToHeight = 0
        merged = {(area.min_row, area.min_col): area for area in cells.merged_cells.ranges}
        head = sum(area.min_col == 1 and area.max_col == cells.max_column for area in merged.values())
        last = cells.max_row - notes
        for row in range(last + 1, cells.max_row + 1):
            cells.merge_cells(start_row=row, end_row=row, start_column=1, end_column=cells.max_column)
        for row in cells.iter_rows(max_row=last):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="center")
                if ruled and head < cell.row <= last:
                    cell.border = Border(left=side, right=side, top=side, bottom=side)
        for column, width in enumerate(
            _widths(cells.iter_rows(min_row=head + 1, values_only=True), cells.max_column), 1
        ):
            cells.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
