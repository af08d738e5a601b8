"""A filing as a workbook: a sheet a table, figures as numbers that show what is printed."""

from __future__ import annotations

import datetime
import io
import re
from decimal import Decimal
from typing import Any

import xlsxwriter

from yusuan.render.printed import FIGURE, HEAD, Box, Printed, PrintedFiling

_THEN = datetime.datetime(2000, 1, 1)
"""The time all workbooks are written at, so that the same rows give the same bytes."""
_NUMBER = re.compile(r"(-?)(?:([1-9][0-9]{0,2}(?:,[0-9]{3})+)|([1-9][0-9]*|0))(\.[0-9]{1,6})?")
_FIGURES = 15
"""Significant digits that a spreadsheet keeps."""
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDEST = 60


def write_xlsx(filing: PrintedFiling) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"title": filing.name, "created": _THEN})
    _Book(book).write(filing)
    book.close()
    return out.getvalue()


class _Book:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.names: set[str] = set()
        self.styles: dict[tuple[str, str], Any] = {}

    def write(self, filing: PrintedFiling) -> None:
        if filing.opening:
            self._lines("封面", filing.opening)
        for number, table in enumerate(filing.tables, 1):
            self._table(self.book.add_worksheet(self._name(table.title or f"表{number}")), table.noted())
        if filing.closing:
            self._lines("封底", filing.closing)

    def _name(self, title: str) -> str:
        """A name no sheet has yet, of at most 31 characters."""
        plain = _UNFIT.sub("", title) or "表"
        name, number = plain[:_LONGEST_NAME], 1
        while name.lower() in self.names:
            number += 1
            name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
        self.names.add(name.lower())
        return name

    def _lines(self, name: str, lines: tuple[str, ...]) -> None:
        sheet = self.book.add_worksheet(self._name(name))
        sheet.set_column(0, 0, _WIDEST)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line)

    def _table(self, sheet: Any, table: Printed) -> None:
        top = 0
        if table.title:
            sheet.merge_range(0, 0, 0, table.width - 1, table.title, self._style("title"))
            top = 1
        if table.unit:
            sheet.write_string(top, table.width - 1, f"单位：{table.unit}", self._style("unit"))
            top += 1
        for line in table.lines():
            for box in line:
                self._box(sheet, top, box)
        for column, width in enumerate(table.widths(8, _WIDEST)):
            sheet.set_column(column, column, width + 2)
        if table.head:
            sheet.freeze_panes(top + table.head, 0)
            sheet.repeat_rows(top, top + table.head - 1)
        sheet.fit_to_pages(1, 0)

    def _box(self, sheet: Any, top: int, box: Box) -> None:
        row, code = top + box.row, number_format(box.text) if box.kind == FIGURE else ""
        style = self._style(box.kind, code)
        if box.rows * box.columns > 1:
            sheet.merge_range(row, box.column, row + box.rows - 1, box.column + box.columns - 1, "", style)
        if code:
            sheet.write_number(row, box.column, float(box.text.replace(",", "")), style)
        elif box.text:
            sheet.write_string(row, box.column, box.text, style)
        else:
            sheet.write_blank(row, box.column, None, style)

    def _style(self, kind: str, code: str = "") -> Any:
        if (kind, code) not in self.styles:
            looks = {"valign": "vcenter", **_LOOKS[kind], **({"num_format": code} if code else {})}
            self.styles[kind, code] = self.book.add_format(looks)
        return self.styles[kind, code]


_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "align": "center", "font_size": 14},
    "unit": {"align": "right"},
    HEAD: {"bold": True, "align": "center", "border": 1, "text_wrap": True},
    FIGURE: {"align": "right", "border": 1},
    "label": {"align": "left", "border": 1, "text_wrap": True},
}


def number_format(text: str) -> str:
    """The format in which a cell shows a figure just as printed; empty where no number can show it."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return ""
    sign, grouped, plain, decimals = found.groups()
    digits = (grouped or plain).replace(",", "") + (decimals or "")[1:]
    value = Decimal(text.replace(",", ""))
    if len(digits) > _FIGURES or (sign and not value):
        return ""
    return ("#,##0" if grouped else "0") + ("." + "0" * (len(decimals) - 1) if decimals else "")
