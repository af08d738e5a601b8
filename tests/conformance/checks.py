"""What each judge is given, and what it says."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import rdflib

from tests.conformance.case import Case, Row
from tests.conformance.engines import engines
from tests.conformance.fiscal import fiscal
from tests.conformance.judges import ckan_datasets, csvwlib_triples
from tests.cubes import mutants
from yusuan.commands.publish import publish
from yusuan.emit import write_cube_tables
from yusuan.query.integrity import LINEAR, broken, load_promises, normalise

MUTANTS = 1000
CORE = ox.NamedNode("urn:openbudgets")
PROFILES = {
    "basic": ["basic-cube-constraint"],
    "standalone": ["standalone-cube-constraint", "standalone-constraint-constraint"],
    "visualize": [
        "profile-visualize", "standalone-cube-constraint", "standalone-constraint-constraint", "shared/data-kind",
    ],
}  # fmt: skip
"""Files of each profile of cube.link."""
SEVERAL_LISTS = "Multiple concept schemes found"
"""What skosify says first of any graph that has more than one list."""


def cube(case: Case) -> Iterator[Row]:
    """The 21 integrity constraints of the RDF Data Cube vocabulary."""
    observations = _count(case, "http://purl.org/linked-data/cube#Observation")
    for promise in load_promises(case.integrity / "cube"):
        if promise.code in LINEAR:
            nodes = LINEAR[promise.code](case.store)
        else:
            nodes = broken(case.store, promise, case.prologue, case.integrity / "cube" / "hierarchies.rq")
        yield f"RDF Data Cube {promise.code.upper()}: {promise.en}"[:76], observations, nodes


def mutated(case: Case) -> Iterator[Row]:
    """Cubes with one defect each: every one found, none invented, and the linear checks equal to their queries."""
    wrong = []
    for name, made, expected in mutants(MUTANTS):
        store = made.store()
        normalise(store, case.integrity / "cube", case.prologue)
        found = set()
        for promise in load_promises(case.integrity / "cube"):
            nodes = broken(store, promise, case.prologue, case.integrity / "cube" / "hierarchies.rq")
            if promise.code in LINEAR and LINEAR[promise.code](store) != nodes:
                wrong.append(f"{name}: {promise.code} by sorting is not {promise.code} by its query")
            if nodes:
                found.add(int(promise.code.removeprefix("ic-")))
        if found != expected:
            wrong.append(f"{name}: found {sorted(found)}, planted {sorted(expected)}")
    yield "IC-1 … IC-21 find what was planted in mutated cubes, and nothing else", str(MUTANTS), wrong


def openbudgets(case: Case) -> Iterator[Row]:
    """The seven constraints of OpenBudgets.eu, against its own model."""
    store = case.store
    for path in sorted(case.suite("openbudgets").rglob("*.ttl")):
        store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=CORE)
    promises = load_promises(case.integrity / "openbudgets")
    found = [(promise, broken(store, promise, case.prologue, beside=CORE)) for promise in promises]
    store.remove_graph(CORE)
    for promise, nodes in found:
        yield f"OpenBudgets {promise.code}: {promise.en}"[:76], str(len(store)), nodes


def lists(case: Case) -> Iterator[Row]:
    """Code lists by our own promises of SKOS, and by skosify."""
    concepts = _count(case, "http://www.w3.org/2004/02/skos/core#Concept")
    for promise in load_promises(case.integrity / "lists"):
        yield f"SKOS {promise.code}: {promise.en}"[:76], concepts, broken(case.store, promise, case.prologue)
    yield "SKOS by skosify", concepts, _skosify(case)


def _skosify(case: Case) -> list[str]:
    import skosify

    graph = rdflib.Graph()
    skos, kind = "http://www.w3.org/2004/02/skos/core#", rdflib.RDF.type
    for quad in case.store:
        predicate = quad.predicate.value
        if predicate.startswith(skos) or (predicate == str(kind) and str(quad.object.value).startswith(skos)):
            graph.add(_rdflib(quad))
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        skosify.skosify(graph)
    finally:
        logging.getLogger().removeHandler(handler)
    return [line for line in heard.getvalue().splitlines() if not line.startswith(SEVERAL_LISTS)]


def _rdflib(quad: ox.Quad) -> tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]:
    end = quad.object
    value: rdflib.URIRef | rdflib.Literal
    if isinstance(end, ox.Literal):
        datatype = None if end.language else rdflib.URIRef(end.datatype.value)
        value = rdflib.Literal(end.value, lang=end.language, datatype=datatype)
    else:
        value = rdflib.URIRef(str(end.value))  # type: ignore[union-attr]
    return rdflib.URIRef(str(quad.subject.value)), rdflib.URIRef(quad.predicate.value), value  # type: ignore[union-attr]


def cube_link(case: Case) -> Iterator[Row]:
    """The profiles of cube.link, over the cubes as cube.link has them."""
    files = {name: [case.suite("cube-link", f"{part}.ttl") for part in parts] for name, parts in PROFILES.items()}
    graph = rdflib.Graph().parse(case.emitted("cube-link", ".nt"), format="nt")
    for name, paths in files.items():
        yield f"cube.link {name} profile", str(len(graph)), _shacl(graph, paths)


def shapes(case: Case) -> Iterator[Row]:
    """Our own shapes of every class, over the whole graph."""
    graph = rdflib.Graph().parse(case.emitted("graph", ".nt"), format="nt")
    yield "SHACL shapes of every class", str(len(graph)), _shacl(graph, [case.package.file("ontology", "shapes.ttl")])


def _shacl(graph: rdflib.Graph, paths: list[Path]) -> list[str]:
    import pyshacl

    rules = rdflib.Graph()
    for path in paths:
        rules.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=rules)
    assert isinstance(report, rdflib.Graph)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted(
        " ".join(str(report.value(node, sh[name])) for name in ("focusNode", "resultPath", "resultMessage"))
        for node in report.subjects(rdflib.RDF.type, sh.ValidationResult)
    )


def data_package(case: Case) -> Iterator[Row]:
    """The profiles of Data Package v2, and frictionless."""
    import frictionless

    folder = case.suite("datapackage-v2")
    profiles = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    registry = _registry(profiles)
    package = case.package
    yield "Data Package v2: descriptor", "1", _invalid(registry, profiles["datapackage"], package.descriptor)
    wrong = []
    for resource in package.resources.values():
        found = _invalid(registry, profiles["tableschema"], dict(resource.schema))
        wrong += [f"{resource.name}: {message}" for message in found]
    yield "Data Package v2: table schemas", str(len(package.resources)), wrong
    report = frictionless.validate(str(package.root / "datapackage.json"))
    errors = [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors]
    yield "frictionless validate", str(len(report.tasks)), errors


def _registry(profiles: dict[str, dict[str, object]]) -> Callable[[dict[str, object]], jsonschema.Draft7Validator]:
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT7

    known: Registry[Any] = Registry()
    for name, profile in profiles.items():
        held = Resource.from_contents(profile, default_specification=DRAFT7)
        for iri in {str(profile.get("$id", "")), f"https://datapackage.org/profiles/2.0/{name}.json"} - {""}:
            known = known.with_resource(iri, held)
    return lambda profile: jsonschema.Draft7Validator(profile, registry=known)


def _invalid(
    validator: Callable[[dict[str, object]], jsonschema.Draft7Validator],
    profile: dict[str, object],
    value: object,
) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(profile).iter_errors(value)]


def csvw(case: Case) -> Iterator[Row]:
    """The tables of all cubes, turned into triples by csvwlib: the triples of their observations, no more, no less."""
    folder = case.tools / "cubes"
    for old in folder.glob("*") if folder.is_dir() else ():
        old.unlink()
    tables = write_cube_tables(case.package, folder)
    made = {_canonical(line) for line in csvwlib_triples(case.tools / "csvwlib", folder)} - {""}
    observation = ox.NamedNode("http://purl.org/linked-data/cube#Observation")
    kind = ox.NamedNode(str(rdflib.RDF.type))
    kept = set()
    for node in {quad.subject for quad in case.store.quads_for_pattern(None, kind, observation, ox.DefaultGraph())}:
        for quad in case.store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            if quad.predicate.value not in LEFT_OUT:
                kept.add(_canonical(f"{quad.triple} ."))
    wrong = [f"not in the graph: {line}" for line in sorted(made - kept)]
    wrong += [f"not in the tables: {line}" for line in sorted(kept - made)]
    yield f"CSVW of {len(tables)} cubes by csvwlib: the observation triples", str(len(made)), wrong


def portal(case: Case) -> Iterator[Row]:
    """The catalogue of the published site, read by CKAN's own parser: every dataset and file."""
    site = case.tools / "site"
    publish(case.package, site)
    graph = rdflib.Graph().parse(site / "catalog.ttl")
    found = {}
    for dataset_ in ckan_datasets(case.tools / "ckan", site / "catalog.ttl"):
        dataset_["said"] = {extra["key"]: extra["value"] for extra in dataset_["extras"]}
        found[dataset_["said"]["uri"]] = dataset_
    files = 0
    wrong = []
    for node in graph.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset):
        dataset_ = found.pop(str(node), {})
        if not dataset_:
            wrong.append(f"no dataset {node}")
            continue
        wrong += [f"{node} lacks {name}" for name in KEPT if not dataset_["said"].get(name)]
        titles = {str(title) for title in graph.objects(node, rdflib.DCTERMS.title)}
        if dataset_["title"] not in titles or not dataset_["notes"] or not dataset_["tags"]:
            wrong.append(f"{node}: title, notes or tags")
        resources = {resource["download_url"]: resource for resource in dataset_["resources"]}
        for distribution in graph.objects(node, rdflib.DCAT.distribution):
            files += 1
            url = str(graph.value(distribution, rdflib.DCAT.downloadURL))
            resource = resources.pop(url, {})
            said = (
                resource.get("size"),
                resource.get("hash"),
                bool(resource.get("format")),
                bool(resource.get("license")),
            )
            data = (site / url.removeprefix(case.package.base)).read_bytes()
            if said != (len(data), hashlib.sha256(data).hexdigest(), True, True):
                wrong.append(f"{url}: {said}")
        wrong += [f"{node} has no file {url}" for url in resources]
    wrong += [f"dataset {node} from nowhere" for node in found]
    yield "DCAT-AP by ckanext-dcat: each dataset and file with size, hash, format, licence", str(files), wrong


