"""A store of the graph, and answers from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from yusuan.errors import QueryError

LONGEST = 100_000
DEEPEST = 200
_OUTSIDE = re.compile(r"\b(?:SERVICE|LOAD)\b", re.IGNORECASE)
_STRINGS = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*", re.DOTALL
)


@dataclass(frozen=True)
class Answer:
    """The answer to a question: columns and rows of text; an ASK has one cell, a graph three columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def load_store(lines: Iterable[str]) -> ox.Store:
    """An in-memory store of N-Quads lines."""
    store = ox.Store()
    store.bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    return store


def ask(store: ox.Store, text: str, prefixes: dict[str, str]) -> Answer:
    """Run SPARQL over all graphs of a store together. Raises QueryError for what cannot or must not run."""
    guard(text)
    declared = set(re.findall(r"PREFIX\s+([\w-]*):", text, re.IGNORECASE))
    head = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if name not in declared) + "\n"
    try:
        found = store.query(head + text, use_default_graph_as_union=True)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return Answer(columns, tuple(tuple(_text(row[name]) for name in columns) for row in found))
        if isinstance(found, ox.QueryBoolean):
            return Answer(("answer",), (("true" if found else "false",),))
        return Answer(
            ("subject", "predicate", "object"),
            tuple((_text(t.subject), _text(t.predicate), _text(t.object)) for t in found),
        )
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{_first_line(error)}") from None


def guard(text: str) -> None:
    """Refuse a query that is too long, too deeply nested, or reaches outside the store."""
    if len(text) > LONGEST:
        raise QueryError(f"query of {len(text)} characters; at most {LONGEST}")
    bare = _STRINGS.sub(" ", text)
    depth = deepest = 0
    for char in bare:
        depth += (char in "{([") - (char in "})]")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise QueryError(f"query nested {deepest} deep; at most {DEEPEST}")
    if _OUTSIDE.search(bare):
        raise QueryError("SERVICE and LOAD are not answered: only this package's graph is")


def _text(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return str(term.value)
    return str(term)


def _first_line(error: Exception) -> str:
    """The message on one line, its line number that of the text as given."""
    message = str(error).splitlines()[0] if str(error) else type(error).__name__
    return re.sub(r"at (\d+):(\d+)", lambda found: f"at line {int(found[1]) - 1}, column {found[2]}", message)


def as_table(answer: Answer) -> Sequence[tuple[str, ...]]:
    """Columns and rows in one sequence."""
    return (answer.columns, *answer.rows)
