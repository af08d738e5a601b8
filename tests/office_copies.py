"""Filings as an office suite writes them: made as docx or xlsx, then converted by LibreOffice."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
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
    for table in document.tables:
        if ruled:
            table.style = "Table Grid"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _printable_book(filing: Filing, ruled: bool) -> bytes:
    """The workbook with widths, rules and a page setup: every sheet as wide as its page."""
    book = load_workbook(io.BytesIO(workbook(filing)))
    side = Side(style="thin")
    for cells in book.worksheets:
        cells.page_setup.orientation = "landscape"
        cells.sheet_properties.pageSetUpPr.fitToPage = True
        cells.page_setup.fitToHeight = 0
        merged = {(area.min_row, area.min_col): area for area in cells.merged_cells.ranges}
        head = sum(area.min_col == 1 and area.max_col == cells.max_column for area in merged.values())
        for row in cells.iter_rows():
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="center")
                if ruled and cell.row > head:
                    cell.border = Border(left=side, right=side, top=side, bottom=side)
        for column in range(1, cells.max_column + 1):
            cells.column_dimensions[get_column_letter(column)].width = 14
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
