"""The header of a table: which rows it takes, what spans what, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from yusuan.read.flat import unflatten
from yusuan.read.grid import Cell, Grid
from yusuan.read.text import FIGURE, figure
from yusuan.read.vocabulary import Meaning, Word, take_apart

_LABELS = frozenset({"code", "label", "row-unit", "unit-code", "year", "text"})
_COLUMN_NUMBER = re.compile(r"[（(]?([0-9]{1,2})[）)]?(?:=[0-9+\-（）()=]+)?")
_NUMBERING = re.compile(r"栏次|列次|栏目|序号")
_LONGEST_WORD = 20
"""Characters of the longest unknown text that can be a header."""
_NAMED_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, eq=False)
class Column:
    """A leaf column: its header cells from top to bottom and what their words mean together."""

    index: int
    cells: tuple[Cell, ...]
    words: tuple[Word | None, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """Header texts from top to bottom, each on one line."""
        return tuple(cell.span.line for cell in self.cells)

    @property
    def kind(self) -> str:
        """What the column holds, by its lowest header word; empty where that word is unknown."""
        word = self.words[-1] if self.words else None
        return word.kind if word else ""

    @property
    def holds_amounts(self) -> bool:
        """Whether the lowest header word is one of amounts."""
        word = self.words[-1] if self.words else None
        return word is not None and word.is_amount

    @property
    def is_total(self) -> bool:
        """Whether the column totals others."""
        return any(word is not None and word.kind == "total" for word in self.words)

    @property
    def group(self) -> tuple[Cell, ...]:
        """Header cells above the word that makes the column a total: the group it totals."""
        totals = [i for i, word in enumerate(self.words) if word is not None and word.kind == "total"]
        return self.cells[: totals[0]] if totals else self.cells

    def coordinates(self) -> dict[str, str]:
        """Coordinates along the path, lower words over upper ones."""
        merged: dict[str, str] = {}
        for word in self.words:
            if word is not None:
                merged.update(word.coordinates)
        return merged

    @property
    def year(self) -> str:
        """Year of the figures: empty for the filing's own, -1 for the one before, or as named."""
        for cell, word in zip(reversed(self.cells), reversed(self.words), strict=True):
            if word is not None and word.year == "@" and (named := _NAMED_YEAR.search(cell.key)):
                return named.group()
            if word is not None and word.year not in {"", "@"}:
                return "" if word.year == "0" else word.year
        return ""

    @property
    def rows(self) -> str:
        """The list its row labels come from, where the header says."""
        return next((word.rows for word in reversed(self.words) if word is not None and word.rows), "")


@dataclass(frozen=True, eq=False)
class Part:
    """Columns that belong together: labels or codes, then the amounts they label."""

    labels: tuple[Column, ...]
    values: tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A grid with its header understood. `body` maps each row to the cell that covers each column."""

    columns: tuple[Column, ...]
    parts: tuple[Part, ...]
    body: tuple[tuple[Cell | None, ...], ...]
    header: tuple[tuple[Cell, ...], ...]


def understand(grid: Grid, word_of: Meaning) -> Table:
    """Find the header of a grid and read every column."""
    if grid.flat:
        grid = unflatten(grid, lambda cell: is_header(cell, word_of), word_of)
    width = grid.width
    matrix = _matrix(grid, width)
    depth = _depth(grid, matrix, word_of)
    _spread(matrix[:depth], word_of)
    columns = _without_doubtful([_column(matrix[:depth], index, word_of) for index in range(width)])
    first = grid.rows[0][0].row if grid.rows and grid.rows[0] else 0
    while depth < len(matrix) and _numbers_columns(grid.rows[depth]):
        depth += 1
    body = tuple(
        tuple(None if cell is not None and cell.row - first < depth else cell for cell in row) for row in matrix[depth:]
    )
    return Table(columns, _parts(columns, body), body, grid.rows[:depth])


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row gives the columns their numbers: 栏次 | 1 | 2 | 3=4+5."""
    filled = [cell.key for cell in row if cell.key]
    numbers = [int(found.group(1)) for key in filled if (found := _COLUMN_NUMBER.fullmatch(key))]
    words = [key for key in filled if not _COLUMN_NUMBER.fullmatch(key)]
    if not numbers or any(len(key) > 1 and not _NUMBERING.fullmatch(key) for key in words):
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    named = any(_NUMBERING.fullmatch(key) for key in words)
    return set(steps) <= {1} and (named or (not words and len(numbers) > 2 and numbers[0] == 1))


