"""A Word document (docx): what it prints, in order. Insertions count, deletions do not; text boxes come after."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from yusuan.errors import DocumentError
from yusuan.read.flow import FlowCell, FlowTable, Piece, flow
from yusuan.read.grid import Block
from yusuan.read.limits import check_xml, column_span, pack, unpack

_STRICT = b"http://purl.oclc.org/ooxml/"
_DAMAGE = (OpcError, BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError)
"""What python-docx raises for a document that is not whole."""
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"})
"""Elements around paragraphs, rows and cells that print as if they were not there."""
_UNSEEN = frozenset(
    {"pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "sectPr", "Fallback"}
)
"""Elements whose text is not printed; a fallback repeats its choice."""
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> list[Block]:
    """Blocks of a Word document. Automatic numbers of lists are not in it as text, so are not read.

    Raises DocumentError where it is locked, damaged or too large, or keeps its text in another file.
    """
    parts = unpack(data, name)
    if _STRICT in parts.get("_rels/.rels", b""):
        raise DocumentError("a Strict Open XML document; save it as a common docx", name)
    try:
        document = Document(io.BytesIO(pack(parts)))
        pieces = list(_content(document.element.body))
        for kind in ("footnotes", "endnotes"):
            pieces.extend(_notes(document.part, kind))
    except DocumentError as error:
        raise DocumentError(error.message, name) from None
    except RecursionError:
        raise DocumentError("nested too deep", name) from None
    except _DAMAGE as error:
        raise DocumentError(f"damaged Word document ({type(error).__name__}: {str(error)[:80]})", name) from None
    return flow(pieces, name)


def _notes(part: Any, kind: str) -> Iterator[Piece]:
    """Text of the footnotes or endnotes."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            blob = relation.target_part.blob
            check_xml(blob, kind, kind)
            for note in etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True)):
                if not any(key.endswith("}type") for key, _ in note.items()):
                    yield from _content(note)


def _content(element: Any) -> Iterator[Piece]:
    """Lines and tables that stand in an element, in order."""
    for child in element:
        kind = _local(child)
        if kind == "p":
            yield from _paragraph(child)
        elif kind == "tbl":
            yield _table(child)
        elif kind in _WRAPPERS:
            yield from _content(child)
        elif kind == "altChunk":
            raise DocumentError("keeps its text in a file of another format (altChunk); open it in Word and save it")


def _paragraph(paragraph: Any) -> Iterator[Piece]:
    """The text of a paragraph, then what stands in its text boxes."""
    text: list[str] = []
    boxes: list[Piece] = []
    _print(paragraph, text, boxes)
    yield "".join(text)
    yield from boxes


def _print(element: Any, text: list[str], boxes: list[Piece]) -> None:
    for child in element:
        kind = _local(child)
        if kind == "t":
            text.append(child.text or "")
        elif kind in _MARKS:
            text.append(_MARKS[kind])
        elif kind == "txbxContent":
            boxes.extend(_content(child))
        elif kind == "r" and _is_on(child, "rPr", "vanish"):
            continue
        elif kind and kind not in _UNSEEN:
            _print(child, text, boxes)


def _table(table: Any) -> FlowTable:
    """A table with cells merged across and down given once."""
    out = FlowTable()
    above: dict[int, FlowCell] = {}
    rows = (row for row in _inside(table, "tr") if not _is_on(row, "trPr", "del") and not _is_on(row, "trPr", "hidden"))
    for number, row in enumerate(rows):
        column = _number(row, "trPr", "gridBefore", 0)
        for cell in _inside(row, "tc"):
            width = _number(cell, "tcPr", "gridSpan", 1)
            upper = above.get(column)
            if _merges(cell, "hMerge") and out.cells and out.cells[-1].row == number:
                out.cells[-1].column_span += width
            elif _merges(cell, "vMerge") and upper is not None and upper.row + upper.row_span == number:
                upper.row_span += 1
            else:
                above[column] = FlowCell(number, column, 1, width, list(_content(cell)))
                out.cells.append(above[column])
            column += width
    return out


def _inside(element: Any, kind: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, out of whatever wraps them."""
    for child in element:
        if _local(child) == kind:
            yield child
        elif _local(child) in _WRAPPERS:
            yield from _inside(child, kind)


def _merges(cell: Any, kind: str) -> bool:
    """Whether a cell goes on with a merged cell."""
    found = _property(cell, "tcPr", kind)
    return found is not None and _value(found) in {"", "continue"}


def _number(element: Any, properties: str, kind: str, default: int) -> int:
    found = _property(element, properties, kind)
    return default if found is None else max(default, column_span(_value(found), ""))


def _is_on(element: Any, properties: str, kind: str) -> bool:
    found = _property(element, properties, kind)
    return found is not None and _value(found) not in {"0", "false", "off"}


def _property(element: Any, properties: str, kind: str) -> Any:
    for child in element:
        if _local(child) == properties:
            return next((found for found in child if _local(found) == kind), None)
    return None


def _value(element: Any) -> str:
    return next((str(value) for key, value in element.items() if key.endswith("}val")), "")


def _local(element: Any) -> str:
    """The local name of an element; empty for a comment and the like, and for drawings' own text."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.rpartition("}")
    return "" if local == "t" and "drawingml" in space else local
