"""What the service is given to show: pages made elsewhere, questions, files, and the release they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Asker(Protocol):
    """A named question as this room needs it."""

    @property
    def name(self) -> str:
        """Its name."""

    def bind(self, given: Mapping[str, str]) -> str:
        """Its text with these parameters. Raises QueryError."""


@dataclass(frozen=True)
class Here:
    """Where a page is that is made: its path, encoded and without a leading slash, and its language.

    `chosen` is a language that the client named, which links then keep.
    """

    path: str
    language: str
    chosen: bool


class Things(Protocol):
    """Pages of things as this room needs them."""

    def html(self, iri: str, language: str) -> bytes | None:
        """The page of an IRI, or None where nothing is said of it."""

    def home(self, language: str) -> bytes:
        """The page at the root."""

    def data(self, iri: str, suffix: str) -> bytes | None:
        """What is said of it in the format of a suffix, or None."""


@dataclass(frozen=True)
class Site:
    """What the service shows: pages made elsewhere, files, questions, and how a path becomes an IRI.

    `root` is the path under which a proxy shows the service, without a closing slash.
    """

    base: str
    root: str
    questions: Mapping[str, Asker]
    ask_page: Callable[[Here, str], bytes]  # the query to begin with
    error_page: Callable[[Here, str, bool], bytes]  # the message, or the IRI of what is missing
    files: Mapping[str, tuple[bytes, str]]  # path → content, media type
    encode: Callable[[str], str]


@dataclass(frozen=True)
class Release:
    """The release that is served: its tag, the version of the package, its descriptions by format name."""

    tag: str
    version: str
    service: Mapping[str, bytes]
    void: Mapping[str, bytes]
