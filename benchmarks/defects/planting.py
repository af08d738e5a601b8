"""A defect that can be planted in an opened document, before its tables are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yusuan.read.grid import Block, Cell, Document, Grid, Span

MARKS = ("XX", "××", "XXX", "**", "____", "ＸＸ")
"""What templates print where somebody is to write."""


@dataclass(frozen=True, eq=False)
class Spot:
    """One defect: of a kind, and what of a document is another for it.

    `texts` are spans that read otherwise; `grid` and `row` a row that is gone, or with `twice` printed again; `gone`
    blocks that are left out. `eligible` says that the filing itself contradicts the defect.
    """

    kind: str
    eligible: bool
    document: int
    texts: Mapping[Span, str] = field(default_factory=dict)
    grid: Grid | None = None
    row: int = 0
    twice: bool = False
    gone: tuple[Block, ...] = ()

    def plant(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with the defect."""
        found = list(documents)
        blocks = tuple(self._block(block) for block in found[self.document].blocks if block not in self.gone)
        found[self.document] = replace(found[self.document], blocks=blocks)
        return found

    def place(self) -> str:
        """Where the defect is, as a fragment."""
        return self._spans()[0].cite()

    def was(self) -> str:
        """What was printed there."""
        return " / ".join(span.line for span in self._spans())

    def _spans(self) -> list[Span]:
        if self.texts:
            return list(self.texts)
        if self.grid is not None:
            return [cell.span for cell in self.grid.rows[self.row]]
        return [next(block.cells()).span if isinstance(block, Grid) else block.span for block in self.gone]

    def _block(self, block: Block) -> Block:
        if block is self.grid:
            return with_row(self.grid, self.row, self.twice)
        if not isinstance(block, Grid):
            return replace(block, span=self._span(block.span)) if block.span in self.texts else block
        if not any(cell.span in self.texts for cell in block.cells()):
            return block
        rows = tuple(tuple(replace(cell, span=self._span(cell.span)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    def _span(self, span: Span) -> Span:
        return Span(self.texts[span], span.origin) if span in self.texts else span


def with_row(grid: Grid, index: int, twice: bool) -> Grid:
    """The grid with a row left out, or printed twice."""
    by = 1 if twice else -1
    after = tuple(tuple(replace(cell, row=cell.row + by) for cell in row) for row in grid.rows[index + 1 :])
    kept: tuple[tuple[Cell, ...], ...] = ()
    if twice:
        again = tuple(
            replace(cell, span=Span(cell.span.text, cell.span.origin), row=cell.row + 1) for cell in grid.rows[index]
        )
        kept = (grid.rows[index], again)
    return replace(grid, rows=(*grid.rows[:index], *kept, *after))


@dataclass(frozen=True)
class Token:
    """A printed figure, its class in the ledger, and the row of a resource that it became."""

    document: int
    span: Span
    start: int
    end: int
    kind: str
    resource: str
    row: str

    @property
    def printed(self) -> str:
        """The figure as printed."""
        return self.span.text[self.start : self.end]

    def spot(self, kind: str, eligible: bool, text: str) -> Spot:
        """A spot where the figure is another."""
        return Spot(kind, eligible, self.document, {self.span: self.written(text)})

    def written(self, text: str) -> str:
        """The text of its span with another figure."""
        return self.span.text[: self.start] + text + self.span.text[self.end :]
