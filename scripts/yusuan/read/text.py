"""Printed text made comparable: white space, widths and brackets folded, figures parsed exactly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache

_CJK = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’"
_BETWEEN_CJK = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_SPACE = re.compile(r"[\s\u3000\ufeff\u200b]+")
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟「」『』＂", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("〔【﹝[〖„｛", "["),
        **dict.fromkeys("〕】﹞]〗‟｝", "]"),
        **dict.fromkeys("−－﹣–—", "-"),
        **dict.fromkeys("～〜", "~"),
        **dict.fromkeys("•·∙・", "·"),
    }
)
_BRACKETS = str.maketrans({"(": "（", ")": "）", "％": "%"})
_KEEP = frozenset("，。；：！？（）《》、％")

FIGURE = re.compile(
    r"(?<![0-9０-９A-Za-z])[-−－]?(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)"
    r"(?:[.．][0-9０-９]+)?|(?<=[A-Za-z])[0-9０-９]+"
)
"""One numeric token: digits of either width, thousands commas, a decimal part, a sign that is no hyphen."""

_AMOUNT = re.compile(r"[(（]?[-−－]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?[)）]?")


def squeeze(text: str) -> str:
    """Text on one line: white space gone between Chinese characters, single elsewhere, none at the ends."""
    return _SPACE.sub(" ", _BETWEEN_CJK.sub("", text)).strip()


def joined(lines: Iterable[str]) -> str:
    """Texts of several cells as one, between them a slash with spaces, which no text then has within it."""
    return " / ".join(line.replace(" / ", "/") for line in lines)


@dataclass(frozen=True)
class Folded:
    """Folded text that remembers where each of its characters came from."""

    text: str
    at: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a span of the folded one."""
        if start >= end:
            return self.at[start] if start < len(self.at) else 0, self.at[start] if start < len(self.at) else 0
        return self.at[start], self.at[end - 1] + 1


def folded(text: str) -> Folded:
    """Fold with positions: no white space, half-width letters and digits, one kind of quote and bracket.

    Full-width Chinese punctuation stays, so that sentence and clause ends are the same in every document.
    """
    out: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        plain = _folded_char(char)
        out.append(plain)
        at.extend([index] * len(plain))
    return Folded("".join(out), tuple(at))


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Text for comparing: as `folded`, without positions."""
    return "".join(map(_folded_char, text))


@cache
def _folded_char(char: str) -> str:
    """What one character is folded to: nothing for white space, often itself, a few letters for a ligature."""
    if _SPACE.fullmatch(char):
        return ""
    plain = char if char in _KEEP else unicodedata.normalize("NFKC", char)
    return plain.translate(_SAME).translate(_BRACKETS)


def figure(text: str) -> Decimal | None:
    """The exact value of a printed figure, or None where the text is none.

    Takes digits of either width, thousands commas, a minus sign of any kind and accounting brackets.
    """
    text = _SPACE.sub("", text)
    if not _AMOUNT.fullmatch(text):
        return None
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").replace("－", "-")
    negative = plain.startswith(("-", "("))
    if plain.startswith("(") != plain.endswith(")"):
        return None
    try:
        value = Decimal(plain.strip("()-"))
    except InvalidOperation:
        return None
    return -value if negative else value
