"""A workbook, xlsx or xls: each sheet a grid of what its cells show, sheets of plain text as paragraphs."""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from yusuan.errors import DocumentError
from yusuan.read.compound import MAGIC, Compound, compound_of
from yusuan.read.grid import Block, Cell, Grid, Paragraph, Span
from yusuan.read.limits import MOST_CELLS, check_area, check_count, pack, unpack
from yusuan.read.look import At, Look, reference
from yusuan.read.look_xls import looks_of_xls
from yusuan.read.look_xlsx import looks_of_xlsx
from yusuan.read.number_format import shown, shown_date
from yusuan.read.text import fold

Value = float | str | bool | datetime.date | datetime.time | datetime.timedelta
_NOTE = re.compile(r"^(?:注|备注|说明|附注|填表说明)[0-9]?[:：]|^注[0-9]")
_LONG = 30
"""Characters from which a row of one cell, above or below a table, is a sentence and no part of the table."""


@dataclass(frozen=True)
class SheetOrigin:
    """A cell of a sheet; for a merged cell its upper left one."""

    sheet: str
    at: At

    def cite(self, start: int, end: int) -> str:
        """The fragment of the cell."""
        return f"sheet={quote(self.sheet, safe='')}&range={reference(self.at)}"


@dataclass(frozen=True)
class _Area:
    """A filled cell and the rows and columns it covers in the sheet."""

    text: str
    bottom: int
    right: int


def read_sheet(data: bytes, name: str) -> list[Block]:
    """Blocks of every sheet, hidden ones too where they hold something.

    Raises DocumentError where the workbook is locked, damaged, too large or not calculated.
    """
    if data.startswith(MAGIC):
        file = Compound(data, name)
        looks = looks_of_xls(file, name)
        stream = "Workbook" if "Workbook" in file else "Book"
        data = compound_of({stream: file.stream(stream)})
    else:
        parts = unpack(data, name)
        looks = looks_of_xlsx(parts, name)
        data = pack(parts)
    with _guarded(name):
        blocks = list(_read(data, looks, name))
    if not blocks:
        raise DocumentError("empty: no cell of any sheet holds anything", name)
    return blocks


def _read(data: bytes, looks: Sequence[Look], name: str) -> Iterator[Block]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        if len(book.sheets_metadata) != len(looks):
            raise DocumentError("damaged: its list of sheets is not whole", name)
        for index, (found, look) in enumerate(zip(book.sheets_metadata, looks, strict=True)):
            if found.typ == SheetTypeEnum.WorkSheet:
                yield from _blocks(found.name, _areas(book.get_sheet_by_index(index), look), look.place)


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Errors of calamine and its panics as one line. A panic also prints itself, past Python: that is kept silent."""
    sys.stderr.flush()
    screen = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    except CalamineError as error:
        raise DocumentError(f"damaged workbook ({str(error)[:100]})", name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it derives from no Exception, and no module offers it
            raise
        raise DocumentError("damaged workbook, or one beyond the reader; save it anew as xlsx", name) from None
    finally:
        os.dup2(screen, 2)
        os.close(screen)


def _areas(sheet: CalamineSheet, look: Look) -> dict[At, _Area]:
    """The filled cells of a sheet. What lies hidden under a merged cell is not there."""
    ends = {start: end for start, end in sheet.merged_cell_ranges or [] if start != end and start <= end}
    top, left = sheet.start or (0, 0)
    texts: dict[At, str] = {}
    for row, values in enumerate(sheet.to_python(), top):
        for column, value in enumerate(values, left):
            if text := _text(value, (row, column), look):
                texts[row, column] = text
    texts.update(look.errors)
    covered = _covered(texts, ends, look.place)
    return {at: _Area(texts[at], *ends.get(at, at)) for at in sorted(texts) if at not in covered}


def _covered(texts: Mapping[At, str], ends: Mapping[At, At], place: str) -> set[At]:
    """Filled cells that lie under the merged cell of another."""
    rows: dict[int, list[int]] = {}
    for row, column in texts:
        rows.setdefault(row, []).append(column)
    visits = sum(min(bottom - top + 1, len(rows)) for (top, _), (bottom, _) in ends.items())
    check_count(visits, MOST_CELLS, "rows under merged cells", place)
    return {
        (row, column)
        for start, end in ends.items()
        for row in _between(rows, start[0], end[0])
        for column in rows[row]
        if start[1] <= column <= end[1] and (row, column) != start
    }


def _between(rows: Collection[int], top: int, bottom: int) -> list[int]:
    """Those of some rows that lie between two."""
    if bottom - top < len(rows):
        return [row for row in range(top, bottom + 1) if row in rows]
    return [row for row in rows if top <= row <= bottom]


def _text(value: Value, at: At, look: Look) -> str:
    """What a cell shows."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    code = look.formats.get(at, "")
    if isinstance(value, int | float):
        return "" if value == 0 and not look.zeros else shown(value, code)
    return shown_date(value, code)


