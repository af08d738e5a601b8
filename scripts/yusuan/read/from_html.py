"""A web page: what it shows, in order; menus, scripts and what is hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from yusuan.errors import DocumentError
from yusuan.read.decode import decode
from yusuan.read.flow import FlowCell, FlowTable, Piece, flow
from yusuan.read.grid import Block
from yusuan.read.limits import LARGEST_PAGE, MOST_CELLS, check_count, column_span, row_span

_LABEL = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_HEAD = 8192
_UNSEEN = frozenset(
    {
        "head", "script", "style", "nav", "noscript", "template", "iframe", "object", "svg", "math", "select", "button",
        "textarea", "datalist", "audio", "video", "canvas", "map", "del", "rt", "rp", "title",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img",
        "input", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
"""Elements that begin no line, beside those of Word such as o:p; all others do."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, name: str) -> list[Block]:
    """Blocks of a web page, decoded by the label in it. Raises DocumentError where it is too large or too deep."""
    check_count(len(data), LARGEST_PAGE, "bytes of a web page", name)
    root = _parse(decode(data, name, _label(data)), name)
    lines = _Lines()
    try:
        _show(root, lines, name)
    except RecursionError:
        raise DocumentError("nested too deep", name) from None
    return flow(lines.done(), name)


def _label(data: bytes) -> str:
    """The encoding the page says it has."""
    found = _LABEL.search(data[:_HEAD])
    return (found.group(1) or found.group(2)).decode("ascii", "replace") if found else ""


def _parse(text: str, name: str) -> Any:
    """The element tree of a page. A page the parser gives up on is refused, not read in part."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"damaged web page ({str(error)[:80]})", name) from None
    for entry in parser.error_log:
        if entry.type_name in {"ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY"}:
            raise DocumentError(f"nested too deep or too large at one place ({entry.message.partition(',')[0]})", name)
    if root is None:
        raise DocumentError("empty: no text and no table in it", name)
    return root


class _Lines:
    """Pieces of what is shown so far, and the line being written."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.line: list[str] = []

    def write(self, text: str | None, as_it_is: bool) -> None:
        """More of the line; line ends of the source are spaces, but for text shown as it is."""
        if not text:
            return
        if not as_it_is:
            self.line.append(_SPACE.sub(" ", text))
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for line in rest:
            self.end()
            self.line.append(line)

    def end(self) -> None:
        """End the line."""
        text = _SPACE.sub(lambda space: "\t" if "\t" in space.group() else " ", "".join(self.line)).strip(" ")
        if text:
            self.pieces.append(text)
        self.line = []

    def done(self) -> list[Piece]:
        """All pieces."""
        self.end()
        return self.pieces


def _show(element: Any, lines: _Lines, name: str, as_it_is: bool = False) -> None:
    """Write what an element shows."""
    kind = _kind(element)
    if kind in _UNSEEN or not kind or _is_hidden(element):
        return
    if kind == "br":
        lines.end()
        return
    if kind == "table":
        lines.end()
        lines.pieces.extend(_captions(element, name))
        lines.pieces.append(_table(element, name))
        return
    breaks = kind not in _INLINE and ":" not in kind
    as_it_is = as_it_is or kind in {"pre", "listing", "xmp"}
    if breaks:
        lines.end()
    lines.write(element.text, as_it_is)
    for child in element:
        _show(child, lines, name, as_it_is)
        lines.write(child.tail, as_it_is)
    if breaks:
        lines.end()


def _captions(table: Any, name: str) -> Iterator[Piece]:
    """What a table holds outside its cells: its caption, and what a writer put there by mistake."""
    lines = _Lines()
    for child in table:
        if _kind(child) not in {"thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col"}:
            _show(child, lines, name)
    yield from lines.done()


def _table(table: Any, name: str) -> FlowTable:
    """A table with its cells placed as a browser places them."""
    rows = [row for row in _rows(table) if not _is_hidden(row)]
    out = FlowTable()
    busy: dict[int, int] = {}
    covered = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if _kind(cell) not in {"td", "th"} or _is_hidden(cell):
                continue
            while busy.get(column, 0) > number:
                column += 1
            across = column_span(cell.get("colspan"), name)
            down = row_span(cell.get("rowspan"), name)
            down = min(down, len(rows) - number) if cell.get("rowspan", "").strip() != "0" else len(rows) - number
            check_count(covered := covered + across, MOST_CELLS, "cells in a table", name)
            lines = _Lines()
            _show_inside(cell, lines, name)
            out.cells.append(FlowCell(number, column, down, across, lines.done()))
            busy.update(dict.fromkeys(range(column, column + across), number + down))
            column += across
    return out


def _show_inside(cell: Any, lines: _Lines, name: str) -> None:
    lines.write(cell.text, False)
    for child in cell:
        _show(child, lines, name)
        lines.write(child.tail, False)


def _rows(table: Any) -> Iterator[Any]:
    """Rows of a table, out of its head, bodies and foot."""
    for child in table:
        kind = _kind(child)
        if kind == "tr":
            yield child
        elif kind in {"thead", "tbody", "tfoot"} and not _is_hidden(child):
            yield from (row for row in child if _kind(row) == "tr")


def _kind(element: Any) -> str:
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
