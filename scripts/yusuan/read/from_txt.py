"""A plain text: paragraphs, and tables flattened to one cell a line or one row a line, cells after tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yusuan.errors import DocumentError
from yusuan.read.decode import decode
from yusuan.read.grid import Block, Cell, CharOrigin, Grid, Paragraph, Span


def read_txt(data: bytes, name: str) -> list[Block]:
    """Blocks of a text file. Places are character positions of the decoded text (RFC 5147).

    Raises DocumentError for bytes that are no text, and for a text without blocks or cut off in a line.
    """
    text = decode(data, name)
    blocks = _Blocks(text).read()
    if not blocks:
        raise DocumentError("empty: no paragraph and no table in it", name)
    if _cut_off(text):
        raise DocumentError(
            "ends in the middle of a line, as if truncated; if it is whole, end it with a line end", name
        )
    return blocks


class _Blocks:
    """Reads lines into blocks: a tab begins a cell, a blank line ends a row, a line without tab ends a table.

    A line with several tabs is a whole row. A line without tab right after a filled cell is more of that cell.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.table: list[list[Span]] = []
        self.row: list[Span] = []

    def read(self) -> list[Block]:
        for offset, line in _lines(self.text):
            if "\t" in line:
                self._cells(line, offset)
            elif not line.strip(" \u3000"):
                self._end_row()
            elif self.row and self.row[-1].text.strip():
                self.row[-1] = self._extend(self.row[-1], offset + len(line))
            else:
                self._end_table()
                self.blocks.append(Paragraph(Span(line, CharOrigin(offset))))
        self._end_table()
        return self.blocks

    def _cells(self, line: str, offset: int) -> None:
        cells = list(_cells(line, offset))
        if len(cells) > 1:
            self._end_row()
        self.row.extend(cells)
        if len(cells) > 1:
            self._end_row()

    def _extend(self, span: Span, end: int) -> Span:
        start = span.origin.offset if isinstance(span.origin, CharOrigin) else 0
        return Span(self.text[start:end], span.origin)

    def _end_row(self) -> None:
        if self.row:
            self.table.append(self.row)
            self.row = []

    def _end_table(self) -> None:
        self._end_row()
        if any(span.text.strip() for cells in self.table for span in cells):
            self.blocks.append(_grid(self.table))
        self.table = []


def _cut_off(text: str) -> bool:
    """Whether the text stops inside a table row or a long sentence, without a line end."""
    last = text.rsplit("\n", 1)[-1]
    return bool(last.strip()) and ("\t" in last or (len(last) > 30 and not re.search(r"[。！？；：”）)]\s*$", last)))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _cells(line: str, offset: int) -> Iterator[Span]:
    """Cells of a line: what follows each tab, and what stands before the first where that is text."""
    start = 0
    for index, part in enumerate(line.split("\t")):
        if index or part.strip():
            yield Span(part, CharOrigin(offset + start))
        start += len(part) + 1


def _grid(table: list[list[Span]]) -> Grid:
    return Grid(
        tuple(tuple(Cell(span, row, column) for column, span in enumerate(spans)) for row, spans in enumerate(table)),
        flat=True,
    )
