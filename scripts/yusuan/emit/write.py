"""The graph written: N-Quads straight from the database to the file, then in the format that a file's suffix names."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb
import pyoxigraph as ox

from yusuan.emit import sql
from yusuan.emit.iri import MACROS
from yusuan.emit.mapping import GraphMapping, load_mapping
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

ONTOLOGY = ("yusuan.ttl", "cubes.ttl", "aligned.ttl")
LINES = frozenset({ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS})
_HEADER = re.compile(r"^-- (kind|severity|zh|en): *(.*?) *$", re.MULTILINE)
_CHUNK = 1 << 20
_RAW = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ''"
"""How the database writes text as it is, one row a line."""


def emit_graph(package: Package, output: Path) -> int:
    """Write the graph to a file; gives the number of statements. Formats of one graph hold all graphs together.

    The file is complete before it takes its name; the same package gives the same bytes.
    Raises PackageError for a suffix of no known format.
    """
    format_ = format_of(output)
    return save(package, load_mapping(package), output, format_)


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


def save(package: Package, mapping: GraphMapping, output: Path, format_: ox.RdfFormat) -> int:
    """What a mapping gives, in a file of that format, compressed as its suffix says; the number of statements."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".yusuan-", dir=output.parent) as folder:
        lines, whole = Path(folder) / "lines", Path(folder) / "whole"
        count = write_lines(package, mapping, lines, named=format_.supports_datasets)
        if format_ in LINES:
            whole = lines
        else:
            _convert(mapping, lines, whole, format_)
        if output.suffix in COMPRESSIONS:
            whole = _compress(whole, Path(folder) / "compressed", output.suffix)
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
    """The graph as a file of N-Quads that is there as long as the context."""
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        path = Path(folder) / "graph.nq"
        write_lines(package, load_mapping(package), path)
        yield path


def write_lines(package: Package, mapping: GraphMapping, path: Path, named: bool = True) -> int:
    """Write what a mapping gives as N-Quads (N-Triples without `named`), view by view; the number of lines."""
    with connect(package) as connection, path.open("wb") as whole:
        prepare(connection, package)
        for view, triples in mapping.views():
            part = path.with_name(path.name + ".part")
            target = str(part).replace("'", "''")
            connection.execute(f"COPY ({sql.select(mapping, view, triples, named)}) TO '{target}' ({_RAW})")
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole, _CHUNK)
            part.unlink()
        if mapping.with_ontology:
            whole.writelines(f"{line}\n".encode() for line in sorted(set(_ontology(package))))
    return _count_lines(path)


def prepare(connection: duckdb.DuckDBPyConnection, package: Package) -> None:
    """Give a connection the macros, the rules and the views that a mapping reads."""
    connection.execute(MACROS + sql.MACROS)
    connection.execute("CREATE TABLE rules (code VARCHAR, kind VARCHAR, severity VARCHAR, zh VARCHAR, en VARCHAR)")
    for row in _rules(package):
        connection.execute("INSERT INTO rules VALUES (?, ?, ?, ?, ?)", row)
    connection.execute(package.file("ontology", "views.sql").read_text(encoding="utf-8"))


def _rules(package: Package) -> Iterator[tuple[str, ...]]:
    """Code, kind, severity and sentences of each rule, from the comments that its file begins with."""
    for path in sorted(package.file("schemas", "rules").glob("[!_]*.sql")):
        header = dict(_HEADER.findall(path.read_text(encoding="utf-8")))
        yield (path.stem, *(header.get(key, "") for key in ("kind", "severity", "zh", "en")))


def _ontology(package: Package) -> Iterator[str]:
    """The ontology and the data structures, in the default graph."""
    for name in ONTOLOGY:
        path = package.file("ontology", name)
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=package.base):
            yield f"{quad.triple} ."


def _convert(mapping: GraphMapping, lines: Path, target: Path, format_: ox.RdfFormat) -> None:
    quads = ox.parse(path=lines, format=ox.RdfFormat.N_QUADS)
    ox.serialize(quads, target, format=format_, prefixes=dict(mapping.prefixes), base_iri=mapping.base)


def _compress(source: Path, target: Path, suffix: str) -> Path:
    with source.open("rb") as plain, target.open("wb") as file:
        if suffix == ".gz":
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                shutil.copyfileobj(plain, packed, _CHUNK)
        else:
            import zstandard

            zstandard.ZstdCompressor(level=9).copy_stream(plain, file, size=source.stat().st_size)
    return target


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in _chunks(file))


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
