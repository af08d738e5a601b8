"""A PDF with a text layer: ruled tables as grids, lines of text joined into paragraphs."""

from __future__ import annotations

import io
import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from yusuan.errors import DocumentError
from yusuan.read.grid import Block, Cell, Furniture, Grid, Paragraph, Span

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 2000
_PROSE = 30
"""Characters from which a line is one of running text."""
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?[0-9]{1,4}\s*页?)?[-—–－·\s]*"
)
_HEADING = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|[0-9]{1,2}[、.．](?![0-9])|[（(][0-9]{1,2}[）)])"
)
_CAPTION = re.compile(r"\s*[（(]?[一-龥]{0,4}(?:单位|部门)(?:名称)?\s*[：:]")
_TITLE = re.compile(r"[^，。；：《》]{4,80}表(?:[（(][^（）()]{1,30}[）)])?\s*")
"""The line above a table, whole: no other goes on with it."""

Char = dict[str, Any]


@dataclass(frozen=True)
class BoxOrigin:
    """A run of characters on a page, each with its box (RFC 8118: points from the upper left)."""

    boxes: tuple[tuple[int, float, float, float, float], ...]

    def cite(self, start: int, end: int) -> str:
        """The fragment of characters `start` to `end`."""
        boxes = self.boxes[start : max(end, start + 1)] or self.boxes[-1:]
        if not boxes:
            return "page=1"
        page = boxes[0][0]
        boxes = tuple(box for box in boxes if box[0] == page)
        left, top = min(b[1] for b in boxes), min(b[2] for b in boxes)
        right, bottom = max(b[3] for b in boxes), max(b[4] for b in boxes)
        numbers = (left, top, right - left, bottom - top)
        return f"page={page}&viewrect=" + ",".join(f"{number:.1f}" for number in numbers)


@dataclass(eq=False)
class _Line:
    """A line of text on a page."""

    page: int
    chars: list[Char]

    @cached_property
    def text(self) -> str:
        return "".join(char["text"] for char in _spaced(self.chars))

    @cached_property
    def left(self) -> float:
        return float(min(char["x0"] for char in self.chars if char["text"].strip()))

    @cached_property
    def right(self) -> float:
        return float(max(char["x1"] for char in self.chars if char["text"].strip()))

    @cached_property
    def top(self) -> float:
        return float(min(char["top"] for char in self.chars))

    @cached_property
    def bottom(self) -> float:
        return float(max(char["bottom"] for char in self.chars))

    @cached_property
    def size(self) -> float:
        return float(median(char["size"] for char in self.chars))


