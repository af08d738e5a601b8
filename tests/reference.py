"""The mapping run row by row with rdflib: slow, plain, and what the SQL path is held against."""

from __future__ import annotations

from decimal import Decimal

import rdflib

from yusuan.emit.iri import encode
from yusuan.emit.mapping import GraphMapping, Piece, Triple, load_mapping
from yusuan.emit.write import prepare
from yusuan.engine import connect
from yusuan.package import Package


def reference_graph(package: Package, mapping: GraphMapping | None = None) -> rdflib.Graph:
    """What a mapping gives of a package (its graph), all named graphs together."""
    mapping = mapping or load_mapping(package)
    graph = rdflib.Graph()
    for name in mapping.terms:
        graph.parse(package.file("ontology", name), format="turtle", publicID=package.base)
    with connect(package) as connection:
        prepare(connection, package, mapping)
        for view, triples in mapping.views():
            for triple in triples:
                condition = f" WHERE {triple.when}" if triple.when else ""
                cursor = connection.execute(f'SELECT * FROM "{view}"{condition}')
                names = [column[0] for column in cursor.description or ()]
                for values in cursor.fetchall():
                    row = {n: _text(v) for n, v in zip(names, values, strict=True)}
                    if all(row[column] for column in triple.columns):
                        graph.add(_triple(mapping, triple, row))
    return graph


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _triple(
    mapping: GraphMapping, triple: Triple, row: dict[str, str]
) -> tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]:
    subject = rdflib.URIRef(_reference(mapping, triple.subject, row))
    return subject, rdflib.URIRef(mapping.expand(triple.predicate)), _object(mapping, triple, row)


def _reference(mapping: GraphMapping, pieces: tuple[Piece, ...], row: dict[str, str]) -> str:
    text = "".join(_part(piece, row) for piece in pieces)
    return text if text.startswith(("http://", "https://")) else mapping.base + text


def _part(piece: Piece, row: dict[str, str]) -> str:
    if not piece.is_column:
        return piece.text
    return row[piece.text] if piece.is_encoded else encode(row[piece.text])


def _object(mapping: GraphMapping, triple: Triple, row: dict[str, str]) -> rdflib.URIRef | rdflib.Literal:
    if triple.as_ == "iri":
        return rdflib.URIRef(_reference(mapping, triple.object, row))
    text = "".join(row[piece.text] if piece.is_column else piece.text for piece in triple.object)
    if triple.as_ == "curie":
        return rdflib.URIRef(mapping.expand(text))
    if triple.as_.startswith("@"):
        return rdflib.Literal(text, lang=triple.as_[1:])
    if triple.as_ == "xsd:string":
        return rdflib.Literal(text)
    if triple.as_ == "xsd:decimal":
        plain = format(Decimal(text).normalize(), "f")
        text = plain if "." in plain else plain + ".0"
    return rdflib.Literal(text, datatype=rdflib.URIRef(mapping.expand(triple.as_)), normalize=False)
