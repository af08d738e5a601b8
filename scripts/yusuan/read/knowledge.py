"""All that reading knows before it opens a document: forms, words, code lists, lists with their parents."""

from __future__ import annotations

import copy
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from yusuan.package import Package, Row
from yusuan.read.codes import CODE_SCHEMES, DEPARTMENT_ECONOMICS, FUNCTIONS, GOVERNMENT_ECONOMICS, Codes, name_key
from yusuan.read.cover import CoverWords
from yusuan.read.forms import Forms
from yusuan.read.text import fold
from yusuan.read.vocabulary import Vocabulary, Word, take_apart


@dataclass
class Knowledge:
    """Forms, vocabulary, code lists and registers of a package, loaded once."""

    package: Package
    forms: Forms
    vocabulary: Vocabulary = field(init=False)
    cover_words: CoverWords = field(init=False)
    codes: Codes = field(init=False)

    def __post_init__(self) -> None:
        self.vocabulary = Vocabulary(self.package.file("schemas", "lookups"))
        self.cover_words = CoverWords(self.vocabulary.folder, self.vocabulary)
        self.codes = Codes.of(self.package)

    @classmethod
    def of(cls, package: Package) -> Knowledge:
        """What a package knows, with the forms of its own."""
        return cls(package, Forms(package.file("schemas", "forms"), package.file("schemas", "lookups")))

    def afresh(self) -> Knowledge:
        """The same knowledge for the next filing: what reading it adds to the code lists stays with it."""
        other = copy.copy(self)
        other.codes = self.codes.afresh()
        return other

    def word(self, key: str, government: bool = False) -> Word | None:
        """The meaning of a folded header text: a word of the lookups, or a first-level economic class.

        A class both lists name is the department budget's, or the government budget's where `government`.
        """
        own, other = self._economics[government], self._economics[not government]
        return self.vocabulary.word(key) or own.get(key) or other.get(key)

    @cached_property
    def _economics(self) -> dict[bool, dict[str, Word]]:
        return {
            wanted == GOVERNMENT_ECONOMICS: {
                fold(row["name"]): Word(
                    "coordinate", row["id"], {"economic": row["id"]}, doubtful=self._names_a_function(row["name"])
                )
                for (scheme, _), rows in self.codes.concepts.items()
                if scheme == wanted
                for row in rows
                if row["level"] == "1"
            }
            for wanted in (DEPARTMENT_ECONOMICS, GOVERNMENT_ECONOMICS)
        }

    def _names_a_function(self, name: str) -> bool:
        """Whether a class of the functional classification goes by a name too."""
        return any(row["level"] == "1" for row in self.codes.names.get((FUNCTIONS, name_key(name)), []))

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
        """Whether one concept of a small list is strictly below another; never in any other list."""
        parents = self._parents.get(scheme, {})
        step = parents.get(lower, "")
        while step:
            if step == upper:
                return True
            step = parents.get(step, "")
        return False

    def siblings(self, scheme: str, concept: str) -> set[str]:
        """All parts of what a concept of a small list is a part of, itself among them; empty where it is none."""
        parents = self._parents[scheme]
        whole = parents.get(concept, "")
        return {part for part, parent in parents.items() if whole and parent == whole}

    @property
    def subjects(self) -> Collection[str]:
        """Identifiers of everything a figure of prose can count."""
        return self._parents["subjects"].keys()

    def rows(self, name: str) -> list[Row]:
        """Rows of a resource of the package."""
        return self.package.rows(name)
