"""A file opened by what it holds, not by its name: bytes to a Document, within limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from yusuan.errors import DocumentError, MissingExtraError
from yusuan.read.grid import Block, Document

LARGEST = 200 * 1024 * 1024
"""Bytes of the largest file read."""

Reader = Callable[[bytes, str], list[Block]]


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
    if not data.strip():
        raise DocumentError("empty file", str(path))
    media_type, module, function = _sniff(data)
    try:
        read: Reader = getattr(import_module(f"yusuan.read.{module}"), function)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"reading {media_type} needs {error.name}; install it with: pip install 'yusuan[read]'", str(path)
        ) from None
    blocks = read(data, str(path))
    return Document(path.name, hashlib.sha256(data).hexdigest(), media_type, tuple(blocks))


def _sniff(data: bytes) -> tuple[str, str, str]:
    """Media type, module and function by the first bytes."""
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF-"):
        return "application/pdf", "from_pdf", "read_pdf"
    return "text/plain", "from_txt", "read_txt"
