"""Whether a CSV file is plain, so that every reader gets the same cells from it.

Plain is what RFC 4180 says and nothing more: the header as expected, line ends all LF or all CRLF, no blank line,
quotes only around a whole cell and doubled inside it, no NUL. On anything else readers differ. That the bytes are UTF-8
is left to who reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_QUOTE, _COMMA, _LF, _CR = b'",\n\r'
CHUNK = 96 << 10
"""Bytes looked at in one go: as many as stay in a core's cache, in arrays too small to be given back to the system."""


def count_records(path: Path, fields: Iterable[str]) -> int | None:
    """Rows below the header of a plain CSV file with exactly these columns; None for any other file.

    Commas are counted over all rows together: a row with too few cells is left to the reader to refuse.
    """
    names = tuple(fields)
    try:
        with path.open("rb") as file:
            head = file.readline()
            end = b"\r\n" if head.endswith(b"\r\n") else b"\n"
            if head != ",".join(names).encode() + end or b'"' in head:
                return None
            return _count(_chunks(file), end, len(names) - 1)
    except OSError:
        return None


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """The rest of a file in pieces that end with LF, but for the last, where the file does not."""
    while chunk := file.read(CHUNK):
        yield chunk if chunk.endswith(b"\n") else chunk + file.readline()


def _count(chunks: Iterable[bytes], end: bytes, commas_a_row: int) -> int | None:
    rows = commas = 0
    inside = False
    for chunk in chunks:
        if b"\0" in chunk:
            return None
        found = _with_quotes(chunk, end, inside) if inside or b'"' in chunk else _bare(chunk, end)
        if found is None or (commas_a_row == 0 and _blank(chunk)):
            return None
        rows += found[0] + (not chunk.endswith(b"\n"))
        commas += found[1]
        inside = found[2]
    return None if inside or commas != commas_a_row * rows else rows


def _bare(chunk: bytes, end: bytes) -> tuple[int, int, bool] | None:
    """Line ends and commas of a piece without quotes, and that it ends outside of quotes."""
    ends = chunk.count(b"\n")
    returns = ends if end == b"\r\n" else 0
    if chunk.count(b"\r") != returns or (returns and chunk.count(end) != ends):
        return None
    return ends, chunk.count(b","), False


def _blank(chunk: bytes) -> bool:
    """Whether a line may be blank. With more than one column a blank line is one row too few for DuckDB."""
    return chunk.startswith((b"\n", b"\r")) or b"\n\n" in chunk or b"\n\r" in chunk


def _with_quotes(chunk: bytes, end: bytes, inside: bool) -> tuple[int, int, bool] | None:
    """Line ends and commas outside of quotes, and whether the piece ends inside; None where it is not plain.

    What is inside is known by parity: eight bytes of the piece are eight bits of a byte, and a table has the running
    parity of every byte there is.
    """
    import numpy as np

    parity = _parity()
    data = np.frombuffer(b"\n" + chunk + b"\n", dtype=np.uint8)  # a neighbour for the first byte and for the last
    is_quote = data == _QUOTE
    if not _in_place(data, np.flatnonzero(is_quote), inside):
        return None
    running = parity[np.packbits(is_quote)]
    before = np.bitwise_xor.accumulate(running & 1)
    within = running ^ np.concatenate(([inside], before[:-1] ^ inside)).astype(np.uint8) * 255

    def outside(byte: int) -> NDArray[np.uint8]:
        """Where a byte stands outside of quotes: bits."""
        return np.packbits(data == byte) & ~within

    feeds, commas = outside(_LF), outside(_COMMA)
    ends_inside = bool(before[-1] ^ inside)
    ends = _ones(feeds) - (not inside) - (not ends_inside)
    if end == b"\r\n" or b"\r" in chunk:
        returns = outside(_CR)
        pairs = np.packbits(np.unpackbits(returns)[:-1] & np.unpackbits(feeds)[1:])
        if not _ones(returns) == _ones(pairs) == (ends if end == b"\r\n" else 0):
            return None
    return ends, _ones(commas), ends_inside


def _ones(bits: NDArray[np.uint8]) -> int:
    import numpy as np

    return int(np.bitwise_count(bits).sum())


@cache
def _parity() -> NDArray[np.uint8]:
    """For every byte, its running parity: bit k is whether the bits up to k, from the highest, are odd in number."""
    import numpy as np

    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)
    return np.packbits(np.bitwise_xor.accumulate(bits, axis=1), axis=1)[:, 0]


def _in_place(data: NDArray[np.uint8], quotes: NDArray[np.intp], inside: bool) -> bool:
    """Whether every cell that is quoted begins after a comma or a line end and ends before one."""
    before = data[quotes[inside::2] - 1].tobytes()
    after = data[quotes[not inside :: 2] + 1].tobytes()
    return not before.translate(None, b',\n"') and not after.translate(None, b',\n\r"')
