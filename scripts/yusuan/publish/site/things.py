"""Every thing of the graph as files: its Turtle and JSON-LD, and a page where it has no fuller one."""

from __future__ import annotations

from functools import partial
from urllib.parse import unquote

from pyoxigraph import NamedNode

from yusuan.pages.addresses import FILES
from yusuan.pages.thing import Reader
from yusuan.pages.words import Names
from yusuan.publish.site.shell import Site, View, file_name


def write_things(site: Site) -> int:
    """Write `.ttl` and `.jsonld` of every page of the graph, `.html` where there is none; gives their number."""
    count = 0
    for iri in _pages(site):
        path = iri.removeprefix(site.graph.base)
        if (site.publication.out / unquote(path)).is_file():
            continue  # a thing that is a file, as a CSV is, has itself for a page
        for suffix in ("ttl", "jsonld"):
            data = site.renderer.data(iri, suffix)
            if data is not None:
                site.publication.path(f"{file_name(path)}.{suffix}").write_bytes(data)
        if not (site.publication.out / (file_name(path) + FILES.page["zh"])).is_file():
            _page(site, iri, path)
        count += 1
    return count


def _pages(site: Site) -> list[str]:
    """Pages that something is said of, and those of ours that others only point to."""
    base = site.graph.base
    found = set(site.renderer.pages())
    for quad in site.graph.store:
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(base):
            found.add(quad.object.value.partition("#")[0])
    return sorted(found - {base})


def _page(site: Site, iri: str, path: str) -> None:
    for view in site.views(path):
        thing = Reader(site.graph, _names(site, view.language), partial(_address, site, view)).thing(iri)
        if thing is not None:
            site.write(
                view,
                "generic.html",
                title=thing.title,
                thing=thing,
                data=True,
                more=partial(_more, view.addresses.data("ttl")),
            )


def _address(site: Site, view: View, iri: str) -> str:
    """The address of a thing's page; of the file itself where the thing is one."""
    path, mark, fragment = iri.removeprefix(site.graph.base).partition("#")
    if path and (site.publication.out / unquote(path)).is_file():
        return view.addresses.other(path) + mark + fragment
    return view.addresses.of(iri)


def _names(site: Site, language: str) -> Names:
    """Names of things, looked up once each."""
    return site.names.setdefault(language, Names(site.graph, language))


def _more(data: str, property_: str) -> str:
    return data
