"""Limits of our own, set before any library opens a file: what is too large, too deep, locked or cut off."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Sequence
from xml.parsers import expat
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from yusuan.errors import DocumentError

MIB = 1024 * 1024
MOST_ENTRIES = 5_000
"""Files in one zip."""
LARGEST_PART = 100 * MIB
"""Bytes of one unpacked file of a zip."""
LARGEST_WHOLE = 300 * MIB
"""Bytes of all unpacked files of a zip."""
HIGHEST_RATIO = 200
"""How many times its packed size an unpacked file of more than ten mebibytes may be."""
MOST_CELLS = 500_000
"""Rows times columns of one table."""
MOST_SHEETS = 500
"""Sheets of one workbook."""
MOST_TEXT = 100_000_000
"""Characters of all cells of a workbook, a shared text counted wherever it is used."""
WIDEST_SPAN = 1_000
"""Columns one cell may cover, as in HTML."""
TALLEST_SPAN = 65_534
"""Rows one cell may cover, as in HTML."""
LARGEST_PAGE = 50 * MIB
"""Bytes of a web page."""

_CHUNK = 65_536
_XML_PART = re.compile(r"\.(?:xml|rels|vml)$", re.I)
_SPAN = re.compile(r"\s*\+?([0-9]+)")


def part_names(data: bytes, name: str) -> list[str]:
    """Names of the files in a zip. Raises DocumentError where it is damaged, locked or would unpack too large."""
    with _open(data, name) as archive:
        return [entry.filename for entry in archive.infolist()]


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The files of a zip, in its order, checked. No XML file among them declares a document type or entities."""
    parts: dict[str, bytes] = {}
    with _open(data, name) as archive:
        for entry in archive.infolist():
            try:
                parts[entry.filename] = archive.read(entry)
            except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, struct.error, ValueError) as error:
                raise DocumentError(f"damaged or truncated: {entry.filename} ({type(error).__name__})", name) from None
    for part, content in parts.items():
        if _XML_PART.search(part):
            check_xml(content, part, name)
    return parts


def pack(parts: dict[str, bytes]) -> bytes:
    """A plain zip of checked files, so that a library reads just what was checked."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(ZipInfo(part), content)
    return out.getvalue()


def check_xml(content: bytes, part: str, name: str) -> None:
    """Raise DocumentError where an XML file declares a document type (and so entities), or is no XML."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise DocumentError(f"declares a document type or entities, which no office file does: {part}", name)

    def stop(*_: object) -> None:
        raise StopIteration

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        for start in range(0, len(content), _CHUNK):
            parser.Parse(content[start : start + _CHUNK], False)
        parser.Parse(b"", True)
    except StopIteration:
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError(f"damaged: {part} is not XML ({error})", name) from None


def column_span(text: str | None, name: str) -> int:
    """The number of columns a cell says it covers; one where it says nothing of use."""
    return _span(text, WIDEST_SPAN, "columns", name)


def row_span(text: str | None, name: str) -> int:
    """The number of rows a cell says it covers; one where it says nothing of use."""
    return _span(text, TALLEST_SPAN, "rows", name)


def check_area(rows: int, columns: int, place: str) -> None:
    """Raise DocumentError where a table has more cells than are read."""
    if rows * columns > MOST_CELLS:
        raise DocumentError(f"a table of {rows} rows and {columns} columns; at most {MOST_CELLS} cells are read", place)


def check_count(count: int, most: int, what: str, place: str) -> None:
    """Raise DocumentError where there are more of something than are read."""
    if count > most:
        raise DocumentError(f"{count} {what}; at most {most} are read", place)


def _open(data: bytes, name: str) -> ZipFile:
    check_count(data.count(b"PK\x01\x02"), 2 * MOST_ENTRIES, "files in the zip", name)
    try:
        archive = ZipFile(io.BytesIO(data))
    except (BadZipFile, OSError, NotImplementedError, struct.error, ValueError) as error:
        raise DocumentError(f"damaged or truncated zip ({error})", name) from None
    _check_entries(archive.infolist(), name)
    return archive


def _check_entries(entries: Sequence[ZipInfo], name: str) -> None:
    check_count(len(entries), MOST_ENTRIES, "files in the zip", name)
    seen: set[str] = set()
    for entry in entries:
        part = entry.filename
        if entry.flag_bits & 0x1:
            raise DocumentError("protected by a password; save it without one", name)
        if part.replace("\\", "/").lower() in seen:
            raise DocumentError(f"damaged: {part} is in the zip twice", name)
        seen.add(part.replace("\\", "/").lower())
        check_count(entry.file_size, LARGEST_PART, f"bytes in {part}", name)
        if entry.file_size > 10 * MIB and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size):
            raise DocumentError(
                f"{part} unpacks to {entry.file_size // max(1, entry.compress_size)} times its size, as in a zip bomb;"
                f" at most {HIGHEST_RATIO} is read",
                name,
            )
    check_count(sum(entry.file_size for entry in entries), LARGEST_WHOLE, "bytes in the zip", name)


def _span(text: str | None, most: int, what: str, name: str) -> int:
    found = _SPAN.match(text or "")
    if found is None:
        return 1
    digits = found.group(1).lstrip("0")
    if len(digits) > 9 or int(digits or "1") > most:
        raise DocumentError(f"a cell over {digits[:12]} {what}; at most {most} are read", name)
    return int(digits or "1")
