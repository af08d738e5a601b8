"""The docs: derived pages are fresh, verbs are told of, links lead somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from tests.conftest import HERE
from yusuan.cli import VERBS
from yusuan.package import Package

ROOT = HERE.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


@pytest.mark.parametrize("name", ["data-dictionary.md", "glossary.md", "rules.md", "questions.md"])
def test_derived_pages_are_fresh(name: str, shipped: Package) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "build.py"))["pages"](shipped)
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made[name], "run: make docs"


def test_every_verb_is_in_the_readme() -> None:
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        for verb in VERBS:
            assert f"yusuan {verb}" in text, (path.name, verb)


def test_every_page_is_in_the_readme() -> None:
    for path in READMES:
        text = path.read_text(encoding="utf-8")
        for page in (ROOT / "docs").rglob("*.md"):
            assert f"]({page.relative_to(ROOT).as_posix()})" in text, (path.name, page)


def test_links_lead_somewhere() -> None:
    for path in [*READMES, *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path.name, target)


def test_every_link_of_the_site_leads_somewhere(tmp_path: Path) -> None:
    made = runpy.run_path(str(ROOT / "docs" / "web.py"))["build_site"](tmp_path / "site")
    pages = {path: lxml.html.parse(path).getroot() for path in made}
    assert tmp_path / "site" / "index.html" in pages
    followed = 0
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for address in page.xpath("//@href | //@src"):
            if not re.match(r"https?:", address):
                file, _, fragment = unquote(address).partition("#")
                target = (path.parent / file).resolve() if file else path
                assert target.is_file(), (path, address)
                assert not fragment or target not in pages or pages[target].xpath("//*[@id=$id]", id=fragment), address
                followed += 1
    assert followed > 300
