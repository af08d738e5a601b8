"""What the text of a query says before it is parsed: its graphs, whether it is an update, whether it is fixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from yusuan.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|\s+)
    |(?P<string>\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<word>(?:[\w.:%-]|\\.)+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_QUERIES = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_CHANGING = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "skip":
            yield found.lastgroup, found.group().rstrip(".") if found.lastgroup == "word" else found.group()


def is_update(text: str) -> bool:
    """Whether the first word that decides it is one of SPARQL Update."""
    for kind, word in _tokens(text):
        if kind == "word" and word.upper() in _UPDATES | _QUERIES:
            return word.upper() in _UPDATES
    return False


def is_fixed(text: str) -> bool:
    """Whether the answer can only change with the data: no clock, no chance, no fresh node."""
    return not any(kind == "word" and word.upper() in _CHANGING for kind, word in _tokens(text))


def dataset(text: str, prefixes: dict[str, str], base: str) -> tuple[list[str], list[str]]:
    """Graphs of FROM and of FROM NAMED, as IRIs. Raises QueryError for a name whose prefix is not declared."""
    known = dict(prefixes)
    plain: list[str] = []
    named: list[str] = []
    tokens = _tokens(text)
    for kind, word in tokens:
        upper = word.upper() if kind == "word" else ""
        if upper == "BASE":
            base = urljoin(base, next(tokens, ("", "<>"))[1][1:-1])
        elif upper == "PREFIX":
            prefix = next(tokens, ("", ":"))[1].rstrip(":")
            known[prefix] = urljoin(base, next(tokens, ("", "<>"))[1][1:-1])
        elif upper == "FROM":
            kind, word = next(tokens, ("", ""))
            target = plain
            if kind == "word" and word.upper() == "NAMED":
                target = named
                kind, word = next(tokens, ("", ""))
            target.append(_resolved(kind, word, known, base))
    return plain, named


def _resolved(kind: str, word: str, prefixes: dict[str, str], base: str) -> str:
    if kind == "iri":
        return urljoin(base, word[1:-1])
    prefix, mark, local = word.partition(":")
    if kind != "word" or not mark or prefix not in prefixes:
        raise QueryError(f"FROM {word or 'nothing'} names no graph")
    return prefixes[prefix] + local
