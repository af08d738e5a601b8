"""The walk of CONTRIBUTING.md: every command run in a new package, in order, and its output as shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import HERE
from tests.family_files import load, pdf

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
FAILS = "--rule sum-across-columns"
"""The one command of the walk that finds what is wrong."""


def test_the_walk_from_a_pdf_to_a_commit_is_real(tmp_path: Path) -> None:
    (tmp_path / "document.pdf").write_bytes(pdf(load(HERE / "families" / "chongqing-2025-budget.txt")))
    package = tmp_path / "package"
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip

    def shell(command: str, here: Path = package) -> tuple[str, int]:
        done = subprocess.run(["bash", "-c", command], cwd=here, env=environment, capture_output=True, text=True)
        return done.stdout + done.stderr, done.returncode

    begin = "git init --quiet package && yusuan new package && cd package && git add -A && git commit --quiet -m New"
    said, code = shell(begin, tmp_path)
    assert code == 0, said
    parts = [
        part.partition("\n")
        for block in _BLOCK.findall((HERE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8"))
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]
    assert len(parts) == 9
    for command, _, shown in parts:
        said, code = shell(command)
        assert code == int(FAILS in command), (command, said)
        expected, printed = shown.rstrip("\n").split("\n"), said.rstrip("\n").split("\n")
        assert {line for line in expected if line != "…"} <= set(printed), (command, said)
        assert "…" in expected or printed == expected, (command, said)
    assert shell("git status --porcelain")[0] == ""
    assert "A budget of Chongqing" in shell("git log -1 --format=%s")[0]