def _blocks(sheet: str, areas: Mapping[At, _Area], place: str) -> Iterator[Block]:
    """The table of a sheet as one grid, and the sentences above and below it as paragraphs."""
    counts = _counts(areas)
    wide = [row for row, count in counts.items() if count > 1]
    prose = {at[0] for at, area in areas.items() if counts[at[0]] == 1 and (not wide or _is_prose(area.text))}
    start = max((row + 1 for row in prose if not wide or row < wide[0]), default=0)
    end = min((row for row in prose if wide and row > wide[-1]), default=max(counts, default=0) + 1)
    yield from _paragraphs(sheet, {at: area for at, area in areas.items() if at[0] < start})
    if inside := {at: area for at, area in areas.items() if start <= at[0] < end}:
        yield _grid(sheet, inside, place)
    yield from _paragraphs(sheet, {at: area for at, area in areas.items() if at[0] >= max(start, end)})


def _counts(areas: Mapping[At, _Area]) -> dict[int, int]:
    """How many filled cells each row has, those that reach into it from above counted; in order."""
    counts = dict.fromkeys((row for row, _ in areas), 0)
    for (top, _), area in areas.items():
        for row in _between(counts, top, area.bottom):
            counts[row] += 1
    return counts


def _is_prose(text: str) -> bool:
    key = fold(text)
    return len(key) > _LONG or bool(_NOTE.match(key))


def _paragraphs(sheet: str, areas: Mapping[At, _Area]) -> Iterator[Paragraph]:
    """Every line of some cells."""
    for at, area in areas.items():
        for line in area.text.splitlines():
            if line.strip():
                yield Paragraph(Span(line, SheetOrigin(sheet, at)))


def _grid(sheet: str, areas: Mapping[At, _Area], place: str) -> Grid:
    """Rows and columns that hold something, blank cells too; those that hold nothing are left out."""
    rows = sorted({row for row, _ in areas})
    columns = sorted({column for _, column in areas})
    check_area(len(rows), len(columns), place)
    taken: set[At] = set()
    covered = 0
    grid: list[tuple[Cell, ...]] = []
    for row, top in enumerate(rows):
        cells = []
        for column, left in enumerate(columns):
            if (row, column) in taken:
                continue
            area = areas.get((top, left), _Area("", top, left))
            down, across = _length(rows, row, area.bottom), _length(columns, column, area.right)
            if down * across > 1:
                check_count(covered := covered + down * across, MOST_CELLS, "cells merged", place)
                taken.update((row + i, column + j) for i in range(down) for j in range(across))
            cells.append(Cell(Span(area.text, SheetOrigin(sheet, (top, left))), row, column, down, across))
        grid.append(tuple(cells))
    return Grid(tuple(grid))


def _length(lines: Sequence[int], start: int, end: int) -> int:
    """How many of some lines a cell covers from one of them on."""
    stop = start + 1
    while stop < len(lines) and lines[stop] <= end:
        stop += 1
    return stop - start
