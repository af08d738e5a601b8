"""Pages written: HTML in either language, or data, from a graph and the IRI of a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from jinja2 import DictLoader, Environment, StrictUndefined

from yusuan.pages.addresses import NEGOTIATED, Addresses, Endings
from yusuan.pages.linked import serialize
from yusuan.pages.source import Graph
from yusuan.pages.thing import Reader
from yusuan.pages.words import HERE, LANGUAGES, Names, words

Menu = Sequence[tuple[str, str]]
"""Entries of the menu: the key of a word, and a path below the root."""

MOST_LINKS_AS_DATA = 2000
_HOME = (
    ("departments", "org:FormalOrganization"),
    ("filings", "ys:Filing"),
    ("cubes", "qb:DataSet"),
    ("code-lists", "skos:ConceptScheme"),
)
_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class Renderer:
    """Pages of one graph.

    `endings` says how pages are addressed, `menu` what else there is. `question` is the path of the question that
    lists all links to a thing; where it is empty a page that cannot show all of them refers to its data.
    """

    def __init__(
        self, graph: Graph, endings: Endings = NEGOTIATED, menu: Menu = (), question: str = "", about: str = ""
    ) -> None:
        self.graph = graph
        self.endings = endings
        self.menu = tuple(menu)
        self.question = question
        self.about = about
        self._templates = _templates()
        self._names = {language: Names(graph, language) for language in LANGUAGES}

    def pages(self) -> Iterator[str]:
        """The IRI of every page there is something said of, sorted; the home page is not among them."""
        return self.graph.pages()

    def addresses(self, path: str, language: str) -> Addresses:
        """Addresses as seen from the page at a path."""
        return Addresses(self.graph.base, path, language, self.endings)

    def html(self, iri: str, language: str) -> bytes | None:
        """The page of an IRI, or None where nothing is said of it and nothing links to it."""
        addresses = self.addresses(iri.removeprefix(self.graph.base), language)
        reader = Reader(self.graph, self._names[language], addresses.of)
        thing = reader.thing(iri)
        if thing is None:
            return None
        return self.page(
            "thing.html", addresses, title=thing.title, thing=thing, more=partial(self._more, iri, addresses)
        )

    def home(self, language: str) -> bytes:
        """The page at the root: departments, filings, cubes and code lists."""
        addresses = self.addresses("", language)
        reader = Reader(self.graph, self._names[language], addresses.of)
        lists = tuple((reader.names.words[key], reader.listed(class_)) for key, class_ in _HOME)
        return self.page("home.html", addresses, title=reader.names.words["site"], lists=lists, data=False)

    def data(self, iri: str, suffix: str) -> bytes | None:
        """What is said of a page and its parts, and what links to it, in the format of a suffix; None for nothing."""
        quads = self.graph.page(iri)
        quads.extend(self.graph.links_to(iri, MOST_LINKS_AS_DATA))
        return serialize(quads, suffix, self.graph.prefixes) if quads else None

    def error(self, language: str, path: str, message: str, *, missing: bool = False) -> bytes:
        """The page that says why there is none, as seen from a path."""
        title = words(language)["not-found-title" if missing else "error-title"]
        addresses = self.addresses(path, language)
        return self.page("error.html", addresses, title=title, message=message, data=False)

    def page(self, template: str, addresses: Addresses, **given: object) -> bytes:
        """A template filled in."""
        said = words(addresses.language)
        other = "en" if addresses.language == "zh" else "zh"
        menu = [(said[key], addresses.other(path)) for key, path in self.menu]
        known = {
            "said": said,
            "language": addresses.language,
            "other": other,
            "to": addresses,
            "menu": menu,
            "data": True,
            "about": self.about,
        }
        return self._templates.get_template(template).render(known | given).encode()

    def _more(self, iri: str, addresses: Addresses, property_: str) -> str:
        """Where all values of a property are: the answer to the question, or the data of the page."""
        if not self.question:
            return addresses.data("ttl")
        asked = f"{self.question}?thing={quote(iri, safe='')}&property={quote(property_, safe='')}"
        return addresses.other(asked)


def _templates() -> Environment:
    """All templates, read now: a process that may open no files can use them."""
    folder = HERE / "templates"
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    found = Environment(
        loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.globals["version"] = _version(assets())
    found.filters["query"] = lambda text: quote(str(text), safe="")
    for name in sources:
        found.get_template(name)
    return found


def assets() -> dict[str, tuple[bytes, str]]:
    """Files that pages need below `assets/`: content and media type by name."""
    found = sorted(path for path in (HERE / "assets").iterdir() if path.suffix in _MEDIA)
    return {path.name: (path.read_bytes(), _MEDIA[path.suffix]) for path in found}


def _version(files: Mapping[str, tuple[bytes, str]]) -> str:
    """Changes when a file does, so that a browser may keep them."""
    return hashlib.sha256(b"\0".join(content for content, _ in files.values())).hexdigest()[:8]
