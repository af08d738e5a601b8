"""Checks on a change: the very steps of the action, of a new package's workflow and of the hooks, in real repositories.

Steps run as a runner runs them: `bash -eo pipefail`, with the environment files of GitHub and the inputs of the event.
What is installed already stands in for the step that installs it (`make release` proves that one).
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from tests.conftest import HERE
from tests.known import KNOWN
from yusuan.check.lines import lines_of
from yusuan.cli import main
from yusuan.package import Package

ROOT = HERE.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
TEMPLATE = ROOT / "scripts" / "yusuan" / "new" / "template"
SARIF = json.loads((HERE / "sarif.schema.json").read_text(encoding="utf-8"))
ZEROS = "0" * 40
WRONG = KNOWN["652301-ylj-2020-budget"]
"""What is wrong with the small package, found where its document was read and saved with it."""

_ANNOTATION = re.compile(r"^::(error|warning|notice) (?:file=(.*?),line=(\d+),)?title=(.*?)::(.*)$", re.MULTILINE)
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True)
class Annotation:
    """One workflow command, as a code host shows it."""

    level: str
    file: str
    line: int
    rule: str
    said: str


@dataclass(frozen=True)
class Ran:
    """What the steps of a job left."""

    code: int
    output: str
    summary: str
    sarif: dict[str, Any]

    @property
    def annotations(self) -> list[Annotation]:
        found = _ANNOTATION.findall(self.output)
        return [Annotation(level, file, int(line or 0), rule, said) for level, file, line, rule, said in found]


class Repository:
    """A git repository with the small package in it, at the top or in `folder`."""

    def __init__(self, root: Path, small: Package, folder: str = "") -> None:
        self.root = root
        self.package = root / folder if folder else root
        root.mkdir()
        self.git("init", "--quiet", "--initial-branch", "main")
        shutil.copytree(small.root, self.package, dirs_exist_ok=True)
        CliRunner().invoke(main, ["check", "--package", str(self.package), "--save"], catch_exceptions=False)
        shutil.rmtree(self.package / "build")
        self.base = self.commit("The package")

    def git(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments], env=environment(self.root), capture_output=True, text=True
        )
        assert not check or done.returncode == 0, done.stderr
        return (done.stdout + done.stderr).strip()

    def commit(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def edit(self, resource: str, row: int, column: str, value: str) -> int:
        """Change a cell of a row (counted from 0) and give the line it is on."""
        package = Package(self.package)
        rows = package.rows(resource)
        assert rows[row][column] != value
        rows[row][column] = value
        package.write({resource: rows})
        return row + 2

    def merged(self, into: str, branch: str) -> str:
        """What a code host checks out of a pull request: the branch merged into its target, on neither of them."""
        self.git("checkout", "--quiet", "--detach", into)
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge", branch)
        return self.git("rev-parse", "HEAD")


def environment(home: Path) -> dict[str, str]:
    """The environment of a runner: nothing of the person who runs the tests, a name to commit under."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home.parent), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip


def run_steps(steps: list[dict[str, Any]], here: Path, given: Mapping[str, str]) -> Ran:
    """Run the shell steps of a job in a checkout as a runner would, until one fails."""
    folder = here.parent / "runner"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "yusuan" / "bin").mkdir(parents=True)
    for name in ("python", "yusuan"):
        (folder / "yusuan" / "bin" / name).symlink_to(Path(sys.executable).parent / name)
    files = {"GITHUB_ENV": folder / "env", "GITHUB_STEP_SUMMARY": folder / "summary"}
    for path in files.values():
        path.touch()

    def filled(text: str) -> str:
        return _EXPRESSION.sub(lambda found: given[found[1]], str(text))

    output, code = "", 0
    for step in steps:
        if "run" not in step or " install " in step["run"]:
            continue
        kept = dict(line.split("=", 1) for line in files["GITHUB_ENV"].read_text(encoding="utf-8").splitlines())
        if step.get("if") == "${{ env.YUSUAN_BASE != '' }}" and not kept["YUSUAN_BASE"]:
            continue
        assert "${{" not in step["run"], "a value of the event in a script is an injection; it belongs in env"
        set_by_step = {name: filled(value) for name, value in step.get("env", {}).items()}
        set_by_runner = {name: str(path) for name, path in files.items()} | {"RUNNER_TEMP": str(folder)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=here, capture_output=True, text=True, env=environment(here) | set_by_runner | kept | set_by_step,
        )  # fmt: skip
        output, code = output + done.stdout + done.stderr, done.returncode
        if code:
            break
    report = here / given.get("inputs.sarif", "findings.sarif")
    sarif = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    return Ran(code, output, files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), sarif)


