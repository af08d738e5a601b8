"""Records that two CSV files do not share, found without parsing what they do share.

Files of a package are sorted, so the two run side by side and equal stretches are passed over as bytes. A record that
is left on both sides (the files being in another order, say) is no error: what is left is joined by key afterwards.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

BLOCK = 1 << 16
"""Bytes compared at once where the files agree; a longer record is compared by itself."""

RELEASE = 1 << 24
"""Bytes given back to the system at once behind the place that was reached; a multiple of any page."""

Data = mmap.mmap | bytes


class _Cursor:
    """A place in a file of records: byte offset and line, both at the start of a record."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.size = len(data)
        self.offset = 0
        self.line = 1
        self.released = 0

    def record(self) -> bytes:
        """The record here with its line end; a quoted cell may hold line ends of its own."""
        start, end = self.offset, self.data.find(b"\n", self.offset) + 1
        quotes = 0
        while end:
            quotes += self.data[start:end].count(b'"')
            if quotes % 2 == 0:
                return self.data[self.offset : end]
            start, end = end, self.data.find(b"\n", end) + 1
        return self.data[self.offset : self.size]

    def move(self, passed: bytes) -> None:
        """Go past these bytes, which are whole records."""
        self.offset += len(passed)
        self.line += passed.count(b"\n")
        if (
            self.offset - self.released > RELEASE
            and isinstance(self.data, mmap.mmap)
            and hasattr(mmap, "MADV_DONTNEED")
        ):
            self.data.madvise(mmap.MADV_DONTNEED, self.released, RELEASE)
            self.released += RELEASE

    def write(self, record: bytes, out: IO[bytes]) -> None:
        """Write a record with its line number before it, and go past it."""
        out.write(b"%d," % self.line)
        out.write(record if record.endswith(b"\n") else record + b"\n")
        self.move(record)


def remainder(old: Path, new: Path, old_out: Path, new_out: Path, block: int = BLOCK) -> None:
    """Write to `old_out` and `new_out` the records of each file that the other lacks, their line number put first.

    The header is left out of both. Memory is that of a few blocks.
    """
    with _mapped(old) as old_data, _mapped(new) as new_data, old_out.open("wb") as was, new_out.open("wb") as now:
        one, two = _Cursor(old_data), _Cursor(new_data)
        one.move(one.record())
        two.move(two.record())
        while one.offset < one.size and two.offset < two.size:
            if run := _shared_run(one, two, block):
                one.move(run)
                two.move(run)
            else:
                _merge(one, two, was, now, block)
        for cursor, out in ((one, was), (two, now)):
            while cursor.offset < cursor.size:
                cursor.write(cursor.record(), out)


def _shared_run(one: _Cursor, two: _Cursor, block: int) -> bytes:
    """Whole records that stand next in both files, or nothing."""
    run = one.data[one.offset : one.offset + block]
    if run != two.data[two.offset : two.offset + block]:
        return b""
    if one.size - one.offset == two.size - two.offset == len(run):
        return run
    end = run.rfind(b"\n") + 1
    while end and run[:end].count(b'"') & 1:
        end = run.rfind(b"\n", 0, end - 1) + 1
    return run[:end]


def _merge(one: _Cursor, two: _Cursor, was: IO[bytes], now: IO[bytes], block: int) -> None:
    """Go record by record through about one block: by their first cells, and by all they say where these are equal."""
    until = one.offset + block, two.offset + block
    while one.offset < min(until[0], one.size) and two.offset < min(until[1], two.size):
        a, b = one.record(), two.record()
        if a == b:
            one.move(a)
            two.move(b)
            continue
        if (_key(a), a) < (_key(b), b):
            one.write(a, was)
        else:
            two.write(b, now)


def _key(record: bytes) -> bytes:
    """The first cell, which leads the order of the file; a quoted one without its quotes."""
    if record.startswith(b'"'):
        end = record.find(b'"', 1)
        while record[end + 1 : end + 2] == b'"':
            end = record.find(b'"', end + 2)
        return record[1:end].replace(b'""', b'"')
    return record[: record.find(b",")]


@contextmanager
def _mapped(path: Path) -> Iterator[Data]:
    """The bytes of a file, mapped rather than read; an empty file cannot be mapped."""
    if not path.stat().st_size:
        yield b""
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data
