"""Pages of the docs as walks: the commands of their blocks in order, each with the output that the page shows.

A block of kind `console` shows commands after `$ ` and their output, in which `…` stands for lines left out; the
commands of a block of kind `sh` show none; a block of kind `python` is one script.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = "…"

_BLOCK = re.compile(r"^```(console|sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HERE = re.compile(r"<<'(\w+)'")


@dataclass(frozen=True)
class Step:
    """A command as a page has it; `shown` is the output under it, None where the page shows none."""

    command: str
    shown: tuple[str, ...] | None = None


def steps(page: Path) -> list[Step]:
    """All commands of a page, in order."""
    found: list[Step] = []
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        lines = text.splitlines()
        if kind == "python":
            found.append(Step(f"python - <<'PYTHON'\n{text}PYTHON"))
        elif kind == "console":
            found.extend(_shown(lines))
        else:
            found.extend(Step(command) for command in _commands(lines))
    return found


def _commands(lines: Sequence[str]) -> Iterator[str]:
    """Commands of a script: a line each, unless it goes on after a backslash or has a text that follows."""
    waiting = iter(lines)
    for line in waiting:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        command = line
        while command.endswith("\\"):
            command += "\n" + next(waiting)
        if here := _HERE.search(command):
            for more in waiting:
                command += "\n" + more
                if more == here[1]:
                    break
        yield command


def _shown(lines: Sequence[str]) -> Iterator[Step]:
    starts = [n for n, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        command = next(_commands([lines[start][2:], *lines[start + 1 : end]]))
        used = command.count("\n") + 1
        yield Step(command, tuple(lines[start + used : end]))


def is_shown(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether what a page shows is what was printed, lines left out where the page says so."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return list(printed) == first
    if list(printed[: len(first)]) != first or (last and list(printed[-len(last) :]) != last):
        return False
    at = len(first)
    for part in parts[1:-1]:
        at = next((n + len(part) for n in range(at, len(printed)) if list(printed[n : n + len(part)]) == part), -1)
        if at < 0:
            return False
    return at + len(last) <= len(printed)


class Shell:
    """A shell in a folder, as a person has it: the tests' Python first, no settings of the machine's own."""

    def __init__(self, folder: Path, home: Path, language: str, code: Path | None = None) -> None:
        self.folder = folder
        self.environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(home),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
            "LANG": f"{language}.UTF-8", "PYTHONUTF8": "1", "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "2026-11-01T00:00:00Z",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_COMMITTER_DATE": "2026-11-01T00:00:00Z",
        }  # fmt: skip
        if code:
            self.environment["PYTHONPATH"] = str(code)

    def run(self, command: str) -> list[str]:
        """The lines that a command prints; it must end well."""
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=300
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, (command, done.returncode, said)
        assert "Traceback" not in said, (command, said)
        return said.rstrip("\n").split("\n")

    def start(self, command: str) -> subprocess.Popen[bytes]:
        """A command that goes on until it is ended."""
        return subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=self.folder, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
