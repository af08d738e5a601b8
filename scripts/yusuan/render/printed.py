"""A filing as it is printed: lines of its cover, and tables of boxes that know their place and span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

HEAD = "head"
LABEL = "label"
FIGURE = "figure"

Path = tuple[str, ...]
"""Header texts of a column from top to bottom."""


@dataclass(frozen=True)
class Box:
    """A cell with the rows and columns it covers, zero-based. `kind` is head, label or figure."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    kind: str = LABEL


@dataclass(frozen=True)
class Printed:
    """A table as it is printed: title and unit above it, a note below it; `head` rows of header in `boxes`."""

    title: str
    unit: str
    note: str
    boxes: tuple[Box, ...]
    head: int = 0

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((box.column + box.columns for box in self.boxes), default=0)

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((box.row + box.rows for box in self.boxes), default=0)

    def widths(self, least: int, most: int) -> list[int]:
        """The width of every column for what stands in it alone, in Latin letters: a Chinese character takes two."""
        found = [least] * self.width
        for box in self.boxes:
            if box.columns == 1:
                wide = sum(1 + (char > "\u2e80") for char in box.text)
                found[box.column] = min(most, max(found[box.column], wide))
        return found

    def lines(self) -> Iterator[list[Box]]:
        """The boxes of each row from left to right; a place that no box covers has a blank one."""
        rows: list[list[Box]] = [[] for _ in range(self.height)]
        free = [[True] * self.width for _ in range(self.height)]
        for box in self.boxes:
            rows[box.row].append(box)
            for row in range(box.row, box.row + box.rows):
                free[row][box.column : box.column + box.columns] = [False] * box.columns
        for row, places in enumerate(free):
            blanks = [Box("", row, column) for column, is_free in enumerate(places) if is_free]
            yield sorted([*rows[row], *blanks], key=lambda box: box.column)

    def noted(self) -> Printed:
        """The table with its note as its last row, across all columns."""
        if not self.note:
            return self
        note = Box(self.note, self.height, 0, 1, self.width)
        return replace(self, boxes=(*self.boxes, note), note="")


@dataclass(frozen=True)
class PrintedFiling:
    """A filing as it is printed: lines before its tables, the tables, and lines after them."""

    name: str
    opening: tuple[str, ...]
    tables: tuple[Printed, ...]
    closing: tuple[str, ...]


def header(paths: Sequence[Path]) -> list[Box]:
    """The boxes of a header over columns with these paths: what neighbours share is one box."""
    depth = max((len(path) for path in paths), default=0)
    boxes = []
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            end = start + 1
            if len(path) > level + 1:
                while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
                    end += 1
            if len(path) > level:
                down = depth - level if len(path) == level + 1 else 1
                boxes.append(Box(path[level], level, start, down, end - start, HEAD))
            start = end
    return boxes
