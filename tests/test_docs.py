"""The docs: derived pages are fresh, the README's commands and output are real."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import HERE
from yusuan.cli import VERBS, main
from yusuan.package import Package

ROOT = HERE.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def shown(path: Path) -> list[tuple[str, str]]:
    """Commands of a page's console blocks that start with `yusuan`, each with the output shown under it."""
    found = []
    for block in _BLOCK.findall(path.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("yusuan "):
                found.append((command, output))
    return found


@pytest.mark.parametrize("name", ["data-dictionary.md", "rules.md", "questions.md"])
def test_derived_pages_are_fresh(name: str, shipped: Package) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "build.py"))["pages"](shipped)
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made[name], "run: make docs"


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_shows_real_output(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = shown(path)
    assert len(commands) >= 4
    monkeypatch.chdir(ROOT)
    language = "zh" if path.name.endswith(".zh.md") else "en"
    runner = CliRunner(env={"LC_ALL": f"{language}_CN.UTF-8", "NO_COLOR": "1"})
    for command, output in commands:
        result = runner.invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.output)
        expected = [line for line in output.rstrip("\n").split("\n") if line != "…"]
        printed = result.output.rstrip("\n").split("\n")
        assert set(expected) <= set(printed), command
        assert "…" in output or printed == expected, command


def test_every_verb_is_in_the_readme() -> None:
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        for verb in VERBS:
            assert f"yusuan {verb}" in text, (path.name, verb)


def test_links_lead_somewhere() -> None:
    for path in [*READMES, *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path.name, target)
