"""Made budgets laid out as one family of disclosures prints them, and what every printed amount means.

A dress (`tests/dresses/*.yaml`) holds the titles, headers, columns and rows of a family, written after what such
places print and not after `schemas/`. A seed makes the budget and settles what a dress leaves open: where the total
stands, how a zero is printed, thousands commas, how codes are cut, where pages end. The meanings come from the
budget, never from the reader.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from tests.family_files import Filing, Sheet
from tests.made_budgets import COORDINATES, Budget, ancestors, names, within

FOLDER = Path(__file__).parent / "dresses"
MEANING = (
    "form", "year", "phase", "direction", "function", "economic", "fund", "nature", "item", "project", "row_unit",
    "role", "unit", "amount",
)  # fmt: skip
"""What an expected row says of an amount; `project` is the project's name."""
Meaning = tuple[str, ...]

_BALANCES = {"opening-balance", "closing-balance", "surplus-use", "distribution"}
_YUAN = {"元": 1, "千元": 1000, "万元": 10000}


@dataclass(frozen=True)
class Line:
    """A row: its texts by the kind of column they stand in, what it says, and whether it adds others up."""

    texts: Mapping[str, str]
    says: Mapping[str, str]
    kind: str = ""
    level: int = 0


@dataclass(frozen=True)
class Choices:
    """What a seed settles of the layout."""

    total: str
    zero: str
    commas: bool
    codes: str
    indent: bool
    breaks: int


@dataclass
class Dressed:
    """A filing and the meaning of each amount in it."""

    name: str
    filing: Filing
    expected: Counter[Meaning] = field(default_factory=Counter)


def dress(name: str, seed: int) -> Dressed:
    """A made filing in a dress."""
    spec = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return _Maker(name, spec, random.Random(f"{name}-{seed}")).make()


