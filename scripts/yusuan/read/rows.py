"""What a row of a budget table means: its code or label resolved into concepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from yusuan.read.codes import DEPARTMENT_ECONOMICS, FUNCTIONS, GOVERNMENT_ECONOMICS, Codes, join_code, scheme_of
from yusuan.read.forms import Form
from yusuan.read.grid import Cell
from yusuan.read.header import Column, Part
from yusuan.read.knowledge import Knowledge
from yusuan.read.slug import slug
from yusuan.read.text import joined
from yusuan.read.vocabulary import Label, take_apart

BALANCE_ITEMS = frozenset({"opening-balance", "closing-balance", "surplus-use", "distribution"})
_CURRENT = re.compile(r"[本当]年(?:收入|支出)")
"""A row above the parts of what came in or went out in the year, balances apart."""
_YEAR = re.compile(r"(20[0-9]{2})年?(?:度|$|预算|决算)")
_DIMENSION = {FUNCTIONS: "function", DEPARTMENT_ECONOMICS: "economic", GOVERNMENT_ECONOMICS: "economic"}


@dataclass(frozen=True)
class RowMeaning:
    """A row understood: key parts, coordinates, what it aggregates by, and its print."""

    key: tuple[str, ...]
    coordinates: dict[str, str] = field(default_factory=dict)
    total: str = ""
    codes: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    of_which: bool = False
    label: str = ""
    code_printed: str = ""
    project: str = ""
    row_unit: str = ""
    known: bool = True
    year: str = ""
    """The year of the row's figures, where a column of years gives it."""
    unit_code: str = ""
    """The budget unit's number, where a column gives it: 318 is above 318001."""
    parts: tuple[int, ...] = ()
    """Parts of the table that the row's label spans, where it spans more than its own."""


