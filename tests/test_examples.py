"""The command line: each folder of tests/examples/<verb> holds a command and what it prints; docs show the same.

`command` is a line for a shell in a folder that holds `document.txt` (the small made document) and, where the
case does not read first, `package` (what was read from it). `output` is what it prints, `exit` its code if not 0.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import HERE, SMALL
from yusuan.cli import main
from yusuan.package import Package

CASES = sorted(path.parent for path in (HERE / "examples").glob("*/*/command"))


def run(case: Path, package: Package, folder: Path) -> tuple[str, int]:
    """What a case prints, with the folder's own path taken out, and its exit code."""
    shutil.copy(SMALL, folder / "document.txt")
    for extra in case.iterdir():
        if extra.name not in {"command", "output", "exit"}:
            shutil.copy(extra, folder / extra.name)
    shutil.copytree(package.root, folder / "package")
    runner = CliRunner(env={"LC_ALL": "C.UTF-8", "NO_COLOR": "1"})
    arguments = shlex.split((case / "command").read_text(encoding="utf-8"))
    assert arguments[0] == "yusuan"
    with runner.isolated_filesystem(folder):
        for path in folder.iterdir():
            if path.name != Path.cwd().name:
                (shutil.copytree if path.is_dir() else shutil.copy)(path, Path.cwd() / path.name)
        result = runner.invoke(main, arguments[1:], prog_name="yusuan")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.output.replace(str(Path.cwd()), "."), result.exit_code


def test_every_verb_has_an_example() -> None:
    from yusuan.cli import VERBS

    assert {path.parent.name for path in CASES} == set(VERBS)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_example_prints_what_it_shows(case: Path, small: Package, tmp_path: Path) -> None:
    output, code = run(case, small, tmp_path)
    exit_file = case / "exit"
    assert code == (int(exit_file.read_text()) if exit_file.is_file() else 0), output
    assert output == (case / "output").read_text(encoding="utf-8")
    assert "Traceback" not in output
