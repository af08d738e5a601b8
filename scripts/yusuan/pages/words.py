"""Words of the pages in two languages, and names of things in the language asked for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from yusuan.pages.source import Graph

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")
MOST_KEPT = 50_000


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of a language by key."""
    with (HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row[language] for row in csv.DictReader(file)}


class Names:
    """Names of things in one language, looked up once each while they are in use."""

    def __init__(self, graph: Graph, language: str) -> None:
        self.graph = graph
        self.language = language
        self.words = words(language)
        self.of = lru_cache(MOST_KEPT)(self._find)
        self.code = lru_cache(MOST_KEPT)(self._code)

    def _find(self, iri: str) -> str:
        """The name of a thing: its label in this language, else in another, else its shortened IRI."""
        short = self.graph.shorten(iri)
        label = in_language(self.graph.values(iri, "skos:prefLabel", "rdfs:label"), self.language)
        if label is not None:
            return label.value
        return self.words.get(
            short, short.partition("://")[2].rstrip("/").rpartition("/")[2] if "://" in short else short
        )

    def of_class(self, iri: str) -> str:
        """The name of a class."""
        return self.words.get(f"class:{self.graph.shorten(iri)}") or self.of(iri)

    def _code(self, iri: str) -> str:
        """The notation of a concept, where it is one that people know it by."""
        found = self.graph.values(iri, "skos:notation")
        return found[0].value if found and found[0].value[:1].isdigit() else ""


def own_first(values: Iterable[ox.Literal | ox.NamedNode], language: str) -> list[ox.Literal | ox.NamedNode]:
    """Values as they come, those in this language before all others."""
    return sorted(values, key=lambda value: not _is_in(value, language))


def _is_in(value: ox.Literal | ox.NamedNode, language: str) -> bool:
    return isinstance(value, ox.Literal) and (value.language or "").lower().startswith(language)


def in_language(values: list[ox.Literal | ox.NamedNode], language: str) -> ox.Literal | None:
    """The text among values that is in this language, else one in no language, else in Chinese, else any."""
    texts = [value for value in values if isinstance(value, ox.Literal)]

    def rank(text: ox.Literal) -> tuple[int, str]:
        own = (text.language or "").lower()
        if own.startswith(language):
            return 0, text.value
        return (1 if not own else 2 if own.startswith("zh") else 3), text.value

    return min(texts, key=rank, default=None)
