"""Made budgets in the dress of many families, in every format: each amount is read as it was meant."""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import dressed, family_files, office_copies
from tests.conftest import read_into
from yusuan.package import Package

MAKERS: dict[str, Callable[[family_files.Filing], bytes]] = {
    "pdf": family_files.pdf, "docx": family_files.word, "xlsx": family_files.workbook, "html": family_files.html,
}  # fmt: skip
SWEEP = bool(os.environ.get("YUSUAN_SWEEP"))
SEEDS = range(1, 31) if SWEEP else range(1, 2)
COPIES = list(itertools.product(dressed.dresses(), range(1, 6), office_copies.KINDS)) if SWEEP else []
"""Copies take an office suite some seconds each: a sweep makes them."""


def found(package: Package) -> Counter[dressed.Meaning]:
    """What the line items of a package mean, as the dresses say it."""
    names = {row["id"]: row["name"] for row in package.rows("projects")}
    return Counter(
        tuple(names.get(row[name], "") if name == "project" else row[name] for name in dressed.MEANING)
        for row in package.rows("line_items")
    )


def judge(made: dressed.Dressed, document: Path, folder: Path) -> None:
    """Hold what the reader gives of a document against what it was made to say."""
    package = read_into(folder / "package", document)
    assert all(row["form"] for row in package.rows("tables"))
    read = found(package)
    assert sorted((made.expected - read).elements()) == []
    assert sorted((read - made.expected).elements()) == []


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", dressed.dresses())
def test_every_amount_means_what_it_was_made_to(name: str, seed: int, suffix: str, tmp_path: Path) -> None:
    made = dressed.dress(name, seed)
    document = tmp_path / f"{name}.{suffix}"
    document.write_bytes(MAKERS[suffix](made.filing))
    judge(made, document, tmp_path)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here; this test converts with it")
@pytest.mark.parametrize(("name", "seed", "kind"), COPIES)
def test_copies_made_by_an_office_suite_say_the_same(name: str, seed: int, kind: str, tmp_path: Path) -> None:
    made = dressed.dress(name, seed)
    judge(made, office_copies.copy(made.filing, kind, tmp_path), tmp_path)
