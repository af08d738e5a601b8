"""A file opened by what it holds, not by its name: bytes to a Document, within limits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from yusuan.errors import DocumentError, MissingExtraError
from yusuan.read.compound import MAGIC, Compound
from yusuan.read.grid import Block, Document
from yusuan.read.limits import part_names

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file read."""

Reader = Callable[[bytes, str], list[Block]]


@dataclass(frozen=True)
class Format:
    """A format that is read: what a person calls it, and the function that reads it."""

    title: str
    media_type: str
    module: str
    function: str
    suffixes: frozenset[str]
    """Names files of this format go by. Many a .doc or .xls of a public office is a web page or another format."""


PDF = Format("a PDF", "application/pdf", "from_pdf", "read_pdf", frozenset({".pdf"}))
DOCX = Format(
    "a Word document (docx)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "from_docx", "read_docx", frozenset({".docx", ".docm", ".doc", ".wps"}),
)  # fmt: skip
XLSX = Format(
    "a workbook (xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "from_sheet", "read_sheet", frozenset({".xlsx", ".xlsm", ".xls", ".et"}),
)  # fmt: skip
DOC = Format(
    "an old Word document (doc)", "application/msword", "from_doc", "read_doc", frozenset({".doc", ".wps", ".dot"})
)
XLS = Format(
    "an old workbook (xls)", "application/vnd.ms-excel", "from_sheet", "read_sheet", frozenset({".xls", ".et"})
)
RTF = Format("an RTF document", "application/rtf", "from_doc", "read_doc", frozenset({".rtf", ".doc", ".wps"}))
WORD_XML = Format("a Word 2003 XML document", "application/msword", "from_doc", "read_doc", frozenset({".doc", ".xml"}))
HTML = Format("a web page", "text/html", "from_html", "read_html", frozenset({".html", ".htm", ".doc", ".xls"}))
TEXT = Format("a plain text", "text/plain", "from_txt", "read_txt", frozenset({".txt", ".html", ".htm"}))
_FORMATS = (PDF, DOCX, XLSX, DOC, XLS, RTF, WORD_XML, HTML, TEXT)

_HEAD = 16_384
_PAGE = re.compile(rb"<(?:!doctype\s+html|(?:html|head|meta|body|table|div|p|font|h[1-6])[\s>])", re.I)


def open_document(path: Path) -> Document:
    """Read one file. Raises DocumentError where it is missing, empty, too large or of no known format."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise DocumentError("not a file", str(path))
        if size > LARGEST:
            raise DocumentError(f"{size} bytes; at most {LARGEST} are read", str(path))
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror}", str(path)) from None
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError("empty file", str(path))
    found = _sniff(data, str(path))
    _check_name(found, path)
    try:
        read: Reader = getattr(import_module(f"yusuan.read.{found.module}"), found.function)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"reading {found.media_type} needs {error.name}; install it with: pip install 'yusuan[read]'", str(path)
        ) from None
    blocks = read(data, str(path))
    return Document(path.name, hashlib.sha256(data).hexdigest(), found.media_type, tuple(blocks))


def _check_name(found: Format, path: Path) -> None:
    """Raise DocumentError where the name promises one format and the content is another."""
    suffix = path.suffix.lower()
    if suffix in found.suffixes or not any(suffix in known.suffixes for known in _FORMATS):
        return
    if found is TEXT:
        raise DocumentError(f"named {suffix} but is not: damaged, or of another format", str(path))
    raise DocumentError(f"named {suffix} but holds {found.title}; name it for what it is", str(path))


def _sniff(data: bytes, name: str) -> Format:
    """The format by the first bytes and by what a container holds; a text where nothing else is told."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(part_names(data, name), name)
    if head.startswith(MAGIC):
        return _compound(Compound(data, name), name)
    if head.startswith(b"{\\rtf"):
        return RTF
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    return _marked_up(head, name)


def _zipped(parts: list[str], name: str) -> Format:
    if any(part.startswith("word/") for part in parts):
        return DOCX
    if "xl/workbook.bin" in parts:
        raise DocumentError("a binary workbook (xlsb); save it as xlsx", name)
    if any(part.startswith("xl/") for part in parts):
        return XLSX
    if "OFD.xml" in parts:
        raise DocumentError("an OFD document; convert it to PDF", name)
    if "content.xml" in parts:
        raise DocumentError("an OpenDocument file; save it as docx or xlsx", name)
    raise DocumentError("an archive (zip), not a document; unpack it first", name)


def _compound(file: Compound, name: str) -> Format:
    if "EncryptedPackage" in file:
        raise DocumentError("protected by a password; save it without one", name)
    if "WordDocument" in file:
        return DOC
    if "Workbook" in file or "Book" in file:
        return XLS
    if "PowerPoint Document" in file:
        raise DocumentError("slides (ppt), not a document", name)
    raise DocumentError("an Office file without a document or a workbook in it", name)


def _marked_up(head: bytes, name: str) -> Format:
    if b"schemas.microsoft.com/office/word/2003" in head or b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return WORD_XML
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise DocumentError("an Excel 2003 XML workbook; save it as xlsx", name)
    if head[:400].lower().startswith(b"mime-version:") or b"multipart/related" in head[:400].lower():
        raise DocumentError("a web archive (mht); save it as a web page or docx", name)
    return HTML if head.startswith(b"<") and _PAGE.search(head) else TEXT
