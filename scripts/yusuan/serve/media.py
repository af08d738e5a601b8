"""Media types of answers, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class Format:
    """A serialisation: its short name, its media types (the first is sent), its file suffix, its W3C identifier."""

    name: str
    types: tuple[str, ...]
    suffix: str
    iri: str
    words: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The Content-Type header."""
        return self.types[0] + ("; charset=utf-8" if self.types[0].startswith("text/") else "")


_W3 = "http://www.w3.org/ns/formats/"

RESULTS = (
    Format("json", ("application/sparql-results+json", "application/json"), "json", _W3 + "SPARQL_Results_JSON"),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), "xml", _W3 + "SPARQL_Results_XML"),
    Format("csv", ("text/csv",), "csv", _W3 + "SPARQL_Results_CSV"),
    Format("tsv", ("text/tab-separated-values",), "tsv", _W3 + "SPARQL_Results_TSV"),
    Format("html", ("text/html", "application/xhtml+xml"), "html", ""),
)
"""Formats of the answers to SELECT and ASK, the default first."""

GRAPHS = (
    Format("turtle", ("text/turtle", "application/x-turtle"), "ttl", _W3 + "Turtle", ("ttl", "n3")),
    Format("jsonld", ("application/ld+json", "application/json"), "jsonld", _W3 + "JSON-LD", ("json-ld", "json")),
    Format("ntriples", ("application/n-triples",), "nt", _W3 + "N-Triples", ("nt", "n-triples")),
    Format("nquads", ("application/n-quads",), "nq", _W3 + "N-Quads", ("nq", "n-quads")),
    Format("trig", ("application/trig",), "trig", _W3 + "TriG"),
    Format(
        "rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), "rdf", _W3 + "RDF_XML", ("xml", "rdf+xml")
    ),
)
"""Formats of graphs, the default first."""

SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""The writer of each format of graphs, by its short name."""

HTML = RESULTS[-1]


def named(formats: Sequence[Format], word: str) -> Format | None:
    """The format that a `format` parameter names by short name, suffix or media type; None for a word unknown here."""
    low = word.lower()
    for format_ in formats:
        if low == format_.name or low == format_.suffix or low in format_.types or low in format_.words:
            return format_
    return None


def accepted(formats: Sequence[Format], header: str | None) -> Format | None:
    """The format of these that an Accept header likes best; None where it takes none of them.

    The most specific range that fits the type to be sent gives its weight (RFC 9110, 12.5.1); its other types count
    where they are named in full. Among equals the first format wins.
    """
    if not header or not header.strip():
        return formats[0]
    ranges = _weighted(header)
    best, weight = None, 0.0
    for format_ in formats:
        found = max(_weight(ranges, format_.types[0]), *(ranges.get(other, 0.0) for other in format_.types))
        if found > weight:
            best, weight = format_, found
    return best


def language(header: str | None, known: Sequence[str]) -> str:
    """The language of these that an Accept-Language header likes best; the first where it likes none."""
    best, weight = known[0], 0.0
    for word, quality in _weighted(header or "").items():
        base = word.split("-")[0]
        if base in known and quality > weight:
            best, weight = base, quality
    return best


def takes_gzip(header: str | None) -> bool:
    """Whether an Accept-Encoding header takes gzip."""
    codings = _weighted(header or "")
    return codings.get("gzip", codings.get("x-gzip", codings.get("*", 0.0))) > 0


def _weighted(header: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        if name:
            found[name] = quality
    return found


def _weight(ranges: Mapping[str, float], media_type: str) -> float:
    for pattern in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0
