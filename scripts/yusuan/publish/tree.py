"""A tree of files written beside its place and swapped in: at any moment the old tree or the new one is there."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yusuan.errors import YusuanError

MARK = ".yusuan-site"
"""A file in every tree of ours. A folder without it is somebody else's and is not replaced."""

_AT_FDCWD = -100
_LINUX_EXCHANGE = 2
_MACOS_SWAP = 2


class TreeError(YusuanError):
    """The place of a tree cannot be written or replaced."""


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Gives an empty folder beside `target`; when the block ends well, it takes the place of `target` in one step.

    When the block fails, or the process is killed, `target` is what it was. Folders that a killed run left
    beside it are removed by the next. Raises TreeError where `target` is a file or a folder that is not ours.
    """
    target = target.absolute()
    _refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _recover(target)
    partial = Path(tempfile.mkdtemp(prefix=f".{target.name}.partial-{os.getpid()}-", dir=target.parent))
    partial.chmod(0o755)
    try:
        yield partial
        (partial / MARK).write_bytes(b"This folder is written by `yusuan publish`, which replaces it as a whole.\n")
        _swap(partial, target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise TreeError("a file stands where the site should go; name a folder", str(target))
    if any(target.iterdir()) and not (target / MARK).is_file():
        raise TreeError(
            "the folder holds something that is not a site of yusuan; name a new or an empty one", str(target)
        )


def _recover(target: Path) -> None:
    """Clear what killed runs left; where one died between two renames, its old tree goes back."""
    aside = target.with_name(f".{target.name}.old")
    if aside.is_dir() and not target.exists():
        aside.rename(target)
    leftovers = [*target.parent.glob(f".{target.name}.partial-*"), aside]
    for folder in leftovers:
        if folder == aside or not _alive(folder.name.removeprefix(f".{target.name}.partial-").partition("-")[0]):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: str) -> bool:
    """Whether a process of that number runs; two runs at a time do not clear each other's folder."""
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _swap(new: Path, target: Path) -> None:
    """Put `new` in the place of `target`; afterwards `new` is the old tree, or is gone."""
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        aside = target.with_name(f".{target.name}.old")
        target.rename(aside)
        new.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one system call; False where the system has none."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    one, other = os.fsencode(first), os.fsencode(second)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library is not None and library.renamex_np(one, other, _MACOS_SWAP) == 0)
    if library is not None and hasattr(library, "renameat2"):
        return bool(library.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _LINUX_EXCHANGE) == 0)
    return False
