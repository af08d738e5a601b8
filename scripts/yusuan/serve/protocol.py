"""A request of the SPARQL Protocol taken apart: GET, POST of a form, POST of the query itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "this endpoint is read-only: updates are refused"


class HttpError(Exception):
    """An answer that is an error: status, a line for a person, and headers that go with it."""

    def __init__(self, status: int, message: str, reason: str = "refused", headers: Mapping[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.message = message
        self.reason = reason
        self.headers = dict(headers or {})


class GoneClientError(Exception):
    """The client has left before its request was whole."""


@dataclass(frozen=True)
class QueryRequest:
    """What a client asks: the query (empty where there is none), the graphs, and the format it names."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    format: str = ""


def parameters(query_string: bytes) -> list[tuple[str, str]]:
    """Names and values of a query string. Raises HttpError where it is not UTF-8."""
    try:
        text = query_string.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except (UnicodeDecodeError, ValueError):
        raise HttpError(400, "the parameters are not percent-encoded UTF-8", "malformed") from None


def from_get(query_string: bytes) -> QueryRequest:
    """The request of a GET or HEAD."""
    return _request(parameters(query_string))


def from_post(query_string: bytes, content_type: str, body: bytes) -> QueryRequest:
    """The request of a POST. Raises HttpError for another content type, an update, or bytes that are not UTF-8."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise HttpError(403, READ_ONLY)
    if kind == FORM:
        beside = [pair for pair in parameters(query_string) if pair[0] == "format"]
        return _with_query(_request([*parameters(body.strip()), *beside]))
    if kind == DIRECT:
        given = parameters(query_string)
        if any(name == "query" for name, _ in given):
            raise HttpError(400, "the query is in the body and in the address; give it once", "malformed")
        try:
            return _with_query(_request([*given, ("query", body.decode("utf-8"))]))
        except UnicodeDecodeError:
            raise HttpError(400, "the query is not UTF-8", "malformed") from None
    raise HttpError(415, f"POST takes {FORM} or {DIRECT}", headers={"Accept-Post": f"{FORM}, {DIRECT}"})


def _with_query(request: QueryRequest) -> QueryRequest:
    if not request.query.strip():
        raise HttpError(400, "there is no query", "malformed")
    return request


def _request(given: list[tuple[str, str]]) -> QueryRequest:
    named: dict[str, list[str]] = {}
    for name, value in given:
        named.setdefault(name, []).append(value)
    if "update" in named or "using-graph-uri" in named or "using-named-graph-uri" in named:
        raise HttpError(403, READ_ONLY)
    if len(named.get("query", [])) > 1:
        raise HttpError(400, "there is more than one query", "malformed")
    return QueryRequest(
        query=named.get("query", [""])[0],
        default=tuple(named.get("default-graph-uri", [])),
        named=tuple(named.get("named-graph-uri", [])),
        format=named.get("format", named.get("output", [""]))[0],
    )
