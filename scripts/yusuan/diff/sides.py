"""One side of a comparison: a folder, a git revision or a release archive, opened as a package."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from yusuan.errors import PackageError
from yusuan.package import DESCRIPTOR, Package, open_package

MOST_BYTES = 64 << 30
"""Bytes an archive may unpack to."""

MOST_RATIO = 400
"""How many times its own size an archive may unpack to; packages shrink about thirtyfold."""


@dataclass(frozen=True)
class Side:
    """A package under the name it was called by; `version` is that of its data."""

    name: str
    package: Package

    @property
    def version(self) -> str:
        """Version of the data, empty where the package states none."""
        return str(self.package.descriptor.get("version", ""))


@contextmanager
def open_side(name: str, here: Path) -> Iterator[Side]:
    """The package that `name` means: a folder, an archive (.zip, .whl, .tar, .tar.gz, .tgz), else a git revision.

    Revisions are those of the repository that holds the package at `here`; `git:NAME` is always one. What is not a
    folder is unpacked beside the system's other temporary files while the side is open. Raises PackageError.
    """
    if not name:
        raise PackageError("a side of the comparison has no name; give a folder, an archive or a git revision")
    path = Path(name)
    if path.is_dir():
        yield Side(name, open_package(path))
        return
    with TemporaryDirectory(prefix="yusuan-diff-") as folder:
        root = Path(folder)
        if path.is_file():
            _unpack(path, root)
        else:
            _check_out(name.removeprefix("git:"), here, root)
        yield Side(name, open_package(root))


@contextmanager
def open_earlier(revision: str, here: Path) -> Iterator[Package | None]:
    """The package at `here` as it was at a git revision, a folder or an archive; None where it was not there yet.

    It was not there where its repository has no commit, where the revision has no package, or where the revision is
    all zeros, as git names what comes before everything. Raises PackageError.
    """
    if not Path(revision).exists() and not _was_there(revision.removeprefix("git:"), here):
        yield None
        return
    with open_side(revision, here) as side:
        yield side.package


def folder_in_repository(here: Path) -> str:
    """The folder from the top of its git repository, with a slash at its end; empty at the top or in no repository."""
    try:
        return _git(here, "rev-parse", "--show-prefix").decode().rstrip("\n") if shutil.which("git") else ""
    except PackageError:
        return ""


def _was_there(revision: str, here: Path) -> bool:
    """Whether a revision has a package; what is no revision, or cannot be looked up, is for others to say."""
    if revision and not revision.strip("0") and len(revision) >= 40:
        return False
    if not shutil.which("git"):
        return True
    try:
        if not _git(here, "rev-list", "--all", "--max-count=1").strip():
            return False
    except PackageError:
        return True
    try:
        commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        prefix = _git(here, "rev-parse", "--show-prefix").decode().rstrip("\n")
    except PackageError:
        return True
    return bool(_git(here, "ls-tree", "--full-tree", commit.decode().strip(), "--", f"{prefix}{DESCRIPTOR}").strip())


def _wanted(descriptor: bytes, place: str) -> Callable[[str], bool]:
    """Whether a file of a package is needed: its tables, their schemas, its rules."""
    try:
        resources = json.loads(descriptor.decode("utf-8"))["resources"]
        paths = {str(PurePosixPath(item[key])) for item in resources for key in ("path", "schema") if key in item}
    except (ValueError, KeyError, TypeError) as error:
        raise PackageError(f"not a data package: {error}", place) from None
    return lambda name: name in paths or name == DESCRIPTOR or name.startswith("schemas/")


# --- archives ---------------------------------------------------------------------------------------------------


def _unpack(path: Path, root: Path) -> None:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                sizes = {item.filename: item.file_size for item in archive.infolist() if not item.is_dir()}
                _extract(path, root, sizes, lambda name: archive.open(name))
        elif tarfile.is_tarfile(path):
            with tarfile.open(path) as tar:
                members = {member.name: member for member in tar.getmembers() if member.isfile()}
                sizes = {name: member.size for name, member in members.items()}
                _extract(path, root, sizes, lambda name: _opened(tar.extractfile(members[name])))
        else:
            raise PackageError("not a folder, a zip or a tar archive", str(path))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, RuntimeError) as error:
        raise PackageError(f"the archive cannot be read: {error}", str(path)) from None


def _opened(stream: IO[bytes] | None) -> IO[bytes]:
    return stream if stream is not None else io.BytesIO()


def _extract(path: Path, root: Path, sizes: dict[str, int], read: Callable[[str], IO[bytes]]) -> None:
    """Write the package's files under `root`; the package is where the descriptor lies least deep."""
    found = [name for name in sizes if PurePosixPath(name).name == DESCRIPTOR]
    if not found:
        raise PackageError(f"no {DESCRIPTOR} in the archive", str(path))
    descriptor = min(found, key=lambda name: (name.count("/"), name))
    if sizes[descriptor] > 1 << 24:
        raise PackageError(f"{DESCRIPTOR} is larger than 16 MiB", str(path))
    prefix = descriptor.removesuffix(DESCRIPTOR)
    with read(descriptor) as stream:
        wanted = _wanted(stream.read(), f"{path}/{descriptor}")
    chosen = {name: name.removeprefix(prefix) for name in sizes if name.startswith(prefix)}
    chosen = {name: inner for name, inner in chosen.items() if wanted(inner) and ".." not in PurePosixPath(inner).parts}
    total = sum(sizes[name] for name in chosen)
    if total > MOST_BYTES or total > MOST_RATIO * path.stat().st_size + (1 << 20):
        raise PackageError(f"it would unpack to {total} bytes, too many for its size", str(path))
    for name, inner in chosen.items():
        target = root / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        with read(name) as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)


