"""The words of headers and row labels, and what each means: `schemas/lookups/words.csv` and its kin."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from yusuan.figures import units_of_money
from yusuan.package import read_csv
from yusuan.read.text import fold

_NAMED_YEAR = re.compile(r"^20[0-9]{2}年度?")
COORDINATES = ("direction", "fund", "nature", "item", "phase")
"""Coordinates a word can carry."""

_ENUMERATOR = re.compile(
    r"^(?:其中：|其中:)?(?:[（(]?[一二三四五六七八九十百]+[）)]?[、.．]|[（(][一二三四五六七八九十0-9]+[）)]"
    r"|[0-9]{1,2}[、.．)）](?![0-9])|[①-⑳])+"
)
_OF_WHICH = re.compile(r"^(?:[（(]?[一二三四五六七八九十0-9]+[）)]?[、.．]?)?其中[：:]")
_LEADING_CODE = re.compile(r"^([0-9]{3}(?:[0-9]{2}){0,2})(?=[^0-9.,，、）)])")


@dataclass(frozen=True)
class Word:
    """What a header word or row label means."""

    kind: str
    id: str
    coordinates: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    form: str = ""
    rows: str = ""
    doubtful: bool = False
    """Whether other lists have the word too: alone in a header it does not mean this."""

    @property
    def is_amount(self) -> bool:
        """Whether a column of this word holds amounts."""
        return self.kind in {"amount", "total", "coordinate", "group"}


Meaning = Callable[[str], Word | None]
"""Gives the meaning of a folded header text, or None."""


@dataclass(frozen=True)
class Label:
    """A row label taken apart: leading code, enumerator and 其中 away, and the folded rest."""

    key: str
    code: str
    of_which: bool
    numbered: bool


class Vocabulary:
    """Lookups of one package folder, matched on folded text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._words = [
            (
                re.compile(row["pattern"]),
                Word(
                    row["kind"],
                    row["id"],
                    {name: row[name] for name in COORDINATES if row[name]},
                    row["year"],
                    row["form"],
                    row["rows"],
                ),
            )
            for row in read_csv(folder / "words.csv")
        ]
        self._titles = read_csv(folder / "title-words.csv")
        self._captions = [(re.compile(row["pattern"]), row["kind"]) for row in read_csv(folder / "captions.csv")]
        self._notes = [re.compile(row["pattern"]) for row in read_csv(folder / "empty-notes.csv")]
        self._blanks = frozenset(fold(row["word"]) for row in read_csv(folder / "blanks.csv"))
        self.money = units_of_money(folder)
        self.word = lru_cache(maxsize=4096)(self._word)

    def _word(self, key: str) -> Word | None:
        """The meaning of a folded header text or label, or None."""
        for pattern, word in self._words:
            if pattern.fullmatch(key):
                return self._of_named_year(key, word) if word.year == "@" else word
        return None

    def _of_named_year(self, key: str, word: Word) -> Word:
        """A word with a year before it means what it means without; the year is that named."""
        rest = self._word(_NAMED_YEAR.sub("", key))
        if rest is None or rest.kind not in {"coordinate", "total"}:
            return word
        return replace(rest, coordinates={**word.coordinates, **rest.coordinates}, year=word.year)

    def title_coordinates(self, title: str) -> dict[str, str]:
        """Coordinates that the words of a title give, the first word of each dimension."""
        key = fold(title)
        found: dict[str, str] = {}
        for row in self._titles:
            if row["word"] in key:
                found.setdefault(row["dimension"], row["value"])
        return found

    def caption(self, key: str) -> str:
        """What a folded line around a table is: agency, unit, number, year, or the empty string."""
        for pattern, kind in self._captions:
            if pattern.fullmatch(key):
                return kind
        return ""

    def is_blank(self, key: str) -> bool:
        """Whether a folded cell holds nothing, or a mark that stands for nothing."""
        return key in self._blanks

    def declares_empty(self, key: str) -> bool:
        """Whether a folded sentence says that there is nothing to fill in."""
        return any(pattern.search(key) for pattern in self._notes)

    @cached_property
    def _money_pattern(self) -> str:
        return "|".join(sorted(self.money, key=len, reverse=True))

    def unit_of(self, key: str) -> str:
        """The unit of money a folded caption or header names, or the empty string."""
        found = re.search(rf"单位[:：](?:人民币)?({self._money_pattern})", key) or re.search(
            rf"[（(](?:单位[:：])?(?:人民币)?({self._money_pattern})[）)]", key
        )
        return (found.group(1) + ("" if found.group(1).endswith("元") else "元")) if found else ""


def take_apart(key: str) -> Label:
    """The parts of a folded row label."""
    of_which = bool(_OF_WHICH.match(key))
    rest = _ENUMERATOR.sub("", key)
    numbered = rest != key
    rest = re.sub(r"^其中[：:]", "", rest)
    code = ""
    if found := _LEADING_CODE.match(rest):
        code, rest = found.group(1), rest[found.end() :].lstrip("-:：")
    return Label(rest, code, of_which, numbered)
