"""Tables flattened to one cell a line: their header spans worked out from what the words mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from yusuan.read.grid import Cell, Grid
from yusuan.read.vocabulary import Meaning


def unflatten(grid: Grid, is_header: Callable[[Cell], bool], word_of: Meaning) -> Grid:
    """Give a flattened grid its spans back: header cells over the columns below them, short rows widened."""
    lengths = [len(row) for row in grid.rows]
    width = max(set(lengths), key=lambda n: (lengths.count(n), n)) if lengths else 0
    if (depth := _whole_depth(grid, width, is_header, word_of)) > 1:
        return _merged(grid, depth, width)
    head = []
    for row in grid.rows:
        filled = [cell for cell in row if cell.key]
        if len(row) > width or not filled or not all(is_header(cell) for cell in filled):
            break
        head.append(row)
        if len(row) == width:
            break
    spans = _spans([list(row) for row in head], width, word_of)
    rows = []
    for index, row in enumerate(grid.rows):
        placed = spans[index] if index < len(spans) else _widen(row, width)
        rows.append(
            tuple(Cell(cell.span, index, start, 1, end - start) for cell, (start, end) in zip(row, placed, strict=True))
        )
    return Grid(_merge_down(rows, len(head)), False, grid.continues)


def _whole_depth(grid: Grid, width: int, is_header: Callable[[Cell], bool], word_of: Meaning) -> int:
    """Rows of a header that has a cell for every column, blank where a merged cell reaches; 0 or 1 where it is none.

    Each row after the first splits a cell above it, so that it fills a column that was blank so far, or names
    amounts in columns of amounts only.
    """
    depth = 0
    for row in grid.rows:
        filled = [cell for cell in row if cell.key]
        if len(row) != width or not filled or not all(is_header(cell) for cell in filled):
            break
        above = grid.rows[:depth]
        splits = any(not any(line[cell.column].key for line in above) for cell in filled)
        if depth and not splits and not all(_under_amounts(cell, above, word_of) for cell in filled):
            break
        depth += 1
    return depth


def _under_amounts(cell: Cell, above: Sequence[Sequence[Cell]], word_of: Meaning) -> bool:
    """Whether a header cell names amounts and stands under one that does."""
    column = [line[cell.column].key for line in above if line[cell.column].key] + [cell.key]
    return all((word := word_of(key)) is not None and word.is_amount for key in column)


def _merged(grid: Grid, depth: int, width: int) -> Grid:
    """A grid with such a header, its cells merged: over blanks that are filled further down, else down."""
    head = grid.rows[:depth]
    first = [next((row for row in range(depth) if head[row][column].key), depth) for column in range(width)]
    rows: list[tuple[Cell, ...]] = []
    for row, line in enumerate(head):
        cells = []
        for column in range(width):
            end = column + 1
            if not line[column].key:
                if first[column] == depth and not row:
                    cells.append(Cell(line[column].span, row, column, depth))
                continue
            while end < width and row < first[end] < depth:
                end += 1
            below = next((lower for lower in range(row + 1, depth) if head[lower][column].key), depth)
            cells.append(Cell(line[column].span, row, column, below - row if end == column + 1 else 1, end - column))
        rows.append(tuple(cells))
    for index, line in enumerate(grid.rows[depth:], depth):
        placed = zip(line, _widen(line, width), strict=True)
        rows.append(tuple(Cell(cell.span, index, start, 1, end - start) for cell, (start, end) in placed))
    return Grid(tuple(rows), False, grid.continues)


def _widen(row: Sequence[Cell], width: int) -> list[tuple[int, int]]:
    """Columns of a body row: a short row's first cell covers the columns that are missing."""
    gap = max(0, width - len(row))
    return [(0, 1 + gap) if index == 0 else (index + gap, index + gap + 1) for index in range(len(row))]


def _spans(head: Sequence[Sequence[Cell]], width: int, word_of: Meaning) -> list[list[tuple[int, int]]]:
    """For each header row the columns each of its cells covers, worked out from the lowest row up."""
    if not head:
        return []
    if len(head[-1]) != width:
        return [_widen(row, width) for row in head]
    spans: list[list[tuple[int, int]]] = [[(index, index + 1) for index in range(width)]]
    for upper, lower in zip(reversed(head[:-1]), reversed(head[1:]), strict=False):
        groups = _group(upper, lower, word_of)
        below = spans[0]
        spans.insert(0, [(below[start][0], below[end - 1][1]) for start, end in groups])
    return spans


def _group(upper: Sequence[Cell], lower: Sequence[Cell], word_of: Meaning) -> list[tuple[int, int]]:
    """Which cells of the lower row each cell of the upper row covers.

    A blank below is the upper cell itself, merged down. A run of filled cells lies under one cell; where
    more cells are above than that gives, runs are cut where a part begins, then where a total begins,
    then evenly.
    """
    runs: list[list[int]] = []
    for index, cell in enumerate(lower):
        if runs and cell.key and lower[index - 1].key:
            runs[-1].append(index)
        else:
            runs.append([index])
    missing = len(upper) - len(runs)
    if missing < 0:
        return _even(len(lower), len(upper))
    if missing:
        runs = _cut(runs, missing, lower, word_of)
    if len(runs) != len(upper):
        return _even(len(lower), len(upper))
    return [(run[0], run[-1] + 1) for run in runs]


def _cut(runs: list[list[int]], missing: int, lower: Sequence[Cell], word_of: Meaning) -> list[list[int]]:
    kinds = [word.kind if (word := word_of(cell.key)) else "" for cell in lower]
    starts = [
        i for i in range(1, len(kinds)) if kinds[i] in {"label", "code"} and kinds[i - 1] not in {"label", "code"}
    ]
    totals = [i for i in range(1, len(kinds)) if kinds[i] == "total" and i not in starts]
    for cuts in (starts, totals, sorted({*starts, *totals})):
        inside = [cut for cut in cuts if any(cut in run[1:] for run in runs)]
        if len(inside) == missing:
            out: list[list[int]] = []
            for run in runs:
                bounds = [run[0], *(cut for cut in inside if cut in run[1:]), run[-1] + 1]
                out.extend(list(range(a, b)) for a, b in pairwise(bounds))
            return out
    return runs


def _even(cells: int, groups: int) -> list[tuple[int, int]]:
    """An even split; what does not divide goes to the last group."""
    size = max(1, cells // max(1, groups))
    return [(i * size, (i + 1) * size if i < groups - 1 else cells) for i in range(groups)]


def _merge_down(rows: list[tuple[Cell, ...]], depth: int) -> tuple[tuple[Cell, ...], ...]:
    """Drop blank header cells under a filled one and let that one cover them."""
    out = [list(row) for row in rows]
    for index in range(depth - 1, 0, -1):
        for cell in list(out[index]):
            if cell.key:
                continue
            for above in out[index - 1]:
                if above.key and above.column == cell.column and above.column_span == cell.column_span:
                    out[index].remove(cell)
                    place = out[index - 1].index(above)
                    out[index - 1][place] = Cell(
                        above.span, above.row, above.column, above.row_span + cell.row_span, above.column_span
                    )
    return tuple(tuple(row) for row in out)