def run_action(repository: Repository, event: str = "pull_request", **given: str) -> Ran:
    """Run the action in a checkout; `target` and `before` are of the event, the rest are inputs."""
    inputs = {name: str(described["default"]) for name, described in ACTION["inputs"].items()}
    inputs["language"] = "en"
    target, before = given.pop("target", ""), given.pop("before", "")
    known = {f"inputs.{name}": value for name, value in (inputs | given).items()}
    known |= {"github.event_name": event, "github.action_path": str(ROOT)}
    known |= {"github.event.pull_request.base.sha": target, "github.event.before": before}
    return run_steps(ACTION["runs"]["steps"], repository.root, known)


@pytest.fixture
def repository(tmp_path: Path, small: Package) -> Repository:
    return Repository(tmp_path / "repository", small)


def wrong_total(repository: Repository) -> int:
    """Make one figure of a table disagree with its parts; gives the line of it."""
    package = Package(repository.package)
    wholes = {row["whole"] for row in package.rows("sums")}
    rows = package.rows("line_items")
    row = next(n for n, row in enumerate(rows) if row["id"] in wholes and row["form"] == "expenditure")
    return repository.edit("line_items", row, "amount", str(int(rows[row]["amount"]) + 70000))


def line(root: Path, annotation: Annotation) -> str:
    return (root / annotation.file).read_text(encoding="utf-8").split("\n")[annotation.line - 1]