class RowReader:
    """Resolves the rows of one table."""

    def __init__(self, knowledge: Knowledge, form: Form, year: int) -> None:
        self.knowledge = knowledge
        self.codes: Codes = knowledge.codes
        self.form = form
        self.year = year
        self.carried: list[Cell] = []
        self.units: dict[str, str] = {}

    def read(self, part: Part, row: Sequence[Cell | None]) -> RowMeaning | None:
        """The meaning of a row in one part of the table; None where the part is blank in that row."""
        coded = [cell for cell in _cells(row, part.labels, {"code"}) if cell.key]
        second = _second_code(coded)
        code = join_code(cell.span.text for cell in coded if second is None or cell.column < second.column)
        printed = " ".join(cell.span.line for cell in coded)
        names = [cell for cell in _cells(row, part.labels, {"label", ""}) if cell.key]
        project = self._project(part, row)
        labels = [cell for cell in names if project is None or cell is not project]
        unit = ""
        if owner := next((cell for cell in _cells(row, part.labels, {"row-unit"}) if cell.key), None):
            if self._total(take_apart(owner.key)) is None:
                unit = owner.span.line
            elif not labels and not project:
                labels = [owner]
        if code and not labels and (split := _code_and_name(printed)):
            code = split[0]
        number = next((cell.key for cell in _cells(row, part.labels, {"unit-code"}) if cell.key.isdigit()), "")
        if number and not unit and _names_units_and_subjects(part):
            if not code and labels and self._names_a_unit(part, labels[-1]):
                unit = self.units[number] = labels.pop().span.line
            else:
                unit = self.units.get(number, "")
        if not (code or labels or project or unit):
            labels = coded or self._totals(_cells(row, part.labels, {"text", "unit-code"}))
        if not (code or labels or project or unit or any(_cells(row, part.labels, {"year"}))):
            return RowMeaning((), known=not part.labels) if not part.labels else None
        own = [cell for cell in labels if second is None or cell.column < second.column]
        meaning = self._resolve(part, code, own or labels, project, unit)
        if second is not None:
            meaning = self._of_both(meaning, second, [cell for cell in names if cell.column > second.column])
        said = _with_print(meaning, labels, printed, project, unit)
        for cell in _cells(row, part.labels, {"year"}):
            if year := _YEAR.match(cell.key):
                key = (*meaning.key, year.group(1))
                said = replace(said, key=key, year=year.group(1), label=said.label or cell.span.line)
        return replace(said, unit_code=number)

    def _totals(self, cells: Sequence[Cell]) -> list[Cell]:
        """Those of some cells that say total: a list without names says so under 序号 or 类型."""
        return [cell for cell in cells if self._total(take_apart(cell.key)) is not None]

    def _of_both(self, meaning: RowMeaning, second: Cell, names: Sequence[Cell]) -> RowMeaning:
        """The meaning of a row that is coded by function and by economic class: both hold."""
        concept = self.codes.concept(second.key, names[0].span.line if names else "", self.year)
        if concept is None or _DIMENSION[concept.scheme] in meaning.coordinates:
            return meaning
        coordinates = {**meaning.coordinates, _DIMENSION[concept.scheme]: concept.id}
        return replace(meaning, key=(*meaning.key, concept.id), coordinates=coordinates)

    def _names_a_unit(self, part: Part, cell: Cell) -> bool:
        """Whether a label without a code, beside the number of a unit, is that unit's name and no subject's."""
        label = take_apart(cell.key)
        named = self._function(part, label) or self._economic(part, label) or self._word(part, label)
        return named is None and self._total(label) is None

    def _project(self, part: Part, row: Sequence[Cell | None]) -> Cell | None:
        if not self.form.project:
            return None
        columns = [c for c in part.labels if c.cells and re.fullmatch(self.form.project, c.cells[-1].key)]
        if not columns:
            return None
        cell = row[columns[-1].index]
        if cell is None or not cell.key or self._total(take_apart(cell.key)) is not None:
            return None
        return cell

    def _resolve(self, part: Part, code: str, labels: list[Cell], project: Cell | None, unit: str) -> RowMeaning:
        taken = [take_apart(cell.key) for cell in labels]
        code = code or next((label.code for label in taken if label.code), "")
        if (total := self._first_total(taken)) is not None and not code:
            return total
        key: list[str] = []
        coordinates: dict[str, str] = {}
        codes: tuple[str, ...] = ()
        if code and (concept := self.codes.concept(code, labels[-1].span.line if labels else "", self.year)):
            coordinates[_DIMENSION[concept.scheme]] = concept.id
            key.append(concept.id)
            codes = (concept.scheme, concept.code)
        if project is not None:
            coordinates["project"] = project.span.line
            key.append(slug(project.key))
        if unit:
            key.append(slug(unit))
        if key:
            return RowMeaning(tuple(key), coordinates, codes=codes)
        return self._by_name(part, code, labels, taken)

    def _first_total(self, taken: Sequence[Label]) -> RowMeaning | None:
        totals = [total for label in taken if (total := self._total(label)) is not None]
        if not totals:
            return None
        rest = [label for label in taken if self._total(label) is None]
        if not rest:
            named = slug(taken[-1].key) if _CURRENT.fullmatch(taken[-1].key) else totals[0]
            return RowMeaning((named,), total=totals[0])
        words = [self.knowledge.word(label.key) for label in rest]
        coordinates = {k: v for word in words if word for k, v in word.coordinates.items()}
        key = tuple(word.id if word else slug(label.key) for word, label in zip(words, rest, strict=True))
        path = tuple(label.key for label in rest)
        return RowMeaning((*key, totals[0]), coordinates, total="group", path=path, known=all(words))

    def _total(self, label: Label) -> str | None:
        word = self.knowledge.vocabulary.word(label.key)
        if label.key == "小计":
            return "subtotal"
        if _CURRENT.fullmatch(label.key):
            return "current"
        if word is not None and word.kind == "total":
            return word.id
        if re.fullmatch(r".*(?:人员经费|公用经费)(?:合计|小计)", label.key):
            return None
        if re.fullmatch(r"(?:本年|当年)?(?:收入|支出|收支|经费)?(?:总计|合计|小计|共计)(?:（.*）)?", label.key):
            return "total"
        return None

    def _by_name(self, part: Part, code: str, labels: list[Cell], taken: list[Label]) -> RowMeaning:
        finders: dict[str, Callable[[Part, Label], tuple[dict[str, str], str] | None]] = {
            "functions": self._function,
            "economics": self._economic,
            "government": self._government_economic,
            "items": self._word,
            "funds": self._word,
            "natures": self._word,
        }
        listed = [rows for column in part.labels if (rows := column.rows)] + list(self.form.rows)
        key: list[str] = []
        path = tuple(label.key for label in taken)
        coordinates: dict[str, str] = {}
        known = True
        codes: tuple[str, ...] = ()
        for cell, label in zip(labels, taken, strict=True):
            own = self._own_list(part, cell)
            found = next(
                (
                    hit
                    for name in ([own] if own else listed)
                    if name in finders and (hit := finders[name](part, label)) is not None
                ),
                None,
            )
            if found is None:
                key.append(slug(label.key))
                known = "names" in self.form.rows
                continue
            coordinates.update(found[0])
            key.append(found[1])
            codes = self._codes_of(found[0]) or codes
        if (economic := coordinates.get("economic")) and len(taken) == 1:
            codes = DEPARTMENT_ECONOMICS, economic.partition("~")[0]
        of_which = bool(taken) and taken[-1].of_which
        if code and not codes:
            key.insert(0, code)
            known = False
        return RowMeaning(tuple(key), coordinates, codes=codes, path=path, of_which=of_which, known=known)

    def _own_list(self, part: Part, cell: Cell) -> str:
        """The one list the form looks up the labels of a cell's column in; empty where it names none."""
        headers = [column.cells[-1].key for column in part.labels if column.cells and column.index in cell.columns]
        return next((self.form.columns[header] for header in headers if header in self.form.columns), "")

    @staticmethod
    def _codes_of(coordinates: dict[str, str]) -> tuple[str, ...]:
        if function := coordinates.get("function"):
            return FUNCTIONS, function.partition("~")[0]
        return ()

    def _function(self, part: Part, label: Label) -> tuple[dict[str, str], str] | None:
        if any(column.coordinates().get("direction") == "revenue" for column in (*part.labels, *part.values)):
            return None
        concept = self.codes.named(FUNCTIONS, label.key, self.year, level=1)
        return ({"function": concept.id}, concept.id) if concept else None

    def _economic(self, part: Part, label: Label) -> tuple[dict[str, str], str] | None:
        concept = self.codes.named(DEPARTMENT_ECONOMICS, label.key, self.year)
        return ({"economic": concept.id}, concept.id) if concept else None

    def _government_economic(self, part: Part, label: Label) -> tuple[dict[str, str], str] | None:
        concept = self.codes.named(GOVERNMENT_ECONOMICS, label.key, self.year)
        return ({"economic": concept.id}, concept.id) if concept else None

    def _word(self, part: Part, label: Label) -> tuple[dict[str, str], str] | None:
        word = self.knowledge.vocabulary.word(label.key)
        if word is None or word.kind != "coordinate" or not word.coordinates:
            return None
        return {k: v for k, v in word.coordinates.items() if k != "direction"}, word.id


