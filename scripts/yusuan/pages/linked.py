"""What is said of a page as data: Turtle for people, compact JSON-LD, and the other formats of graphs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

import pyoxigraph as ox

from yusuan.pages.source import shortener

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats by file suffix."""

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def serialize(quads: Iterable[ox.Quad], suffix: str, prefixes: Mapping[str, str]) -> bytes:
    """Statements in the format of a suffix, in a stable order; formats of one graph hold all graphs together."""
    format_ = FORMATS[suffix]
    if not format_.supports_datasets or suffix == "jsonld":
        ordered: list[ox.Quad] | list[ox.Triple] = sorted({quad.triple for quad in quads}, key=_order)
    else:
        ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_order(quad.triple)))
    if suffix == "jsonld":
        return compact([item for item in ordered if isinstance(item, ox.Triple)], prefixes)
    return ox.serialize(ordered, format=format_, prefixes=used(ordered, prefixes)) or b""


def _order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """Subject by subject, types first."""
    return str(triple.subject), triple.predicate.value != _TYPE, str(triple.predicate), str(triple.object)


def used(statements: Iterable[ox.Triple | ox.Quad], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Those of the prefixes that shorten a name in the statements."""
    names = set()
    for statement in statements:
        for term in (statement.subject, statement.predicate, statement.object):
            name = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(name, ox.NamedNode):
                names.add(name.value[: max(name.value.rfind("/"), name.value.rfind("#")) + 1])
    short = shortener(prefixes)
    found = {short(name).partition(":")[0] for name in names}
    return {prefix: iri for prefix, iri in prefixes.items() if prefix in found}


def compact(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Triples as JSON-LD 1.1 with properties shortened by a context; one node a subject, in the order they come."""
    kept = list(triples)
    known = used(kept, prefixes)
    short = shortener(known)
    nodes: dict[str, dict[str, object]] = {}
    for triple in kept:
        subject = _name(triple.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            key = "@type"
            value: object = short(triple.object.value)
        else:
            key = short(triple.predicate.value)
            value = _value(triple.object, short)
        values = node.setdefault(key, [])
        assert isinstance(values, list)
        values.append(value)
    for node in nodes.values():
        for key, value in node.items():
            if isinstance(value, list) and len(value) == 1:
                node[key] = value[0]
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes.values())
    return f'{{"@context": {json.dumps(known)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: object, short: Callable[[str], str]) -> object:
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return term.value
    return {"@value": term.value, "@type": short(term.datatype.value)}
