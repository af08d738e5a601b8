"""Tables cut by pages put together again: repeated headers dropped, split rows joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from yusuan.read.codes import scheme_of
from yusuan.read.grid import Cell, Grid, Origin, Span
from yusuan.read.text import figure

Row = tuple[Cell, ...]


def compact(grid: Grid) -> Grid:
    """A grid on the rows and columns its own cells use: edges that only other tables had are dropped."""
    if grid.flat or not grid.rows:
        return grid
    starts = sorted({edge for cell in grid.cells() for edge in (cell.column, cell.column + cell.column_span)})
    place = {edge: index for index, edge in enumerate(starts)}
    first = min((cell.row for cell in grid.cells()), default=0)
    rows = tuple(tuple(_moved(cell, place, first) for cell in row) for row in grid.rows)
    edges = tuple(grid.edges[edge] for edge in starts) if grid.edges else ()
    return replace(grid, rows=rows, edges=edges)


def _moved(cell: Cell, place: Mapping[int, int], first: int) -> Cell:
    start, end = place[cell.column], place[cell.column + cell.column_span]
    return replace(cell, row=cell.row - first, column=start, column_span=end - start)


def _on_columns_of(lower: Grid, upper: Grid) -> Grid | None:
    """The lower grid on the columns of the upper one, by where they are on the page; None where they disagree."""
    if lower.width == upper.width:
        return lower
    if not lower.edges or not upper.edges or lower.width > upper.width:
        return None
    place: dict[int, int] = {}
    for index, edge in enumerate(lower.edges):
        nearest = min(range(len(upper.edges)), key=lambda other: abs(upper.edges[other] - edge))
        if abs(upper.edges[nearest] - edge) > 6 or nearest in place.values():
            return None
        place[index] = nearest
    rows = tuple(tuple(_moved(cell, place, 0) for cell in row) for row in lower.rows)
    return replace(lower, rows=rows, edges=upper.edges)


def stitch(upper: Grid, lower: Grid, is_name: Callable[[str], bool]) -> Grid | None:
    """`lower` put under `upper`, or None where their columns do not agree.

    Rows that repeat the header of `upper` are dropped. A first row that holds no figure and no code of its
    own is the rest of the row above where the texts together are a known name, or where its table has codes.
    """
    lower = compact(replace(lower, rows=lower.rows[_repeated(upper, lower) :]))
    if not lower.rows or not any(cell.key for cell in lower.cells()):
        return upper
    if (aligned := _on_columns_of(lower, upper)) is not None:
        lower = aligned
    elif not _has_figure(upper) and (aligned := _on_columns_of(upper, lower)) is not None:
        upper = aligned  # the page ended within the header, before all its columns were told apart
    else:
        return None
    rows = list(lower.rows)
    above = list(upper.rows)
    if above and (joined := _joined(above[-1], rows[0], upper, is_name)) is not None:
        above[-1] = joined
        rows = [tuple(replace(cell, row=cell.row - 1) for cell in row) for row in rows[1:]]
    shift = max((cell.row + 1 for row in above for cell in row), default=0)
    first = min((cell.row for row in rows for cell in row), default=0)
    moved = [tuple(replace(cell, row=cell.row - first + shift) for cell in row) for row in rows]
    return replace(upper, rows=(*above, *moved))


def _repeated(upper: Grid, lower: Grid) -> int:
    """How many first rows of `lower` say what the first rows of `upper` say, without a figure in them."""
    count = 0
    for a, b in zip(upper.rows, lower.rows, strict=False):
        keys = [cell.key for cell in b if cell.key]
        if not keys or keys != [cell.key for cell in a if cell.key]:
            break
        if any(figure(key) is not None for key in keys):
            break
        count += 1
    return count


def _joined(above: Row, below: Row, upper: Grid, is_name: Callable[[str], bool]) -> Row | None:
    """The row above with the texts of the row below added, where the two are one row cut by a page."""
    filled = [cell for cell in below if cell.key]
    by_column = {cell.column: cell for cell in above}
    pairs = [(by_column.get(cell.column), cell) for cell in filled]
    if not filled or any(a is None or not a.key for a, _ in pairs):
        return None
    if _cut_in_figures([(a, b) for a, b in pairs if a is not None], upper):
        return _with_rest(above, pairs)
    if any(figure(cell.key) is not None or scheme_of(cell.key) for cell in filled):
        return None
    coded = any(scheme_of(cell.key) for row in upper.rows for cell in row if cell.column == 0)
    names = [is_name(a.key + b.key) and not (is_name(a.key) and is_name(b.key)) for a, b in pairs if a is not None]
    if not all(names) and not (coded and not below[0].key):
        strange = not any(is_name(a.key) or is_name(b.key) for a, b in pairs if a is not None)
        if not (strange and _has_figures_in_each_row(upper)):
            return None
    return _with_rest(above, pairs)


def _cut_in_figures(pairs: Sequence[tuple[Cell, Cell]], upper: Grid) -> bool:
    """Whether figures broken over lines were cut with their row: 14,834. above, 59 below, where all others have cents.

    Every figure below must make a whole one with the text above it, and none above may be whole on its own.
    """
    whole = re.compile(r"[-（]?[0-9,]+\.[0-9]{2}）?")
    others = [cell.key for row in upper.rows[:-1] for cell in row if "." in cell.key and figure(cell.key) is not None]
    cut = [(a.key, b.key) for a, b in pairs if re.fullmatch(r"[0-9,.）]+", b.key) and re.match(r"[-（]?[0-9]", a.key)]
    cut = [(a, b) for a, b in cut if "." in a + b]
    return (
        bool(cut)
        and bool(others)
        and all(whole.fullmatch(key) for key in others)
        and all(whole.fullmatch(a + b) and not whole.fullmatch(a) for a, b in cut)
    )


def _with_rest(above: Row, pairs: Sequence[tuple[Cell | None, Cell]]) -> Row:
    """The row above, each cell with the text that stands below it."""
    rest = {a.column: b for a, b in pairs if a is not None}
    return tuple(replace(cell, span=_add(cell.span, rest[cell.column].span)) if cell.column in rest else cell
                 for cell in above)  # fmt: skip


def _has_figure(grid: Grid) -> bool:
    return any(figure(cell.key) is not None for cell in grid.cells())


def _has_figures_in_each_row(grid: Grid) -> bool:
    """Whether no row from the first with a figure on is without one: a row without is then no row of its own."""
    figured = [any(figure(cell.key) is not None for cell in row) for row in grid.rows]
    return True in figured and all(figured[figured.index(True) :])


class JoinedOrigin:
    """Where a span is printed that a page break cut in two: cited by its first part unless wholly in the second."""

    def __init__(self, first: Span, second: Span) -> None:
        self.first = first
        self.second = second

    def cite(self, start: int, end: int) -> str:
        """The fragment of the part the characters begin in."""
        cut = len(self.first.text) + 1
        if start >= cut:
            return self.second.cite(start - cut, end - cut)
        return self.first.cite(start, min(end, len(self.first.text)))


def _add(first: Span, second: Span) -> Span:
    origin: Origin = JoinedOrigin(first, second)
    return Span(f"{first.text}\n{second.text}", origin)


def same_header(upper: Sequence[Row], lower: Sequence[Row]) -> bool:
    """Whether a table without a title begins with the very header of the one before it."""
    return bool(_repeated(Grid(tuple(upper)), Grid(tuple(lower))))
