"""What was expected of a document without the reader, held against what the reader gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from yusuan.package import Row, read_csv

FOLDER = Path(__file__).parent / "accuracy"
MEANING = (
    "page", "form", "year", "phase", "direction", "function", "economic", "fund", "nature", "item", "role", "unit",
    "amount",
)  # fmt: skip
"""What must agree for an amount to be right: place, meaning, role, unit and the amount in yuan."""

Key = tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Expected and found of one document, counted as multisets."""

    expected: Counter[Key]
    found: Counter[Key]

    @property
    def right(self) -> int:
        """How many agree."""
        return (self.expected & self.found).total()

    @property
    def missing(self) -> list[Key]:
        """Expected and not found, or found with another meaning."""
        return sorted((self.expected - self.found).elements())

    @property
    def invented(self) -> list[Key]:
        """Found and not expected, or expected with another meaning."""
        return sorted((self.found - self.expected).elements())


def documents() -> dict[str, list[Row]]:
    """Expected amounts by document, named without its suffix."""
    return {path.stem: read_csv(path) for path in sorted(FOLDER.glob("*.csv")) if path.stem != "tables"}


def compare_amounts(expected: Iterable[Row], document: str, line_items: Iterable[Row]) -> Comparison:
    """The expected amounts of a document and those the reader gives for it."""
    found = (row for row in line_items if _file(row).rpartition(".")[0] == document)
    return Comparison(Counter(map(_key, expected)), Counter(_key({**row, "page": _page(row)}) for row in found))


def compare_tables(expected: Iterable[Row], file: str, tables: Iterable[Row]) -> Comparison:
    """The tables counted in a file and those the reader gives for it: form, page and whether it is filled.

    An expectation that does not say whether it is filled agrees with either.
    """
    fields = ("form", "page", "filled")
    found = Counter(_key({**row, "page": _page(row)}, fields) for row in tables if _file(row) == file)
    counted: Counter[Key] = Counter()
    for row in expected:
        if row["file"] == file and row["form"]:
            counted[
                next(
                    (key for key in found if key[:2] == _key(row, fields[:2]) and not row["filled"]), _key(row, fields)
                )
            ] += 1
    return Comparison(counted, found)


def _key(row: Mapping[str, str], fields: Iterable[str] = MEANING) -> Key:
    return tuple(row[name] for name in fields)


def _file(row: Row) -> str:
    return row["source"].partition("#")[0]


def _page(row: Row) -> str:
    found = re.search(r"#page=([0-9]+)", row["source"])
    return found.group(1) if found else ""
