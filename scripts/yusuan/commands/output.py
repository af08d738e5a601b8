"""Files that verbs write: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yusuan.errors import PackageError


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write text as UTF-8; the file is replaced once all of it is there. Raises PackageError where it cannot be."""
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(pieces)
        partial.replace(path)
    except OSError as error:
        raise PackageError(f"cannot be written: {error.strerror}", str(path)) from None
