"""The tables as a workbook. Text is written as text: nothing a document prints can become a formula or a link."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import xlsxwriter

from yusuan.package import Resource
from yusuan.publish.publication import Download, Publication

MOST_ROWS = 1_048_575
"""Rows of a sheet under its header."""

MOST_CHARACTERS = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_KINDS = {"number": "#,##0.00####", "integer": "0", "year": "0"}


def write_xlsx(publication: Publication) -> None:
    """Write `<name>.xlsx`: a sheet a resource of facts, more where one is too long, and one on what they hold."""
    relative = f"{publication.about.name}.xlsx"
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(str(publication.path(relative)), options)
    year, month, day = (int(part) for part in publication.about.created.split("-"))
    workbook.set_properties({"title": publication.about.title, "created": dt.datetime(year, month, day)})
    book = _Book(workbook)
    facts = [resource for resource in publication.resources if resource.kind == "fact"]
    book.contents(publication, facts)
    for resource in facts:
        book.resource(publication, resource)
    workbook.close()
    publication.downloads.append(
        Download(
            relative,
            "全部事实（Excel）",
            "All facts (Excel)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "XLSX",
        )
    )


class _Book:
    """A workbook with its few formats."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.head = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
        self.text = workbook.add_format({"num_format": "@"})
        # A text that looks like a formula keeps its quote mark, so that editing the cell does not make it one.
        self.quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        self.numbers = {kind: workbook.add_format({"num_format": shown}) for kind, shown in _KINDS.items()}

    def contents(self, publication: Publication, resources: list[Resource]) -> None:
        """The first sheet: what this is, and what each sheet holds."""
        sheet = self.workbook.add_worksheet("目录 contents")
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 100)
        about = publication.about
        lines = [
            ("", about.title, ""),
            ("", about.description, ""),
            ("", f"{about.version} · {about.licence_name}", ""),
        ]
        for row, cells in enumerate([*lines, ("sheet", "表", "")]):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, self.head if row == len(lines) else self.text)
        for row, resource in enumerate(resources, len(lines) + 1):
            for column, cell in enumerate((resource.name, resource.title, resource.description)):
                sheet.write_string(row, column, cell, self.text)

    def resource(self, publication: Publication, resource: Resource) -> None:
        """The rows of a resource, on as many sheets as they need."""
        result = publication.connection.execute(f'SELECT * EXCLUDE line FROM "{resource.name}" ORDER BY line')
        number, sheet, at = 0, None, MOST_ROWS
        while batch := result.fetchmany(10_000):
            for cells in batch:
                if at >= MOST_ROWS:
                    number, at = number + 1, 0
                    sheet = self._sheet(resource, number)
                at += 1
                self._row(sheet, at, cells, resource)
        if number == 0:
            self._sheet(resource, 1)

    def _sheet(self, resource: Resource, number: int) -> Any:
        name = resource.name[:25] + (f" {number}" if number > 1 else "")
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, field in enumerate(resource.schema["fields"]):
            sheet.set_column(column, column, 24 if field["type"] == "string" else 14)
            sheet.write_string(0, column, field["name"], self.head)
        return sheet

    def _row(self, sheet: Any, at: int, cells: tuple[Any, ...], resource: Resource) -> None:
        for column, (cell, field) in enumerate(zip(cells, resource.schema["fields"], strict=True)):
            if cell is None or cell == "":
                continue
            if isinstance(cell, int | Decimal) and not isinstance(cell, bool) and -(10**15) < cell < 10**15:
                sheet.write_number(at, column, cell, self.numbers.get(field["type"]))
            else:
                text = str(cell)[:MOST_CHARACTERS]
                sheet.write_string(at, column, text, self.quoted if text.startswith(_FORMULA) else self.text)
