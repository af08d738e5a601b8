"""Addresses of pages, each relative to the page that links: the same for a server and for a folder of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

INDEX = "index"


@dataclass(frozen=True)
class Endings:
    """What follows a page's path in its address, by language; `index` is what the page at the root is called.

    `switch` is for links to a page in a language that is not left to be found.
    """

    page: Mapping[str, str]
    switch: Mapping[str, str]
    index: str = ""


NEGOTIATED = Endings({"zh": "", "en": ""}, {"zh": "?lang=zh", "en": "?lang=en"})
"""For a server that chooses the language by what the client likes."""

CHOSEN = Endings({"zh": "?lang=zh", "en": "?lang=en"}, {"zh": "?lang=zh", "en": "?lang=en"})
"""For a server whose client has named a language."""

FILES = Endings({"zh": ".html", "en": ".en.html"}, {"zh": ".html", "en": ".en.html"}, INDEX)
"""For a folder of files: `x.html` in Chinese, `x.en.html` in English."""


@dataclass(frozen=True)
class Addresses:
    """Addresses as seen from the page at `here`, a path below `base` without a leading slash."""

    base: str
    here: str
    language: str
    endings: Endings

    @property
    def up(self) -> str:
        """The way from here to the root. It is never empty, so that no path can pass for a scheme."""
        return "../" * self.here.count("/") or "./"

    def of(self, iri: str) -> str:
        """The address of a thing of ours."""
        page, mark, fragment = iri.removeprefix(self.base).partition("#")
        return self.path(page, self.endings.page[self.language]) + mark + fragment

    def switched(self, language: str) -> str:
        """The address of this page in another language."""
        return self.path(self.here, self.endings.switch[language])

    def data(self, suffix: str) -> str:
        """The address of this page's data in the format of a suffix."""
        return self.path(self.here or INDEX, f".{suffix}")

    def other(self, path: str) -> str:
        """The address of something that is no page of a thing."""
        return self.up + path

    def path(self, page: str, ending: str) -> str:
        """The relative address of a page's path and an ending."""
        return self.up + (page or self.endings.index) + ending
