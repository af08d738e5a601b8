"""The printed amounts of a table, each with its coordinates, its role and its keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from yusuan.read.forms import Form
from yusuan.read.grid import Cell, Span
from yusuan.read.header import Column, Part, Table
from yusuan.read.knowledge import Knowledge
from yusuan.read.rows import BALANCE_ITEMS, RowMeaning, RowReader
from yusuan.read.slug import slug
from yusuan.read.text import figure

_SUM = re.compile(r"(?:合计|小计)$")
_WITH_UNIT = re.compile(r"([-−－]?[0-9,.，]+)(元|千元|万元|百万元|亿元)")


@dataclass(eq=False)
class Amount:
    """One printed amount."""

    row: RowMeaning
    column: Column
    part: int
    span: Span
    printed: str
    unit: str
    value: Decimal
    coordinates: dict[str, str] = field(default_factory=dict)
    year: int = 0
    phase: str = ""
    form: str = ""
    role: str = "item"
    key: str = ""
    position: int = 0


@dataclass(frozen=True, eq=False)
class Term:
    """One term of a printed sum, down the rows or across the columns."""

    whole: Amount
    part: Amount
    axis: str
    partition: int


@dataclass(frozen=True, eq=False)
class Reading:
    """What a table gave: amounts, the terms of its sums, and cells of amount columns that are no figure."""

    amounts: tuple[Amount, ...]
    terms: tuple[Term, ...]
    odd: tuple[Cell, ...]


@dataclass
class _BalanceList:
    """One list of a balance, read downwards: under 年初结转和结余 its funds are named a second time, as its parts.

    Economic classes under 基本支出 or 项目支出 are the parts of that.
    """

    seen: set[str] = field(default_factory=set)
    balance: RowMeaning | None = None
    nature: RowMeaning | None = None

    def place(self, row: RowMeaning | None) -> RowMeaning | None:
        """The row, told of the balance or of the kind of expenditure it is a part of where it is one."""
        if row is None or not row.path:
            return row
        if self.nature is not None and set(row.coordinates) == {"economic"} and not row.code_printed:
            return replace(
                row,
                key=(*self.nature.key, *row.key),
                coordinates={**self.nature.coordinates, **row.coordinates},
                path=(*self.nature.path, *row.path),
            )
        self.nature = row if set(row.coordinates) == {"nature"} else None
        fund = row.coordinates.get("fund", "")
        if row.coordinates.get("item") in BALANCE_ITEMS:
            self.balance = row
        elif row.total or set(row.coordinates) != {"fund"}:
            self.balance = None
        elif self.balance is None:
            self.seen.add(fund)
        elif fund in self.seen:
            item = self.balance.coordinates["item"]
            return replace(
                row, key=(*self.balance.key, *row.key), coordinates={**row.coordinates, "item": item}, of_which=True
            )
        return row


class AmountReader:
    """Reads the amounts of tables of one filing."""

    def __init__(self, knowledge: Knowledge, year: int, phase: str) -> None:
        self.knowledge = knowledge
        self.year = year
        self.phase = phase
        self._bare: set[int] = set()

    @property
    def _phase(self) -> str:
        return "executed" if self.phase == "final" else "approved"

    def read(self, table: Table, form: Form, title: str, unit: str) -> Reading:
        """Every figure in the amount columns of a table, in reading order."""
        defaults = {**self._from_title(title), **form.defaults}
        rows = RowReader(self.knowledge, form, self.year)
        amounts: list[Amount] = []
        odd: list[Cell] = []
        carried: dict[int, list[Cell | None]] = {}
        lists = [_BalanceList() for _ in table.parts]
        lines: list[Sequence[Cell | None]] = []
        meant: list[list[RowMeaning | None]] = []
        for line in table.body:
            line = _carry(line, table.parts, carried) if "names" in form.rows else line
            meanings = []
            for index, part in enumerate(table.parts):
                meaning = rows.read(part, line)
                if meaning is None or (index and self._spans(table, index, line)):
                    meaning = self._spanning(rows, table, index, line)
                meanings.append(lists[index].place(meaning))
            lines.append(line)
            meant.append(meanings)
        self._complete_parts(meant)
        for cells, meanings in zip(lines, meant, strict=True):
            for index, part in enumerate(table.parts):
                meaning = meanings[index]
                for column in part.values:
                    cell = cells[column.index]
                    if cell is None or cell.column != column.index or self.knowledge.vocabulary.is_blank(cell.key):
                        continue
                    if column.kind in {"change", "ratio"}:
                        continue
                    found = self._figure(cell, unit)
                    if found is None or meaning is None or not (column.holds_amounts or not column.kind):
                        odd.append(cell)
                        continue
                    amounts.append(self._amount(meaning, column, index, cell, found, defaults, form))
        self._bare = self._groups_without_parts(amounts)
        self._roles(amounts, table, form)
        _number(amounts, {**defaults, "phase": self._phase})
        return Reading(tuple(amounts), tuple(self._terms(amounts)), tuple(odd))

    def _complete_parts(self, meant: Sequence[list[RowMeaning | None]]) -> None:
        """A row of 其中 is an ordinary part where all the parts of its whole are named: none is left out."""
        named = [
            {row.coordinates.get("item", "") for row in part if row is not None} for part in zip(*meant, strict=True)
        ]
        for meanings in meant:
            for index, row in enumerate(meanings):
                if row is None or not row.of_which:
                    continue
                siblings = self.knowledge.siblings("items", row.coordinates.get("item", ""))
                if len(siblings) > 1 and siblings <= named[index]:
                    meanings[index] = replace(row, of_which=False)

    def _from_title(self, title: str) -> dict[str, str]:
        return self.knowledge.vocabulary.title_coordinates(title)

    @staticmethod
    def _spans(table: Table, index: int, line: Sequence[Cell | None]) -> bool:
        """Whether the label of this part is a cell that began in the part to the left."""
        labels = table.parts[index].labels
        cell = line[labels[0].index] if labels else None
        return cell is not None and bool(cell.key) and cell.column < labels[0].index

    @staticmethod
    def _spanning(rows: RowReader, table: Table, index: int, line: Sequence[Cell | None]) -> RowMeaning | None:
        """A row whose label began in the part to the left: it speaks of both parts.

        Where no cells are merged, a total without a label of its own does, beside one without an amount.
        """
        if index == 0:
            return None
        left = table.parts[index - 1]
        meaning = rows.read(left, line)
        merged = AmountReader._spans(table, index, line)
        if meaning is None or not (merged or (meaning.total and not _any_filled(line, left.values))):
            return None
        return replace(meaning, parts=(index - 1, index))

    def _figure(self, cell: Cell, unit: str) -> tuple[str, str, Decimal] | None:
        text = cell.key
        if found := _WITH_UNIT.fullmatch(text):
            text, unit = found.groups()
        value = figure(text)
        if value is None or not unit:
            return None
        return text.strip("（）()") if "（" not in text else text, unit, value * self.knowledge.vocabulary.money[unit]

    def _amount(
        self,
        meaning: RowMeaning,
        column: Column,
        part: int,
        cell: Cell,
        found: tuple[str, str, Decimal],
        defaults: dict[str, str],
        form: Form,
    ) -> Amount:
        printed, unit, value = found
        across = column.coordinates()
        coordinates = dict(defaults)
        for name, concept in across.items():
            if name != "phase" and not self.knowledge.is_below(f"{name}s", defaults.get(name, ""), concept):
                coordinates[name] = concept
        for name, concept in meaning.coordinates.items():
            coordinates[name] = self._narrower(name, coordinates.get(name, ""), concept)
        year = meaning.year or column.year
        word_form = next((w.form for w in reversed(column.words) if w is not None and w.form), "")
        return Amount(
            row=meaning, column=column, part=part, span=cell.span, printed=printed, unit=unit, value=value,
            coordinates=coordinates,
            year=self.year + int(year) if year.startswith("-") else int(year or self.year),
            phase=across.get("phase", self._phase),
            form=word_form or form.id,
        )  # fmt: skip

    def _narrower(self, dimension: str, across: str, down: str) -> str:
        """Row and column speak of one dimension: the narrower concept holds; the row where neither is."""
        scheme = dimension + "s"
        if across and scheme in {"items", "funds", "natures"} and self.knowledge.is_below(scheme, across, down):
            return across
        return down

    def _terms(self, amounts: Sequence[Amount]) -> Iterator[Term]:
        """Every term of every sum: direct parts only, so that 合计 is the sum of 类, 类 of 款, 款 of 项."""
        for whole in amounts:
            across = [
                other
                for other in amounts
                if other.row is whole.row
                and other.part == whole.part
                and self._column_below(other.column, whole.column)
            ]
            for part in across:
                if not any(self._column_below(part.column, mid.column) for mid in across if mid is not part):
                    yield Term(whole, part, "column", 1)
            for partition, block in enumerate(sorted({whole.part, *whole.row.parts}), 1):
                yield from self._terms_down(whole, amounts, block, partition)

    def _terms_down(self, whole: Amount, amounts: Sequence[Amount], block: int, partition: int) -> Iterator[Term]:
        down = [
            other
            for other in amounts
            if other.part == block
            and other.row is not whole.row
            and self._same_column(other, whole, block)
            and (self._under(other.row, whole.row) or (id(other) in self._bare and whole.row.total == "total"))
        ]
        for part in down:
            if not any(self._row_below(part.row, mid.row) for mid in down if mid is not part):
                yield Term(whole, part, "row", partition)

    def _groups_without_parts(self, amounts: Sequence[Amount]) -> set[int]:
        """Amounts (by identity) of a group's own row where none of the rows it totals has a figure: they are leaves."""
        return {
            id(whole)
            for whole in amounts
            if whole.row.total in {"group", "current"}
            and not any(
                other.part == whole.part and other.column is whole.column and self._under(other.row, whole.row)
                for other in amounts
                if other.row is not whole.row
            )
        }

    @staticmethod
    def _same_column(other: Amount, whole: Amount, block: int) -> bool:
        """Whether two amounts stand in one column, or in the like columns of two parts a label spans."""
        if whole.part == block:
            return other.column is whole.column
        return other.column.coordinates().get("phase") == whole.column.coordinates().get("phase")

    def _under(self, lower: RowMeaning, upper: RowMeaning) -> bool:
        """Whether a row is a part of another row, or of a row that totals its table."""
        if not upper.total:
            return self._row_below(lower, upper)
        if lower.total or lower.of_which:
            return False
        balance = lower.coordinates.get("item") in BALANCE_ITEMS
        if upper.total == "group":
            return lower.path[:-1] == upper.path or (
                bool(lower.path) and lower.path[: len(upper.path)] == upper.path and lower.path != upper.path
            )
        return upper.total == "total" or not balance

    def _roles(self, amounts: Sequence[Amount], table: Table, form: Form) -> None:
        alternative = self._alternatives(amounts, table, form)
        for amount in amounts:
            balance = amount.coordinates.get("item") in BALANCE_ITEMS
            amount.role = self._role(amount, amounts, balance, amount.part in alternative)
            if balance:
                amount.coordinates["direction"] = ""

    def _role(self, amount: Amount, amounts: Sequence[Amount], balance: bool, alternative: bool) -> str:
        if amount.row.total == "total" or (
            not amount.row.path and amount.row.key == _year_key(amount.row) and self._is_grand(amount, amounts)
        ):
            return "total"
        leaf_row = (not amount.row.total or id(amount) in self._bare) and not any(
            self._row_below(other.row, amount.row) for other in amounts if other.part == amount.part
        )
        leaf_column = not any(
            other.row is amount.row and other.part == amount.part and self._column_below(other.column, amount.column)
            for other in amounts
        )
        if balance and leaf_row and not amount.row.of_which:
            return "of-which" if self._is_part_of_balance(amount, amounts) else "balance"
        if amount.row.of_which and leaf_row:
            return "of-which"
        if not (leaf_row and leaf_column) or _SUM.search(amount.row.path[-1] if amount.row.path else ""):
            return "subtotal"
        return "alternative" if alternative else "item"

    def _is_part_of_balance(self, amount: Amount, amounts: Sequence[Amount]) -> bool:
        """Whether a balance is printed across by its funds, with their sum beside it: 上年结转结余 / 小计."""
        return any(
            other.row is amount.row
            and other.part == amount.part
            and other.coordinates.get("item") == amount.coordinates["item"]
            and self._column_below(amount.column, other.column)
            for other in amounts
        )

    def _is_grand(self, amount: Amount, amounts: Sequence[Amount]) -> bool:
        """Whether a figure of a row without a name totals all others of its form, year and phase in that row."""
        column = amount.column
        if column.is_total and all(word is not None and word.kind == "total" for word in column.words):
            return True
        rest = [
            other
            for other in amounts
            if other is not amount
            and (other.row is amount.row, other.form, other.year, other.phase)
            == (True, amount.form, amount.year, amount.phase)
        ]
        return (column.is_total or bool(rest)) and all(self._column_below(other.column, column) for other in rest)

    def _row_below(self, lower: RowMeaning, upper: RowMeaning) -> bool:
        """Whether a row is part of another: by code, by concept, or by path of names."""
        if lower is upper or lower.total:
            return False
        if lower.of_which:
            return False
        if upper.unit_code and not upper.codes and not upper.project and lower.unit_code.startswith(upper.unit_code):
            return lower.unit_code != upper.unit_code or bool(lower.codes or lower.project)
        if upper.row_unit and lower.row_unit and upper.row_unit != lower.row_unit:
            return False
        if upper.codes:
            same = {k: v for k, v in upper.coordinates.items() if k not in {"function", "economic"}}
            return (
                bool(lower.codes)
                and lower.codes[0] == upper.codes[0]
                and (
                    (lower.codes[1] != upper.codes[1] and lower.codes[1].startswith(upper.codes[1]))
                    or (lower.codes == upper.codes and bool(lower.project) and not upper.project)
                )
                and all(lower.coordinates.get(k) == v for k, v in same.items())
            )
        for dimension, scheme in (("item", "items"), ("fund", "funds"), ("nature", "natures")):
            a, b = lower.coordinates.get(dimension, ""), upper.coordinates.get(dimension, "")
            if a and b and self.knowledge.is_below(scheme, a, b):
                return True
        return bool(upper.path) and len(lower.path) > len(upper.path) and lower.path[: len(upper.path)] == upper.path

    def _column_below(self, lower: Column, upper: Column) -> bool:
        """Whether a column is part of another: under its group, or a narrower concept."""
        if lower is upper or not lower.holds_amounts:
            return False
        a, b = lower.coordinates(), upper.coordinates()
        if a.get("phase") != b.get("phase") or lower.year != upper.year or _form(lower) != _form(upper):
            return False
        if upper.is_total:
            group = upper.group
            inside = all(cell in lower.cells for cell in group)
            return inside and not (lower.is_total and len(lower.group) <= len(group))
        if upper.words and upper.words[-1] is None:
            return False  # its own word is not known: what it says is its group's
        for dimension, scheme in (("item", "items"), ("fund", "funds"), ("nature", "natures")):
            if a.get(dimension) and b.get(dimension) and self.knowledge.is_below(scheme, a[dimension], b[dimension]):
                return all(a.get(other) == b.get(other) for other in ("item", "fund", "nature") if other != dimension)
        return False

    @staticmethod
    def _alternatives(amounts: Sequence[Amount], table: Table, form: Form) -> set[int]:
        """Parts of the table that split the same money another way than the form's own partition."""
        lists: dict[int, str] = {}
        for amount in amounts:
            if amount.coordinates.get("direction") == "expenditure" and not amount.row.total:
                kind = "functions" if amount.row.coordinates.get("function") else "natures"
                if amount.row.coordinates:
                    lists.setdefault(amount.part, kind)
        ranked = [kind for kind in form.partition if kind in lists.values()]
        return {part for part, kind in lists.items() if ranked and kind != ranked[0]}