def test_a_pull_request_is_marked_where_it_is_wrong_and_only_there(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    changed = wrong_total(repository)
    repository.commit("A slip of the pen")
    repository.git("switch", "--quiet", "main")
    (repository.root / "README.md").write_text("moved on\n", encoding="utf-8")
    target = repository.commit("Meanwhile")
    repository.merged("main", "change")
    ran = run_action(repository, target=target)
    assert ran.code == 1, ran.output
    errors = [found for found in ran.annotations if found.level == "error"]
    assert (changed, "data/line_items.csv") in {(found.line, found.file) for found in errors}
    whole = Package(repository.package).rows("line_items")[changed - 2]["id"]
    assert any(whole in line(repository.root, found) for found in errors)
    for found in ran.annotations:
        assert line(repository.root, found), found
        assert found.rule not in WRONG, "was wrong before"
    assert "amount" in ran.summary and "sum-" in ran.summary
    jsonschema.Draft202012Validator(SARIF).validate(ran.sarif)
    places = [result["locations"][0]["physicalLocation"] for result in ran.sarif["runs"][0]["results"]]
    assert {"artifactLocation": {"uri": "data/line_items.csv"}, "region": {"startLine": changed}} in places
    assert len(places) == len(ran.annotations)


def test_a_change_that_is_right_is_not_marked(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    rows = Package(repository.package).rows("regions")
    row = next(n for n, row in enumerate(rows) if row["code"].endswith("0000"))
    repository.edit("regions", row, "name", rows[row]["name"] + "（更名）")
    repository.commit("A better name")
    repository.merged("main", "change")
    ran = run_action(repository, target=repository.base)
    assert (ran.code, ran.annotations) == (0, []), ran.output
    assert ran.sarif["runs"][0]["results"] == []
    assert "0 must, 0 should, 0 info" in ran.summary


def test_what_the_target_brought_is_not_of_a_branch_checked_out_alone(repository: Repository) -> None:
    """Not merged, as with `ref: head.sha`: the change is what happened since the branch left its target."""
    repository.git("switch", "--quiet", "--create", "change")
    (repository.root / "README.md").write_text("mine\n", encoding="utf-8")
    head = repository.commit("Only words")
    repository.git("switch", "--quiet", "main")
    wrong_total(repository)
    target = repository.commit("A slip on the target")
    repository.git("checkout", "--quiet", "--detach", head)
    ran = run_action(repository, target=target)
    assert (ran.code, ran.annotations) == (0, []), ran.output


def test_rows_that_move_bring_nothing(repository: Repository) -> None:
    """A row before all others moves every line; what was wrong on them was wrong before."""
    wrong_total(repository)
    repository.commit("Wrong already")
    repository.git("switch", "--quiet", "--create", "change")
    package = Package(repository.package)
    rows = package.rows("line_items")
    package.write({"line_items": [{**rows[0], "id": "!" + rows[0]["id"], "table_id": ""}, *rows]})
    repository.commit("A row without its table")
    repository.merged("main", "change")
    ran = run_action(repository)
    assert ran.code == 1
    assert {(found.file, found.line) for found in ran.annotations} == {("data/line_items.csv", 2)}, ran.output


def test_a_package_in_a_folder_is_marked_from_the_top(tmp_path: Path, small: Package) -> None:
    repository = Repository(tmp_path / "repository", small, "open data/guangxi")
    repository.git("switch", "--quiet", "--create", "change")
    changed = wrong_total(repository)
    repository.commit("A slip")
    repository.merged("main", "change")
    ran = run_action(repository, package="open data/guangxi", sarif="out.sarif")
    assert ran.code == 1, ran.output
    first = next(found for found in ran.annotations if found.level == "error" and found.line == changed)
    assert first.file == "open data/guangxi/data/line_items.csv"
    assert line(repository.root, first)
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in ran.sarif["runs"][0]["results"]
    }
    assert "open%20data/guangxi/data/line_items.csv" in uris


def test_a_push_is_held_against_what_was_there(repository: Repository) -> None:
    changed = wrong_total(repository)
    repository.commit("A slip")
    ran = run_action(repository, "push", before=repository.base)
    assert ran.code == 1
    assert changed in {found.line for found in ran.annotations}
    mended = repository.git("rev-parse", "HEAD")
    repository.git("revert", "--no-edit", "HEAD")
    ran = run_action(repository, "push", before=mended)
    assert (ran.code, ran.annotations) == (0, []), ran.output


@pytest.mark.parametrize("before", [ZEROS, "1234567890" * 4], ids=["first push", "pushed away"])
def test_where_nothing_was_before_every_finding_is_told(before: str, repository: Repository) -> None:
    ran = run_action(repository, "push", before=before)
    assert ran.code == 0, ran.output
    assert {found.rule for found in ran.annotations} == WRONG


def test_a_package_that_is_new_in_the_change_tells_all(tmp_path: Path, small: Package) -> None:
    root = tmp_path / "repository"
    repository = Repository(root, small)
    first = repository.git("commit-tree", "-m", "Nothing yet", "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    ran = run_action(repository, base=first)
    assert {found.rule for found in ran.annotations} == WRONG, ran.output


def test_too_shallow_a_clone_says_what_to_do(repository: Repository) -> None:
    (repository.root / "README.md").write_text("x", encoding="utf-8")
    repository.commit("Another")
    shallow = repository.root.parent / "shallow"
    repository.git("clone", "--quiet", "--depth", "1", repository.root.as_uri(), str(shallow))
    repository.root = repository.package = shallow
    ran = run_action(repository, target=repository.base)
    assert ran.code == 1
    assert "fetch-depth 0" in ran.output and "Traceback" not in ran.output


def test_a_package_that_could_not_be_read_before_can_be_mended(repository: Repository) -> None:
    path = Package(repository.package).resource("terms").path
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b",", b";", 3))
    repository.commit("Broken")
    broken = repository.git("rev-parse", "HEAD")
    path.write_bytes(whole)
    repository.commit("Mended")
    result = CliRunner().invoke(main, ["check", "--package", str(repository.package), "--since", broken])
    assert result.exit_code == 0, result.output
    assert "cannot be checked, so every finding is told" in result.output


def test_a_revision_that_is_none_is_one_line(repository: Repository) -> None:
    result = CliRunner().invoke(main, ["check", "--package", str(repository.package), "--since", "nonsense"])
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert "nonsense" in result.output


