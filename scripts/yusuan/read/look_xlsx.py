"""The looks of the sheets of an xlsx: its XML read as a stream, nothing of it kept but what is seen."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any
from xml.parsers import expat

from yusuan.errors import DocumentError
from yusuan.read.limits import MOST_SHEETS, check_count
from yusuan.read.look import Look, check_book, position, reference
from yusuan.read.number_format import BUILT_IN

Attributes = Mapping[str, str]


def looks_of_xlsx(parts: Mapping[str, bytes], name: str) -> list[Look]:
    """The look of every sheet, in the order of the workbook. Raises DocumentError for a damaged or hostile one."""
    book = _Elements("sheet")
    _parse(book, parts, "xl/workbook.xml", name)
    rels = _Elements("Relationship")
    _parse(rels, parts, "xl/_rels/workbook.xml.rels", name)
    targets = {found.get("Id", ""): found.get("Target", "") for found in rels.found}
    check_count(len(book.found), MOST_SHEETS, "sheets", name)
    codes = _codes(parts, name)
    texts = _Texts()
    if "xl/sharedStrings.xml" in parts:
        _parse(texts, parts, "xl/sharedStrings.xml", name)
    looks = []
    for sheet in book.found:
        target = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        scan = _Sheet(Look(f"{name}#sheet={sheet.get('name', '')}"), codes, texts.lengths)
        _parse(scan, parts, part, name)
        scan.look.check()
        looks.append(scan.look)
    check_book(looks, name)
    return looks


class _Handler:
    """Gets the elements of an XML part, by their local names."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Characters."""

    def end(self, tag: str) -> None:
        """An element ends."""


def _parse(handler: _Handler, parts: Mapping[str, bytes], part: str, name: str) -> None:
    if part not in parts:
        raise DocumentError(f"damaged: no {part} in it", name)
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, Any]) -> None:
        handler.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        handler.end(tag.rpartition(":")[2])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(parts[part], True)
    except (expat.ExpatError, ValueError) as error:
        raise DocumentError(f"damaged: {part} is not XML ({error})", name) from None


class _Elements(_Handler):
    """The attributes of all elements of one name."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == self.tag:
            self.found.append(dict(attributes))


class _Styles(_Handler):
    """Number formats and the styles of cells that use them."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.formats: list[str] = []
        self.inside = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "cellXfs":
            self.inside = True
        elif tag == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and self.inside:
            self.formats.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.inside = False


def _codes(parts: Mapping[str, bytes], name: str) -> list[str]:
    """The number format of each cell style; empty for General."""
    styles = _Styles()
    if "xl/styles.xml" in parts:
        _parse(styles, parts, "xl/styles.xml", name)
    built_in = {str(number): code for number, code in BUILT_IN.items()}
    return [styles.codes.get(number, built_in.get(number, "")) for number in styles.formats]


class _Texts(_Handler):
    """The length of each shared text."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Sheet(_Handler):
    """Cells of one sheet as they come. A formula without a stored value is an error: nobody has calculated it."""

    def __init__(self, look: Look, codes: Sequence[str], lengths: Sequence[int]) -> None:
        self.look = look
        self.codes = codes
        self.lengths = lengths
        self.row = self.column = -1
        self.kind = self.style = ""
        self.formula = self.collecting = False
        self.value: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheetView" and attributes.get("showZeros") in {"0", "false"}:
            self.look.zeros = False
        elif tag == "row":
            self.row = position("A" + attributes["r"], self.look.place)[0] if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            if "r" in attributes:
                self.row, self.column = position(attributes["r"], self.look.place)
            else:
                self.column += 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.formula = False
            self.value = []
        elif tag == "f":
            self.formula = True
        elif tag in {"v", "t"}:
            self.collecting = True

    def text(self, text: str) -> None:
        if self.collecting:
            self.value.append(text)

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self.collecting = False
        elif tag == "c":
            self._cell("".join(self.value).strip())

    def _cell(self, value: str) -> None:
        at = (self.row, self.column)
        if not value:
            if self.formula and self.kind != "str":
                raise DocumentError(
                    "a formula without its value; open the file in a spreadsheet program and save it",
                    f"{self.look.place}&range={reference(at)}",
                )
            return
        code, length = "", len(value)
        if self.kind == "n" and self.style.isdecimal() and int(self.style) < len(self.codes):
            code = self.codes[int(self.style)]
        elif self.kind == "e":
            self.look.errors[at] = value
        elif self.kind == "s":
            length = self.lengths[int(value)] if value.isdecimal() and int(value) < len(self.lengths) else 0
        self.look.add(at, code, length)
