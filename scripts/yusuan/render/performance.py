"""Performance forms and lists of units laid out again from their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from yusuan.figures import plain, units_of_money
from yusuan.package import Row, read_csv
from yusuan.render.printed import FIGURE, HEAD, Box, Printed
from yusuan.render.source import Source

_LEVELS = ("一级指标", "二级指标", "三级指标")
_EVALUATION = {"weight": "分值", "actual": "实际完成值", "score": "得分", "deviation": "偏差原因分析及改进措施"}
_SIGNS = {"eq": "=", "gteq": "≥", "lteq": "≤", "gt": ">", "lt": "<"}
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_MONEY = (("amount", "资金总额"), ("appropriation", "其中：财政拨款"), ("other_funds", "其他资金"))


class PerformancePrinter:
    """Prints performance forms with the words of the lookups that their targets are read by."""

    def __init__(self, lookups: Path) -> None:
        self.money = units_of_money(lookups)
        self.counters = [
            (row["unit"], Decimal(row["factor"]), row["base"]) for row in read_csv(lookups / "counters.csv")
        ]
        self.signs: dict[str, list[re.Pattern[str]]] = {}
        for row in read_csv(lookups / "target-words.csv"):
            self.signs.setdefault(row["operator"], []).append(re.compile(row["pattern"]))

    def print(self, table: Row, source: Source, project: str, indicators: Sequence[Row]) -> Printed:
        """The form of a project, or of the department where it is of none, with these indicators."""
        columns = dict(self._columns(indicators))
        width = len(columns)
        facts = list(self._facts(table, source, project))
        boxes = [box for row, fact in enumerate(facts) for box in _fact(row, fact, width)]
        top = len(facts)
        if indicators:
            boxes += [Box(word, top, column, kind=HEAD) for column, word in enumerate(columns)]
            boxes += _levels(indicators, top + 1)
            for column, texts in list(enumerate(columns.values()))[2:]:
                boxes += [Box(text, top + 1 + row, column) for row, text in enumerate(texts)]
        return Printed(table["title"], table["unit"], table["note"], tuple(boxes))

    def _facts(self, table: Row, source: Source, project: str) -> Iterator[list[str]]:
        """Label and value pairs before the indicators."""
        if project:
            yield ["项目名称", name_printed(source.projects[project], table["variant"])]
        yield ["预算单位", source.department["name"]]
        year = source.project_years.get(project, {})
        if any(year.get(column) for column, _ in _MONEY):
            if not table["unit"]:  # a unit named in the first rows would be one of the whole table
                yield from (["主管部门", source.department["name"]], ["实施单位", source.department["name"]])
            unit = table["unit"] or "元"
            pairs = [(word, year[column]) for column, word in _MONEY if year[column]]
            if pairs[0][0] != _MONEY[0][1]:
                pairs.insert(0, (_MONEY[0][1], ""))
            values = [(word, plain(Decimal(value) / self.money[unit]) if value else "") for word, value in pairs]
            yield [f"{values[0][0]}（{unit}）", *[text for pair in values for text in pair][1:]]

    def _columns(self, indicators: Sequence[Row]) -> Iterator[tuple[str, list[str]]]:
        """Header word and cells of every column; those of signs and units only where a target lacks them."""
        for number, word in enumerate(_LEVELS, 1):
            yield word, [row[f"level{number}"] for row in indicators]
        if any(signs := [self._sign(row) for row in indicators]):
            yield "指标符号", signs
        yield "指标值", [row["target"] for row in indicators]
        if any(units := [self._unit(row) for row in indicators]):
            yield "计量单位", units
        for column, word in _EVALUATION.items():
            if any(texts := [row[column] for row in indicators]):
                yield word, texts

    def _sign(self, row: Row) -> str:
        """The sign of an operator that the target does not show itself."""
        patterns = self.signs.get(row["operator"], [])
        if not patterns or any(pattern.search(row["target"]) for pattern in patterns):
            return ""
        return _SIGNS[row["operator"]]

    def _unit(self, row: Row) -> str:
        """The unit of a target that neither it nor the name of the indicator shows."""
        unit, value = row["unit"], row["value"]
        if not unit or not value or (found := _NUMBER.search(row["target"])) is None:
            return ""
        printed = Decimal(found.group().replace(",", ""))
        if unit == "百分比":
            return "" if re.search("[%％]", row["target"] + row["level3"]) else "%"
        fitting = [*((word, yuan) for word, yuan in self.money.items() if unit == "元")]
        fitting += [(word, factor) for word, factor, base in self.counters if base == unit]
        words = [word for word, factor in fitting if printed * factor == Decimal(value)]
        shown = any(
            word in row["target"] or f"（{word}）" in row["level3"] or f"({word})" in row["level3"] for word in words
        )
        return "" if shown else next(iter(words), unit)


def name_printed(project: Row, variant: str) -> str:
    """The name of a project on its form: its own where the form's variant is of it, else another that can be."""
    if project["id"] == f"{project['department']}-{variant}":
        return project["name"]
    others = [name for name in project["other_names"].split("|") if name]
    letters = {name: len(re.sub(r"[^\w]|_", "", name)) for name in others}
    return next((name for name in others if letters[name] == len(variant)), next(iter(others), project["name"]))


