"""Every page with commands is walked: each is run where the page says, and prints what the page shows.

Commands that `LEFT` matches are not run here; each has its reason, and another hold on it.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import HERE, SMALL
from tests.family_files import load, pdf
from tests.walks import Shell, Step, is_shown, steps

ROOT = HERE.parent
TEMPLATE = ROOT / "scripts" / "yusuan" / "new" / "template"
MADE = HERE / "families" / "chongqing-2025-budget.txt"
DOCUMENTS = {
    "document.pdf": ("", ""),
    "new-title.pdf": ("政府采购预算明细表", "政府购置预算明细表"),
    "misprint.pdf": (
        "2130301 | 行政运行 | 3,300,000.00 | 3,500,000.00 | 3,500,000.00",
        "2130301 | 行政运行 | 3,300,000.00 | 3,500,000.00 | 3,400,000.00",
    ),
}
"""The made budget as it is, and with one thing changed."""


def checkout(folder: Path) -> Path:
    """A clone of this repository with one commit, a branch `main` and the tag of a release."""
    root = folder / "yusuan"
    root.mkdir()
    kept = shutil.ignore_patterns("__pycache__", ".hypothesis")
    for name in ("data", "schemas", "ontology", "scripts", "docs", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=kept)
    for name in ("datapackage.json", "pyproject.toml", "constraints.txt", "Makefile", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root / name)
    (root / ".gitignore").write_text("/build/\n__pycache__/\n/.pytest_cache/\n", encoding="utf-8")
    return _repository(root, "git tag data-2026.10.0")


def own(folder: Path) -> Path:
    """A package of one's own in a repository with one commit."""
    root = folder / "package"
    Shell(folder, folder, "en").run("yusuan new package")
    return _repository(root)


def _repository(root: Path, more: str = "true") -> Path:
    begin = "git init --quiet --initial-branch main && git add --all && git commit --quiet --message New"
    Shell(root, root.parent, "en").run(f"{begin} && {more}")
    return root


@dataclass(frozen=True)
class Page:
    """A page, where it is walked, and in which language."""

    path: Path
    where: Callable[[Path], Path] = checkout
    language: str = "en"
    after: tuple[tuple[str, str], ...] = ()
    """Commands of the test after the walk, each with a line it must print."""


PAGES = [
    Page(ROOT / "README.md"),
    Page(ROOT / "README.zh.md", language="zh_CN"),
    Page(
        ROOT / "CONTRIBUTING.md", own,
        after=(("git status --porcelain", ""), ("git log -1 --format=%s", "A budget of Chongqing")),
    ),
    Page(ROOT / "docs" / "architecture.md"),
    Page(ROOT / "docs" / "how-to.md"),
    Page(ROOT / "docs" / "releasing.md"),
    Page(ROOT / "docs" / "render.md"),
    Page(ROOT / "docs" / "serve.md"),
    Page(ROOT / "docs" / "spark.md"),
    Page(ROOT / "docs" / "research" / "README.md"),
    Page(TEMPLATE / "README.md", own),
]  # fmt: skip


def _extra_is_there(command: str, _: Shell) -> None:
    """What pip is asked for is an extra of this project, or the project."""
    found = re.search(r"\[(\w+)\]", command)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert not found or found[1] in extras, command


def _target_is_there(command: str, shell: Shell) -> None:
    """Make has the target."""
    shell.run(f"make --dry-run {command.removeprefix('make')}")


def _options_are_there(command: str, shell: Shell) -> None:
    """The verb has the options; what stands before it is another program's."""
    found = re.search(r"\byusuan (\w+)(.*)", command, re.DOTALL)
    assert found, command
    known = "\n".join(shell.run(f"yusuan {found[1]} --help"))
    for option in re.findall(r"--[a-z-]+", found[2]):
        assert option in known, (command, option)


def _nothing(command: str, shell: Shell) -> None:
    """Nothing here can hold it."""


