"""All that reading knows before it opens a document: forms, words, code lists, lists with their parents."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from yusuan.package import Package, Row
from yusuan.read.codes import CODE_SCHEMES, DEPARTMENT_ECONOMICS, Codes, name_key
from yusuan.read.forms import Forms
from yusuan.read.text import fold
from yusuan.read.vocabulary import Vocabulary, Word, take_apart


@dataclass
class Knowledge:
    """Forms, vocabulary, code lists and registers of a package, loaded once."""

    package: Package
    forms: Forms
    vocabulary: Vocabulary = field(init=False)
    codes: Codes = field(init=False)

    def __post_init__(self) -> None:
        self.vocabulary = Vocabulary(self.package.file("schemas", "lookups"))
        self.codes = Codes.of(self.package)

    @classmethod
    def of(cls, package: Package) -> Knowledge:
        """What a package knows, with the forms of its own."""
        return cls(package, Forms(package.file("schemas", "forms")))

    def afresh(self) -> Knowledge:
        """The same knowledge for the next filing: what reading it adds to the code lists stays with it."""
        other = copy.copy(self)
        other.codes = self.codes.afresh()
        return other

    def word(self, key: str) -> Word | None:
        """The meaning of a folded header text: a word of the lookups, or a first-level economic class."""
        return self.vocabulary.word(key) or self._economics.get(key)

    @cached_property
    def _economics(self) -> dict[str, Word]:
        return {
            fold(row["name"]): Word("coordinate", row["id"], {"economic": row["id"]})
            for (scheme, _), rows in self.codes.concepts.items()
            if scheme == DEPARTMENT_ECONOMICS
            for row in rows
            if row["level"] == "1"
        }

    def is_name(self, key: str) -> bool:
        """Whether a folded text is a whole name that a row of some form can have."""
        label = take_apart(key)
        word = self.vocabulary.word(label.key)
        if word is not None and word.kind in {"total", "coordinate"}:
            return True
        return any((scheme, name_key(label.key)) in self.codes.names for scheme in CODE_SCHEMES)

    @cached_property
    def _parents(self) -> dict[str, dict[str, str]]:
        return {
            name: {row["id"]: row["parent"] for row in self.package.rows(name)}
            for name in ("items", "funds", "natures", "subjects")
        }

    def is_below(self, scheme: str, lower: str, upper: str) -> bool:
        """Whether one concept of a small list is strictly below another."""
        parents = self._parents[scheme]
        step = parents.get(lower, "")
        while step:
            if step == upper:
                return True
            step = parents.get(step, "")
        return False

    @property
    def subjects(self) -> Collection[str]:
        """Identifiers of everything a figure of prose can count."""
        return self._parents["subjects"].keys()

    def rows(self, name: str) -> list[Row]:
        """Rows of a resource of the package."""
        return self.package.rows(name)
