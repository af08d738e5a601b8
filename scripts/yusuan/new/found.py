"""A new package: an empty one of the same shape, its description, and the files of the template beside it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from yusuan.errors import PackageError
from yusuan.package import DESCRIPTOR, Package, create_package, write_json

TEMPLATE = Path(__file__).parent / "template"
"""Files that a package begins with; `dot-` at the head of a name stands for a dot, `<<name>>` for what is given."""

_NAME = re.compile(r"[^a-z0-9._-]+")
_PLACE = re.compile(r"<<([a-z_]+)>>")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def found_package(folder: Path, *, title: str, publisher: str, base: str, requirement: str, today: date) -> Package:
    """Make a package at `folder`, which is new, empty, or a git repository with nothing in it yet.

    `base` begins every IRI of its graph; empty, it is that of the package this code ships with, so that the graphs of
    both join. `requirement` is how pip is told which yusuan to install. Raises PackageError; then nothing is made.
    """
    if base and not _BASE.fullmatch(base):
        raise PackageError(f"an address that ends with / or # is wanted as the base of IRIs, not {base!r}")
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if (folder.exists() and not folder.is_dir()) or there not in ([], [".git"]):
        raise PackageError("not empty; name a new or an empty folder", str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        made = create_package(Path(beside) / "package", title).root
        name = _NAME.sub("-", folder.resolve().name.lower()).strip("-._") or "yusuan-data"
        _describe(made / DESCRIPTOR, name, title, publisher, base, today)
        words = {"title": title, "name": name, "publisher": publisher, "requirement": requirement}
        _copy(TEMPLATE, made, words)
        folder.mkdir(exist_ok=True)
        for path in sorted(made.iterdir(), key=lambda path: path.name == DESCRIPTOR):
            shutil.move(path, folder / path.name)
    return Package(folder)


def _describe(path: Path, name: str, title: str, publisher: str, base: str, today: date) -> None:
    """The descriptor as that of another dataset: its own name, title, version, makers and sources."""
    descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    own = {
        "name": name,
        "title": title,
        "description": f"Budgets and final accounts disclosed by departments: {title}.",
        "version": f"{today.year}.{today.month:02}.0",
        "created": f"{today.isoformat()}T00:00:00Z",
        "contributors": [{"title": publisher, "roles": ["creator"]}],
    }
    descriptor.update(own)
    if base:
        descriptor["id"] = base
    write_json(path, descriptor)


def _copy(source: Path, target: Path, words: Mapping[str, str]) -> None:
    for path in sorted(source.iterdir()):
        name = path.name.replace("dot-", ".", 1) if path.name.startswith("dot-") else path.name
        if path.is_dir():
            (target / name).mkdir(exist_ok=True)
            _copy(path, target / name, words)
        else:
            text = path.read_text(encoding="utf-8")
            filled = _PLACE.sub(lambda found: words[found[1]], text)
            (target / name).write_text(filled, encoding="utf-8", newline="\n")