def dresses() -> list[str]:
    """Names of all dresses."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "names")


class _Maker:
    def __init__(self, name: str, spec: Mapping[str, Any], rng: random.Random) -> None:
        self.spec = spec
        self.year: int = spec["year"]
        self.phase = {"budget": "approved", "final": "executed"}[spec["phase"]]
        self.unit: str = spec.get("unit", "万元")
        self.chosen = Choices(
            total=rng.choice(["first", "last"]), zero=rng.choice(["", "", "0.00", "-"]), commas=rng.random() < 0.6,
            codes=rng.choice(["parts", "whole"]), indent=rng.random() < 0.3, breaks=rng.choice([0, 0, 9]),
        )  # fmt: skip
        self.agency: str = spec["agency"]
        whole = spec.get("scope", "部门") == "部门"
        self.budget = Budget(self.agency, whole, spec["phase"] == "final", rng.random())
        self.out = Dressed(name, Filing(self._text(spec["cover"]), [], spec.get("wide", True)))

    def make(self) -> Dressed:
        for table in self.spec["tables"]:
            self.out.filing.sheets.append(self._sheet(table))
        return self.out

    # --- tables

    def _sheet(self, table: Mapping[str, Any]) -> Sheet:
        unit = table.get("unit", self.unit)
        above = [self._text(line).replace("{unit}", unit) for line in table["above"]]
        header = [
            [cell.strip() for cell in line.split("|")] for line in self._text(table["header"]).strip().split("\n")
        ]
        sheet = Sheet(above, header, [self._text(line) for line in table.get("below", [])])
        columns = [_column(text) for text in table["columns"]]
        if "sides" in table:
            sides = [list(self._listed(side, table)) for side in table["sides"]]
            for index in range(max(map(len, sides))):
                rows = [side[index] if index < len(side) else None for side in sides]
                sheet.rows.append(
                    [self._cell(rows[int(c["side"])], c, table, _of_side(columns, c), unit) for c in columns]
                )
        else:
            for line in self._lines(table):
                sheet.rows.append([self._cell(line, c, table, columns, unit) for c in columns])
        if self.chosen.breaks and len(sheet.rows) > len(header) + self.chosen.breaks:
            sheet.breaks.append(len(header) + self.chosen.breaks)
        return sheet

    def _cell(
        self,
        line: Line | None,
        column: Mapping[str, Any],
        table: Mapping[str, Any],
        columns: Sequence[Mapping[str, Any]],
        unit: str,
    ) -> str:
        if line is None:
            return ""
        if column["kind"] != "amount":
            return line.texts.get(column["kind"], "")
        if line.kind == "blank":
            return ""
        says = {**table.get("says", {}), **column["says"], **line.says}
        for name in ("fund", "nature", "item"):
            says[name] = _narrower(
                column["says"].get(name) or table.get("says", {}).get(name, ""), line.says.get(name, "")
            )
        year = self.year + int(column["says"].get("year", 0)) + int(line.says.get("year", 0))
        phase = says.get("phase") or self.phase
        whole = (line.kind == "grand" and "sides" in table) or "all" in column["flags"]
        filtered = {**says, **table.get("filter", {}), **column["filter"]}
        value = self.budget.amount(filtered, year, phase, whole and says.get("item", "") not in _BALANCES)
        if not value and self.chosen.zero != "0.00":
            return self.chosen.zero
        printed = f"{value / _YUAN[unit]:,.2f}" if self.chosen.commas else f"{value / _YUAN[unit]:.2f}"
        if says.get("item") in _BALANCES:
            says["direction"] = ""
        said = {name: says.get(name, "").partition("@")[0] for name in COORDINATES}
        role = _role(line, column, said["item"] in _BALANCES, any("sum" in c["flags"] for c in columns))
        found = {
            "form": column["says"].get("form", table["form"]), "year": str(year), "phase": phase, **said, "role": role,
            "unit": unit, "amount": f"{value.normalize():f}",
        }  # fmt: skip
        self.out.expected[tuple(found[name] for name in MEANING)] += 1
        return printed

    def _lines(self, table: Mapping[str, Any]) -> Iterator[Line]:
        total = Line({table.get("total_in", "name"): table.get("total_text", "合计")}, {}, "grand")
        place = table.get("total", self.chosen.total)
        if place == "first":
            yield total
        rows = table["rows"]
        if rows == "one":
            yield Line({}, {}, "one")
        elif rows == "units":
            for code, unit in self.budget.units.items():
                yield Line({"unit-code": code, "unit": unit, "name": unit}, {"row_unit": unit})
        elif rows == "units+functions":
            for code, unit in self.budget.units.items():
                yield Line({"unit-code": code, "name": unit, "unit": unit}, {"row_unit": unit}, "sum")
                for line in self._coded(table, {"row_unit": unit}):
                    yield replace(line, texts={**line.texts, "unit-code": code}, says={**line.says, "row_unit": unit})
        elif rows == "projects":
            yield from self._projects(table)
        elif isinstance(rows, list):
            yield from self._listed(rows, table)
        else:
            yield from self._coded(table, {})
        if place == "last":
            yield total

    def _projects(self, table: Mapping[str, Any]) -> Iterator[Line]:
        for fact in self.budget.cube(self.year, self.phase):
            if fact.project and within(fact, "fund", table.get("says", {}).get("fund", "")):
                texts = {
                    "project": fact.project, "unit": fact.unit,
                    "code": fact.function, "name": self.budget.names[fact.function],
                    "unit-code": next(code for code, unit in self.budget.units.items() if unit == fact.unit),
                    "economic-code": fact.economic, "economic-name": names().economics[fact.economic],
                }  # fmt: skip
                says = {
                    "project": fact.project,
                    "row_unit": fact.unit,
                    "function": fact.function,
                    "economic": fact.economic,
                }
                kept = table.get("keys", ["project"])
                yield Line(texts, {key: value for key, value in says.items() if key in kept})

    def _coded(self, table: Mapping[str, Any], inside: Mapping[str, str]) -> Iterator[Line]:
        """Rows by a classification, at the levels the table prints, where the budget has anything."""
        dimension, listed, key = {
            "functions": ("function", self.budget.names, "function"),
            "economics": ("economic", names().economics, "economic"),
            "government": ("economic", names().government, "government"),
        }["functions" if table["rows"] == "units+functions" else table["rows"]]  # fmt: skip
        levels = table.get("levels", [1, 2, 3])
        says = {**table.get("says", {}), **table.get("filter", {}), **inside}
        used = set()
        for phase in {self.phase, *table.get("phases", [])}:
            for fact in self.budget.cube(self.year, phase):
                wanted = {k: v for k, v in says.items() if k in {"fund", "nature", "row_unit"}}
                if not fact.item and all(within(fact, k, v) for k, v in wanted.items()):
                    used.add(getattr(fact, key))
        codes = sorted(
            {code[:width] for code in used for width in (3, 5, 7) if width // 2 in levels and len(code) >= width}
        )
        for code in codes:
            below = any(other != code and other.startswith(code) for other in codes)
            yield Line(self._code_texts(code, listed[code]), {dimension: code}, "sum" if below else "", len(code) // 2)

    def _code_texts(self, code: str, name: str) -> dict[str, str]:
        """A code and its name as every kind of column prints them."""
        level = len(code) // 2
        parts = [code[:3], code[3:5], code[5:7]]
        wholes = [code[:3], code[:5] if level > 1 else "", code if level > 2 else ""]
        cut = parts if self.chosen.codes == "parts" else wholes
        indent = "  " * (level - 1) if self.chosen.indent else ""
        return {
            "code": code, "name": indent + name, "both": f"{code}{name}", "both-dash": f"{code}-{name}",
            "both-space": f"{code} {name}", "class": cut[0], "group": cut[1], "item": cut[2], "bare-name": name,
        }  # fmt: skip

    def _listed(self, rows: Sequence[Any], table: Mapping[str, Any]) -> Iterator[Line]:
        """Rows written out in the dress: text, what it says, and what kind of row it is."""
        for row in rows:
            if isinstance(row, str):
                direction = {"direction": "expenditure"}
                numbers = "一二三四五六七八九十"
                classes = table.get("says", {})
                for n, line in enumerate(self._coded({"rows": "functions", "levels": [1], "says": classes}, {})):
                    texts = {"label": row.replace("{n}", numbers[n]).replace("{name}", line.texts["bare-name"])}
                    yield Line(texts, {**line.says, **direction})
                continue
            text, says, *kind = row
            labels = text if isinstance(text, dict) else {"label": self._text(text)}
            yield Line(labels, _says(says), kind[0] if kind else "")

    def _text(self, text: str) -> str:
        values = {"{agency}": self.agency, "{year}": str(self.year), "{last}": str(self.year - 1)}
        for key, value in values.items():
            text = text.replace(key, value)
        return text


def _column(text: str) -> dict[str, Any]:
    """A column of a dress: `name`, or `amount` with what it says and flags.

    `1:amount` is of the second side; `~nature=basic` narrows the money without the column saying so.
    """
    side, _, rest = text.rpartition(":")
    kind, *words = rest.split()
    said = [word for word in words if "=" in word]
    return {
        "side": side or "0", "kind": kind, "flags": {word for word in words if "=" not in word},
        "says": _says(" ".join(word for word in said if word[0] != "~")),
        "filter": _says(" ".join(word[1:] for word in said if word[0] == "~")),
    }  # fmt: skip


def _says(text: str) -> dict[str, str]:
    return dict(word.split("=", 1) for word in (text or "").split())


def _of_side(columns: Sequence[Mapping[str, Any]], column: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [other for other in columns if other["side"] == column["side"]]


def _role(line: Line, column: Mapping[str, Any], balance: bool, summed: bool) -> str:
    """The part an amount plays; of a balance that is printed by its funds too (`summed`) the funds are parts."""
    if line.kind == "grand" or "total" in column["flags"]:
        return "total"
    if balance and "item" in line.says and summed and not line.kind:
        return "balance" if "sum" in column["flags"] else "of-which"
    if line.kind in {"sum", "current"} or "sum" in column["flags"]:
        return "subtotal"
    if "of-which" in {line.kind, *column["flags"]}:
        return "of-which"
    if balance:
        return "balance"
    return "alternative" if "alternative" in column["flags"] or line.kind == "alternative" else "item"


def _narrower(across: str, down: str) -> str:
    return across if across and down in ancestors(across) else down or across
