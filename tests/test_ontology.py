"""The ontology: each term says what it is and what it agrees with, and the graph uses none that is not declared."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.namespace import DefinedNamespace

from yusuan.emit import graph_lines
from yusuan.emit.mapping import load_mapping
from yusuan.package import Package

OWN = "https://w3id.org/yusuan/ontology#"
CLASSES = {OWL.Class, RDFS.Class}
PROPERTIES = {RDF.Property}
ALIGNED = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, SKOS.exactMatch, SKOS.closeMatch, OWL.equivalentClass,
    OWL.equivalentProperty,
)  # fmt: skip
BOTH = {"zh-hans", "en"}
Term = rdflib.URIRef


@pytest.fixture(scope="module")
def ontology(shipped: Package) -> rdflib.Graph:
    """Our terms, and the local copy of those of others."""
    graph = rdflib.Graph()
    for name in ("yusuan.ttl", "cubes.ttl", "aligned.ttl"):
        graph.parse(shipped.file("ontology", name), format="turtle", publicID=shipped.base)
    return graph


@pytest.fixture(scope="module")
def used(shipped: Package) -> tuple[set[Term], set[Term]]:
    """Properties and classes of the graph of the shipped data, and those that other data may have."""
    store = ox.Store()
    store.bulk_load("\n".join(graph_lines(shipped)).encode(), ox.RdfFormat.N_QUADS)
    mapping = load_mapping(shipped)
    properties = {Term(mapping.expand(triple.predicate)) for triple in mapping.triples}
    types = [triple for triple in mapping.triples if triple.predicate == "rdf:type"]
    classes = {Term(mapping.expand(t.object[0].text)) for t in types if t.as_ == "curie"}
    return (
        properties | _column(store, "SELECT DISTINCT ?x WHERE { ?s ?x ?o }"),
        classes | _column(store, "SELECT DISTINCT ?x WHERE { ?s a ?x }"),
    )


def _column(store: ox.Store, query: str) -> set[Term]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return {Term(solution["x"].value) for solution in found}


def terms(graph: rdflib.Graph, kinds: Iterable[Term]) -> set[Term]:
    """Our own terms of some kinds."""
    found = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    return {node for node in found if isinstance(node, Term) and node.startswith(OWN)}


def languages(graph: rdflib.Graph, term: Term, property_: Term) -> set[str]:
    """In what languages something is said of a term, each once."""
    texts = [text for text in graph.objects(term, property_) if isinstance(text, rdflib.Literal) and str(text).strip()]
    told = [str(text.language).lower() for text in texts]
    assert len(told) == len(set(told)), (term, property_, told)
    return set(told)


def faults(graph: rdflib.Graph) -> set[str]:
    """Our classes and properties that lack something, with what it is."""
    found = set()
    for term in terms(graph, CLASSES | PROPERTIES):
        name = term.removeprefix(OWN)
        for what, property_ in (("label", RDFS.label), ("definition", SKOS.definition)):
            if languages(graph, term, property_) != BOTH:
                found.add(f"{name}: {what}")
        ends = {end for property_ in ALIGNED for end in graph.objects(term, property_)}
        if not any(isinstance(end, Term) and not end.startswith(OWN) for end in ends):
            found.add(f"{name}: alignment")
        if Term(OWN.rstrip("#")) not in set(graph.objects(term, RDFS.isDefinedBy)):
            found.add(f"{name}: isDefinedBy")
        if term in terms(graph, PROPERTIES) and graph.value(term, RDFS.range) is None:
            found.add(f"{name}: range")
    return found


def test_each_class_and_property_says_what_it_is_and_what_it_agrees_with(ontology: rdflib.Graph) -> None:
    assert len(terms(ontology, CLASSES)) > 20
    assert len(terms(ontology, PROPERTIES)) > 60
    assert faults(ontology) == set()


def test_a_term_that_does_not_is_found(ontology: rdflib.Graph) -> None:
    fund, filing = Term(OWN + "fund"), Term(OWN + "Filing")
    wrong = rdflib.Graph() + ontology
    for property_ in (*ALIGNED, RDFS.range):
        wrong.remove((fund, property_, None))
    for node, property_, language in ((fund, RDFS.label, "en"), (filing, SKOS.definition, "zh-Hans")):
        for text in list(wrong.objects(node, property_)):
            if isinstance(text, rdflib.Literal) and text.language == language:
                wrong.remove((node, property_, text))
    assert faults(wrong) == {"fund: label", "fund: alignment", "fund: range", "Filing: definition"}


def test_each_own_concept_and_list_is_named_in_both_languages(ontology: rdflib.Graph) -> None:
    concepts = terms(ontology, [SKOS.Concept, SKOS.ConceptScheme])
    assert len(concepts) > 20
    assert [term for term in concepts if languages(ontology, term, SKOS.prefLabel) != BOTH] == []


def undeclared(graph: rdflib.Graph, properties: set[Term], classes: set[Term]) -> set[str]:
    """Of the terms used, those that neither the ontology nor a vocabulary of others has, each as what it is used."""
    wrong = {str(term) for term in properties - _declared(graph, PROPERTIES) if not _known(term)}
    return wrong | {str(term) for term in classes - _declared(graph, CLASSES) if not _known(term)}


def _declared(graph: rdflib.Graph, kinds: set[Term]) -> set[Term]:
    return {node for kind in kinds for node in graph.subjects(RDF.type, kind) if isinstance(node, Term)}


def _known(term: Term) -> bool:
    """Whether a closed vocabulary of rdflib has the term."""
    for vocabulary in DefinedNamespace.__subclasses__():
        start = str(vocabulary._NS)
        if term.startswith(start):
            return term.removeprefix(start) in vocabulary
    return False


def test_the_graph_uses_no_term_that_is_not_declared(ontology: rdflib.Graph, used: tuple[set[Term], set[Term]]) -> None:
    properties, classes = used
    assert len(properties) > 100 and len(classes) > 40
    assert undeclared(ontology, properties, classes) == set()


def test_a_term_that_is_not_declared_is_found(ontology: rdflib.Graph) -> None:
    strange = {Term(OWN + "fond"), Term(str(SKOS) + "preflabel"), Term("http://example.org/any")}
    assert undeclared(ontology, strange | {SKOS.prefLabel, Term(OWN + "fund")}, {SKOS.Concept}) == {
        str(t) for t in strange
    }
    assert undeclared(ontology, {Term(OWN + "Filing")}, {Term(OWN + "fund")}) == {OWN + "Filing", OWN + "fund"}
