"""The graph written: N-Quads lines, sorted, in the format that a file's suffix names."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from yusuan.emit import sql
from yusuan.emit.iri import MACROS
from yusuan.emit.mapping import load_mapping
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
"""Formats by suffix; .gz after any of them compresses."""

ONTOLOGY = ("yusuan.ttl", "cubes.ttl")


def graph_lines(package: Package, named: bool = True) -> list[str]:
    """Every quad of the package as a line of N-Quads without its line end: sorted, each once.

    Without `named` the lines are N-Triples: all graphs together.
    """
    mapping = load_mapping(package)
    lines: set[str] = set(_ontology(package))
    with connect(package) as connection:
        connection.execute(MACROS + sql.MACROS)
        connection.execute(package.file("ontology", "views.sql").read_text(encoding="utf-8"))
        for view, triples in mapping.views():
            for (text,) in connection.execute(sql.select(mapping, view, triples, named)).fetchall():
                lines.update(text.splitlines())
    return sorted(lines)


def _ontology(package: Package) -> Iterator[str]:
    """The ontology and the data structures, in the default graph."""
    for name in ONTOLOGY:
        path = package.file("ontology", name)
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=package.base):
            yield f"{quad.triple} ."


def emit_graph(package: Package, output: Path) -> int:
    """Write the graph to a file; gives the number of statements. Formats of one graph hold all graphs together.

    The file is complete before it takes its name. Raises PackageError for a suffix of no known format.
    """
    suffixes = [suffix for suffix in output.suffixes if suffix != ".gz"]
    format_ = FORMATS.get(suffixes[-1] if suffixes else "")
    if format_ is None:
        raise PackageError(f"no format for this suffix; use one of {', '.join(FORMATS)}, .gz after it", str(output))
    lines = graph_lines(package, named=format_.supports_datasets)
    data = ("\n".join(lines) + "\n").encode()
    if format_ not in {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}:
        data = _convert(package, data, format_)
    if output.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_name(output.name + ".partial")
    partial.write_bytes(data)
    partial.replace(output)
    return len(lines)


def _convert(package: Package, data: bytes, format_: ox.RdfFormat) -> bytes:
    out = io.BytesIO()
    prefixes = dict(load_mapping(package).prefixes)
    ox.serialize(ox.parse(data, ox.RdfFormat.N_QUADS), out, format=format_, prefixes=prefixes, base_iri=package.base)
    return out.getvalue()
