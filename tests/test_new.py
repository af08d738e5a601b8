"""A package of one's own: made, read into, checked, built, opened; nothing made where it cannot be."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import yusuan
from tests.conftest import HERE, SMALL
from yusuan.cli import main

OTHER = next(path for path in sorted((HERE / "documents" / "county-final-2022").iterdir()) if path.is_file())


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}).invoke(main, arguments, prog_name="yusuan")
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package made in a fresh git repository, with two documents read into it."""
    folder = tmp_path_factory.mktemp("own") / "guangxi"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    run("new", str(folder), "--title", "广西", "--publisher", "某大学", "--base", "https://example.org/budget/")
    run("read", str(SMALL), str(OTHER), "--into", str(folder))
    return folder


def test_it_takes_two_documents_checks_builds_and_opens(made: Path) -> None:
    run("check", "--package", str(made))
    run("build", "--package", str(made))
    assert (made / "build" / "graph.nq").stat().st_size > 100_000
    data = yusuan.open(made)
    assert len(data.table("filings")) == 2
    graph = (made / "build" / "graph.nq").read_text(encoding="utf-8")
    assert "<https://example.org/budget/filing/" in graph
    assert "2 filings added" not in run("diff", str(made), str(made))


def test_the_description_is_its_own(made: Path) -> None:
    descriptor = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["title"], descriptor["name"], descriptor["id"]) == (
        "广西",
        "guangxi",
        "https://example.org/budget/",
    )
    assert descriptor["contributors"] == [{"title": "某大学", "roles": ["creator"]}]
    from frictionless import validate

    report = validate(str(made / "datapackage.json"))
    assert report.valid


def test_no_place_of_the_template_is_left(made: Path) -> None:
    texts = [
        path for path in made.rglob("*") if path.is_file() and "build" not in path.parts and ".git" not in path.parts
    ]
    assert len(texts) > 40
    for path in texts:
        assert "<<" not in path.read_text(encoding="utf-8"), path
        assert not path.name.startswith("dot-")


def test_every_verb_and_option_of_its_files_is_there(made: Path) -> None:
    """Workflows, hooks, Makefile and README call commands that this code has."""
    lines = []
    for workflow in sorted((made / ".github" / "workflows").glob("*.yml")):
        for job in yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values():
            lines += [line for step in job["steps"] for line in step.get("run", "").splitlines()]
    hooks = yaml.safe_load((made / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    lines += [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    lines += (made / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("yusuan ")]
    assert len(commands) >= 7
    for command in commands:
        words = shlex.split(command.partition("#")[0].partition(">>")[0])
        known = run(words[1], "--help")
        for word in words[2:]:
            assert not word.startswith("--") or word in known, command


@pytest.mark.parametrize("there", ["file", "README.md", ".git/config and x"])
def test_nothing_is_made_where_something_is(there: str, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    if there == "file":
        folder.write_text("x", encoding="utf-8")
    else:
        for name in there.split(" and "):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("x", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = CliRunner().invoke(main, ["new", str(folder)])
    assert result.exit_code == 2
    assert sorted(tmp_path.rglob("*")) == before