def _any_filled(line: Sequence[Cell | None], columns: Sequence[Column]) -> bool:
    """Whether a row holds anything in any of some columns."""
    return any((cell := line[column.index]) is not None and bool(cell.key) for column in columns)


def _year_key(row: RowMeaning) -> tuple[str, ...]:
    """The key of a row that nothing names but its year, if that."""
    return (row.year,) if row.year else ()


def _form(column: Column) -> str:
    return next((word.form for word in reversed(column.words) if word is not None and word.form), "")


def _carry(
    line: Sequence[Cell | None], parts: Sequence[Part], carried: dict[int, list[Cell | None]]
) -> tuple[Cell | None, ...]:
    """A row of a list printed by levels, with the names of the levels above it filled in.

    A row without any name is one more of the row above it.
    """
    out = list(line)
    for index, part in enumerate(parts):
        labels = [column.index for column in part.labels if column.kind == "label"]
        first = next((i for i, c in enumerate(labels) if (cell := out[c]) is not None and cell.key), None)
        above = carried.get(index, [])
        if first is None:
            if above and any((cell := out[column.index]) is not None and cell.key for column in part.values):
                for column, cell in zip(labels, above, strict=True):
                    out[column] = cell
            continue
        for place, column in enumerate(labels[:first]):
            if place < len(above):
                out[column] = above[place]
        carried[index] = [out[column] for column in labels]
    return tuple(out)


def _number(amounts: Sequence[Amount], said: Mapping[str, str]) -> None:
    """Keys and positions; an ordinal only among amounts whose keys are otherwise the same."""
    seen: Counter[str] = Counter()
    for position, amount in enumerate(amounts, 1):
        amount.position = position
        key = ";".join([*amount.row.key, *_column_key(amount.column, said)])
        seen[key] += 1
        amount.key = key if seen[key] == 1 else f"{key};{seen[key]}"


def _column_key(column: Column, said: Mapping[str, str]) -> list[str]:
    """Ids along the header path, without the words that repeat what the form or an upper word says."""
    ids: list[str] = []
    known = dict(said)
    for word, cell in zip(column.words, column.cells, strict=True):
        if word is None:
            ids.append(slug(cell.key))
            continue
        if word.kind in {"code", "label"} or not word.id:
            continue
        news = {k: v for k, v in word.coordinates.items() if known.get(k) != v}
        known.update(news)
        if news or word.kind == "total" or word.form:
            ids.append(f"{column.year}-{word.id}" if word.year == "@" and column.year else word.id)
    return ids or ["amount"]
