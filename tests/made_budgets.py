"""Made-up budgets: sums of money that no table splits further, and what any question of them adds up to."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

NAMES = Path(__file__).parent / "dresses" / "names.yaml"
COORDINATES = ("direction", "function", "economic", "fund", "nature", "item", "project", "row_unit")
_ABOVE = {
    "personnel": "basic", "running-costs": "basic",
    "general": "appropriation", "government-fund": "appropriation", "state-capital": "appropriation",
    "institutional": "other-funds", "other-income": "other-funds", "operating": "other-funds",
    "overseas": "three-public", "vehicles": "three-public", "reception": "three-public",
    "vehicle-purchase": "vehicles", "vehicle-running": "vehicles",
    "three-public": "@public", "meetings": "@public", "training": "@public",
    "goods": "procurement", "works": "procurement", "services": "procurement", "procurement": "@procurement",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A sum of money that no table splits further; `carried` is paid from what was left of the year before."""

    unit: str
    function: str
    economic: str
    government: str
    fund: str
    nature: str
    project: str = ""
    item: str = ""
    carried: bool = False
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Names:
    """Codes and names that the budget uses, as the classification prints them."""

    functions: Mapping[str, str]
    economics: Mapping[str, str]
    government: Mapping[str, str]
    domains: Sequence[Mapping[str, Any]]
    projects: Sequence[str]


@cache
def names() -> Names:
    """The names in `names.yaml`."""
    value = yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    return Names(**{key: value[key] for key in ("functions", "economics", "government", "domains", "projects")})


class Budget:
    """The budget of an agency with its units, every year and phase of it, as a seed makes it."""

    def __init__(self, agency: str, whole: bool, final: bool, seed: float) -> None:
        self.seed = seed
        self.final = final
        rng = random.Random(seed)
        self.domain = rng.choice(names().domains)
        self.names = {**names().functions, **self.domain["functions"]}
        count = rng.choice([1, 2, 3]) if whole else 1
        own = [agency, agency + "机关服务中心", agency[:-1] + "综合执法支队"]
        self.units = {f"318{n:03}": unit for n, unit in enumerate(own[:count], 1)}
        self.cubes: dict[tuple[int, str], list[Fact]] = {}

    def cube(self, year: int, phase: str) -> list[Fact]:
        """The facts of a year and phase; every phase of a year has the same shape and figures of its own."""
        if (year, phase) not in self.cubes:
            self.cubes[year, phase] = list(self._facts(random.Random(f"{self.seed}-{year}-{phase}")))
        return self.cubes[year, phase]

    def _facts(self, rng: random.Random) -> Iterator[Fact]:
        def money() -> Decimal:
            return Decimal(rng.randint(1, 90_000)) * 100

        run, project = self.domain["run"], self.domain["project"]
        fund_of = {"2120899": "government-fund", "2230105": "state-capital"}
        for unit in self.units.values():
            for economic, government in (
                ("30101", "50101"),
                ("30102", "50101"),
                ("30103", "50101"),
                ("30302", "50905"),
            ):
                yield Fact(unit, run, economic, government, "general", "personnel", amount=money())
            for function, economic in (("2080505", "30108"), ("2101101", "30110"), ("2210201", "30113")):
                government = "50103" if economic == "30113" else "50102"
                yield Fact(unit, function, economic, government, "general", "personnel", amount=money())
            for economic in ("30201", "30211", "30228", "30239"):
                yield Fact(unit, run, economic, "50201", "general", "running-costs", amount=money())
            yield Fact(unit, run, "31002", "50306", "general", "running-costs", amount=money())
            yield Fact(unit, run, "30201", "50201", "institutional", "running-costs", amount=money())
        unit = next(iter(self.units.values()))
        for index, (function, title) in enumerate(
            zip([project, project, "2120899", "2230105"], names().projects, strict=False)
        ):
            fund = fund_of.get(function, "general")
            yield Fact(unit, function, "30227", "50205", fund, "project", title, carried=index == 1, amount=money())
        if self.final:
            yield Fact(unit, project, "30227", "50205", "general", "project", item="closing-balance", amount=money())
        for item in ("overseas", "vehicle-running", "reception", "meetings", "training", "goods", "services"):
            yield Fact(unit, run, "30299", "50299", "general", "", item=item, amount=money())

    def amount(self, says: Mapping[str, str], year: int, phase: str, whole: bool) -> Decimal:
        """The sum of what is said; `whole` takes in what was carried over from and to other years."""
        wanted = {key: says[key] for key in COORDINATES if says.get(key)}
        revenue = wanted.pop("direction", "") == "revenue"
        item = wanted.pop("item", "")
        total = Decimal(0)
        for fact in self.cube(year, phase):
            if item == "opening-balance":
                counts = fact.carried
            elif item:
                counts = item in ancestors(fact.item)
            else:
                counts = not fact.item or (fact.item == "closing-balance" and (revenue or whole))
                counts = counts and (whole or not revenue or not fact.carried)
            if counts and all(within(fact, key, value) for key, value in wanted.items()):
                total += fact.amount
        return total


def ancestors(value: str) -> set[str]:
    """A concept of a small list and all those above it."""
    found = set()
    while value:
        found.add(value)
        value = _ABOVE.get(value, "")
    return found


def within(fact: Fact, key: str, value: str) -> bool:
    """Whether a fact is of a concept, or of one below it."""
    if not value:
        return True
    if key == "function":
        return fact.function.startswith(value)
    if key == "economic":
        return (fact.government if value.startswith("5") else fact.economic).startswith(value)
    if key == "row_unit":
        return fact.unit == value
    if key == "project":
        return fact.project == value
    return value in ancestors(getattr(fact, key))
