"""Where the tables of a document are: their titles, captions, units and notes; the rest is prose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from yusuan.read.forms import Form, Forms, looks_like_title, reduce_title
from yusuan.read.grid import Block, Cell, Document, Grid, Paragraph, Span
from yusuan.read.stitch import compact, same_header, stitch
from yusuan.read.text import figure, fold, squeeze
from yusuan.read.vocabulary import Vocabulary

_NOTE = re.compile(r"^(?:注|备注|说明|附注|填表说明)[0-9]?[:：]|^注[0-9]")
_CONTINUED = re.compile(r"(?:（续表?[0-9一二三四五六七八九十]*）|续表?[0-9一二三四五六七八九十]*)$")
"""The end of a title that says its table goes on."""
_OF_THE_TABLE = re.compile("本表|该表格式")
_REACH = 6
"""How many lines above a table its title may stand."""
_HEAD = 4
"""How many rows a header has at most, where no figure ends it before."""
_LONGEST_TITLE = 60
_REMNANT = 8
"""Characters of the longest line that may be the end of a broken title or caption."""


@dataclass(eq=False)
class FoundTable:
    """A table with what stands around it. `grid` holds header and body, captions and notes taken out."""

    grid: Grid
    form: Form | None = None
    title: Span | None = None
    captions: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    ordinal: int = 0
    heading: str = ""
    """The title as printed, on one line; of a cell with several lines, the line that is the title."""


@dataclass(frozen=True, eq=False)
class Layout:
    """Tables and prose of a document, each in reading order."""

    tables: tuple[FoundTable, ...]
    prose: tuple[Paragraph, ...]


def lay_out(document: Document, forms: Forms, vocabulary: Vocabulary, is_name: Callable[[str], bool]) -> Layout:
    """Find the tables of a document, name their forms, and leave the prose.

    `is_name` tells whether a folded text is a whole name that a row can have: it settles rows cut by pages.
    """
    return _Layouter(forms, vocabulary, is_name).run(document.blocks)


class _Layouter:
    def __init__(self, forms: Forms, vocabulary: Vocabulary, is_name: Callable[[str], bool]) -> None:
        self.forms = forms
        self.is_name = is_name
        self.vocabulary = vocabulary
        self.tables: list[FoundTable] = []
        self.prose: list[Paragraph] = []
        self.recent: list[Paragraph] = []
        self.open: FoundTable | None = None

    def run(self, blocks: Sequence[Block]) -> Layout:
        for block in blocks:
            if isinstance(block, Paragraph):
                if not self._note(block.span):
                    self.recent.append(block)
            elif isinstance(block, Grid) and block.width < 2 and not block.flat:
                self.recent.extend(Paragraph(cell.span) for cell in block.cells())
            elif isinstance(block, Grid):
                for piece in self._pieces(block):
                    self._table(piece)
        self.prose.extend(self.recent)
        for ordinal, table in enumerate(self.tables, 1):
            table.ordinal = ordinal
        return Layout(tuple(self.tables), tuple(self.prose))

    def _note(self, span: Span) -> bool:
        """Take a paragraph right after a table as its note, if it reads like one."""
        key = span.key
        if self.open is None or self.recent:
            return False
        if _NOTE.match(key) or (len(key) < 80 and self.vocabulary.declares_empty(key)):
            self.open.notes.append(span)
            return True
        if self.open.notes and len(key) < 80 and _OF_THE_TABLE.search(key):
            self.open.notes.append(span)
            return True
        return not key

    def _pieces(self, grid: Grid) -> Iterator[Grid]:
        """A grid cut before every row that is the title of a further table."""
        starts = [index for index, row in enumerate(grid.rows) if self._title_cell(row) is not None]
        if starts and all(self._caption_row(row) for row in grid.rows[: starts[0]]):
            starts[0] = 0
        bounds = [0, *(start for start in starts if start), len(grid.rows)]
        for start, end in pairwise(bounds):
            rows = grid.rows[start:end]
            if any(cell.key for row in rows for cell in row):
                yield replace(grid, rows=rows, continues=grid.continues and not start)

    def _title_cell(self, row: Sequence[Cell]) -> Cell | None:
        """The one filled cell of a row, where it holds the title of a known form."""
        filled = [cell for cell in row if cell.key]
        if len(filled) != 1:
            return None
        lines = _title_lines(filled[0].span)
        return filled[0] if any(self.forms.of_title(reduce_title(line)) for line in lines) else None

    def _table(self, piece: Grid) -> None:
        if self._continue(piece):
            return
        table = FoundTable(piece)
        self.open = table
        rows = list(piece.rows)
        while rows and self._take_caption(table, rows[0]):
            rows.pop(0)
        while rows and self._take_note(table, rows[-1]):
            rows.pop()
        rows = [row for row in rows if not (self._says_empty(row) and self._take_note(table, row))]
        while rows and not any(cell.key for cell in rows[-1]) and piece.flat and len(rows[-1]) == 1:
            rows.pop()
        table.grid = compact(replace(piece, rows=tuple(rows)))
        self._look_back(table)
        if table.title is not None:
            table.heading = table.heading or table.title.line
            for line in [*_title_lines(table.title), table.heading]:
                if (form := self.forms.of_title(reduce_title(line))) is not None:
                    table.form, table.heading = form, squeeze(line)
                    break
        if table.form is None:
            table.form = self.forms.of_header(_header_keys(table.grid))
        self.tables.append(table)

    def _continue(self, piece: Grid) -> bool:
        """Put a grid without a title of its own under the table that a page cut, if it is its rest."""
        above = self.open
        if above is None or self._has_title(piece):
            return False
        rows = list(piece.rows)
        while rows and (self._caption_row(rows[0]) or self._goes_on(rows[0])):
            rows.pop(0)
        notes: list[Span] = []
        while rows and self._note_cell(rows[-1]) is not None:
            notes.insert(0, next(cell.span for cell in rows.pop() if cell.key))
        if not piece.continues and not same_header(above.grid.rows, rows):
            return False
        joined = stitch(above.grid, compact(replace(piece, rows=tuple(rows), continues=True)), self.is_name)
        if joined is None:
            return False
        above.grid = joined
        above.notes.extend(notes)
        self.prose.extend(self.recent)
        self.recent.clear()
        return True

    def _has_title(self, piece: Grid) -> bool:
        for row in piece.rows[:3]:
            if self._title_cell(row) is not None and not self._goes_on(row):
                return True
        for paragraph in self.recent[-_REACH:]:
            if self._continues_above(paragraph.span.key):
                continue
            if looks_like_title(paragraph.span.text) and self.forms.of_title(reduce_title(paragraph.span.text)):
                return True
        return False

    def _goes_on(self, row: Sequence[Cell]) -> bool:
        """Whether a row holds nothing but a title that says the table above goes on."""
        filled = [cell for cell in row if cell.key]
        return len(filled) == 1 and self._continues_above(filled[0].key)

    def _continues_above(self, key: str) -> bool:
        """Whether a folded title says that its table goes on, and names no other form than that of the one above."""
        title = _CONTINUED.sub("", key)
        if title == key or len(key) > _LONGEST_TITLE or self.open is None:
            return False
        form = self.forms.of_title(reduce_title(title))
        return form is None or form is self.open.form

    def _take_caption(self, table: FoundTable, row: Sequence[Cell]) -> bool:
        caption = self._caption_row(row)
        title = self._title_cell(row) or (None if caption else _title_across(row, table.grid))
        if table.title is None and title is not None:
            table.title = title.span
            return True
        if not caption:
            return False
        table.captions.extend(cell.span for cell in row if cell.key)
        return True

    def _caption_row(self, row: Sequence[Cell]) -> bool:
        """Whether a row is blank, or holds captions and at most what they introduce (部门： | 某某局)."""
        filled = [cell for cell in row if cell.key]
        captions = [cell for cell in filled if self._is_caption(cell.span)]
        if len(captions) == len(filled):
            return True
        kinds = {self.vocabulary.caption(cell.key) for cell in captions}
        return (
            bool(kinds & {"agency", "unit"}) and len(filled) <= 5 and all(figure(cell.key) is None for cell in filled)
        )

    def _is_caption(self, span: Span) -> bool:
        return any(self.vocabulary.caption(fold(line)) for line in span.text.split("\n") if line.strip()) or bool(
            self.vocabulary.caption(span.key)
        )

    def _take_note(self, table: FoundTable, row: Sequence[Cell]) -> bool:
        cell = self._note_cell(row)
        if cell is None:
            return False
        table.notes.insert(0, cell.span)
        return True

    def _says_empty(self, row: Sequence[Cell]) -> bool:
        """Whether a row holds nothing but the words that its table is empty."""
        filled = [cell for cell in row if cell.key]
        return len(filled) == 1 and self.vocabulary.declares_empty(filled[0].key)

    def _note_cell(self, row: Sequence[Cell]) -> Cell | None:
        """The one filled cell of a row, where it holds a note."""
        filled = [cell for cell in row if cell.key]
        if len(filled) == 1 and (_NOTE.match(filled[0].key) or self.vocabulary.declares_empty(filled[0].key)):
            return filled[0]
        return None

    def _look_back(self, table: FoundTable) -> None:
        """Take title and captions from the lines above, nearest first; what stands before them is prose.

        A short line may be the end of a title or caption broken in two: it is taken if one stands above it.
        """
        taken = len(self.recent)
        broken: list[Span] = []
        for index in range(len(self.recent) - 1, max(-1, len(self.recent) - 1 - _REACH), -1):
            span = self.recent[index].span
            rest = "".join(part.key for part in broken)
            if self._is_caption(span):
                table.captions[:0] = [span, *broken]
            elif table.title is None and (looks_like_title(span.text) or (rest and looks_like_title(span.key + rest))):
                table.title = span
                table.heading = squeeze("".join(part.line for part in [span, *broken]))
                table.captions[:0] = broken
            elif span.key and len(span.key) <= _REMNANT and not broken:
                broken = [span]
                continue
            elif span.key:
                break
            broken = []
            taken = index
        self.prose.extend(self.recent[:taken])
        self.recent.clear()


def _header_keys(grid: Grid) -> list[str]:
    """Folded cells above the first row with a figure, at most four rows of them."""
    head = itertools.takewhile(lambda row: all(figure(cell.key) is None for cell in row), grid.rows[:_HEAD])
    return [cell.key for row in head for cell in row]


def _title_across(row: Sequence[Cell], grid: Grid) -> Cell | None:
    """The one filled cell of a row, where it is merged across the table and reads like a title."""
    filled = [cell for cell in row if cell.key]
    if len(filled) != 1 or filled[0].column_span < grid.width or not _title_lines(filled[0].span):
        return None
    return filled[0]


def _title_lines(span: Span) -> list[str]:
    """The lines of a span that read like a title, and the whole of it on one line."""
    lines = [line for line in span.text.split("\n") if looks_like_title(line)]
    return lines or ([span.line] if looks_like_title(span.line) else [])
