"""The tree of the site: the old one or the new one, at any moment, and nobody else's folder."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yusuan.publish import tree
from yusuan.publish.tree import MARK, TreeError, staged

WRITER = """
import sys
from pathlib import Path
from yusuan.publish.tree import staged
target = Path(sys.argv[1])
for turn in range(int(sys.argv[2]), 10_000):
    with staged(target) as out:
        for name in range(30):
            (out / f"{name}.txt").write_text(str(turn))
"""


def held(target: Path) -> set[str]:
    """The turns that the files of a tree are of; a whole tree has thirty files of one turn."""
    files = [path for path in target.iterdir() if path.name != MARK]
    assert len(files) == 30
    return {path.read_text() for path in files}


def leftovers(target: Path) -> list[Path]:
    return [path for path in target.parent.iterdir() if path != target]


def test_a_tree_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for text in ("old", "new"):
        with staged(target) as out:
            (out / f"{text}.html").write_text(text)
    assert {path.name for path in target.iterdir()} == {"new.html", MARK}
    assert leftovers(target) == []


def test_a_failure_leaves_the_old_tree(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with staged(target) as out:
        (out / "old.html").write_text("old")
    with pytest.raises(ZeroDivisionError), staged(target) as out:
        (out / "new.html").write_text("new")
        1 / 0  # noqa: B018
    assert {path.name for path in target.iterdir()} == {"old.html", MARK}
    assert leftovers(target) == []


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_is_not_ours_is_left_alone(what: str, tmp_path: Path) -> None:
    target = tmp_path / "site"
    letter = target / "letter.txt" if what == "folder" else target
    letter.parent.mkdir(exist_ok=True)
    letter.write_text("mine")
    with pytest.raises(TreeError), staged(target):
        pass
    assert letter.read_text() == "mine"


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    target = tmp_path / "site"
    target.mkdir()
    with staged(target) as out:
        (out / "a.html").write_text("a")
    assert (target / "a.html").is_file()


def test_killed_at_any_moment_it_is_the_old_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "site"
    chance = random.Random(8)
    before = -1
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target), str(before + 1)])
        started = time.monotonic()
        while not target.exists() and time.monotonic() - started < 60:
            time.sleep(0.01)
        time.sleep(0.3 + chance.random() / 5)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        turns = held(target)
        assert len(turns) == 1, "a tree of two turns"
        now = int(turns.pop())
        assert now >= before
        before = now
    with staged(target) as out:
        (out / "a.html").write_text("a")
    assert leftovers(target) == []


def test_where_folders_cannot_be_exchanged_a_killed_run_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_exchange", lambda first, second: False)
    target = tmp_path / "site"
    for text in ("old", "new"):
        with staged(target) as out:
            (out / f"{text}.html").write_text(text)
    assert (target / "new.html").is_file()
    target.rename(target.with_name(".site.old"))  # as if killed between the two renames
    with pytest.raises(ZeroDivisionError), staged(target):
        1 / 0  # noqa: B018
    assert (target / "new.html").is_file()
    assert leftovers(target) == []
