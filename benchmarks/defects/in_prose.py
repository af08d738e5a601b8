"""Defects in what the prose and the performance forms tell: figures, units, years, directions, targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.defects.figures import digit, others, value_of
from benchmarks.defects.opened import Opened
from benchmarks.defects.planting import MARKS, Spot, Token

from yusuan.package import Row

UP, DOWN = ("增加", "增长", "上升", "提高"), ("减少", "下降", "降低")
MEASURES = {
    "level": "an amount", "count": "a count", "change": "a change", "rate": "a rate", "share": "a share",
    "completion": "a completion rate",
}  # fmt: skip


def statement(opened: Opened, token: Token, row: Row) -> Iterator[Spot]:
    """A figure of the prose, its unit, its year or its direction."""
    value = value_of(token.printed)
    measure = row["measure"]
    if value is None or value == 0 or value != value_of(row["printed"].rstrip("%")) or measure not in MEASURES:
        return
    if row["subject"] == "goal":
        text = digit(token.printed, opened.random)
        if text is not None and (new := value_of(text)) is not None:
            yield token.spot("figure of a goal", opened.known.aimed(row, new), text)
        return
    for slip, text in others(token.printed, opened.random):
        new = value_of(text)
        if new is not None:
            yield token.spot(f"{slip} of {MEASURES[measure]} in the prose", opened.known.follows(row, new), text)
    yield token.spot("placeholder", True, opened.random.choice(MARKS))
    unit, after = row["unit"], token.span.text[token.end :]
    if measure == "level" and unit in {"万元", "元"} and after.startswith(unit):
        text = token.span.text[: token.end] + ("元" if unit == "万元" else "万元") + after[len(unit) :]
        yield Spot("unit in the prose", opened.known.printed_for(row) is not None, token.document, {token.span: text})
    if measure == "level" and row["year"] == str(opened.year):
        yield from _year(opened, token, row)
    if measure in {"change", "rate"}:
        yield from _direction(opened, token, row)


def _year(opened: Opened, token: Token, row: Row) -> Iterator[Spot]:
    """The year named before an amount of the filing's own year, in its clause."""
    clause = re.search(f"{opened.year}年[^。；;，,0-9]*$", token.span.text[: token.start])
    if clause is None:
        return
    at = clause.start()
    year = opened.year + opened.random.choice((-1, 1, -2, -3))
    text = token.span.text[:at] + str(year) + token.span.text[at + 4 :]
    short = len(token.printed.strip("0.,")) < 4 and year < opened.year
    eligible = opened.known.printed_for(row) is not None and not short
    yield Spot("year in the prose", eligible, token.document, {token.span: text})


def _direction(opened: Opened, token: Token, row: Row) -> Iterator[Spot]:
    """The word before a change or a rate turned round."""
    before = token.span.text[max(0, token.start - 4) : token.start]
    for word, opposite in [*((w, DOWN) for w in UP), *((w, UP) for w in DOWN)]:
        if before.rstrip("了为约 ").endswith(word):
            at = token.span.text.rindex(word, 0, token.start)
            text = token.span.text[:at] + opposite[0] + token.span.text[at + len(word) :]
            eligible = opened.known.turned(row, token.span.text, "|".join(UP + DOWN))
            yield Spot("direction word", eligible, token.document, {token.span: text})
            return


def target(opened: Opened, token: Token) -> Iterator[Spot]:
    """The target of an indicator that a goal of the same form names."""
    indicator = next((row for row in opened.rows.rows["indicators"] if row["id"] == token.row), None)
    if indicator is None or not indicator["value"] or value_of(token.printed) != Decimal(indicator["value"]):
        return
    text = digit(token.printed, opened.random)
    new = value_of(text) if text is not None else None
    if text is not None and new is not None:
        yield token.spot("target of an indicator", opened.known.unmet(indicator, new), text)


def money(opened: Opened, token: Token) -> Iterator[Spot]:
    """The money of a project in its performance form, where a table prints it too."""
    project, value = token.row.rpartition("|")[2], value_of(token.printed)
    text = digit(token.printed, opened.random)
    if text is None or value is None or value == 0 or value_of(text) is None:
        return
    tabled = {Decimal(item["amount"]) for item in opened.known.items.values() if item["project"] == project}
    eligible = bool(tabled & {value, value * 10000})
    yield token.spot("money of a performance form", eligible, text)
