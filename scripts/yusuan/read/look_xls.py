"""The looks of the sheets of an xls: the records of its Workbook stream (MS-XLS), passed over once."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from yusuan.errors import DocumentError
from yusuan.read.compound import Compound
from yusuan.read.limits import MOST_SHEETS, check_count
from yusuan.read.look import ERRORS, Look, check_book
from yusuan.read.number_format import BUILT_IN

_EOF, _FILEPASS, _CONTINUE, _BOUNDSHEET, _XF, _SST, _FORMAT = 0x0A, 0x2F, 0x3C, 0x85, 0xE0, 0xFC, 0x41E
_NUMBER, _LABEL, _BOOLERR, _RK, _MULRK, _RSTRING, _LABELSST, _FORMULA = 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xD6, 0xFD, 6
_WINDOW2, _BOF, _NEW_BOF = 0x23E, 0x809, 0x600
_SHOWS_ZEROS = 0x10


def looks_of_xls(file: Compound, name: str) -> list[Look]:
    """The look of every sheet, in the order of the workbook. Raises DocumentError for a locked or damaged one."""
    stream = file.stream("Workbook" if "Workbook" in file else "Book")
    try:
        book = _Book(stream, name)
        looks = [book.look(index) for index in range(len(book.sheets))]
    except (struct.error, IndexError):
        raise DocumentError("damaged or truncated workbook", name) from None
    check_book(looks, name)
    return looks


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record from an offset to the end of its part."""
    depth = 0
    while offset + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, offset)
        yield number, stream[offset + 4 : offset + 4 + size]
        depth += (number == _BOF) - (number == _EOF)
        if depth <= 0:
            return
        offset += 4 + size


@dataclass(eq=False)
class _Book:
    """What all sheets share: where each begins, number formats, lengths of shared texts."""

    stream: bytes
    name: str
    sheets: list[tuple[int, str]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.is_new = len(self.stream) > 6 and struct.unpack_from("<H", self.stream, 4)[0] == _NEW_BOF
        shared: list[bytes] = []
        last = 0
        for number, content in _records(self.stream, 0):
            if number == _FILEPASS:
                raise DocumentError("protected by a password; save it without one", self.name)
            if number == _BOUNDSHEET:
                self.sheets.append((struct.unpack_from("<I", content)[0], self._text(content, 6, "<B")))
            elif number == _FORMAT and self.is_new:
                self.formats[struct.unpack_from("<H", content)[0]] = self._text(content, 2, "<H")
            elif number == _XF:
                self.styles.append(struct.unpack_from("<H", content, 2)[0])
            elif number == _SST or (number == _CONTINUE and last == _SST):
                shared.append(content)
                number = _SST
            last = number
        check_count(len(self.sheets), MOST_SHEETS, "sheets", self.name)
        self.lengths = list(_lengths(shared))

    def _text(self, content: bytes, offset: int, count: str) -> str:
        """A short text after its count of characters; in old files its bytes, of which only ASCII is sure."""
        length = struct.unpack_from(count, content, offset)[0]
        offset += struct.calcsize(count)
        if not self.is_new:
            return content[offset : offset + length].decode("gb18030", "replace")
        wide = content[offset] & 1
        text = content[offset + 1 : offset + 1 + length * (1 + wide)]
        return text.decode("utf-16-le" if wide else "latin-1", "replace")

    def code(self, style: int) -> str:
        """The number format of a cell style; empty for General."""
        number = self.styles[style] if style < len(self.styles) else 0
        return self.formats.get(number, BUILT_IN.get(number, ""))

    def look(self, index: int) -> Look:
        """The look of one sheet."""
        offset, title = self.sheets[index]
        look = Look(f"{self.name}#sheet={title}")
        for number, content in _records(self.stream, offset):
            if number == _WINDOW2:
                look.zeros = bool(struct.unpack_from("<H", content)[0] & _SHOWS_ZEROS)
            elif number in _CELLS:
                self._cell(look, number, content)
        look.check()
        return look

    def _cell(self, look: Look, number: int, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        if number == _MULRK:
            for at in range((len(content) - 6) // 6):
                look.add((row, column + at), self.code(struct.unpack_from("<H", content, 4 + 6 * at)[0]))
        elif number == _LABELSST:
            text = struct.unpack_from("<I", content, 6)[0]
            look.add((row, column), "", self.lengths[text] if text < len(self.lengths) else 0)
        else:
            look.add((row, column), self.code(style))
            error = content[6] if number == _BOOLERR and content[7] else None
            if number == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
                error = content[8]
            if error is not None:
                look.errors[row, column] = ERRORS.get(error, "#ERROR!")


_CELLS = frozenset({_NUMBER, _LABEL, _BOOLERR, _RK, _MULRK, _RSTRING, _LABELSST, _FORMULA})


def _lengths(shared: list[bytes]) -> Iterator[int]:
    """The number of characters of each shared text. A text may go on in the next record, after a new flag."""
    at, offset = 0, 8
    total = struct.unpack_from("<I", shared[0], 4)[0] if shared else 0
    for _ in range(total):
        while at < len(shared) and offset >= len(shared[at]):
            at, offset = at + 1, 0
        if at >= len(shared):
            return
        length, flags = struct.unpack_from("<HB", shared[at], offset)
        offset += 3
        rest = 0
        if flags & 8:
            rest += 4 * struct.unpack_from("<H", shared[at], offset)[0]
            offset += 2
        if flags & 4:
            rest += struct.unpack_from("<I", shared[at], offset)[0]
            offset += 4
        left = length
        while True:
            here = min(left, (len(shared[at]) - offset) // (1 + (flags & 1)))
            left -= here
            offset += here * (1 + (flags & 1))
            if not left:
                break
            at += 1
            flags, offset = shared[at][0], 1
        offset += rest
        while at < len(shared) and offset > len(shared[at]):
            offset -= len(shared[at])
            at += 1
        yield length
