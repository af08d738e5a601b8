"""What the service is given to show: pages made elsewhere, questions, files, and the release they are of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class Asker(Protocol):
    """A named question as this room needs it."""

    name: str

    def bind(self, given: Mapping[str, str]) -> str:
        """Its text with these parameters. Raises QueryError."""


@dataclass(frozen=True)
class Site:
    """What the service shows: pages made elsewhere, files, questions, and how a path becomes an IRI."""

    base: str
    questions: Mapping[str, Asker]
    ask_page: Callable[[str, str, str], bytes]  # language, root, query
    error_page: Callable[[str, str, int, str], bytes]  # language, root, status, message
    files: Mapping[str, tuple[bytes, str]]  # path → content, media type
    encode: Callable[[str], str]


@dataclass(frozen=True)
class Release:
    """The release that is served: its tag, and its descriptions by format name."""

    tag: str
    service: Mapping[str, bytes]
    void: Mapping[str, bytes]
