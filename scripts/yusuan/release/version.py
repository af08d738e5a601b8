"""Which release this is, and which came before it: the data have a version and a tag of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from yusuan.errors import YusuanError
from yusuan.package import DESCRIPTOR, Package

DATA, CODE = "data-", "v"
"""How the tags of releases begin: `data-2026.11.0`, `v0.1.0`."""

_VERSION = re.compile(r"[0-9]+(\.[0-9]+){2}([-+][0-9A-Za-z.-]+)?")


class ReleaseError(YusuanError):
    """A release that cannot be made as things stand."""


def version_of(package: Package) -> str:
    """The version of a package's data, as its descriptor states it. Raises ReleaseError."""
    version = str(package.descriptor.get("version", ""))
    if not _VERSION.fullmatch(version):
        raise ReleaseError(
            f"a version of three numbers is wanted, as 2026.11.0, not {version!r}", str(package.root / DESCRIPTOR)
        )
    return version


def own_tag(version: str) -> str:
    """The tag of the release of that version of the data."""
    return DATA + version


def hold_tag(tag: str, version: str, code: str, unreleased: bool, place: str) -> None:
    """Raise ReleaseError where the tag is not that of this data or this code, or the changelog has no name for it."""
    if tag not in {own_tag(version), CODE + code}:
        raise ReleaseError(f"the tag {tag} is neither {own_tag(version)} nor {CODE + code}: raise the version it names")
    if unreleased:
        raise ReleaseError("the newest section is still called Unreleased; name it for the release", place)


def earlier_tag(here: Path, version: str) -> str:
    """The newest release of data before this version, among the ancestors of HEAD; empty where there is none."""
    tags = _tags(here, "--merged", "HEAD")
    return next((tag for tag in tags if tag != own_tag(version)), "")


def tag_is_known(here: Path, version: str) -> bool:
    """Whether a release of this very version of the data has been made."""
    return own_tag(version) in _tags(here)


def _tags(here: Path, *which: str) -> list[str]:
    """Tags of releases of data, the newest first; none outside of a repository or before its first commit."""
    if not shutil.which("git"):
        return []
    command = ["git", "-C", str(here), "for-each-ref", *which, "--sort=-v:refname", "--format=%(refname:short)"]
    done = subprocess.run([*command, f"refs/tags/{DATA}*"], capture_output=True, text=True, check=False)
    return done.stdout.split() if not done.returncode else []