def _holds_figures(column: Column, body: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether a column has a figure in any row of the body."""
    return any((cell := row[column.index]) is not None and figure(cell.key) is not None for row in body)


def _matrix(grid: Grid, width: int) -> list[list[Cell | None]]:
    """For each row and column the cell that covers it."""
    matrix: list[list[Cell | None]] = [[None] * width for _ in grid.rows]
    first = grid.rows[0][0].row if grid.rows and grid.rows[0] else 0
    for row in grid.rows:
        for cell in row:
            for line in range(cell.row - first, min(cell.row - first + cell.row_span, len(matrix))):
                for column in cell.columns:
                    if matrix[line][column] is None:
                        matrix[line][column] = cell
    return matrix


def _depth(grid: Grid, matrix: Sequence[Sequence[Cell | None]], word_of: Meaning) -> int:
    """Number of header rows: rows of header words, each splitting or completing the one above."""
    depth = 0
    for index, row in enumerate(grid.rows):
        filled = [cell for cell in row if cell.key]
        if not filled:
            if depth:
                break
            continue
        if not _is_header_row(filled, word_of):
            break
        if depth and not _continues(matrix, index, filled, word_of):
            break
        depth = index + 1
    return depth


def _is_header_row(filled: Sequence[Cell], word_of: Meaning) -> bool:
    """Whether the filled cells of a row are header words; among more than two known ones a few may be unknown."""
    unknown = [cell for cell in filled if not is_header(cell, word_of)]
    if not unknown:
        return True
    return 3 * len(unknown) <= len(filled) and not any(
        FIGURE.search(cell.key) or take_apart(cell.key).numbered or len(cell.key) > _LONGEST_WORD for cell in unknown
    )


def _spread(header: list[list[Cell | None]], word_of: Meaning) -> None:
    """Let a word of the upper header rows go on over the blank cells to its right, where it has words below it.

    A sheet without merged cells prints 收入 | (blank) | 支出 | (blank) above 项目 | 预算数 | 项目 | 预算数.
    """
    for upper, lower in reversed(list(pairwise(header))):
        for index in range(1, len(upper)):
            left, cell = upper[index - 1], upper[index]
            under, below = lower[index - 1], lower[index]
            if not (left and left.key and cell and not cell.key and under and under.key and below and below.key):
                continue
            word = word_of(left.key)
            spreads = word is None or (word.is_amount and word.kind != "total")
            if spreads and under is not left and below is not cell:
                upper[index] = left


def is_header(cell: Cell, word_of: Meaning) -> bool:
    """Whether a cell reads like part of a header: a known word, or a short text that spans columns."""
    key = cell.key
    label = take_apart(key)
    if figure(key) is not None or label.code or (label.numbered and not label.of_which):
        return False
    return word_of(key) is not None or (len(key) <= _LONGEST_WORD and not FIGURE.search(key) and cell.column_span > 1)


def _continues(matrix: Sequence[Sequence[Cell | None]], index: int, filled: Sequence[Cell], word_of: Meaning) -> bool:
    """Whether a row goes on with the header: a filled cell reaches into it, it splits one, or names parts of a code."""
    if any(cell is not None and cell.key and cell.row < filled[0].row for cell in matrix[index]):
        return True
    pairs = [(cell, matrix[index - 1][cell.column]) for cell in filled]
    for cell, above in pairs:
        if above is None:
            continue
        if above.column_span > cell.column_span:
            return True
        word = word_of(cell.key)
        if above.row + above.row_span <= index and word is not None and word.kind == "code" and len(cell.key) == 1:
            return True
    return len(filled) > 1 and any(above is not None and not above.key for _, above in pairs)


def _column(header: Sequence[Sequence[Cell | None]], index: int, word_of: Meaning) -> Column:
    cells: list[Cell] = []
    for row in header:
        cell = row[index]
        if cell is not None and cell.key and cell not in cells:
            cells.append(cell)
    words = tuple(word_of(cell.key) for cell in cells)
    return Column(index, tuple(cells), words)


def _without_doubtful(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns, their doubtful words left without a meaning where no other word of the same list stands by them."""
    classes = {
        word.id for column in columns for word in column.words if word is not None and "economic" in word.coordinates
    }
    if len(classes) > 1:
        return tuple(columns)
    return tuple(
        replace(column, words=tuple(None if word is not None and word.doubtful else word for word in column.words))
        for column in columns
    )


def _parts(columns: Sequence[Column], body: Sequence[Sequence[Cell | None]]) -> tuple[Part, ...]:
    """Columns grouped: a part begins at a label or code that follows a column of values."""
    parts: list[tuple[list[Column], list[Column]]] = []
    for column in columns:
        is_label = column.kind in _LABELS or (not column.kind and not _holds_figures(column, body))
        if column.kind in _LABELS - {"text"} and (not parts or parts[-1][1]):
            parts.append(([], []))
        if not parts:
            parts.append(([], []))
        parts[-1][0 if is_label else 1].append(column)
    return tuple(Part(tuple(labels), tuple(values)) for labels, values in parts)
