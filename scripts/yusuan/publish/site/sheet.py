"""A printed table again: rows and columns as the document has them, each figure with its place and its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yusuan.pages.place import place_of

COORDINATES = ("project", "item", "function", "economic", "nature", "fund")
_PATH = " / "


@dataclass(frozen=True)
class Figure:
    """A figure as printed; `fragment` names it on its table's page."""

    fragment: str
    row: Mapping[str, Any]
    findings: tuple[Mapping[str, Any], ...] = ()

    @property
    def printed(self) -> str:
        """What the document prints."""
        return str(self.row["printed"])

    @property
    def role(self) -> str:
        """Its part in the sums of the table."""
        return str(self.row["role"])

    @property
    def place(self) -> str:
        """Where it is printed: file name and fragment."""
        return str(self.row["source"])


@dataclass
class SheetRow:
    """A row: what it says at its head, and a figure or None a column."""

    unit: str
    code: str
    label: str
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def role(self) -> str:
        """The role its figures share down the table, for its looks."""
        roles = {figure.role for figure in self.figures.values()}
        return "total" if "total" in roles else "subtotal" if roles == {"subtotal"} else ""

    @property
    def concept(self) -> tuple[str, str]:
        """The narrowest scheme and concept that all its figures share; empty where they share none."""
        for scheme in COORDINATES:
            found = {figure.row[scheme] for figure in self.figures.values()}
            if len(found) == 1 and (one := found.pop()):
                return ("government-economic" if scheme == "economic" and one.startswith("5") else scheme), one
        return "", ""


@dataclass(frozen=True)
class Head:
    """A cell of the header."""

    text: str
    across: int
    down: int


@dataclass(frozen=True)
class Sheet:
    """A block of a table: all of it, or one side where revenue and expenditure stand side by side."""

    direction: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def has_unit(self) -> bool:
        """Whether rows name a 单位."""
        return any(row.unit for row in self.rows)

    @property
    def has_code(self) -> bool:
        """Whether rows print a code."""
        return any(row.code for row in self.rows)

    @property
    def heads(self) -> list[list[Head]]:
        """The header in levels, equal neighbours joined."""
        paths = [column.split(_PATH) for column in self.columns]
        depth = max((len(path) for path in paths), default=1)
        levels: list[list[Head]] = []
        for level in range(depth):
            cells: list[Head] = []
            index = 0
            while index < len(paths):
                path = paths[index]
                end = index + 1
                while level < len(path) - 1 and end < len(paths) and paths[end][: level + 1] == path[: level + 1]:
                    if len(paths[end]) <= level + 1:
                        break
                    end += 1
                if level < len(path):
                    cells.append(Head(path[level], end - index, 1 if level < len(path) - 1 else depth - level))
                index = end
            levels.append(cells)
        return levels


def sheets(rows: Sequence[Mapping[str, Any]], findings: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Sheet]:
    """The blocks of a table from its figures in printed order. `findings` are by the figure they concern."""
    directions = list(dict.fromkeys(row["direction"] for row in rows))
    two_sided = {"revenue", "expenditure"} <= set(directions)
    if not two_sided:
        return [_sheet("", rows, findings)] if rows else []
    sides = {"revenue": [r for r in rows if r["direction"] == "revenue"]}
    sides["expenditure"] = [r for r in rows if r["direction"] == "expenditure"]
    sides[""] = [r for r in rows if not r["direction"]]
    return [_sheet(direction, side, findings) for direction, side in sides.items() if side]


def _sheet(
    direction: str, rows: Sequence[Mapping[str, Any]], findings: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Sheet:
    columns: list[str] = []
    made: list[SheetRow] = []
    before = ""
    for row in rows:
        head = (row["row_unit"], row["code_printed"], row["label"])
        current = made[-1] if made else None
        if current is None or (current.unit, current.code, current.label) != head or row["heading"] in current.figures:
            current, before = SheetRow(*head), ""
            made.append(current)
        if row["heading"] not in columns:
            columns.insert(
                columns.index(before) + 1 if before else (0 if len(made) > 1 else len(columns)), row["heading"]
            )
        before = row["heading"]
        fragment = str(row["id"]).partition("#")[2]
        current.figures[before] = Figure(fragment, row, tuple(findings.get(row["id"], ())))
    return Sheet(direction, tuple(columns), tuple(made))


def place_words(source: str, said: Mapping[str, str]) -> str:
    """A place in words."""
    return place_of(source).words(said) if source else ""
