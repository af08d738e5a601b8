"""The query editor: named by a package.json with its lock, installed once into a cache, never fetched later."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from yusuan.package import cache
from yusuan.pages.npm import install, licences
from yusuan.pages.words import HERE

FILES = {"yasgui.min.js": "text/javascript; charset=utf-8", "yasgui.min.css": "text/css; charset=utf-8"}
LICENCES = "yasgui-licences.txt"
_FOLDER = HERE / "editor"
_BUILT = Path("@zazuko", "yasgui", "build")


def editor_files() -> dict[str, tuple[bytes, str]]:
    """The editor's files and one text of the licences of all that is in them; empty where it is not installed."""
    folder = editor_folder()
    kinds = {**FILES, LICENCES: "text/plain; charset=utf-8"}
    if not all((folder / name).is_file() for name in kinds):
        return {}
    return {name: ((folder / name).read_bytes(), kind) for name, kind in kinds.items()}


def editor_folder() -> Path:
    """Where the editor of our lock file is kept: in the user's cache."""
    lock = hashlib.sha256((_FOLDER / "package-lock.json").read_bytes()).hexdigest()[:16]
    return cache() / f"editor-{lock}"


def install_editor() -> Path:
    """Install the editor with npm, which holds it to the lock file; gives its folder, which is whole or not there.

    Raises MissingExtraError where there is no npm, ModulesError where it fails.
    """
    target = editor_folder()
    if editor_files():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="editor-", dir=target.parent) as made:
        work, kept = Path(made) / "work", Path(made) / "kept"
        work.mkdir()
        kept.mkdir()
        modules = install(_FOLDER, work, "the query editor")
        for name in FILES:
            shutil.copyfile(modules / _BUILT / name, kept / name)
        (kept / LICENCES).write_text(licences(modules), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        kept.rename(target)
    return target
