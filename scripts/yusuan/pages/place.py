"""Where a figure is printed, in words and in order: `<file name>#<fragment>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTS = ("page", "char", "range", "cell", "paragraph", "table", "sheet")
_LINE = 6.0  # points within which two figures of a PDF page stand on one line


@dataclass(frozen=True)
class Place:
    """A file and the place in it."""

    file: str
    fragment: str

    @property
    def parts(self) -> dict[str, str]:
        """The fragment's parts by name."""
        return dict(part.partition("=")[::2] for part in self.fragment.split("&") if part)

    @property
    def order(self) -> tuple[float, ...]:
        """What sorts places of one document as they are printed: by page or sheet, then down, then across."""
        parts = self.parts
        if "viewrect" in parts:
            box = [float(number) for number in _NUMBER.findall(parts["viewrect"])]
            x, y, _, height = box if len(box) == 4 else (0.0, 0.0, 0.0, 0.0)
            return (*_numbers(parts.get("page", "")), round((y + height / 2) / _LINE), x)
        if "range" in parts:
            column = "".join(filter(str.isalpha, parts["range"].partition(":")[0])).upper()
            return (*_numbers(parts["range"])[:1], sum(26**i * (ord(c) - 64) for i, c in enumerate(reversed(column))))
        return _numbers(self.fragment)

    def words(self, said: Mapping[str, str]) -> str:
        """The place in words, by the sentences `place-…` of a language."""
        parts = self.parts
        for name in ("page", "char", "range", "cell", "paragraph"):
            if name in parts and f"place-{name}" in said:
                return said[f"place-{name}"].format_map({key: parts.get(key, "") for key in _PARTS})
        return self.fragment


def place_of(source: str) -> Place:
    """The place that a source names."""
    file, _, fragment = source.partition("#")
    return Place(file, fragment)


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(number) for number in _NUMBER.findall(text))