KEPT = ("issued", "modified", "identifier", "publisher_name", "temporal_start", "temporal_end", "access_rights")
"""What a portal must have taken of each dataset."""

LEFT_OUT = {
    "http://www.w3.org/ns/prov#wasDerivedFrom",  # several a back-cast, from a table of its own
    "http://data.openbudgets.eu/ontology/dsd/attribute/currency",  # of the data set, told of each by normalising
}


def _canonical(line: str) -> str:
    """A line of N-Triples as oxigraph writes it, decimals by value."""
    for triple in ox.parse(line.encode(), ox.RdfFormat.N_TRIPLES):
        end = triple.object
        if isinstance(end, ox.Literal) and end.datatype.value.endswith("#decimal"):
            return f"{triple.subject} {triple.predicate} {float(end.value)!r}"
        return f"{triple.subject} {triple.predicate} {end}"
    return ""


def _count(case: Case, class_: str) -> str:
    kind = ox.NamedNode(str(rdflib.RDF.type))
    return str(sum(1 for _ in case.store.quads_for_pattern(None, kind, ox.NamedNode(class_))))


CHECKS: dict[str, Callable[[Case], Iterator[Row]]] = {
    "data-package": data_package,
    "fiscal": fiscal,
    "cube": cube,
    "mutated": mutated,
    "openbudgets": openbudgets,
    "lists": lists,
    "cube-link": cube_link,
    "shapes": shapes,
    "csvw": csvw,
    "portal": portal,
    "engines": engines,
}
"""The judges by code, quick ones first."""
