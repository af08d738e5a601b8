"""VoID: what the graph holds, for programs that choose between graphs. Counted from the statements themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyoxigraph as ox
from rdflib import DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, URIRef

from yusuan.publish.publication import Publication

DESCRIPTION = "void.ttl"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def write_void(publication: Publication, prefixes: Mapping[str, str], examples: list[str]) -> None:
    """Write `void.ttl` and `.well-known/void`."""
    graph = Graph()
    node = URIRef(publication.url + DESCRIPTION + "#dataset")
    about, base = publication.about, publication.package.base

    def say(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        graph.add((subject, predicate, value))

    say(URIRef(publication.url + DESCRIPTION), RDF.type, VOID.DatasetDescription)
    say(URIRef(publication.url + DESCRIPTION), FOAF.primaryTopic, node)
    say(node, RDF.type, VOID.Dataset)
    say(node, DCTERMS.title, Literal(about.title, "zh"))
    say(node, DCTERMS.description, Literal(about.description, "en"))
    say(node, DCTERMS.license, URIRef(about.licence))
    say(node, DCTERMS.modified, Literal(about.created, datatype=XSD.date))
    say(node, FOAF.homepage, URIRef(about.homepage))
    say(node, VOID.uriSpace, Literal(base))
    for download in publication.downloads:
        if download.path.startswith("dump/"):
            say(node, VOID.dataDump, URIRef(publication.url + download.path))
    for example in examples:
        say(node, VOID.exampleResource, URIRef(example))
    _count(publication, graph, node, prefixes)
    text = graph.serialize(format="turtle")
    publication.write(DESCRIPTION, text)
    publication.write(".well-known/void", text)


def _count(publication: Publication, graph: Graph, node: URIRef, prefixes: Mapping[str, str]) -> None:
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects, total = set(), 0
    for quad in ox.parse(path=str(publication.graph), format=ox.RdfFormat.N_QUADS):
        total += 1
        properties[quad.predicate.value] += 1
        subjects.add(hash(quad.subject))
        if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode):
            classes[quad.object.value] += 1
    numbers = {VOID.triples: total, VOID.distinctSubjects: len(subjects)}
    numbers |= {VOID.classes: len(classes), VOID.properties: len(properties)}
    for predicate, number in numbers.items():
        graph.add((node, predicate, Literal(number)))
    for kind, found, link, part in (
        ("class", classes, VOID["class"], VOID.classPartition),
        ("property", properties, VOID.property, VOID.propertyPartition),
    ):
        for index, (iri, number) in enumerate(sorted(found.items())):
            partition = URIRef(f"{publication.url}{DESCRIPTION}#{kind}-{index}")
            graph.add((node, part, partition))
            graph.add((partition, link, URIRef(iri)))
            graph.add((partition, VOID.entities if kind == "class" else VOID.triples, Literal(number)))
    used = [*classes, *properties]
    for namespace in sorted(set(prefixes.values())):
        if any(iri.startswith(namespace) for iri in used):
            graph.add((node, VOID.vocabulary, URIRef(namespace)))
