"""A table of amounts laid out again from its line items: header paths, labels, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yusuan.package import Row
from yusuan.render.lists import Part, Run, lists_of, shared
from yusuan.render.printed import FIGURE, Box, Path, Printed, header
from yusuan.render.source import FormKind

_CODE_IN_LABEL = re.compile(r"[^\w]*[0-9]{3}")
_DIGITS = "一二三四五六七八九十"
_LEVELS = {3: ("类", "款", "项"), 2: ("类", "款")}


def print_amounts(
    table: Row,
    items: Sequence[Row],
    sums: Sequence[Row],
    form: FormKind,
    names: Mapping[str, Sequence[str]],
    balances: Mapping[str, str],
) -> Printed:
    """The table of some line items, given in reading order.

    `names` are the names each project goes by, `balances` the names of items.
    """
    parts = lists_of(items, sums, names, balances)
    extra = _extra(table, parts, form)
    paths = _place(parts, form) + [(word,) for word in extra]
    boxes = header(paths)
    depth = max((len(path) for path in paths), default=0)
    for number, line in enumerate(_lines(parts), depth):
        for part, run in line:
            boxes.extend(_row(parts, part, run, number, table["unit"]))
    if not items:
        boxes.append(Box("", depth, 0))
    return Printed(table["title"], table["unit"], table["note"], tuple(boxes), depth)


def _extra(table: Row, parts: Sequence[Part], form: FormKind) -> tuple[str, ...]:
    """Standard columns that have no amount: all of a blank table, those that name a form whose title does not."""
    known = {word for part in parts for path in part.values for word in path}
    words = tuple(word for word in form.header.amounts if word not in known)
    if not parts:
        return (*(("科目编码",) if form.header.coded else ()), *form.header.labels, *words)
    if not form.is_named_by(table["title"]):
        return words
    width = sum(part.labels + len(part.values) for part in parts)
    return words[: max(0, 2 - width)]


def _lines(parts: Sequence[Part]) -> Iterator[list[tuple[int, Run]]]:
    """Rows of the table: in each at most one row of every list, from left to right, in reading order."""
    placed = [(number, run) for number, part in enumerate(parts) for run in part.runs]
    placed.sort(key=lambda pair: pair[1].position)
    line: list[tuple[int, Run]] = []
    for number, run in [piece for at, whole in placed for piece in _in_order(at, whole, parts[at])]:
        if line and number - (1 if run.spans and number else 0) <= line[-1][0]:
            yield line
            line = []
        line.append((number, run))
    if line:
        yield line


def _in_order(number: int, run: Run, part: Part) -> Iterator[tuple[int, Run]]:
    """A row cut where its columns go back."""
    for label in run.before:
        yield number, replace(run, code=(), names=(label,), project="", unit="", spans=False, items={}, before=[])
    piece: dict[Path, Row] = {}
    last = -1
    for path, item in run.items.items():
        at = part.values.index(path)
        if at < last:
            yield number, replace(run, items=piece)
            piece = {}
        piece[path] = item
        last = at
    yield number, replace(run, items=piece)


def _place(parts: Sequence[Part], form: FormKind) -> list[Path]:
    """Header paths of all columns; every list is told where it begins."""
    paths: list[Path] = []
    for part in parts:
        part.first = len(paths)
        if len(parts) > 1:
            shortest = min(len(path) for path in part.values)
            part.prefix = part.values[0][: min(shortest - 1, *(shared(part.values[0], path) for path in part.values))]
        paths.extend((*part.prefix, *path) for path in _label_paths(part, form))
        paths.extend(part.values)
    return paths


def _label_paths(part: Part, form: FormKind) -> Iterator[Path]:
    """Header paths of the label columns of a list, without what its amounts stand under."""
    if part.has_unit:
        yield ("单位名称",)
    levels = _LEVELS.get(part.codes, ("",) * part.codes)
    for level in levels:
        yield ("科目编码", level) if part.codes > 1 else ("科目编码",)
    words = [*form.header.labels[: part.names]]
    words += [f"{_DIGITS[number]}级名称" for number in range(len(words), part.names)]
    if part.names == 1:
        words = [_list_of(part) or words[0]]
    yield from ((word,) for word in words)
    if part.has_project:
        yield ("项目名称",)


def _list_of(part: Part) -> str:
    """The header that says which list the names of the rows are of, where they stand without codes."""
    for run in part.runs:
        for row in run.items.values():
            key = row["id"].partition("#")[2].split(";")[0]
            if run.code or _CODE_IN_LABEL.match(row["label"]):
                continue
            if key == row["function"]:
                return "功能分类科目"
            if key == row["economic"]:
                return "经济分类科目"
    return ""


def _row(parts: Sequence[Part], number: int, run: Run, row: int, unit: str) -> Iterator[Box]:
    """The boxes of a row in one list."""
    part = parts[number]
    column = part.first
    if part.has_unit:
        yield Box(run.unit, row, column)
        column += 1
    if run.spans and number:
        yield _across(parts[number - 1], part, run, row)
    else:
        yield from _labels(part, run, row, column)
    if part.has_project:
        yield Box(run.project, row, part.value_at - 1)
    for path, item in run.items.items():
        text = item["printed"] + (item["unit"] if item["unit"] != unit else "")
        yield Box(text, row, part.value_at + part.values.index(path), kind=FIGURE)


def _across(left: Part, part: Part, run: Run, row: int) -> Box:
    """A label from the list to the left up to the amounts of its own."""
    start = left.first + left.has_unit if run.word else left.name_at
    return Box(" ".join(run.names) or run.word, row, start, 1, part.value_at - start)


def _labels(part: Part, run: Run, row: int, column: int) -> Iterator[Box]:
    if run.word and not run.names:
        yield Box(run.word, row, column, 1, max(1, part.codes + part.names))
        return
    for place, piece in enumerate(run.code):
        yield Box(piece, row, column + place)
    for place, name in enumerate(run.names):
        yield Box(name, row, part.name_at + place)