def read_pdf(data: bytes, name: str) -> list[Block]:
    """Blocks of a PDF. Raises DocumentError where it is locked, damaged, scanned or too long."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise DocumentError(f"{len(pdf.pages)} pages; at most {MOST_PAGES} are read", name)
            blocks: list[Block] = []
            characters = images = 0
            for page in pdf.pages:
                _lighten(page)
                characters += len(page.chars)
                images += len(page.images)
                blocks.extend(_page(page))
                page.close()
    except (PDFPasswordIncorrect, PDFSyntaxError, PdfminerException) as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise DocumentError("protected by a password; save it without one", name) from None
        raise DocumentError(f"damaged or truncated PDF ({type(cause).__name__})", name) from None
    if not characters:
        what = "a scan without a text layer; run OCR on it first" if images else "no text in it"
        raise DocumentError(what, name)
    return list(_join(blocks))


def _lighten(page: Any) -> None:
    """Have a page describe its characters by what is used here alone: they are most of its objects."""
    describe, height = page.process_object, page.height
    left, top = page.mediabox[:2]

    def described(thing: Any) -> Char:
        if type(thing) is not LTChar:
            return dict(describe(thing))
        return {
            "object_type": "char", "text": thing.get_text(), "size": thing.size, "upright": thing.upright,
            "x0": thing.x0 + left, "x1": thing.x1 + left,
            "top": height - thing.y1 + top, "bottom": height - thing.y0 + top,
        }  # fmt: skip

    page.process_object = described


def _page(page: Any) -> Iterator[Block]:
    """Tables and lines of one page from top to bottom; lines are paragraphs of their own here."""
    number = int(page.page_number)
    tables = sorted(_tables(page), key=lambda table: table.top)
    chars = [c for c in page.chars if (c["upright"] or page.rotation) and c["bottom"] > 0 and c["top"] < page.height]
    outside: list[Char] = []
    inside: list[list[Char]] = [[] for _ in tables]
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for index, table in enumerate(tables):
            if table.left <= x <= table.right and table.top <= y <= table.bottom:
                inside[index].append(char)
                break
        else:
            outside.append(char)
    placed: list[tuple[float, Block]] = []
    for index, table in enumerate(tables):
        grid, stray = _grid(table.cells, inside[index], number)
        outside.extend(stray)
        if grid.rows:
            placed.append((table.top, grid))
    height = float(page.height)
    for line in _lines(outside, number):
        edge = line.bottom < height * 0.09 or line.top > height * 0.9
        span = _span([line])
        if _PAGE_NUMBER.fullmatch(span.text) and (edge or not tables):
            placed.append((line.top, Furniture(span)))
        else:
            placed.append((line.top, _LineBlock(span, line)))
    yield from (block for _, block in sorted(placed, key=lambda pair: pair[0]))


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Ruled:
    """A ruled table: the boxes of its cells."""

    cells: tuple[Box, ...]

    @cached_property
    def left(self) -> float:
        return min(box[0] for box in self.cells)

    @cached_property
    def top(self) -> float:
        return min(box[1] for box in self.cells)

    @cached_property
    def right(self) -> float:
        return max(box[2] for box in self.cells)

    @cached_property
    def bottom(self) -> float:
        return max(box[3] for box in self.cells)


def _tables(page: Any) -> list[_Ruled]:
    """Ruled tables of a page. Filled areas without a border are shading, not rules, unless nothing else rules it."""

    def rules(thing: Char) -> bool:
        shading = thing["object_type"] == "rect" and not thing["stroke"] and min(thing["width"], thing["height"]) > 3
        return not shading and thing["bottom"] > 0 and thing["top"] < page.height

    ruled = page.filter(rules)
    found = ruled.find_tables()
    if not found:
        ruled, found = page, page.find_tables()
    uprights = [edge for edge in ruled.edges if edge["orientation"] == "v"]
    return [_opened(_Ruled(tuple(table.cells)), uprights) for table in found]


def _opened(table: _Ruled, uprights: Sequence[Char]) -> _Ruled:
    """The table with the rows that a page break left without a rule above or below: its upright rules go on."""
    columns = _edges(value for cell in table.cells for value in (cell[0], cell[2]))
    above = [edge["top"] for edge in uprights if _near(columns, edge["x0"]) and edge["bottom"] >= table.top - 2]
    below = [edge["bottom"] for edge in uprights if _near(columns, edge["x0"]) and edge["top"] <= table.bottom + 2]
    extra: list[Box] = []
    if sum(value < table.top - 6 for value in above) > len(columns) / 2:
        extra.extend(_row(columns, min(above), table.top))
    if sum(value > table.bottom + 6 for value in below) > len(columns) / 2:
        extra.extend(_row(columns, table.bottom, max(below)))
    return _Ruled((*table.cells, *extra))


def _near(columns: Sequence[float], value: float) -> bool:
    return any(abs(column - value) <= 2 for column in columns)


def _row(columns: Sequence[float], top: float, bottom: float) -> list[Box]:
    return [(left, top, right, bottom) for left, right in pairwise(columns)]


@dataclass(frozen=True, eq=False)
class _LineBlock(Paragraph):
    """A line that is still to be joined into a paragraph."""

    line: _Line


def _lines(chars: Iterable[Char], page: int) -> list[_Line]:
    """Characters gathered into lines by their middle height."""
    lines: list[_Line] = []
    middle = 0.0
    for char in sorted((c for c in chars if c["text"]), key=lambda c: (c["top"] + c["bottom"]) / 2):
        y = (char["top"] + char["bottom"]) / 2
        if lines and abs(y - middle) <= max(2.0, char["size"] * 0.45):
            lines[-1].chars.append(char)
            middle = max(middle, y) if abs(y - middle) < 1 else middle
        else:
            lines.append(_Line(page, [char]))
            middle = y
    kept = []
    for line in lines:
        line.chars.sort(key=lambda c: c["x0"])
        if any(char["text"].strip() for char in line.chars):
            kept.append(line)
    return kept


def _spaced(chars: Sequence[Char]) -> Iterator[Char]:
    """Characters of a line with a space where there is a gap; overprinted doubles dropped."""
    previous: Char | None = None
    for char in chars:
        if previous is not None:
            if char["text"] == previous["text"] and abs(char["x0"] - previous["x0"]) < 0.6 and char["text"].strip():
                continue
            if char["x0"] - previous["x1"] > max(2.0, 0.35 * char["size"]) and char["text"] != " ":
                yield {**char, "text": " ", "x0": previous["x1"], "x1": char["x0"]}
        yield char
        previous = char


def _span(lines: Sequence[_Line], joint: str = "\n") -> Span:
    """Lines as one span; `joint` stands between them."""
    text: list[str] = []
    boxes: list[tuple[int, float, float, float, float]] = []
    for index, line in enumerate(lines):
        chars = list(_spaced(line.chars))
        if index and joint:
            text.append(joint)
            boxes.append(boxes[-1])
        for char in chars:
            for piece in char["text"]:
                text.append(piece)
                boxes.append((line.page, char["x0"], char["top"], char["x1"], char["bottom"]))
    return Span("".join(text), BoxOrigin(tuple(boxes)))


def _grid(cells: Sequence[Box], chars: list[Char], page: int) -> tuple[Grid, list[Char]]:
    """The cells of a ruled table with the characters in each, and the characters in none."""
    columns = _edges(value for cell in cells for value in (cell[0], cell[2]))
    rows = _edges(value for cell in cells for value in (cell[1], cell[3]))
    held: list[list[Char]] = [[] for _ in cells]
    stray: list[Char] = []
    boxes = list(enumerate(cells))
    last = 0
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for index, (left, top, right, bottom) in itertools.chain(boxes[last : last + 2], boxes):
            if left <= x < right and top <= y < bottom:
                held[index].append(char)
                last = index
                break
        else:
            stray.append(char)
    out: list[list[Cell]] = [[] for _ in range(max(0, len(rows) - 1))]
    for (left, top, right, bottom), inside in zip(cells, held, strict=True):
        lines = _lines(inside, page)
        span = _span(lines) if lines else Span("", BoxOrigin(((page, left, top, right, bottom),)))
        row, column = _index(rows, top), _index(columns, left)
        out[row].append(
            Cell(span, row, column, max(1, _index(rows, bottom) - row), max(1, _index(columns, right) - column))
        )
    ordered = tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in out)
    return Grid(ordered, edges=tuple(columns)), stray


def _edges(values: Iterable[float]) -> list[float]:
    """Distinct edges, those nearer than two points taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2.0:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    place = bisect_left(edges, value - 2.0)
    return min(place, len(edges) - 1)


