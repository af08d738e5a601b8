"""What a library for spreadsheets does not tell of a sheet: formats, errors, hidden zeros; and its true extent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

from yusuan.errors import DocumentError
from yusuan.read.limits import MOST_CELLS, MOST_TEXT, check_area, check_count

At = tuple[int, int]
"""Row and column, zero-based."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""Words of the errors a cell can show, by their code in old files."""


@dataclass(eq=False)
class Look:
    """One sheet: formats of its numbers, errors it shows, whether it shows zeros. Cells are counted as they come."""

    place: str
    formats: dict[At, str] = field(default_factory=dict)
    errors: dict[At, str] = field(default_factory=dict)
    zeros: bool = True
    characters: int = 0
    _top: int = 1 << 30
    _left: int = 1 << 30
    _bottom: int = -1
    _right: int = -1

    def add(self, at: At, code: str = "", text: int = 0) -> None:
        """A filled cell with the format of its number or the length of its shared text."""
        self._top, self._bottom = min(self._top, at[0]), max(self._bottom, at[0])
        self._left, self._right = min(self._left, at[1]), max(self._right, at[1])
        self.characters += text
        if code:
            self.formats[at] = code

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns from the first filled cell to the last."""
        return max(0, self._bottom - self._top + 1), max(0, self._right - self._left + 1)

    def check(self) -> None:
        """Raise DocumentError where the sheet is larger than is read."""
        check_area(*self.size, self.place)
        check_count(self.characters, MOST_TEXT, "characters", self.place)


def check_book(looks: Sequence[Look], name: str) -> None:
    """Raise DocumentError where the sheets of a workbook together hold more than is read."""
    check_count(sum(look.characters for look in looks), MOST_TEXT, "characters", name)
    check_count(sum(prod(look.size) for look in looks), 2 * MOST_CELLS, "cells in the workbook", name)


def reference(at: At) -> str:
    """The name of a cell, such as B7."""
    column, letters = at[1] + 1, ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{at[0] + 1}"


def position(text: str, place: str) -> At:
    """The place a cell name such as B7 stands for."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise DocumentError(f"damaged: no such cell as {text[:20]}", place)
    column = 0
    for letter in found.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1
