"""Pages written: HTML in either language, or data, from a graph and the IRI of a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from yusuan.pages.addresses import Addresses
from yusuan.pages.frame import Frame
from yusuan.pages.linked import serialize
from yusuan.pages.parts import views
from yusuan.pages.source import Graph
from yusuan.pages.thing import Reader
from yusuan.pages.words import LANGUAGES, Names

MOST_LINKS_AS_DATA = 2000
_HOME = (
    ("departments", "org:FormalOrganization"),
    ("filings", "ys:Filing"),
    ("cubes", "qb:DataSet"),
    ("code-lists", "skos:ConceptScheme"),
)


class Renderer:
    """Pages of one graph.

    `question` is the path of the question that lists all links to a thing; where it is empty a page that cannot
    show all of them refers to its data.
    """

    def __init__(self, graph: Graph, frame: Frame, question: str = "") -> None:
        self.graph = graph
        self.frame = frame
        self.question = question
        self._names = {language: Names(graph, language) for language in LANGUAGES}
        views()  # read now, as the words are: a process that may open no files makes pages too

    def reader(self, addresses: Addresses) -> Reader:
        """What makes values of terms for a page."""
        return Reader(self.graph, self._names[addresses.language], addresses.of)

    def pages(self) -> Iterator[str]:
        """The IRI of every page there is something said of, sorted; the home page is not among them."""
        return self.graph.pages()

    def html(self, iri: str, language: str) -> bytes | None:
        """The page of an IRI, or None where nothing is said of it and nothing links to it."""
        addresses = self.frame.addresses(iri.removeprefix(self.graph.base), language)
        reader = self.reader(addresses)
        thing = reader.thing(iri)
        if thing is None:
            return None
        return self.frame.page(
            "thing.html", addresses, title=thing.title, thing=thing, more=partial(self._more, iri, addresses)
        )

    def home(self, language: str) -> bytes:
        """The page at the root: departments, filings, cubes and code lists."""
        addresses = self.frame.addresses("", language)
        reader = self.reader(addresses)
        lists = tuple((reader.names.words[key], reader.listed(class_)) for key, class_ in _HOME)
        return self.frame.page("home.html", addresses, title=reader.names.words["site"], lists=lists, data=False)

    def data(self, iri: str, suffix: str) -> bytes | None:
        """What is said of a page and its parts, and what links to it, in the format of a suffix; None for nothing."""
        quads = self.graph.page(iri)
        quads.extend(self.graph.links_to(iri, MOST_LINKS_AS_DATA))
        return serialize(quads, suffix, self.graph.prefixes) if quads else None

    def _more(self, iri: str, addresses: Addresses, property_: str) -> str:
        """Where all values of a property are: the answer to the question, or the data of the page."""
        if not self.question:
            return addresses.data("ttl")
        asked = f"{self.question}?thing={quote(iri, safe='')}&property={quote(property_, safe='')}"
        return addresses.other(asked)
