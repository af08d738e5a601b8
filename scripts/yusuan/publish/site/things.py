"""Every thing of the graph as files: its Turtle and JSON-LD, and a page where it has no fuller one."""

from __future__ import annotations

from functools import partial

from pyoxigraph import NamedNode

from yusuan.pages.addresses import FILES
from yusuan.publish.site.shell import Site, file_name


def write_things(site: Site) -> int:
    """Write `.ttl` and `.jsonld` of every page of the graph, `.html` where there is none; gives their number."""
    count = 0
    for iri in _pages(site):
        path = iri.removeprefix(site.graph.base)
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
        thing = site.renderer.reader(view.addresses).thing(iri)
        if thing is not None:
            site.write(
                view,
                "generic.html",
                title=thing.title,
                thing=thing,
                data=True,
                more=partial(_more, view.addresses.data("ttl")),
            )


def _more(data: str, property_: str) -> str:
    return data
