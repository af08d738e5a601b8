"""Flowing documents (docx, doc, html) into blocks: lines and tables numbered, layout tables undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from yusuan.errors import DocumentError
from yusuan.read.grid import Block, Cell, CellOrigin, Grid, Paragraph, ParagraphOrigin, Span
from yusuan.read.limits import check_area

_LINES = 10
"""Lines from which one of very few cells is an article in a frame, and no cell of a table."""


@dataclass(eq=False)
class FlowCell:
    """A cell where it stands in its table, zero-based, and what stands in it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    pieces: list[Piece] = field(default_factory=list)

    @property
    def own(self) -> str:
        """The text that stands in the cell itself, not in a table within it."""
        return "\n".join(piece for piece in self.pieces if isinstance(piece, str)).strip("\n")

    @property
    def text(self) -> str:
        """The whole text, tables within it row by row."""
        return "\n".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces).strip("\n")


@dataclass(eq=False)
class FlowTable:
    """A table as it stands in a document: its cells in reading order."""

    cells: list[FlowCell] = field(default_factory=list)

    @property
    def text(self) -> str:
        """A line for each row, cells after tabs."""
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        return "\n".join("\t".join(texts) for texts in rows.values())

    def within(self) -> Iterator[FlowTable]:
        """Tables in its cells, and in theirs."""
        for cell in self.cells:
            for piece in cell.pieces:
                if isinstance(piece, FlowTable):
                    yield piece
                    yield from piece.within()

    def is_layout(self) -> bool:
        """Whether the table only places other things on the page.

        It does where no row has two filled cells, where the tables within it hold as many filled cells as it has
        of its own, or where one of at most three filled cells holds an article.
        """
        filled = [cell for cell in self.cells if cell.own.strip()]
        inside = sum(bool(cell.own.strip()) for table in self.within() for cell in table.cells)
        if inside and inside >= len(filled):
            return True
        if not any(_reaches(a, b) for a, b in pairwise(filled)):
            return not inside
        return len(filled) <= 3 and any(cell.own.count("\n") >= _LINES for cell in filled)


Piece = str | FlowTable
"""A line of text or a table."""


def flow(pieces: Iterable[Piece], name: str) -> list[Block]:
    """Blocks of a flowing document. Lines with text and tables are numbered from one, as they come.

    Raises DocumentError for a document without any, and for a table larger than is read.
    """
    found = _Flow(name)
    found.add(pieces)
    if not found.blocks:
        raise DocumentError("empty: no text and no table in it", name)
    return found.blocks


class _Flow:
    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self.lines = self.tables = 0

    def add(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, str):
                self._text(piece)
            else:
                self._table(piece)

    def _text(self, text: str) -> None:
        for line in text.split("\n"):
            if line.strip():
                self.lines += 1
                self.blocks.append(Paragraph(Span(line, ParagraphOrigin(self.lines))))

    def _table(self, table: FlowTable) -> None:
        self.tables += 1
        if table.is_layout():
            for cell in table.cells:
                self.add(cell.pieces)
            return
        number = self.tables
        self.tables += sum(1 for _ in table.within())
        if table.cells:
            self.blocks.append(self._grid(table, number))

    def _grid(self, table: FlowTable, number: int) -> Grid:
        height = max(cell.row for cell in table.cells) + 1
        width = max(cell.column + cell.column_span for cell in table.cells)
        check_area(height, width, f"{self.name}#table={number}")
        rows: list[list[Cell]] = [[] for _ in range(height)]
        for cell in table.cells:
            span = Span(cell.text, CellOrigin(number, cell.row + 1, cell.column + 1))
            down = min(cell.row_span, height - cell.row)
            rows[cell.row].append(Cell(span, cell.row, cell.column, down, cell.column_span))
        return Grid(tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in rows))


def _reaches(above: FlowCell, below: FlowCell) -> bool:
    """Whether a cell, the next in reading order, stands in a row the other is in."""
    return above.row <= below.row < above.row + above.row_span