def test_what_a_reviewer_settled_and_a_change_opens_is_told(repository: Repository) -> None:
    run = ["--package", str(repository.package)]
    CliRunner().invoke(main, ["check", *run, "--save"], catch_exceptions=False)
    rows = Package(repository.package).rows("findings")
    for number, row in enumerate(rows):
        if row["rule"] == "form-missing":
            repository.edit("findings", number, "status", "accepted")
            settled = number
    accepted = repository.commit("Reviewed")
    same = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["check", *run, "--since", "HEAD~1"])
    assert "form-missing" not in same.output, "was open, is settled"
    repository.edit("findings", settled, "status", "open")
    again = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["check", *run, "--since", accepted])
    assert "form-missing" in again.output


def test_a_line_is_counted_as_a_code_host_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [["id", "text"], ["1", 'two\nlines, "quoted"\n'], ["2", "plain"], ["3", "a\nb"], ["4", ""]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    lines = path.read_text(encoding="utf-8").split("\n")
    found = lines_of(path, {2, 3, 4, 5})
    assert {number: lines[at - 1].split(",")[0] for number, at in found.items()} == {2: "1", 3: "2", 4: "3", 5: "4"}


# --- the workflow that a new package begins with ----------------------------------------------------------------


def test_the_workflow_of_a_new_package_does_the_same(repository: Repository) -> None:
    workflow = yaml.safe_load((TEMPLATE / "dot-github" / "workflows" / "check.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    first = run_steps(steps, repository.root, {"github.event_name": "push", "github.event.before": ZEROS})
    assert first.code == 0, first.output
    assert {found.rule for found in first.annotations} == WRONG
    (repository.root / "findings.sarif").unlink()
    repository.git("switch", "--quiet", "--create", "change")
    changed = wrong_total(repository)
    repository.commit("A slip")
    repository.merged("main", "change")
    ran = run_steps(steps, repository.root, {"github.event_name": "pull_request", "github.event.before": ""})
    assert ran.code == 1, ran.output
    assert ("data/line_items.csv", changed) in {(found.file, found.line) for found in ran.annotations}
    assert ran.sarif["runs"][0]["results"]
    assert "sum-" in ran.summary


# --- hooks ------------------------------------------------------------------------------------------------------


def hook_of(place: str) -> dict[str, Any]:
    if place == "new":
        config = yaml.safe_load((TEMPLATE / "dot-pre-commit-config.yaml").read_text(encoding="utf-8"))
        return dict(config["repos"][0]["hooks"][0])
    return dict(next(hook for hook in HOOKS if hook["id"] == "yusuan-check"))


@pytest.mark.parametrize("place", ["here", "new"])
def test_a_commit_that_brings_a_finding_is_refused(place: str, repository: Repository) -> None:
    hook = hook_of(place)
    script = repository.root / ".git" / "hooks" / "pre-commit"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"#!/bin/sh\nexec {hook['entry']} --language en\n", encoding="utf-8")
    script.chmod(0o755)
    wrong_total(repository)
    repository.git("add", "--all")
    said = repository.git("commit", "--message", "A slip", check=False)
    assert "sum-" in said and "form-missing" not in said
    assert repository.git("rev-parse", "HEAD") == repository.base
    repository.git("checkout", "--quiet", "HEAD", "--", ".")
    repository.edit("regions", 0, "name", "别名")
    repository.commit("A name")
    assert repository.git("rev-parse", "HEAD") != repository.base


def test_the_first_commit_of_all_is_not_refused_for_want_of_an_earlier_one(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    repository.git("init", "--quiet")
    entry = hook_of("new")["entry"].split()
    result = CliRunner(env={"LC_ALL": "C"}).invoke(main, [*entry[1:2], "--package", str(repository.root), *entry[4:]])
    assert entry[4:] == ["--since", "HEAD"]
    assert result.exit_code == 0, result.output
    assert "form-missing" in result.output


def test_hooks_run_for_files_of_the_package() -> None:
    for hook in (*HOOKS, hook_of("new")):
        for path in ("data/line_items.csv", "data/fixes/fixes.csv", "schemas/rules/x.sql", "datapackage.json"):
            assert re.search(hook["files"], path), (hook["id"], path)
        for path in ("README.md", "docs/data/x.csv", "build/datapackage.json"):
            assert not re.search(hook["files"], path), (hook["id"], path)