def _cells(row: Sequence[Cell | None], columns: Sequence[Column], kinds: set[str]) -> list[Cell]:
    found: list[Cell] = []
    for column in columns:
        cell = row[column.index]
        kind = column.kind or ("text" if column.cells else "")
        if kind in kinds and cell is not None and cell not in found:
            found.append(cell)
    return found


def _second_code(coded: Sequence[Cell]) -> Cell | None:
    """The cell that begins a second code beside the first: one of another classification (30101 beside 50101)."""
    first = scheme_of(coded[0].key) if coded else None
    return next((cell for cell in coded[1:] if first and scheme_of(cell.key) not in {None, "", first}), None)


def _names_units_and_subjects(part: Part) -> bool:
    """Whether one column of a part names units on some rows and subjects on others."""
    return any((word := column.words[-1]) and word.id == "unit-or-subject" for column in part.labels if column.words)


def _code_and_name(printed: str) -> tuple[str, str] | None:
    """A code column that holds code and name together, as 310资本性支出."""
    found = re.match(r"([235][0-9]{2,6})\s*([^0-9\s].*)", printed)
    return (found.group(1), found.group(2)) if found else None


def _with_print(
    meaning: RowMeaning, labels: Sequence[Cell], code_printed: str, project: Cell | None, unit: str
) -> RowMeaning:
    label = joined(cell.span.line for cell in [*labels, *([project] if project else [])])
    return RowMeaning(
        meaning.key, meaning.coordinates, meaning.total, meaning.codes, meaning.path, meaning.of_which,
        label or unit, code_printed, project.span.line if project else "", unit, meaning.known,
    )  # fmt: skip
