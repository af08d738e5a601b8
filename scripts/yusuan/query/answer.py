"""The answer to a question: columns and rows of text, and what kind of value each column has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_XSD = "http://www.w3.org/2001/XMLSchema#"
_KINDS = {
    _XSD + "integer": "integer",
    _XSD + "decimal": "number",
    _XSD + "double": "number",
    _XSD + "float": "number",
    _XSD + "gYear": "year",
    _XSD + "date": "date",
}

Term = tuple[str, str]
"""A value as text, and the IRI of its datatype: empty for an IRI, a blank node and nothing at all."""

NOTHING: Term = ("", "")


@dataclass(frozen=True)
class Answer:
    """The answer to a question: columns and rows of text; an ASK has one cell, a graph three columns.

    `kinds` has, for each column, integer, number, year, date or text: what all its values are.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...] = field(default=(), compare=False)


def answer(columns: Sequence[str], solutions: Iterable[Sequence[Term]]) -> Answer:
    """An answer from the terms of each solution, in the order of the columns."""
    rows: list[tuple[str, ...]] = []
    seen: list[set[str]] = [set() for _ in columns]
    for solution in solutions:
        rows.append(tuple(text for text, _ in solution))
        for kinds, (text, datatype) in zip(seen, solution, strict=True):
            if text or datatype:
                kinds.add(_KINDS.get(datatype, "text"))
    return Answer(tuple(columns), tuple(rows), tuple(_common(kinds) for kinds in seen))


def _common(kinds: set[str]) -> str:
    """The one kind that several have together."""
    if kinds == {"integer", "number"}:
        return "number"
    return kinds.pop() if len(kinds) == 1 else "text"
