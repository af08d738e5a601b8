"""A store of the graph, and answers from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from yusuan.errors import QueryError
from yusuan.query.answer import NOTHING, Answer, Term, answer
from yusuan.query.prologue import Prologue

LONGEST = 100_000
DEEPEST = 200
_OUTSIDE = re.compile(r"\b(?:SERVICE|LOAD)\b", re.IGNORECASE)
_STRINGS = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*", re.DOTALL
)


def load_store(lines: Iterable[str] | Path) -> ox.Store:
    """An in-memory store of N-Quads: lines without their ends, or a file of them."""
    store = ox.Store()
    if isinstance(lines, Path):
        store.bulk_load(path=lines, format=ox.RdfFormat.N_QUADS)
    else:
        store.bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    return store


def ask(store: ox.Store, text: str, prologue: Prologue) -> Answer:
    """Run SPARQL over all graphs of a store together. Raises QueryError for what cannot or must not run."""
    guard(text)
    try:
        found = store.query(prologue.before(text), use_default_graph_as_union=True)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            return answer(columns, ([_term(row[name]) for name in columns] for row in found))
        if isinstance(found, ox.QueryBoolean):
            return Answer(("answer",), (("true" if found else "false",),), ("text",))
        return answer(
            ("subject", "predicate", "object"),
            ([_term(t.subject), _term(t.predicate), _term(t.object)] for t in found),
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


def _term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        return term.value, term.datatype.value
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        return term.value, ""
    return NOTHING if term is None else (str(term), "")


def _first_line(error: Exception) -> str:
    """The message on one line, its line number that of the text as given."""
    message = str(error).splitlines()[0] if str(error) else type(error).__name__
    return re.sub(r"at (\d+):(\d+)", lambda found: f"at line {int(found[1]) - 1}, column {found[2]}", message)
