"""A query answered in a worker: refused, or run over the graphs it names and written in the format asked for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pyoxigraph as ox

from yusuan.errors import QueryError
from yusuan.serve import text as query_text
from yusuan.serve.media import GRAPHS, SYNTAXES, Format
from yusuan.serve.results import WRITERS, Row, Writer
from yusuan.serve.worker import FullError, Job, Reply, Workshop

T = TypeVar("T")
CHUNK = 16 * 1024
_SAYS_CUT = {"turtle": b"# truncated\n", "trig": b"# truncated\n", "rdfxml": b"<!-- truncated -->\n"}
_TYPES = {format_.name: format_ for format_ in GRAPHS}


@dataclass(frozen=True)
class Queries:
    """How queries are answered: our prefixes, the check before parsing, the named graphs, and HTML tables.

    `core` names the statements that are in no named graph, so that a client can ask for them alone.
    """

    prefixes: dict[str, str]
    base: str
    guard: Callable[[str], None]
    graphs: frozenset[str]
    core: str
    html: Callable[[Job], Writer]

    def __call__(self, workshop: Workshop, job: Job, reply: Reply) -> None:
        """Answer a job of kind query."""
        try:
            self._run(workshop.store, job, reply)
        except RefusedError as error:
            reply.refuse(error.status, error.reason, str(error))

    def _run(self, store: ox.Store, job: Job, reply: Reply) -> None:
        text = job["query"]
        try:
            self.guard(text)
            default, named = query_text.dataset(text, self.prefixes, self.base)
        except QueryError as error:
            raise RefusedError(403, "refused", str(error)) from None
        if job["default"] or job["named"]:
            default, named = job["default"], job["named"]
        try:
            found = store.query(text, base_iri=self.base, prefixes=self.prefixes, **self._dataset(default, named))
        except (SyntaxError, ValueError) as error:
            if query_text.is_update(text):
                raise RefusedError(403, "refused", "this endpoint is read-only: updates are refused") from None
            raise RefusedError(400, "malformed", _first_line(error)) from None
        steady = query_text.is_fixed(text)
        if isinstance(found, ox.QueryTriples):
            self._graph(found, job, reply, steady)
        else:
            self._table(found, job, reply, steady)

    def _dataset(self, default: Sequence[str], named: Sequence[str]) -> dict[str, Any]:
        """Arguments for the store: all graphs together where the query names none."""
        if not default and not named:
            return {"use_default_graph_as_union": True}
        for iri in (*default, *named):
            if iri not in self.graphs and iri != self.core:
                known = ", ".join(sorted({*self.graphs, self.core}))
                raise RefusedError(403, "refused", f"graph {iri} is not here and nothing is fetched; there are {known}")
        return {
            "default_graph": [ox.DefaultGraph() if iri == self.core else ox.NamedNode(iri) for iri in default],
            "named_graphs": [ox.NamedNode(iri) for iri in named if iri != self.core],
        }

    def _table(self, found: ox.QuerySolutions | ox.QueryBoolean, job: Job, reply: Reply, steady: bool) -> None:
        format_ = job["results"]
        if format_ is None:
            raise RefusedError(406, "refused", "SELECT and ASK are answered in JSON, XML, CSV, TSV or HTML")
        writer = self.html(job) if format_["name"] == "html" else WRITERS[format_["name"]]()
        if isinstance(found, ox.QueryBoolean):
            reply.head(200, format_["header"], steady=steady)
            reply.body(writer.boolean(bool(found)))
            return
        names = [variable.value for variable in found.variables]
        rows = _first_computed(found)
        reply.head(200, format_["header"], cut=writer.cut, steady=steady)
        send_in_chunks(_written(writer, names, ([row[name] for name in names] for row in rows)), reply)

    def _graph(self, found: ox.QueryTriples, job: Job, reply: Reply, steady: bool) -> None:
        format_ = job["graph"]
        if format_ is None:
            raise RefusedError(406, "refused", "CONSTRUCT and DESCRIBE are answered in " + _names(GRAPHS))
        if format_["name"] in {"ntriples", "nquads"}:
            triples = _first_computed(found)
            reply.head(200, format_["header"], cut=b"# truncated\n", steady=steady)
            send_in_chunks((f"{triple} .\n".encode() for triple in triples), reply)
            return
        send_graph(found, format_["name"], format_["header"], self.prefixes, reply, steady)


class RefusedError(Exception):
    """A query that is not answered: the HTTP status, and the kind of reason for the statistics."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason


def send_graph(
    triples: Iterable[ox.Triple], name: str, header: str, prefixes: Mapping[str, str], reply: Reply, steady: bool = True
) -> None:
    """Triples in one document, each once. A format that is not of lines is written whole, then sent."""
    kept: set[ox.Triple] = set()
    room, cut = reply.room, ""
    for triple in triples:
        if triple not in kept:
            room -= len(str(triple).encode()) + 3  # its line of N-Triples, which prefixes and grouping make shorter
            if room < 64:
                cut = "size"
                break
            kept.add(triple)
    ordered = sorted(kept, key=lambda triple: (str(triple.subject), str(triple.predicate), str(triple.object)))
    used = None if name == "jsonld" else dict(prefixes)
    data = ox.serialize(ordered, format=SYNTAXES[name], prefixes=used) or b""
    if cut and name not in _SAYS_CUT:
        raise FullError
    data += _SAYS_CUT[name] if cut else b""
    reply.head(200, header, steady=steady and not cut, truncated=cut)
    for start in range(0, len(data), CHUNK * 4):
        reply.body(data[start : start + CHUNK * 4])


def _written(writer: Writer, names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    yield writer.begin(names)
    for row in rows:
        yield writer.row(row)
    yield writer.end()


def send_in_chunks(pieces: Iterable[bytes], reply: Reply) -> None:
    """Pieces gathered into bodies of some size, each ending where a piece does."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        if size + len(piece) > reply.room:
            reply.body(b"".join(waiting))
            raise FullError
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK:
            reply.body(b"".join(waiting))
            waiting, size = [], 0
    reply.body(b"".join(waiting))


def _first_computed(found: Iterator[T]) -> Iterator[T]:
    """The same items; the first is computed now, so that an error comes before the answer has begun."""
    try:
        first = next(found)
    except StopIteration:
        return iter(())
    except (ValueError, OSError) as error:
        raise RefusedError(400, "refused", _first_line(error)) from None
    return itertools.chain((first,), found)


def _names(formats: Sequence[Format]) -> str:
    return ", ".join(format_.types[0] for format_ in formats)


def _first_line(error: Exception) -> str:
    message = str(error).splitlines()[0] if str(error) else type(error).__name__
    message = re.sub(r"at (\d+):(\d+)", r"at line \1, column \2", message)
    return re.sub(r"expected one of Prefix not found.*", "a prefix that is not declared", message)
