"""The catalogue in DCAT-AP 3: a dataset for the whole and for each resource, a distribution for each file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from yusuan.publish.publication import About, Download, Publication

AUTHORITIES = Path(__file__).parent / "authorities.ttl"
CATALOGUE = ("catalog.ttl", "catalog.rdf", "catalog.jsonld")

_EU = Namespace("http://publications.europa.eu/resource/authority/")
_IANA = Namespace("https://www.iana.org/assignments/media-types/")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_DCATAP = Namespace("http://data.europa.eu/r5r/")
_ADMS = Namespace("http://www.w3.org/ns/adms#")
_SHA256 = URIRef("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
_LANGUAGES = {"zh": _EU["language/ZHO"], "en": _EU["language/ENG"]}
_STANDARDS = {
    "RDF_TURTLE": "https://www.w3.org/TR/turtle/",
    "RDF_TRIG": "https://www.w3.org/TR/trig/",
    "JSON_LD": "https://www.w3.org/TR/json-ld11/",
    "RDF_N_TRIPLES": "https://www.w3.org/TR/n-triples/",
    "RDF_N_QUADS": "https://www.w3.org/TR/n-quads/",
    "CSV": "https://www.rfc-editor.org/rfc/rfc4180",
}


def write_catalogue(publication: Publication) -> None:
    """Write the catalogue as Turtle, RDF/XML and JSON-LD."""
    graph = catalogue(publication)
    for name in CATALOGUE:
        format_ = {"ttl": "turtle", "rdf": "pretty-xml", "jsonld": "json-ld"}[name.rpartition(".")[2]]
        options: dict[str, Any] = {"sort_keys": True, "auto_compact": True} if format_ == "json-ld" else {}
        publication.write(name, graph.serialize(None, format_, None, None, **options))


def catalogue(publication: Publication) -> Graph:
    """The catalogue as a graph. It has no blank nodes, so that it is the same every time."""
    return _Catalogue(publication).graph


class _Catalogue:
    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.about: About = publication.about
        self.graph = Graph()
        self.graph.parse(AUTHORITIES)
        for prefix, namespace in (("spdx", _SPDX), ("vcard", _VCARD), ("dcatap", _DCATAP), ("adms", _ADMS)):
            self.graph.bind(prefix, namespace)
        self.node = URIRef(publication.url + "catalog.ttl")
        self.maker, self.contact = URIRef(f"{self.node}#publisher"), URIRef(f"{self.node}#contact")
        self.licence, self.home = URIRef(self.about.licence), URIRef(self.about.homepage)
        self._parties()
        self._catalogue()
        self._whole()
        for resource in publication.resources:
            self._resource(resource.name, resource.title, resource.description, resource.kind)

    def say(self, subject: Node, *pairs: tuple[URIRef, Node]) -> None:
        for predicate, value in pairs:
            self.graph.add((subject, predicate, value))

    def text(self, subject: Node, zh: str, en: str, predicate: URIRef = DCTERMS.title) -> None:
        self.say(subject, (predicate, Literal(zh, "zh")), (predicate, Literal(en, "en")))

    def _parties(self) -> None:
        name = Literal("、".join(self.about.creators))
        kind = URIRef("http://purl.org/adms/publishertype/NonProfitOrganisation")
        self.say(self.maker, (RDF.type, FOAF.Agent), (FOAF.name, name), (DCTERMS.type, kind))
        self.say(self.contact, (RDF.type, _VCARD.Kind), (RDF.type, _VCARD.Organization), (_VCARD.fn, name))
        self.say(self.contact, (_VCARD.hasURL, self.home))
        public = self.about.licence_name.startswith(("CC0", "PDDL"))
        kind = URIRef(f"http://purl.org/adms/licencetype/{'PublicDomain' if public else 'Attribution'}")
        self.say(self.licence, (RDF.type, DCTERMS.LicenseDocument), (DCTERMS.type, kind))
        self.say(self.home, (RDF.type, FOAF.Document))

    def _dates(self, subject: Node) -> None:
        date = Literal(self.about.created, datatype=XSD.date)
        self.say(subject, (DCTERMS.issued, date), (DCTERMS.modified, date))

    def _catalogue(self) -> None:
        self.say(
            self.node, (RDF.type, DCAT.Catalog), (DCTERMS.publisher, self.maker), (DCTERMS.license, self.licence),
            (DCTERMS.spatial, _EU["country/CHN"]), (DCAT.themeTaxonomy, _EU["data-theme"]), (FOAF.homepage, self.home),
            *((DCTERMS.language, language) for language in _LANGUAGES.values()),
        )  # fmt: skip
        self.text(self.node, self.about.title, "Budgets disclosed by Chinese government departments")
        self.text(self.node, self.about.title, self.about.description, DCTERMS.description)
        self._dates(self.node)

    def _dataset(self, node: URIRef, kind: str) -> None:
        self.say(
            node, (RDF.type, DCAT.Dataset), (DCTERMS.publisher, self.maker), (DCAT.contactPoint, self.contact),
            (DCTERMS.spatial, _EU["country/CHN"]),
            (DCAT.theme, _EU["data-theme/ECON"]), (DCAT.theme, _EU["data-theme/GOVE"]),
            (DCTERMS.accessRights, _EU["access-right/PUBLIC"]), (DCTERMS.accrualPeriodicity, _EU["frequency/IRREG"]),
            (DCTERMS.type, _EU[f"dataset-type/{kind}"]), (DCAT.landingPage, self.home),
            (URIRef(f"{DCAT}version"), Literal(self.about.version)), (DCTERMS.identifier, Literal(str(node))),
            *((DCTERMS.language, language) for language in _LANGUAGES.values()),
            *((DCAT.keyword, Literal(word, "zh" if ord(word[0]) > 0x2E80 else "en")) for word in self.about.keywords),
        )  # fmt: skip
        self._dates(node)
        self._period(node)
        self.say(self.node, (DCAT.dataset, node))

    def _period(self, node: URIRef) -> None:
        first = self.about.first_year or int(self.about.created[:4])
        last = self.about.last_year or first
        period = URIRef(f"{self.node}#period")
        self.say(node, (DCTERMS.temporal, period))
        self.say(
            period, (RDF.type, DCTERMS.PeriodOfTime), (DCAT.startDate, Literal(f"{first}-01-01", datatype=XSD.date)),
            (DCAT.endDate, Literal(f"{last}-12-31", datatype=XSD.date)),
        )  # fmt: skip

    def _whole(self) -> None:
        node = URIRef(f"{self.node}#{self.about.name}")
        self._dataset(node, "STATISTICAL")
        self.text(node, self.about.title, "Budgets disclosed by Chinese government departments")
        self.text(node, self.about.title, self.about.description, DCTERMS.description)
        for download in self.publication.downloads:
            if not download.resource:
                self._distribution(node, download)

    def _resource(self, name: str, title: str, description: str, kind: str) -> None:
        node = URIRef(f"{self.node}#{name}")
        self._dataset(node, "CODE_LIST" if kind == "list" else "STATISTICAL")
        self.text(node, title or name, name.replace("_", " "))
        self.text(node, title or name, description or name, DCTERMS.description)
        self.say(node, (DCTERMS.isPartOf, URIRef(f"{self.node}#{self.about.name}")))
        for download in self.publication.downloads:
            if download.resource == name:
                self._distribution(node, download)

    def _distribution(self, dataset: URIRef, download: Download) -> None:
        address = URIRef(self.publication.url + download.path)
        node = URIRef(f"{self.node}#file-{download.path.replace('/', '-')}")
        size, digest = self.publication.size_and_hash(download.path)
        checksum, media = URIRef(f"{node}-sha256"), _IANA[download.media_type]
        format_ = _EU[f"file-type/{download.file_type}"]
        self.say(dataset, (DCAT.distribution, node))
        self.say(
            node, (RDF.type, DCAT.Distribution), (DCAT.accessURL, address), (DCAT.downloadURL, address),
            (DCTERMS.format, format_), (DCAT.mediaType, media), (DCTERMS.license, self.licence),
            (DCAT.byteSize, Literal(size, datatype=XSD.nonNegativeInteger)), (_SPDX.checksum, checksum),
            (_DCATAP.availability, _EU["planned-availability/AVAILABLE"]),
        )  # fmt: skip
        self.text(node, download.title_zh, download.title_en)
        self.text(node, download.title_zh, download.title_en, DCTERMS.description)
        self._dates(node)
        self.say(
            checksum, (RDF.type, _SPDX.Checksum), (_SPDX.algorithm, _SHA256),
            (_SPDX.checksumValue, Literal(digest, datatype=XSD.hexBinary)),
        )  # fmt: skip
        self.say(format_, (RDF.type, DCTERMS.MediaTypeOrExtent), (RDF.type, SKOS.Concept))
        self.say(format_, (SKOS.inScheme, _EU["file-type"]), (SKOS.prefLabel, Literal(download.file_type, "en")))
        self.say(_EU["file-type"], (RDF.type, SKOS.ConceptScheme), (DCTERMS.title, Literal("File type", "en")))
        self.say(media, (RDF.type, DCTERMS.MediaType))
        if download.compression:
            packing = _IANA[download.compression]
            self.say(node, (DCAT.compressFormat, packing))
            self.say(packing, (RDF.type, DCTERMS.MediaType))
        if download.file_type in _STANDARDS:
            standard = URIRef(_STANDARDS[download.file_type])
            self.say(node, (DCTERMS.conformsTo, standard))
            self.say(standard, (RDF.type, DCTERMS.Standard))
