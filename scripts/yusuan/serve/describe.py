"""What is served, described: the service in SPARQL 1.1 Service Description, the dataset in VoID."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from yusuan.serve.media import GRAPHS, RESULTS, SYNTAXES

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_DCT = "http://purl.org/dc/terms/"
_FOAF = "http://xmlns.com/foaf/0.1/"
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {"sd": _SD, "void": _VOID, "dcterms": _DCT, "foaf": _FOAF, "rdf": _RDF, "xsd": _XSD}


def facts(store: ox.Store) -> dict[str, Any]:
    """Counts of a graph: statements by named graph (the empty name is the default one), by property and by class."""
    graphs: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    type_ = ox.NamedNode(_RDF + "type")
    for quad in store:
        graphs[quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""] += 1
        properties[quad.predicate.value] += 1
        if quad.predicate == type_ and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1
    return {"graphs": dict(graphs), "properties": dict(properties), "classes": dict(classes)}


class Description:
    """Both descriptions of one service. `public` is its address, ending in a slash; `core` names the default graph."""

    def __init__(self, said: Mapping[str, Any], base: str, public: str, core: str, title: Mapping[str, str]) -> None:
        self.said = said
        self.base = base
        self.public = public
        self.core = core
        self.title = title
        self.dataset = ox.NamedNode(base + "void#dataset")

    def service(self) -> dict[str, bytes]:
        """The service, by format name."""
        return _forms([*self._service(), *self._dataset()])

    def void(self) -> dict[str, bytes]:
        """The dataset, by format name."""
        return _forms([*self._dataset(), *self._partitions()])

    def _service(self) -> Iterable[ox.Triple]:
        service = ox.NamedNode(self.public + "sparql")
        yield _triple(service, _RDF + "type", ox.NamedNode(_SD + "Service"))
        yield _triple(service, _SD + "endpoint", service)
        yield _triple(service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query"))
        yield _triple(service, _SD + "feature", ox.NamedNode(_SD + "UnionDefaultGraph"))
        for format_ in (*RESULTS, *GRAPHS):
            if format_.iri:
                yield _triple(service, _SD + "resultFormat", ox.NamedNode(format_.iri))
        described = ox.BlankNode("dataset")
        yield _triple(service, _SD + "defaultDataset", described)
        yield _triple(described, _RDF + "type", ox.NamedNode(_SD + "Dataset"))
        default = ox.BlankNode("default")
        yield _triple(described, _SD + "defaultGraph", default)
        yield _triple(default, _RDF + "type", ox.NamedNode(_SD + "Graph"))
        yield _triple(default, _VOID + "triples", _number(sum(self.said["graphs"].values())))
        for place, (name, count) in enumerate(sorted(self.said["graphs"].items())):
            graph, inner = ox.BlankNode(f"graph{place}"), ox.BlankNode(f"inner{place}")
            yield _triple(described, _SD + "namedGraph", graph)
            yield _triple(graph, _RDF + "type", ox.NamedNode(_SD + "NamedGraph"))
            yield _triple(graph, _SD + "name", ox.NamedNode(name or self.core))
            yield _triple(graph, _SD + "graph", inner)
            yield _triple(inner, _RDF + "type", ox.NamedNode(_SD + "Graph"))
            yield _triple(inner, _VOID + "triples", _number(count))

    def _dataset(self) -> Iterable[ox.Triple]:
        data = self.dataset
        yield _triple(data, _RDF + "type", ox.NamedNode(_VOID + "Dataset"))
        for language, text in self.title.items():
            yield _triple(data, _DCT + "title", ox.Literal(text, language=language))
        yield _triple(data, _DCT + "license", ox.NamedNode(_CC0))
        yield _triple(data, _FOAF + "homepage", ox.NamedNode(self.public))
        yield _triple(data, _VOID + "sparqlEndpoint", ox.NamedNode(self.public + "sparql"))
        yield _triple(data, _VOID + "uriSpace", ox.Literal(self.base))
        yield _triple(data, _VOID + "triples", _number(sum(self.said["graphs"].values())))
        yield _triple(data, _VOID + "classes", _number(len(self.said["classes"])))
        yield _triple(data, _VOID + "properties", _number(len(self.said["properties"])))
        for start in sorted({_namespace(name) for name in (*self.said["properties"], *self.said["classes"])}):
            yield _triple(data, _VOID + "vocabulary", ox.NamedNode(start))

    def _partitions(self) -> Iterable[ox.Triple]:
        kinds = (("classes", "class", "entities"), ("properties", "property", "triples"))
        for plural, kind, counted in kinds:
            for place, (name, count) in enumerate(sorted(self.said[plural].items())):
                part = ox.NamedNode(f"{self.base}void#{kind}-{place}")
                yield _triple(self.dataset, f"{_VOID}{kind}Partition", part)
                yield _triple(part, _VOID + kind, ox.NamedNode(name))
                yield _triple(part, _VOID + counted, _number(count))


def _namespace(name: str) -> str:
    return name[: max(name.rfind("/"), name.rfind("#")) + 1]


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(_XSD + "integer"))


def _triple(
    subject: ox.NamedNode | ox.BlankNode, predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal
) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), value)


def _forms(triples: Iterable[ox.Triple]) -> dict[str, bytes]:
    kept = list(triples)
    return {
        name: ox.serialize(kept, format=format_, prefixes=None if name == "jsonld" else PREFIXES) or b""
        for name, format_ in SYNTAXES.items()
    }