# --- revisions --------------------------------------------------------------------------------------------------


def _check_out(name: str, here: Path, root: Path) -> None:
    """The package's files as they are at a revision, written under `root`."""
    if not shutil.which("git"):
        raise PackageError(f"no such folder or archive, and git is not installed to look for a revision {name!r}")
    try:
        prefix = _git(here, "rev-parse", "--show-prefix").decode().rstrip("\n")
    except PackageError:
        raise PackageError(f"no folder or archive of this name, and {here} is in no git repository", name) from None
    try:
        commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except PackageError:
        raise PackageError("no folder, archive or git revision of this name", name) from None
    revision = commit.decode().strip()
    try:
        descriptor = _git(here, "cat-file", "blob", f"{revision}:{prefix}{DESCRIPTOR}")
    except PackageError:
        raise PackageError(f"no {DESCRIPTOR} at this revision", f"{name}:{prefix}") from None
    wanted = _wanted(descriptor, f"{name}:{prefix}{DESCRIPTOR}")
    listing = _git(here, "ls-tree", "-r", "-z", "--full-tree", revision)
    _write_blobs(here, root, list(_blobs(listing, prefix, wanted)))


def _blobs(listing: bytes, prefix: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Object and path in the package of each file needed; links are left out."""
    for entry in listing.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = entry.partition("\t")
        if about.startswith("100") and path.startswith(prefix) and wanted(path.removeprefix(prefix)):
            yield about.split()[2], path.removeprefix(prefix)


def _write_blobs(here: Path, root: Path, blobs: Sequence[tuple[str, str]]) -> None:
    """The bytes as they were committed: no filter, no line-end conversion."""
    command = ["git", "-C", str(here), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_clean()) as process:
        assert process.stdin is not None and process.stdout is not None
        for blob, path in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            left = int(process.stdout.readline().split()[2])
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while left:
                    piece = process.stdout.read(min(left, 1 << 20))
                    if not piece:
                        raise PackageError("git stopped while it gave this file", path)
                    out.write(piece)
                    left -= len(piece)
            process.stdout.readline()


def _git(here: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(here), *arguments], capture_output=True, check=False, env=_clean())
    if done.returncode:
        raise PackageError(done.stderr.decode("utf-8", "replace").strip() or "git failed", " ".join(arguments))
    return done.stdout


def _clean() -> dict[str, str]:
    """The environment without what a hook of git sets: the repository is the one that holds the package."""
    return {key: value for key, value in os.environ.items() if key not in {"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"}}
