"""The graph in the formats people load: made from one N-Quads file, the same bytes every time."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from yusuan.publish.publication import Download, Publication

_FORMATS = (
    ("graph.nt.gz", ox.RdfFormat.N_TRIPLES, "application/n-triples", "RDF_N_TRIPLES", "N-Triples"),
    ("graph.nq.gz", ox.RdfFormat.N_QUADS, "application/n-quads", "RDF_N_QUADS", "N-Quads"),
    ("graph.ttl.gz", ox.RdfFormat.TURTLE, "text/turtle", "RDF_TURTLE", "Turtle"),
    ("graph.trig.gz", ox.RdfFormat.TRIG, "application/trig", "RDF_TRIG", "TriG"),
    ("graph.jsonld.gz", ox.RdfFormat.JSON_LD, "application/ld+json", "JSON_LD", "JSON-LD"),
)


def write_dumps(publication: Publication, prefixes: Mapping[str, str]) -> int:
    """Write the dumps into `dump/`; gives the number of statements. Formats of one graph hold all graphs together."""
    count = 0
    for name, format_, media_type, file_type, said in _FORMATS:
        relative = f"dump/{name}"
        with publication.path(relative).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
            if format_ is ox.RdfFormat.N_QUADS:
                with publication.graph.open("rb") as source:
                    shutil.copyfileobj(source, out)
            else:
                count = _convert(publication, out, format_, prefixes)
        publication.downloads.append(
            Download(
                relative, f"知识图谱（{said}）", f"The graph ({said})", media_type, file_type, "", "application/gzip"
            )
        )
    return count


def _convert(publication: Publication, out: gzip.GzipFile, format_: ox.RdfFormat, prefixes: Mapping[str, str]) -> int:
    count = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal count
        for quad in ox.parse(path=str(publication.graph), format=ox.RdfFormat.N_QUADS):
            count += 1
            yield quad

    buffer = io.BufferedWriter(out)
    named = dict(prefixes) if format_ in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG} else None
    read = quads()
    statements = read if format_.supports_datasets else (quad.triple for quad in read)
    ox.serialize(statements, buffer, format_, prefixes=named)
    buffer.flush()
    buffer.detach()
    return count
