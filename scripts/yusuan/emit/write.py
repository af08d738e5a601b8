"""The graph written: N-Quads straight from the database to the file, then in the format that a file's suffix names."""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

import duckdb
import pyoxigraph as ox

from yusuan.emit import sql
from yusuan.emit.iri import MACROS
from yusuan.emit.mapping import GraphMapping, Triple, load_mapping
from yusuan.engine import connect
from yusuan.errors import PackageError
from yusuan.package import Package

FORMATS = {
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats by suffix."""

COMPRESSIONS = (".gz", ".zst")
"""Suffixes that may follow a format's and compress it."""

LINES = frozenset({ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})
_HEADER = re.compile(r"^-- (kind|severity|promise-zh|promise-en): *(.*?) *$", re.MULTILINE)
_ROWS = 1024
"""Rows taken from the database at a time."""


class Sink(Protocol):
    """What takes bytes: a file, or what packs them on their way into one."""

    def write(self, data: bytes, /) -> int:
        """Take these bytes; gives how many were taken."""


def emit_graph(package: Package, output: Path, ordered: bool = True, view: str = "graph") -> int:
    """Write the graph to a file; gives the number of statements. Formats of one graph hold all graphs together.

    Other views are cube-link (the cubes as cube.link has them) and target-shapes (targets as SHACL shapes).
    The file is complete before it takes its name; `ordered`, the same package gives the same bytes.
    Raises PackageError for a suffix of no known format.
    """
    format_ = format_of(output)
    return save(package, load_mapping(package, view), output, format_, ordered)


def format_of(output: Path) -> ox.RdfFormat:
    """The format a file's suffix names. Raises PackageError where there is none."""
    suffixes = [suffix for suffix in output.suffixes if suffix not in COMPRESSIONS]
    format_ = FORMATS.get(suffixes[-1] if suffixes else "")
    if format_ is None:
        raise PackageError(
            f"no format for this suffix; use one of {', '.join(FORMATS)}, with {' or '.join(COMPRESSIONS)} after it",
            str(output),
        )
    return format_


def save(package: Package, mapping: GraphMapping, output: Path, format_: ox.RdfFormat, ordered: bool = True) -> int:
    """What a mapping gives, in a file of that format, compressed as its suffix says; the number of statements."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".yusuan-", dir=output.parent) as folder:
        whole = Path(folder) / "whole"
        named = format_.supports_datasets
        with _packed(whole, output.suffix) as target:
            if format_ in LINES:
                count = _write(package, mapping, target, named, ordered)
            else:
                lines = Path(folder) / "lines"
                with lines.open("wb") as plain:
                    count = _write(package, mapping, plain, named, ordered)
                _convert(mapping, lines, target, format_)
        whole.replace(output)
    return count


def graph_lines(package: Package, named: bool = True) -> list[str]:
    """Every quad of the package as a line of N-Quads without its line end, each once.

    Without `named` the lines are N-Triples: all graphs together.
    """
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        path = Path(folder) / "lines"
        write_lines(package, load_mapping(package), path, named)
        return path.read_text(encoding="utf-8").split("\n")[:-1]


@contextmanager
def graph_file(package: Package) -> Iterator[Path]:
    """The graph as a file of N-Quads, in any order, that is there as long as the context."""
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        path = Path(folder) / "graph.nq"
        write_lines(package, load_mapping(package), path, ordered=False)
        yield path


def write_lines(package: Package, mapping: GraphMapping, path: Path, named: bool = True, ordered: bool = True) -> int:
    """Write what a mapping gives as N-Quads (N-Triples without `named`), view by view; the number of lines."""
    with path.open("wb") as target:
        return _write(package, mapping, target, named, ordered)


def _write(package: Package, mapping: GraphMapping, target: Sink, named: bool, ordered: bool) -> int:
    """Each view's lines from the database on into the target, as they are made; the number of lines."""
    count = 0
    with connect(package) as connection:
        prepare(connection, package, mapping)
        for view, triples in mapping.views():
            for lines in view_lines(connection, mapping, view, triples, named, ordered):
                count += lines.count(b"\n")
                target.write(lines)
    terms = term_lines(package, mapping)
    target.write("".join(f"{line}\n" for line in terms).encode())
    return count + len(terms)


def view_lines(
    connection: duckdb.DuckDBPyConnection,
    mapping: GraphMapping,
    view: str,
    triples: Sequence[Triple],
    named: bool,
    ordered: bool,
) -> Iterator[bytes]:
    """The lines that a view gives in a connection that is prepared, some at a time."""
    connection.execute(f"SET preserve_insertion_order = {str(ordered).lower()}")
    cursor = connection.execute(sql.select(mapping, view, triples, named, ordered))
    while rows := cursor.fetchmany(_ROWS):
        yield b"".join([row[0] for row in rows])


def prepare(connection: duckdb.DuckDBPyConnection, package: Package, mapping: GraphMapping) -> None:
    """Give a connection the macros, the rules, the package's own facts and the views that a mapping reads."""
    connection.execute(MACROS + sql.MACROS)
    connection.execute("CREATE TABLE rules (code VARCHAR, kind VARCHAR, severity VARCHAR, zh VARCHAR, en VARCHAR)")
    for row in _rules(package):
        connection.execute("INSERT INTO rules VALUES (?, ?, ?, ?, ?)", row)
    connection.execute("CREATE TABLE about (created VARCHAR)")
    connection.execute("INSERT INTO about VALUES (?)", [str(package.descriptor.get("created", ""))[:10]])
    for name in mapping.sql:
        connection.execute(package.file("ontology", name).read_text(encoding="utf-8"))


def _rules(package: Package) -> Iterator[tuple[str, ...]]:
    """Code, kind, severity and promise (Chinese, English) of each rule, from the comments that its file begins with."""
    for path in sorted(package.file("schemas", "rules").glob("[!_]*.sql")):
        header = dict(_HEADER.findall(path.read_text(encoding="utf-8")))
        yield (path.stem, *(header.get(key, "") for key in ("kind", "severity", "promise-zh", "promise-en")))


def term_lines(package: Package, mapping: GraphMapping) -> list[str]:
    """The ontology and the data structures, in the default graph."""
    found: set[str] = set()
    for name in mapping.terms:
        path = package.file("ontology", name)
        quads = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=package.base)
        found.update(f"{quad.triple} ." for quad in quads)
    return sorted(found)


def _convert(mapping: GraphMapping, lines: Path, target: Sink, format_: ox.RdfFormat) -> None:
    quads = ox.parse(path=lines, format=ox.RdfFormat.N_QUADS)
    prefixes = dict(mapping.prefixes)
    ox.serialize(quads, cast("IO[bytes]", target), format=format_, prefixes=prefixes, base_iri=mapping.base)


@contextmanager
def _packed(path: Path, suffix: str) -> Iterator[Sink]:
    """A file open for writing that packs what it is given as a suffix says; the same bytes give the same file."""
    with path.open("wb") as file:
        if suffix == ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0, compresslevel=6) as packed:
                yield cast(Sink, packed)
        elif suffix == ".zst":
            import zstandard

            with zstandard.ZstdCompressor(level=6).stream_writer(file, closefd=False) as stream:
                yield cast(Sink, stream)
        else:
            yield file
