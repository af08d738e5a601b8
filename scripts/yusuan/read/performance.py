"""Performance forms: their project and money, their goal text, and their third-level indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from yusuan.package import read_csv
from yusuan.read.grid import Cell, Grid, Span
from yusuan.read.lexicon import fold_pattern
from yusuan.read.stitch import compact
from yusuan.read.targets import Target, TargetReader
from yusuan.read.text import figure, fold
from yusuan.read.vocabulary import Vocabulary

_MONEY = ("money", "appropriation", "other-funds")


@dataclass(eq=False)
class Indicator:
    """One third-level indicator as printed, with its target taken apart."""

    ordinal: int
    levels: tuple[str, str, str]
    standard: tuple[str, str]
    span: Span
    target_text: str
    target: Target
    extra: Mapping[str, Span] = field(default_factory=dict)


@dataclass(eq=False)
class PerformanceForm:
    """What one performance form says."""

    project: Span | None = None
    agency: Span | None = None
    goal: Span | None = None
    money: dict[str, tuple[Span, Decimal]] = field(default_factory=dict)
    indicators: list[Indicator] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)
    """Cells that name something: headers, levels, indicators."""


class PerformanceReader:
    """Reads performance forms of one fiscal year; `year` chooses the edition of the standard levels."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, parents: Mapping[str, str], year: int) -> None:
        self.vocabulary = vocabulary
        self.parents = parents
        self.targets = TargetReader(folder)
        self._labels = [
            (re.compile(fold_pattern(row["pattern"])), row["kind"])
            for row in read_csv(folder / "performance-labels.csv")
        ]
        self._levels = [
            (re.compile(fold_pattern(row["pattern"])), row["level"], row["standard"])
            for row in read_csv(folder / "indicator-levels.csv")
            if (not row["first_year"] or int(row["first_year"]) <= year)
            and (not row["last_year"] or year <= int(row["last_year"]))
        ]

    def read(self, grid: Grid, unit: str) -> list[PerformanceForm]:
        """Everything in the form, money in yuan by the unit its label names or else `unit`.

        One form, but of a list that has a column of projects one for each project.
        """
        form = PerformanceForm()
        forms = [form]
        header: dict[str, int] = {}
        carried: dict[str, str] = {}
        money = unit
        for row in _rows(grid):
            kinds = [self._kind(cell.key) for cell in row]
            form.labels.extend(cell.span for cell, kind in zip(row, kinds, strict=True) if kind)
            if "level3" in kinds and ("level1" in kinds or "level2" in kinds):
                header = {kind: cell.column for kind, cell in zip(kinds, row, strict=True) if kind}
                carried = {}
                money = next((u for c in row if (u := self.vocabulary.unit_of(c.key))), unit)
            elif header:
                if (named := _at(row, header, "project")) and (not form.project or named.key != form.project.key):
                    if form.project is not None:
                        form = PerformanceForm()
                        forms.append(form)
                    carried = {}
                    self._listed(form, row, header, money)
                self._indicator(form, row, header, carried)
            else:
                self._facts(form, row, kinds, unit)
        return forms

    def tasks(self, grid: Grid) -> Grid | None:
        """The table of tasks and their money within a department's form, from its header to the goal; None without."""
        start = left = None
        rows: list[tuple[Cell, ...]] = []
        for row in grid.rows:
            kinds = {self._kind(cell.key): cell for cell in reversed(row) if cell.key}
            if start is None and "task" in kinds and any(kind in kinds for kind in _MONEY):
                start, left = kinds["task"].row, kinds["task"].column
            elif start is not None and kinds.keys() & {"goal", "level1", "level3"}:
                break
            if left is not None:
                rows.append(tuple(cell for cell in row if cell.column >= left))
        if left is None:
            return None
        return compact(Grid(tuple(rows)))

    def _listed(self, form: PerformanceForm, row: Sequence[Cell], header: Mapping[str, int], unit: str) -> None:
        """The project of a list that begins on this row, with what the columns beside its name say of it."""
        for kind in ("project", "agency", "goal"):
            if (cell := _at(row, header, kind)) is not None:
                setattr(form, kind, cell.span)
        for kind in _MONEY:
            if (cell := _at(row, header, kind)) is not None:
                self._money(form, kind, cell, unit)

    def _kind(self, key: str) -> str:
        plain = key.rstrip("：:")
        return next((kind for pattern, kind in self._labels if pattern.fullmatch(plain)), "") if plain else ""

    def _facts(self, form: PerformanceForm, row: Sequence[Cell], kinds: Sequence[str], unit: str) -> None:
        """Label and value pairs before the indicators; a money row whose labels were lost is read by place."""
        money = self.vocabulary.unit_of(row[0].key) if row else ""
        money = money or next((u for u in ("万元", "元") if row and f"（{u}）" in row[0].key), unit)
        figures = [cell for cell in row if figure(cell.span.text) is not None]
        if kinds and kinds[0] == "money" and not any(kind in _MONEY for kind in kinds[1:]) and figures:
            for name, cell in zip(_MONEY, figures, strict=False):
                self._money(form, name, cell, money)
            return
        waiting = ""
        for cell, kind in zip(row, kinds, strict=True):
            if kind in _MONEY or kind in {"project", "agency", "goal"}:
                waiting = kind
            elif not cell.key:
                continue
            elif waiting in _MONEY:
                self._money(form, waiting, cell, money)
            elif waiting and getattr(form, waiting) is None:
                setattr(form, waiting, cell.span)

    def _money(self, form: PerformanceForm, name: str, cell: Cell, unit: str) -> None:
        value = figure(cell.span.text)
        if value is not None and unit and name not in form.money:
            form.money[name] = (cell.span, value * self.vocabulary.money[unit])

    def _indicator(
        self, form: PerformanceForm, row: Sequence[Cell], header: Mapping[str, int], carried: dict[str, str]
    ) -> None:
        at = {kind: _cell_at(row, column) for kind, column in header.items()}
        for level in ("level1", "level2"):
            cell = at.get(level)
            if cell is not None and cell.key:
                if level == "level1":
                    carried.pop("level2", None)
                carried[level] = cell.span.line
        third = at.get("level3")
        if third is None or not third.key:
            return
        target = at.get("target")
        text = target.span.line if target is not None else ""
        form.labels.extend(c.span for level in ("level1", "level2", "level3") if (c := at.get(level)) is not None)
        levels = (carried.get("level1", ""), carried.get("level2", ""), third.span.line)
        form.indicators.append(
            Indicator(
                ordinal=len(form.indicators) + 1,
                levels=levels,
                standard=self._standard(levels),
                span=target.span if target is not None and target.key else third.span,
                target_text=text,
                target=self.targets.read(text, levels[2], _text(at.get("unit")), _text(at.get("operator"))),
                extra={
                    k: c.span
                    for k, c in at.items()
                    if c is not None and c.key and k in {"weight", "actual", "score", "deviation"}
                },
            )
        )

    def _standard(self, levels: tuple[str, str, str]) -> tuple[str, str]:
        found = ["", ""]
        for index in (0, 1):
            key = fold(levels[index])
            found[index] = next(
                (std for pattern, level, std in self._levels if level == str(index + 1) and pattern.fullmatch(key)), ""
            )
        return self.parents.get(found[1]) or found[0], found[1]


def _rows(grid: Grid) -> Iterator[tuple[Cell, ...]]:
    for row in grid.rows:
        if any(cell.key for cell in row):
            yield row


def _at(row: Sequence[Cell], header: Mapping[str, int], kind: str) -> Cell | None:
    """The filled cell of a row in the column of a kind, where the header has one."""
    cell = _cell_at(row, header[kind]) if kind in header else None
    return cell if cell is not None and cell.key else None


def _cell_at(row: Sequence[Cell], column: int) -> Cell | None:
    return next((cell for cell in row if column in cell.columns), None)


def _text(cell: Cell | None) -> str:
    return cell.span.line if cell is not None else ""
