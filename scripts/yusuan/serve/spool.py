"""An answer between the worker that writes it fast and the client that may read it slowly."""

from __future__ import annotations

import asyncio
import os
import tempfile
from typing import IO

from yusuan.serve.limits import MIB, Limits

_PIECE = 64 * 1024


class SpoolRoom:
    """How much disk all spooled answers together take."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.spool_bytes
        self.hold = limits.hold_bytes


class Spool:
    """Bytes in order: a little in memory, the rest in a file without a name. One writer, one reader."""

    def __init__(self, room: SpoolRoom) -> None:
        self._room = room
        self._start = bytearray()
        self._file: IO[bytes] | None = None
        self._written = 0
        self._read = 0
        self._news = asyncio.Event()
        self.done = False
        self.cut = ""

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return len(self._start) + self._written

    @property
    def hold(self) -> int:
        """Bytes up to which an answer is held until it is whole."""
        return self._room.hold

    def write(self, data: bytes) -> bool:
        """Add bytes; False, and nothing added, where there is no room left on disk for them."""
        if self._file is None and len(self._start) + len(data) <= self._room.hold:
            self._start += data
        else:
            if len(data) > self._room.left:
                return False
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="yusuan-answer-", buffering=0)  # noqa: SIM115 - see close
            self._room.left -= len(data)
            os.pwrite(self._file.fileno(), data, self._written)
            self._written += len(data)
        self._news.set()
        return True

    def finish(self, cut: str = "") -> None:
        """No more bytes come; `cut` says why, where the answer is not whole."""
        self.done, self.cut = True, cut
        self._news.set()

    async def grown(self, size: int) -> None:
        """Wait until there are more than `size` bytes, or no more come."""
        while not self.done and self.size <= size:
            self._news.clear()
            await self._news.wait()

    async def read(self) -> bytes:
        """The next bytes; none at the end."""
        await self.grown(self._read)
        if self._read < len(self._start):
            data = bytes(self._start[self._read : self._read + MIB])
        elif self._file is not None:
            data = os.pread(self._file.fileno(), _PIECE, self._read - len(self._start))
        else:
            data = b""
        self._read += len(data)
        return data

    def close(self) -> None:
        """Give the room back."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._room.left += self._written
