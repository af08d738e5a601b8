"""The question library answered by another engine, and where its answers differ from ours."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from tests.conformance.case import Case, Row
from tests.conformance.judges import jena_answers
from yusuan.query import Answer, ask, load_questions

SECONDS = 300
"""What an engine may take for one question."""


def engines(case: Case) -> Iterator[Row]:
    """Each question of the library, answered by pyoxigraph and by Apache Jena."""
    questions = load_questions(case.package.file("ontology", "queries"))
    texts = {name: case.prologue.before(question.text) for name, question in questions.items()}
    graph = case.emitted("graph", ".nt")
    theirs = jena_answers(case.tools / "jena", graph, texts, SECONDS)
    with graph.open("rb") as file:
        store = ox.Store()
        store.bulk_load(file, ox.RdfFormat.N_TRIPLES)
    for name, question in questions.items():
        ours = ask(store, question.text, case.prologue)
        yield f"Apache Jena answers {name} as pyoxigraph does", str(len(ours.rows)), differences(ours, theirs[name])


def differences(ours: Answer, theirs: dict[str, Any]) -> list[str]:
    """Where another engine's answer is not ours: the rows only one has, in any order, numbers by value."""
    if "error" in theirs:
        return [str(theirs["error"])]
    if sorted(theirs["columns"]) != sorted(ours.columns):
        return [f"columns {', '.join(ours.columns)}, not {', '.join(theirs['columns'])}"]
    order = [theirs["columns"].index(column) for column in ours.columns]
    rows = Counter(tuple(_value(row[i]) for i in order) for row in theirs["rows"])
    mine = Counter(tuple(_value(cell) for cell in row) for row in ours.rows)
    wrong = [f"only pyoxigraph: {', '.join(row)}" for row in sorted((mine - rows).elements())]
    return wrong + [f"only the other: {', '.join(row)}" for row in sorted((rows - mine).elements())]


def _value(cell: str) -> str:
    """A cell to compare: numbers to twelve digits, since engines divide to different precision."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return cell if not math.isfinite(number) else f"{number:.12g}"