LEFT: dict[str, Callable[[str, Shell], None]] = {
    r"^make\b": _target_is_there,  # sets up an environment; .ci/run and make release run them
    r"\bpip install": _extra_is_there,  # the environment of the tests has them
    r"^\. \.venv/bin/activate": _nothing,  # the same
    r"^yusuan serve --install-editor": _nothing,  # npm; test_pages has the editor
    r"^git push": _nothing,  # there is nowhere to push to
    r"--engine spark": _options_are_there,  # a cluster; make spark has one of two executors
    r"venv-pack|PYSPARK_PYTHON|qlever": _nothing,  # programs of others, beside a cluster
}


class Service:
    """`yusuan serve` while a page asks it."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        shell.environment["YUSUAN_SERVE_PORT"] = str(self.port)

    def start(self, command: str) -> None:
        """Start it, and wait until it answers."""
        self.stop()
        self.process = self.shell.start(command)
        for _ in range(600):
            assert self.process.poll() is None, command
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(command)

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.terminate()
            self.process.wait(30)
            self.process = None


def walk(found: list[Step], shell: Shell) -> None:
    service = Service(shell)
    try:
        for step in found:
            left = next((held for pattern, held in LEFT.items() if re.search(pattern, step.command)), None)
            if left:
                left(step.command, shell)
            elif step.command.startswith("yusuan serve"):
                service.start(step.command)
            else:
                printed = shell.run(step.command.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}"))
                assert step.shown is None or is_shown(step.shown or ("",), printed), (step.command, printed)
    finally:
        service.stop()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path.relative_to(ROOT)))
def test_a_page_shows_what_happens(page: Page, tmp_path: Path) -> None:
    found = steps(page.path)
    assert found
    if any(step.command.startswith("curl") for step in found) and not shutil.which("curl"):
        pytest.skip("curl is not here")
    root = page.where(tmp_path)
    _lay_out_documents(root)
    shell = Shell(root, tmp_path, page.language, root / "scripts" if page.where is checkout else None)
    walk(found, shell)
    for command, line in page.after:
        assert line in shell.run(command)


def _lay_out_documents(root: Path) -> None:
    """The documents that pages read: beside the folder, and in it, where git does not see them."""
    text = MADE.read_text(encoding="utf-8")
    for name, (old, new) in DOCUMENTS.items():
        assert old in text
        changed = root.parent / f"{name}.txt"
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        (root.parent / name).write_bytes(pdf(load(changed)))
    shutil.copy(SMALL, root.parent / "document.txt")
    for name in ("document.pdf", "文件.pdf"):
        shutil.copy(root.parent / "document.pdf", root / name)
        with (root / ".git" / "info" / "exclude").open("a", encoding="utf-8") as file:
            file.write(f"/{name}\n")


def test_every_page_with_commands_is_walked() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *TEMPLATE.rglob("*.md"), *HERE.rglob("*.md")]
    assert {path for path in pages if steps(path)} == {page.path for page in PAGES}


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a b", "a b", True),
        ("a b", "a b c", False),
        ("a …", "a b c", True),
        ("… c", "a b c", True),
        ("a … c", "a b c", True),
        ("a … c", "a c", True),
        ("a … c", "c a", False),
        ("a … a", "a", False),
        ("… b … d", "a b c d", True),
        ("… d … b …", "a b c d", False),
        ("…", "", True),
    ],
)
def test_lines_left_out(shown: str, printed: str, same: bool) -> None:
    assert is_shown(shown.split(), printed.split()) is same


def test_blocks_are_taken_apart(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ one\nsaid\n\nmore\n$ cat > x <<'END'\ntext\nEND\n$ two \\\n  three\n…\n```\nwords\n"
        "```sh\n# a word\nfour   # and why\nfive \\\n  six\n```\n```python\nseven\n```\n```json\n{}\n```\n",
        encoding="utf-8",
    )
    assert steps(page) == [
        Step("one", ("said", "", "more")),
        Step("cat > x <<'END'\ntext\nEND", ()),
        Step("two \\\n  three", ("…",)),
        Step("four   # and why"),
        Step("five \\\n  six"),
        Step("python - <<'PYTHON'\nseven\nPYTHON"),
    ]
