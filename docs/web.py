"""The docs as a site that any web host serves: every page of the repository in HTML, with the files they point to."""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template
from urllib.parse import unquote

from marko import Markdown, block, inline
from marko.ext.gfm import GFM
from marko.helpers import MarkoExtension

HERE = Path(__file__).parent
ROOT = HERE.parent
ASSETS = ROOT / "scripts" / "yusuan" / "pages" / "assets"
HOME = "README.md"
READMES = {HOME: "English", "README.zh.md": "中文"}
"""What the menu calls the pages that have one title in two languages."""

ORDER = (
    ("", ("README.md", "README.zh.md", "docs/architecture.md", "docs/glossary.md")),
    (
        "使用 · using",
        ("docs/questions.md", "docs/serve.md", "docs/spark.md", "docs/render.md", "docs/research/README.md"),
    ),
    ("参考 · reference", ("docs/data-dictionary.md", "docs/rules.md", "docs/verdicts.md")),
    ("参与 · taking part", ("CONTRIBUTING.md", "docs/how-to.md", "docs/releasing.md", "CHANGELOG.md")),
    ("实测 · measured", ("docs/performance.md", "docs/mutations.md")),
)
"""Pages in the order of the menu, under their headings."""

_PAGE = Template((HERE / "page.html").read_text(encoding="utf-8"))
_NO_SLUG = re.compile(r"[^\w\- ]")
_OUTSIDE = re.compile(r"[a-z]+:|//|#")


def build_site(target: Path) -> list[Path]:
    """Write the site to `target`, in the place of what is there; gives its pages. Raises ValueError for a lost link."""
    if target.exists():
        shutil.rmtree(target)
    names = [name for _, group in _menu_order() for name in group]
    titles = {name: _title(name) for name in names}
    made = [_write(name, titles, target) for name in names]
    for asset in (ASSETS / "site.css", ASSETS / "mark.svg", HERE / "docs.css"):
        (target / "assets").mkdir(exist_ok=True)
        shutil.copyfile(asset, target / "assets" / asset.name)
    return made


def _menu_order() -> list[tuple[str, Sequence[str]]]:
    """The groups of the menu; pages that none of them has stand in the last."""
    known = {name for _, names in ORDER for name in names}
    pages = sorted(path.relative_to(ROOT).as_posix() for path in HERE.rglob("*.md"))
    more = [name for name in pages if name not in known]
    return [*ORDER, *([("更多 · more", more)] if more else [])]


def _title(name: str) -> str:
    if name in READMES:
        return READMES[name]
    return (ROOT / name).read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")


def _html(name: str) -> str:
    """Where a page goes."""
    return "index.html" if name == HOME else name.removesuffix(".md") + ".html"


def _write(name: str, titles: dict[str, str], target: Path) -> Path:
    pointed_to: set[str] = set()
    ours = type("Ours", (_Mixin,), {"page": name, "files": pointed_to})
    text = (ROOT / name).read_text(encoding="utf-8")
    body = Markdown(extensions=[GFM, MarkoExtension(renderer_mixins=[ours])]).convert(text)
    for file in pointed_to:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, target / file)
    path = target / _html(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    own = posixpath.dirname(_html(name))
    root = posixpath.relpath(".", own) + "/" if own else ""
    language = "zh-Hans" if ".zh." in name else "en"
    page = _PAGE.substitute(
        title=html.escape(titles[name]),
        language=language,
        root=root,
        menu="\n".join(_menu(name, titles, root)),
        body=body,
    )
    path.write_text(page, encoding="utf-8")
    return path


def _menu(here: str, titles: dict[str, str], root: str) -> Iterator[str]:
    for heading, names in _menu_order():
        if heading:
            yield f"<h2>{html.escape(heading)}</h2>"
        yield "<ul>"
        for name in names:
            current = ' aria-current="page"' if name == here else ""
            yield f'<li><a href="{root}{_html(name)}"{current}>{html.escape(titles[name])}</a></li>'
        yield "</ul>"


class _Mixin:
    """Headings that can be pointed at, links between pages, tables that scroll on their own."""

    page: str
    files: set[str]

    def __init__(self) -> None:
        super().__init__()
        self._slugs: dict[str, int] = {}

    def render_heading(self, element: block.Heading) -> str:
        inner = self.render_children(element)  # type: ignore[attr-defined]
        words = html.unescape(re.sub(r"<[^>]*>", "", inner)).strip().lower()
        slug = _NO_SLUG.sub("", words).replace(" ", "-")
        count = self._slugs.get(slug, 0)
        self._slugs[slug] = count + 1
        slug = f"{slug}-{count}" if count else slug
        return f'<h{element.level} id="{html.escape(slug)}">{inner}</h{element.level}>\n'

    def render_link(self, element: inline.Link) -> str:
        element.dest = self._address(element.dest)
        return str(super().render_link(element))  # type: ignore[misc]

    def render_image(self, element: inline.Image) -> str:
        element.dest = self._address(element.dest)
        return str(super().render_image(element))  # type: ignore[misc]

    def render_table(self, element: block.BlockElement) -> str:
        return f'<div class="wide" tabindex="0">{super().render_table(element)}</div>\n'  # type: ignore[misc]

    def _address(self, dest: str) -> str:
        if _OUTSIDE.match(dest):
            return dest
        path, mark, fragment = dest.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), unquote(path)))
        if not (ROOT / file).is_file():
            raise ValueError(f"{self.page} leads to {dest}, which is no file")
        if file.endswith(".md"):
            return posixpath.relpath(_html(file), posixpath.dirname(_html(self.page)) or ".") + mark + fragment
        self.files.add(file)
        return posixpath.relpath(file, posixpath.dirname(_html(self.page)) or ".") + mark + fragment