def _join(blocks: Sequence[Block]) -> Iterator[Block]:
    """Lines joined into paragraphs, over page ends too; grids marked where a page cut them."""
    margins = _margins(blocks)
    held: list[_Line] = []
    waiting: list[Block] = []
    last_grid = False
    for block in blocks:
        if isinstance(block, Furniture):
            waiting.append(block)
            continue
        if isinstance(block, _LineBlock):
            if held and not _goes_on(held[-1], block.line, margins):
                yield Paragraph(_span(held, ""))
                held = []
            held.append(block.line)
            last_grid = False
            continue
        if held:
            yield Paragraph(_span(held, ""))
            held = []
        yield from waiting
        waiting = []
        if isinstance(block, Grid):
            yield replace(block, continues=last_grid)
            last_grid = True
    if held:
        yield Paragraph(_span(held, ""))
    yield from waiting


def _margins(blocks: Sequence[Block]) -> dict[int, tuple[float, float]]:
    """For each page the left and right margin of its text; of the document where a page has little.

    A document of tables alone has but short lines: its text is as wide as its widest table.
    """
    lines = [block.line for block in blocks if isinstance(block, _LineBlock)]
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    left, right = _margin(lines)
    prose = sum(len(line.chars) >= _PROSE for line in lines) > 2
    tables = [block.edges for block in blocks if isinstance(block, Grid) and block.edges and not prose]
    widest = max(tables, key=_breadth, default=())
    whole = (min(left, widest[0]), max(right, widest[-1])) if widest else (left, right)
    return {page: _margin(found) if len(found) >= 8 else whole for page, found in pages.items()}


def _breadth(edges: Sequence[float]) -> float:
    return edges[-1] - edges[0]


def _margin(lines: Sequence[_Line]) -> tuple[float, float]:
    if not lines:
        return 0.0, 0.0
    lefts = sorted(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    return lefts[len(lefts) // 20], rights[min(len(rights) - 1, len(rights) * 9 // 10)]


def _goes_on(above: _Line, below: _Line, margins: dict[int, tuple[float, float]]) -> bool:
    """Whether a line continues the paragraph of the line above it."""
    right = margins[above.page][1]
    left = margins[below.page][0]
    size = above.size or 10.0
    if abs(above.size - below.size) > 1.5 or _CAPTION.match(below.text) or _TITLE.fullmatch(above.text):
        return False
    text = above.text.rstrip()
    ragged = 2.2 if text.endswith(("。", "；", "：", ":", ";", "！", "？")) else 8.0
    if above.right < right - ragged * size or (ragged > 3 and above.right - above.left < 12 * size):
        return False
    if below.left > left + 1.2 * size:
        return False
    if below.page == above.page and below.top - above.bottom > 1.6 * size:
        return False
    if below.page > above.page + 1:
        return False
    return not (_HEADING.match(below.text) and above.text.rstrip().endswith(("。", "；", "：", ":", ";")))
