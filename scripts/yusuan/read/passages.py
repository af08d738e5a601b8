"""The prose in order: each paragraph with the headings it stands under and the form they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yusuan.package import read_csv
from yusuan.read.forms import Form, Forms
from yusuan.read.grid import Paragraph, Span
from yusuan.read.lexicon import fold_pattern

_LEVELS = (
    (0, re.compile(r"第[一二三四五六七八九十]+(?:部分|章)")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")),
)
_LONGEST = 60
_PARTS = frozenset({"contents", "duties", "structure", "glossary", "explanation", "project"})
"""Kinds of section that a heading without a number can open."""
_DOTS = re.compile(r"(?:[.…·\-—_]{3,}|…+)\s*[0-9]*$")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]+部分|[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]|[（(]?[0-9]{1,2}[）)]?[、.．])"
)


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph in its place. `kind` is the kind of section; `heading` says it is a heading itself."""

    span: Span
    key: str
    kind: str
    form: Form | None
    headings: tuple[str, ...]
    heading: bool = False


class Sections:
    """Tells headings from text, and what kind of section a heading opens."""

    def __init__(self, folder: Path, forms: Forms) -> None:
        self.forms = forms
        self._kinds = [
            (re.compile(fold_pattern(row["pattern"])), row["kind"]) for row in read_csv(folder / "sections.csv")
        ]

    def kind_of(self, key: str) -> str:
        """The kind of section a folded heading without its number opens, or the empty string."""
        return next((kind for pattern, kind in self._kinds if pattern.fullmatch(key)), "")

    def passages(self, prose: Sequence[Paragraph]) -> Iterator[Passage]:
        """Every paragraph that is not blank, with its headings."""
        stack: dict[int, tuple[str, str, Form | None]] = {}
        contents: set[str] | None = None
        for paragraph in prose:
            key = paragraph.span.key
            if not key:
                continue
            if contents is not None and self._in_contents(key, contents):
                contents.add(_entry(key))
                yield Passage(paragraph.span, key, "contents", None, ("目录",))
                continue
            contents = None
            level = self._level(key)
            if level is not None:
                for deeper in [n for n in stack if n >= level]:
                    del stack[deeper]
                bare = _LEVELS[level][1].sub("", key, count=1)
                kind = self._heading_kind(bare, level)
                if kind == "contents":
                    contents = set()
                stack[level] = (bare, kind, self.forms.of_heading(bare))
            order = [stack[n] for n in sorted(stack)]
            kind = next((found for _, found, _ in reversed(order) if found), "")
            form = next((found for _, _, found in reversed(order) if found), None)
            yield Passage(paragraph.span, key, kind, form, tuple(text for text, _, _ in order), level is not None)

    @staticmethod
    def _in_contents(key: str, entries: set[str]) -> bool:
        """Whether a line goes on with a table of contents: numbered, or with dots, and not an entry again."""
        if _entry(key) in entries:
            return False
        return bool(_DOTS.search(key)) or (len(key) <= 60 and bool(_NUMBERED.match(key)) and "。" not in key)

    def _heading_kind(self, bare: str, level: int) -> str:
        kind = self.kind_of(bare)
        return "" if kind == "explanation" and level >= 2 else kind

    def _level(self, key: str) -> int | None:
        """Level of a heading: 0 a part, 1 一、, 2 （一）; None for text."""
        for level, pattern in _LEVELS:
            if found := pattern.match(key):
                rest = key[found.end() :]
                if len(rest) > _LONGEST:
                    return None
                if level and (rest.endswith(("。", "；")) or "：" in rest[:-1] or re.search(r"[0-9]万?元", rest)):
                    return None
                return level
        alone = len(key) <= 40 and not re.search(r"[。；，：]", key) and not re.match(r"[0-9](?!0[0-9]{2}年)", key)
        return 0 if alone and self.kind_of(key) in _PARTS else None


def _entry(key: str) -> str:
    """An entry of a table of contents without dots and page number."""
    return _DOTS.sub("", key)
