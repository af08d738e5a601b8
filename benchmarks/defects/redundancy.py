"""What a clean filing says more than once: whether it would contradict another figure in a place.

Settled without the rules: a figure is a term of a sum that holds, is printed again for the same thing, or follows from
others printed beside it. What is printed once, with nothing to contradict it, cannot be found wrong by anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yusuan.package import Row
from yusuan.read.filing import FilingRows
from yusuan.read.text import fold

YUAN = {"元": 1, "千元": 1000, "万元": 10000, "万": 10000, "百万元": 10**6, "亿元": 10**8, "亿": 10**8}
_COORDINATES = ("form", "direction", "function", "economic", "fund", "nature", "item", "project", "subject")
_SHARED = ("year", "phase", "direction", "function", "economic", "fund", "nature", "item", "project", "row_unit")
_EXACT = ("form", "year", "phase", "function", "economic", "item", "project")
_COUNTED = {
    "headcount": ("headcount-active", "headcount-retired", "headcount-veteran", "headcount-other"),
    "establishment": (
        "establishment-administrative", "establishment-attached", "establishment-institution", "establishment-worker",
    ),
}  # fmt: skip
"""Counts of people and what each is the sum of."""
_PARTS = {"three-public": ("overseas", "vehicles", "reception"), "vehicles": ("vehicle-purchase", "vehicle-running")}
"""Items of the three public expenses and what each is the sum of."""
_AT_LEAST = re.compile("以上|不少于|不低于|至少|大于|超过")
_AT_MOST = re.compile("以下|以内|不超过|不高于|小于")


@dataclass
class Redundancy:
    """The rows of a clean filing, by what they say of each other."""

    rows: FilingRows

    def __post_init__(self) -> None:
        self.items = {row["id"]: row for row in self.rows.rows["line_items"]}
        self.said = {row["id"]: row for row in self.rows.rows["statements"]}
        sums: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for row in self.rows.rows["sums"]:
            sums[row["whole"], row["axis"], row["partition"]].append(row["part"])
        self.terms: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for (whole, _, _), parts in sums.items():
            if self._adds_up(whole, parts, {}, len(parts)) and len(parts) >= 2:
                for one in (whole, *parts):
                    self.terms[one].append((whole, parts))
        self.printed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.items.values():
            self.printed[tuple(row[name] for name in _SHARED)].append(row)
        self.levels: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.said.values():
            if row["measure"] in {"level", "count"}:
                self.levels[_coordinates(row)].append(row)

    # --- figures of tables

    def contradicts(self, changed: Mapping[str, Decimal]) -> bool:
        """Whether line items with other amounts, in yuan by id, break a sum that holds or another print of them."""
        return any(self._contradicts(self.items[one], changed) for one in changed)

    def _contradicts(self, item: Row, changed: Mapping[str, Decimal]) -> bool:
        if any(not self._adds_up(w, parts, changed, len(parts) + 1) for w, parts in self.terms[item["id"]]):
            return True
        off = abs(changed[item["id"]] - Decimal(item["amount"]))
        return any(off > 2 * max(quantum(item), quantum(other)) for other in self.also_printed(item))

    def also_printed(self, item: Row) -> list[Row]:
        """The same amount of the same thing in other tables."""
        same = self.printed[tuple(item[name] for name in _SHARED)]
        return [o for o in same if o["table_id"] != item["table_id"] and o["amount"] == item["amount"]]

    def _adds_up(self, whole: str, parts: Sequence[str], changed: Mapping[str, Decimal], places: int) -> bool:
        if any(one not in self.items for one in (whole, *parts)):
            return False
        amounts = [changed.get(one, Decimal(self.items[one]["amount"])) for one in (whole, *parts)]
        coarsest = max(quantum(self.items[one]) for one in (whole, *parts))
        return abs(amounts[0] - sum(amounts[1:])) <= places * coarsest

    def misses(self, row: Sequence[Row]) -> bool:
        """Whether a sum of three or more terms breaks where these line items of one row are gone, or are twice."""
        own = {item["id"] for item in row}
        for item in row:
            for whole, parts in self.terms[item["id"]]:
                coarsest = max(quantum(self.items[one]) for one in (whole, *parts))
                alone = whole not in own and sum(part in own for part in parts) == 1 and len(parts) > 2
                if alone and item["id"] != whole and abs(Decimal(item["amount"])) > (len(parts) + 1) * coarsest:
                    return True
        return False

    # --- figures of the prose

    def follows(self, row: Row, new: Decimal) -> bool:
        """Whether a figure told follows from others that the filing prints, and another one (as printed) would not."""
        value = Decimal(row["value"])
        changed = new * YUAN.get(row["unit"], 1) * (-1 if value < 0 else 1)
        match row["measure"]:
            case "level":
                return self._level_follows(row, changed)
            case "count":
                return new == new.to_integral() and self._count_follows(row, new)
            case "change":
                return self._change_follows(row, changed)
            case "rate":
                return self._rate_follows(row, new if value > 0 else -new)
            case "share":
                return self._share_follows(row, new)
        return False

    def _level_follows(self, row: Row, changed: Decimal) -> bool:
        value = Decimal(row["value"])
        for other in (self.printed_for(row), self._told_again(row)):
            if other is not None and abs(changed - value) > 2 * max(quantum(row), quantum(other)):
                return True
        return self._parts_told(row, changed)

    def _told_again(self, row: Row) -> Row | None:
        """The same amount of the same thing in another sentence."""
        if row["subject"] or not row["item"] or row["form"] != "three-public":
            return None
        same = [s for s in self.levels[_coordinates(row)] if s["id"] != row["id"]]
        same = [s for s in same if (s["value"], s["label"]) == (row["value"], row["label"])]
        return next((s for s in same if (s["year"], s["phase"]) == (row["year"], row["phase"])), None)

    def _parts_told(self, row: Row, changed: Decimal) -> bool:
        """A sum of the three public expenses, each told once, that holds and would not."""
        if row["form"] != "three-public" or row["subject"]:
            return False
        for whole, parts in _PARTS.items():
            told = {}
            for item in (whole, *parts):
                same = self.levels[tuple({**row, "item": item}[name] for name in _COORDINATES)]
                same = [s for s in same if (s["year"], s["phase"]) == (row["year"], row["phase"])]
                if len(same) == 1:
                    told[item] = same[0]
            if len(told) == len(parts) + 1 and row["id"] == told.get(row["item"], row)["id"] and row["item"] in told:
                now = {item: Decimal(s["value"]) for item, s in told.items()}
                off = now[whole] - sum(now[part] for part in parts)
                then = {**now, row["item"]: changed}
                gap = then[whole] - sum(then[part] for part in parts)
                coarsest = max(quantum(s) for s in told.values())
                return abs(off) <= len(parts) * coarsest and abs(gap) > 4 * coarsest
        return False

    def _count_follows(self, row: Row, new: Decimal) -> bool:
        value = Decimal(row["value"])
        if row["subject"] in {"sections", "units"}:
            names = self.rows.rows.get(row["subject"], [])
            return bool(names) and len(names) == value and new != value
        for whole, parts in _COUNTED.items():
            if row["subject"] in {whole, *parts}:
                told = [s for s in self.said.values() if s["measure"] == "count" and s["subject"] in {whole, *parts}]
                counts = {s["subject"]: Decimal(s["value"]) for s in told if s["as_of"] == row["as_of"]}
                once = len(counts) == len(told) >= 3 and whole in counts
                return once and 2 * counts[whole] == sum(counts.values()) and new != value
        return False

    def _change_follows(self, row: Row, changed: Decimal) -> bool:
        value, before, level = Decimal(row["value"]), self.prior(row), self.level(row)
        if level is None or self.beside(row, "change") is not row:
            return False
        if before is not None and abs(level - before - value) <= 2 * quantum(row):
            return abs(level - before - changed) > 4 * quantum(row)
        rate = self.beside(row, "rate")
        return rate is not None and _rate_holds(rate, level, value, 1) and not _rate_holds(rate, level, changed, 3)

    def _rate_follows(self, row: Row, new: Decimal) -> bool:
        change, level = self.beside(row, "change"), self.level(row)
        if change is None or level is None:
            return False
        by = Decimal(change["value"])
        return _rate_holds(row, level, by, 1) and not _rate_holds({**row, "value": str(new)}, level, by, 3)

    def _share_follows(self, row: Row, new: Decimal) -> bool:
        level, whole = self.level(row), self._whole(row)
        if level is None or not whole:
            return False
        place = Decimal(1).scaleb(-decimals(row["printed"]))
        share = 100 * level / whole
        return abs(share - Decimal(row["value"])) <= place and abs(share - new) > 3 * place

    def turned(self, row: Row, text: str, words: str) -> bool:
        """Whether a change or rate with the other word of direction is contradicted.

        By the years told, or by its partner beside it that has a word of its own in the text.
        """
        partner = self.beside(row, "rate" if row["measure"] == "change" else "change")
        if row["measure"] == "change" and self.level(row) is not None and self.prior(row) is not None:
            return True
        if partner is None or Decimal(partner["value"]) * Decimal(row["value"]) <= 0:
            return False
        return bool(re.search(f"(?:{words})[了为约]?{re.escape(partner['printed'])}", text))

    def printed_for(self, row: Row) -> Row | None:
        """Where a table prints the amount that the prose tells, for the same thing."""
        if row["subject"] or not row["form"]:
            return None
        for item in self.items.values():
            same = all(row[name] in {"", item[name]} for name in ("direction", "fund", "nature"))
            exact = all(row[name] == item[name] for name in _EXACT)
            if same and exact and not item["row_unit"] and item["amount"] == row["value"]:
                return item
        return None

    def level(self, row: Row) -> Decimal | None:
        """The level told of the same thing, the nearest."""
        found = [s for s in self.levels[_coordinates(row)] if (s["year"], s["phase"]) == (row["year"], row["phase"])]
        if not found:
            return None
        return Decimal(min(found, key=lambda s: abs(int(s["position"]) - int(row["position"])))["value"])

    def prior(self, row: Row) -> Decimal | None:
        """The level told of the same thing for the year before, if there is one."""
        found = [s for s in self.levels[_coordinates(row)] if int(s["year"]) == int(row["year"]) - 1]
        return Decimal(found[0]["value"]) if len(found) == 1 else None

    def beside(self, row: Row, measure: str) -> Row | None:
        """The statement of another measure of the same thing next to it."""
        same = [s for s in self.said.values() if s["measure"] == measure and _coordinates(s) == _coordinates(row)]
        found = [
            s for s in same
            if (s["basis"], s["year"]) == (row["basis"], row["year"])
            and abs(int(s["position"]) - int(row["position"])) <= 2
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def _whole(self, row: Row) -> Decimal | None:
        found = {
            item["amount"]
            for item in self.items.values()
            if item["role"] == "total"
            and item["form"] == row["share_of"]
            and (item["year"], item["phase"]) == (row["year"], row["phase"])
            and item["direction"] == (row["direction"] or item["direction"])
            and not (item["function"] or item["economic"] or item["item"] or item["fund"] or item["nature"])
        }
        return Decimal(next(iter(found))) if len(found) == 1 else None

    # --- performance forms

    def unmet(self, indicator: Row, new: Decimal) -> bool:
        """Whether a goal of the same form with the number of the indicator is not met by another target."""
        return any(
            self._of_one(goal, indicator) and not _met(goal["word"], new, Decimal(goal["value"]))
            for goal in self.said.values()
        )

    def aimed(self, goal: Row, new: Decimal) -> bool:
        """Whether an indicator of the same form has the number and the name of a goal and does not meet another."""
        return any(
            self._of_one(goal, indicator) and not _met(goal["word"], Decimal(indicator["value"]), new)
            for indicator in self.rows.rows["indicators"]
        )

    def _of_one(self, goal: Row, indicator: Row) -> bool:
        """Whether a goal and an indicator have one number, and no other indicator of the form has a name so alike."""
        alike = [
            row["id"] for row in self.rows.rows["indicators"]
            if row["project"] == goal["project"] and row["value"] and goal["unit"] in {"", "%", row["unit"]}
            and _alike(row["level3"], goal["label"])
        ]  # fmt: skip
        return goal["subject"] == "goal" and goal["value"] == indicator["value"] and alike == [indicator["id"]]


def decimals(printed: str) -> int:
    """Digits after the point."""
    return len(printed.replace("．", ".").partition(".")[2])


def quantum(row: Mapping[str, str]) -> Decimal:
    """One unit in the last printed place, in yuan."""
    return YUAN.get(row["unit"], 1) * Decimal(1).scaleb(-decimals(row["printed"]))


def _coordinates(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in _COORDINATES)


def _rate_holds(rate: Row, level: Decimal, change: Decimal, places: int) -> bool:
    """Whether a rate follows from a level and its change, within so many last places."""
    if level - change <= 0:
        return False
    slack = places * Decimal(1).scaleb(-decimals(rate["printed"])) + 100 * places * Decimal(100) / (level - change)
    return abs(Decimal(rate["value"]) - 100 * change / (level - change)) <= slack


def _alike(name: str, other: str) -> bool:
    """Whether most letters of a name stand in another."""
    own = set(fold(name))
    return len(own & set(fold(other))) >= 0.6 * len(own)


def _met(word: str, target: Decimal, goal: Decimal) -> bool:
    """Whether a goal of at least or at most so much is met by another target."""
    return bool((_AT_LEAST.search(word) and target > goal) or (_AT_MOST.search(word) and target < goal))