def projects_of(tables: Sequence[Row], source: Source) -> dict[str, str]:
    """The project of every performance form, empty for the department's own."""
    left = sorted({row["project"] for row in source.indicators if row["project"]})
    found = {}
    for table in tables:
        variant = table["variant"].partition("/")[0]
        whole = f"{source.filing['department']}-{variant}"
        found[table["id"]] = whole if whole in source.projects and variant else ""
    rest = [project for project in left if project not in found.values()]
    for table in tables:
        if found[table["id"]] or not table["variant"] or table["variant"].isdigit():
            continue
        variant = table["variant"].partition("/")[0]
        fitting = [p for p in rest if _fits(source.projects[p], variant)]
        if fitting or rest:
            found[table["id"]] = (fitting or rest)[0]
            rest.remove(found[table["id"]])
    return found


def indicators_of(tables: Sequence[Row], projects: Mapping[str, str], source: Source) -> dict[str, list[Row]]:
    """The indicators of every performance form. Of several forms of one project each has its numbers from 1 on."""
    found: dict[str, list[Row]] = {}
    for project in dict.fromkeys(projects.values()):
        forms = [table for table in tables if projects[table["id"]] == project]
        order = {_sheet(table["source"]): number for number, table in enumerate(forms)}
        rows = [row for row in source.indicators if row["project"] == project]
        if len(forms) > 1:
            rows.sort(key=lambda row: (order.get(_sheet(row["source"]), 0), _place(row["source"])))
        else:
            rows.sort(key=lambda row: int(row["ordinal"]))
        runs: list[list[Row]] = []
        for row in rows:
            if not runs or (len(forms) > len(runs) and int(row["ordinal"]) <= int(runs[-1][-1]["ordinal"])):
                runs.append([])
            runs[-1].append(row)
        found.update(zip((table["id"] for table in forms), runs, strict=False))
    return found


def _sheet(source: str) -> str:
    """The file and the sheet of a place."""
    return re.split("&|#(?!sheet=)", source)[0]


def _place(source: str) -> list[float]:
    """A place in reading order within its file or sheet: numbers, from the top of a page on."""
    numbers = [float(number) for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", source.partition("#")[2])]
    return [numbers[0], numbers[2], numbers[1]] if "viewrect" in source else numbers


def _fits(project: Row, variant: str) -> bool:
    return any(len(re.sub(r"[^\w]|_", "", name)) == len(variant) for name in project["other_names"].split("|") if name)


def _fact(row: int, texts: Sequence[str], width: int) -> Iterator[Box]:
    """A row of labels and values; the last one reaches to the end of the table."""
    for column, text in enumerate(texts):
        last = column == len(texts) - 1
        yield Box(text, row, column, 1, max(1, width - column) if last else 1, HEAD if column % 2 == 0 else FIGURE)


def _levels(indicators: Sequence[Row], top: int) -> Iterator[Box]:
    """First and second levels, each one box over the indicators it stands for."""
    first = [(row["level1"], not row["level2"]) for row in indicators]
    for (text, bare), same in groupby(enumerate(first), key=lambda pair: pair[1]):
        rows = [index for index, _ in same]
        spans = [[index] for index in rows] if bare else [rows]
        for span in spans:
            yield Box(text, top + span[0], 0, len(span))
        for second, found in groupby(rows, key=lambda index: indicators[index]["level2"]):
            inside = list(found)
            yield Box(second, top + inside[0], 1, len(inside))


def print_units(table: Row, rows: Sequence[Row]) -> Printed:
    """A list of units: name with its other names in brackets."""
    boxes = [Box("序号", 0, 0, kind=HEAD), Box("单位名称", 0, 1, kind=HEAD)]
    for row in sorted(rows, key=lambda row: int(row["ordinal"])):
        line = len(boxes) // 2
        others = "".join(f"（{name}）" for name in row["kind"].split("|") if name)
        boxes += [Box(row["ordinal"], line, 0), Box(row["name"] + others, line, 1)]
    return Printed(table["title"], table["unit"], table["note"], tuple(boxes), 1)
