"""A printed performance target taken apart: kind, operator, value, unit, period."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from yusuan.figures import units_of_money
from yusuan.package import read_csv
from yusuan.read.lexicon import fold_pattern
from yusuan.read.text import figure, fold

_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = re.compile(rf"({_YEAR})[./年-]([0-9]{{1,2}})(?:[./月-]([0-9]{{1,2}})日?|月)?(底|末)?")
_RANGE = re.compile(rf"{_DATE.pattern}(?:-+|—+|~|至|到)(?:{_DATE.pattern}|([0-9]{{1,2}})月(?:([0-9]{{1,2}})日)?)")
_UNIT_IN_NAME = re.compile(r"（([^（）]{1,8})）$")
_WHOLE = re.compile(rf"(?:共计|共|合计|总计|累计)({_NUMBER})")
_BETWEEN = re.compile(rf"({_NUMBER})(%?)(?:-|~|至|到)({_NUMBER})(%?)")
_DURATION = {"工作日", "天", "日", "周", "月", "年", "小时", "分钟", "个月"}


@dataclass(frozen=True)
class Target:
    """A target: `kind` always, the rest as far as printed. Money in yuan, ratios in percent."""

    kind: str
    operator: str = ""
    value: Decimal | None = None
    value_upper: Decimal | None = None
    unit: str = ""
    starts: str = ""
    ends: str = ""


class TargetReader:
    """Reads targets with the operator words, counters and units of money of the lookups."""

    def __init__(self, folder: Path) -> None:
        self.operators = [
            (re.compile(fold_pattern(fold(row["pattern"]))), row["operator"], row["where"])
            for row in read_csv(folder / "target-words.csv")
        ]
        self.money = units_of_money(folder)
        self.counters = {
            fold(row["unit"]): (Decimal(row["factor"]), row["base"]) for row in read_csv(folder / "counters.csv")
        }
        units = sorted({*self.money, *self.counters, "%"}, key=len, reverse=True)
        self._unit = re.compile("|".join(re.escape(fold(unit)) for unit in units))

    def read(self, printed: str, name: str, unit: str = "", operator: str = "") -> Target:
        """The target printed in a cell, with the name of its indicator, which may hold the unit."""
        text = fold(printed)
        dated = self._dated(text)
        if dated is not None:
            return dated
        named = _UNIT_IN_NAME.search(fold(name))
        outside = fold(unit) or (named.group(1) if named and self._unit.fullmatch(named.group(1)) else "")
        if found := _BETWEEN.search(text):
            return self._ranged(found, text, outside, operator)
        place = self._place(text)
        if place is None:
            return Target("qualitative")
        start, end = place
        said = (fold(operator) and self._operator(fold(operator))) or self._around(text, start, end)
        value = figure(text[start:end]) or Decimal(0)
        after = self._unit.match(text, end)
        rest = text[end:] if start and said and re.fullmatch(r"[一-龥]{1,3}", text[end:]) else ""
        unknown = rest if not any(pattern.match(rest) for pattern, _, _ in self.operators) else ""
        return self._with_unit(value, after.group() if after else outside or unknown, said)

    def _dated(self, text: str) -> Target | None:
        if found := _RANGE.fullmatch(text.strip("。")):
            first = _day(found.group(1), found.group(2), found.group(3), last=False)
            if found.group(5):
                last = _day(found.group(5), found.group(6), found.group(7), last=True)
            else:
                last = _day(found.group(1), found.group(9), found.group(10), last=True)
            return Target("period", starts=first, ends=last)
        if found := re.fullmatch(rf"{_DATE.pattern}(?:前|之前|以前|完成|前完成)?", text):
            return Target("deadline", ends=_day(found.group(1), found.group(2), found.group(3), last=True))
        if found := re.fullmatch(rf"({_YEAR})年(?:度)?(底|末|内)?(?:前|之前|以前|完成|前完成)*", text):
            return Target("deadline", ends=f"{found.group(1)}-12-31")
        return None

    def _place(self, text: str) -> tuple[int, int] | None:
        """Where the number is that counts: after an operator, after 共, with a unit, else the first."""
        for pattern, _, where in self.operators:
            if where == "before" and (found := re.search(rf"(?:{pattern.pattern})({_NUMBER})", text)):
                return found.span(1)
        if found := _WHOLE.search(text):
            return found.span(1)
        numbers = [
            m for m in re.finditer(_NUMBER, text) if not re.match(r"年(?!人)", text[m.end() :]) or len(m.group()) != 4
        ]
        numbers = [m for m in numbers if not re.search(r"第$", text[: m.start()])]
        with_unit = [m for m in numbers if self._unit.match(text, m.end())]
        chosen = (with_unit or numbers)[:1]
        return chosen[0].span() if chosen else None

    def _around(self, text: str, start: int, end: int) -> str:
        before = text[:start]
        for pattern, operator, where in self.operators:
            if where == "before" and re.search(rf"(?:{pattern.pattern})$", before):
                return operator
        unit = self._unit.match(text, end)
        rest = text[unit.end() if unit else end :]
        for pattern, operator, where in self.operators:
            if where == "after" and pattern.match(rest):
                return operator
        return ""

    def _operator(self, text: str) -> str:
        return next((operator for pattern, operator, _ in self.operators if pattern.fullmatch(text)), "")

    def _ranged(self, found: re.Match[str], text: str, outside: str, operator: str) -> Target:
        unit = self._unit.match(text, found.end(3))
        printed = "%" if found.group(2) or found.group(4) else unit.group() if unit else outside
        low = self._with_unit(Decimal(found.group(1).replace(",", "")), printed, "")
        high = self._with_unit(Decimal(found.group(3).replace(",", "")), printed, "")
        return Target(low.kind, self._operator(fold(operator)), low.value, high.value, low.unit)

    def _with_unit(self, value: Decimal, unit: str, operator: str) -> Target:
        if unit == "%":
            return Target("ratio", operator, value, None, "百分比")
        if unit in self.money:
            return Target("amount", operator, value * self.money[unit], None, "元")
        if unit in self.counters:
            factor, base = self.counters[unit]
            return Target("duration" if base in _DURATION else "count", operator, value * factor, None, base)
        return Target("count", operator, value, None, unit)


def _day(year: str, month: str, day: str | None, last: bool) -> str:
    """An ISO date; a month alone is its first or last day. A day that does not exist gives the month's last."""
    y, m = int(year), min(max(int(month), 1), 12)
    longest = calendar.monthrange(y, m)[1]
    d = min(int(day), longest) if day and int(day) else (longest if last else 1)
    return datetime.date(y, m, d).isoformat()
