"""The scripts of docs/research run, on the shipped data, and draw what they say they draw."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import lxml.etree
import pytest

from tests.conftest import HERE

FOLDER = HERE.parent / "docs" / "research"
SCRIPTS = sorted(path for path in FOLDER.glob("*.py") if path.name != "chart.py")


def test_there_are_three() -> None:
    assert [path.stem for path in SCRIPTS] == ["growth_by_class", "targets", "three_public"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_prints_and_draws(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setattr(sys, "argv", [str(path), str(tmp_path)])
    runpy.run_path(str(path), run_name="__main__")
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) > 20
    picture = lxml.etree.parse(tmp_path / f"{path.stem}.svg").getroot()
    texts = "".join(picture.itertext())
    assert len(picture.findall(".//{*}path")) > 10
    assert any("\u4e00" <= char <= "\u9fff" for char in texts)
