"""The frame of every page: templates filled in with words of a language and addresses as seen from the page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined

from yusuan.pages.addresses import NEGOTIATED, Addresses, Endings
from yusuan.pages.words import HERE, words

Menu = Sequence[tuple[str, str]]
"""Entries of the menu: the key of a word, and a path below the root."""

_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Frame:
    """Makes pages below `base`. `endings` says how they are addressed, `menu` what else there is.

    `templates` are those of a caller, by name, which may extend or replace ours.
    """

    def __init__(
        self,
        base: str,
        endings: Endings = NEGOTIATED,
        menu: Menu = (),
        about: str = "",
        templates: Mapping[str, str] | None = None,
    ) -> None:
        self.base = base
        self.endings = endings
        self.menu = tuple(menu)
        self.about = about
        self._templates = _templates(templates or {})
        self.version = str(self._templates.globals["version"])  # changes when pages of the same graph do

    def addresses(self, path: str, language: str) -> Addresses:
        """Addresses as seen from the page at a path."""
        return Addresses(self.base, path, language, self.endings)

    def page(self, template: str, addresses: Addresses, **given: object) -> bytes:
        """A template filled in."""
        said = words(addresses.language)
        ending = self.endings.page[addresses.language]
        known = {
            "said": said,
            "language": addresses.language,
            "other": "en" if addresses.language == "zh" else "zh",
            "to": addresses,
            "menu": [(said[key], addresses.path(path, ending)) for key, path in self.menu],
            "data": True,
            "about": self.about,
            "chart_words": {key.removeprefix("chart-"): text for key, text in said.items() if key.startswith("chart")},
        }
        return self._templates.get_template(template).render(known | given).encode()

    def error(self, language: str, path: str, message: str, *, missing: bool = False) -> bytes:
        """The page that says why there is none, as seen from a path; for a missing one the message is its IRI."""
        said = words(language)
        title = said["not-found-title" if missing else "error-title"]
        message = said["say-404"] + message if missing else message
        return self.page("error.html", self.addresses(path, language), title=title, message=message, data=False)


def _templates(more: Mapping[str, str]) -> Environment:
    """All templates and those of a caller, read now: a process that may open no files can use them."""
    folder = HERE / "templates"
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))} | dict(more)
    found = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.globals["version"] = _version(more)
    found.filters["query"] = lambda text: quote(str(text), safe="")
    for name in sources:
        found.get_template(name)
    return found


def assets() -> dict[str, tuple[bytes, str]]:
    """Files that pages need below `assets/`: content and media type by name."""
    found = sorted(path for path in (HERE / "assets").iterdir() if path.suffix in _MEDIA)
    return {path.name: (path.read_bytes(), _MEDIA[path.suffix]) for path in found}


def _version(more: Mapping[str, str]) -> str:
    """Changes when an asset, a template or a word does, so that a browser may keep what it has until then."""
    own = [path.read_bytes() for pattern in ("assets/*", "templates/*", "*.csv") for path in sorted(HERE.glob(pattern))]
    return hashlib.sha256(b"\0".join([*own, *(text.encode() for _, text in sorted(more.items()))])).hexdigest()[:8]
