"""Compound files (OLE, MS-CFB), the container of old Office files: their streams by name, and plain ones written."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

from yusuan.errors import DocumentError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_FREE, _LAST, _TABLE, _MORE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_STREAM, _ROOT = 2, 5
_SMALL = 4096
"""Bytes below which a stream would be kept apart, with others as small."""


class Compound:
    """A compound file in memory. Raises DocumentError where it is damaged or cut off."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        try:
            self._read_header()
        except struct.error:
            raise self._damaged() from None

    def __contains__(self, stream: str) -> bool:
        return stream in self.entries

    def stream(self, stream: str) -> bytes:
        """The bytes of a stream."""
        start, size = self.entries[stream]
        if size < self.cutoff:
            parts = [self.mini[n * 64 : n * 64 + 64] for n in self._chain(start, self.mini_fat)]
            content = b"".join(parts)
        else:
            content = self._sectors(start)
        if len(content) < size:
            raise self._damaged()
        return content[:size]

    def _read_header(self) -> None:
        shift = struct.unpack_from("<H", self.data, 30)[0]
        if shift not in {9, 12}:
            raise self._damaged()
        self.size = 1 << shift
        directory, _, self.cutoff, mini_fat, _, difat, _ = struct.unpack_from("<7I", self.data, 48)
        blocks = [n for n in struct.unpack_from("<109I", self.data, 76) if n < _END]
        seen: set[int] = set()
        while difat < _END:
            if difat in seen:
                raise self._damaged()
            seen.add(difat)
            *more, difat = self._numbers(self._sector(difat))
            blocks.extend(n for n in more if n < _END)
        if len(blocks) * self.size > 8 * len(self.data) // self.size + 64 * self.size:
            raise self._damaged()
        self.fat = [n for block in blocks for n in self._numbers(self._sector(block))]
        self.entries = self._directory(self._sectors(directory))
        self.mini_fat = self._numbers(self._sectors(mini_fat)) if mini_fat < _END else ()
        self.mini = self._sectors(self.root) if self.root < _END else b""

    def _directory(self, content: bytes) -> dict[str, tuple[int, int]]:
        """Start and size of each stream of the uppermost storage."""
        entries: dict[str, tuple[int, int]] = {}
        self.root, child = struct.unpack_from("<I", content, 116)[0], struct.unpack_from("<I", content, 76)[0]
        waiting, seen = [child], {0}
        while waiting:
            number = waiting.pop()
            if number >= _END:
                continue
            if number in seen:
                raise self._damaged()
            seen.add(number)
            length, kind, _, *beside = struct.unpack_from("<HBBII", content, number * 128 + 64)
            waiting.extend(beside)
            title = content[number * 128 : number * 128 + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                entries[title] = struct.unpack_from("<II", content, number * 128 + 116)
        return entries

    def _sector(self, number: int) -> bytes:
        """One sector; the last may be short in the file."""
        sector = self.data[(number + 1) * self.size : (number + 2) * self.size]
        if not sector:
            raise self._damaged()
        return sector.ljust(self.size, b"\0")

    def _sectors(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, self.fat))

    def _chain(self, start: int, table: tuple[int, ...] | list[int]) -> list[int]:
        """Numbers of the sectors of a stream; a chain that leaves the file or turns in a circle is damage."""
        chain: list[int] = []
        while start < _END:
            if start >= len(table) or len(chain) > len(table):
                raise self._damaged()
            chain.append(start)
            start = table[start]
        return chain

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _damaged(self) -> DocumentError:
        return DocumentError("damaged or truncated Office file", self.name)


def compound_of(streams: Mapping[str, bytes]) -> bytes:
    """A plain compound file of these streams, so that a library reads just what was checked. Short ones are padded."""
    contents = [content.ljust(_SMALL, b"\0") for content in streams.values()]
    entries = [_entry("Root Entry", _ROOT, _LAST, 0, child=1)]
    sectors = [b""] * -(-(len(streams) + 1) // 4)
    fat = [*range(1, len(sectors)), _LAST]
    for index, (name, content) in enumerate(zip(streams, contents, strict=True), 1):
        beside = index + 1 if index < len(streams) else _FREE
        entries.append(_entry(name, _STREAM, len(sectors), len(content), beside=beside))
        pieces = _cut(content)
        fat += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _LAST]
        sectors += pieces
    for index, sector in enumerate(_cut(b"".join(entries))):
        sectors[index] = sector
    return _assembled(sectors, fat)


def _assembled(sectors: Sequence[bytes], fat: list[int]) -> bytes:
    """Header, sectors, and the tables that chain them; places of tables beyond 109 go to sectors of their own."""
    tables = -(-len(fat) // 126) + 1
    more = max(0, -(-(tables - 109) // 127))
    first = len(sectors)
    fat = [*fat, *([_TABLE] * tables), *([_MORE] * more)]
    fat += [_FREE] * (tables * 128 - len(fat))
    places = [*range(first, first + tables)]
    header = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, 0, 0, _SMALL, _LAST, 0, first + tables if more else _LAST, more)
    out = [header, _numbers(places[:109], 109), *sectors, _numbers(fat, len(fat))]
    for index in range(more):
        following = first + tables + index + 1 if index + 1 < more else _LAST
        out += [_numbers(places[109 + 127 * index : 236 + 127 * index], 127), struct.pack("<I", following)]
    return b"".join(out)


def _numbers(numbers: Sequence[int], count: int) -> bytes:
    return struct.pack(f"<{count}I", *numbers, *([_FREE] * (count - len(numbers))))


def _cut(content: bytes) -> list[bytes]:
    return [content[n : n + 512].ljust(512, b"\0") for n in range(0, len(content), 512)]


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, beside: int = _FREE) -> bytes:
    """An entry of the directory. Names stand as a list, each with the next to its right."""
    title = name.encode("utf-16-le")
    numbers = struct.pack("<HBBIII", len(title) + 2, kind, 1, _FREE, beside, child)
    return title.ljust(64, b"\0") + numbers + bytes(36) + struct.pack("<IQ", start, size)
