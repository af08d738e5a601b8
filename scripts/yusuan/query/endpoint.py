"""Answers from a SPARQL endpoint elsewhere, by the SPARQL 1.1 Protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox

from yusuan.errors import QueryError
from yusuan.query.answer import NOTHING, Answer, Term, answer
from yusuan.query.prologue import Prologue

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
MOST = 64 << 20
"""Bytes of an answer at most."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def ask_endpoint(url: str, text: str, prologue: Prologue, seconds: float = 60) -> Answer:
    """The answer of the endpoint at `url` to SPARQL text. Raises QueryError, which names it, where there is none."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise QueryError("an endpoint is an http or https address", url)
    body = urlencode({"query": prologue.before(text)}).encode()
    request = Request(url, body, {"Accept": f"{RESULTS}, {TRIPLES};q=0.9", "User-Agent": "yusuan"})
    try:
        with urlopen(request, timeout=seconds) as response:
            data = response.read(MOST + 1)
            media = response.headers.get_content_type()
    except HTTPError as error:
        raise QueryError(f"the endpoint says {error.code} {_said(error)}".rstrip(), url) from None
    except (URLError, TimeoutError, OSError, HTTPException) as error:
        raise QueryError(f"no answer: {getattr(error, 'reason', error)}", url) from None
    if len(data) > MOST:
        raise QueryError(f"the answer is longer than {MOST >> 20} MB; ask for less with LIMIT", url)
    return _parsed(data, media, url)


def _said(error: HTTPError) -> str:
    """The first line of what an endpoint says of an error."""
    lines = error.read(2000).decode("utf-8", "replace").strip().splitlines()
    return lines[0][:300] if lines else str(error.reason)


def _parsed(data: bytes, media: str, url: str) -> Answer:
    try:
        if media == TRIPLES:
            return _graph(data)
        found = json.loads(data)
        if "boolean" in found:
            return Answer(("answer",), (("true" if found["boolean"] else "false",),), ("text",))
        columns = found["head"]["vars"]
        rows = ([_term(row.get(name)) for name in columns] for row in found["results"]["bindings"])
        return answer(columns, rows)
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        raise QueryError(f"an answer that is no SPARQL result ({media})", url) from None


def _graph(data: bytes) -> Answer:
    def solutions() -> Iterator[list[Term]]:
        for triple in ox.parse(data, ox.RdfFormat.N_TRIPLES):
            end = triple.object
            last = (end.value, end.datatype.value) if isinstance(end, ox.Literal) else (str(end).strip("<>"), "")
            yield [(str(triple.subject).strip("<>"), ""), (triple.predicate.value, ""), last]

    return answer(("subject", "predicate", "object"), solutions())


def _term(value: Mapping[str, Any] | None) -> Term:
    if value is None:
        return NOTHING
    return str(value["value"]), str(value.get("datatype", _STRING)) if value["type"] != "uri" else ""
