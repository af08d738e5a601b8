"""One model for every format: paragraphs and grids of cells, each of which knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from yusuan.read.text import Folded, fold, folded, squeeze


class Origin(Protocol):
    """Where a span of text is printed."""

    def cite(self, start: int, end: int) -> str:
        """The fragment identifier of characters `start` to `end` of the span."""


@dataclass(frozen=True)
class CharOrigin:
    """A span of a plain text, by character position (RFC 5147)."""

    offset: int

    def cite(self, start: int, end: int) -> str:
        """The fragment of characters `start` to `end`."""
        return f"char={self.offset + start},{self.offset + end}"


@dataclass(frozen=True)
class CellOrigin:
    """A cell of a table in a flowing document, one-based."""

    table: int
    row: int
    column: int

    def cite(self, start: int, end: int) -> str:
        """The fragment of characters `start` to `end`."""
        return f"table={self.table}&cell={self.row},{self.column}"


@dataclass(frozen=True)
class ParagraphOrigin:
    """A paragraph of a flowing document, one-based."""

    paragraph: int

    def cite(self, start: int, end: int) -> str:
        """The fragment of characters `start` to `end`."""
        return f"paragraph={self.paragraph}&char={start},{end}"


@dataclass(frozen=True, eq=False)
class Span:
    """A run of printed text. Two spans are the same only if they are the same print."""

    text: str
    origin: Origin

    def cite(self, start: int = 0, end: int | None = None) -> str:
        """The fragment that names this span, or a part of it."""
        return self.origin.cite(start, len(self.text) if end is None else end)

    def cite_text(self) -> str:
        """The fragment of the span without the white space around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cite(start, max(start, len(self.text.rstrip())))

    @property
    def line(self) -> str:
        """The text on one line."""
        return squeeze(self.text)

    @property
    def key(self) -> str:
        """The text folded for comparing."""
        return fold(self.text)

    @property
    def folded(self) -> Folded:
        """The text folded, with positions."""
        return folded(self.text)


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell of a grid: its span and the rows and columns it covers, zero-based."""

    span: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1

    @property
    def key(self) -> str:
        """The text folded for comparing."""
        return self.span.key

    @property
    def columns(self) -> range:
        """Columns the cell covers."""
        return range(self.column, self.column + self.column_span)


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph outside tables."""

    span: Span


@dataclass(frozen=True, eq=False)
class Furniture:
    """A page number or running head: printed, but no part of the text."""

    span: Span


@dataclass(frozen=True, eq=False)
class Grid:
    """A table as found: rows of cells.

    `flat` says that spans were lost (a text with one cell a line): a row may then be shorter than the
    grid is wide, and its columns are positions in the row until a header is aligned. `continues` says the
    grid begins where the one before it was cut by a page. `edges` are where its columns begin and end on the
    page, one more than it has columns, where that is known.
    """

    rows: tuple[tuple[Cell, ...], ...]
    flat: bool = False
    continues: bool = False
    edges: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((cell.column + cell.column_span for row in self.rows for cell in row), default=0)

    def cells(self) -> Iterator[Cell]:
        """All cells in reading order."""
        for row in self.rows:
            yield from row


Block = Paragraph | Furniture | Grid


@dataclass(frozen=True, eq=False)
class Document:
    """A document read whole: its identity and its blocks in reading order."""

    file_name: str
    sha256: str
    media_type: str
    blocks: tuple[Block, ...] = field(repr=False)

    def source(self, fragment: str) -> str:
        """A fragment of this document as the `source` of a row."""
        return f"{self.file_name}#{fragment}"

    def spans(self) -> Iterator[Span]:
        """Every span of the document in reading order."""
        for block in self.blocks:
            if isinstance(block, Grid):
                for cell in block.cells():
                    yield cell.span
            else:
                yield block.span
