"""The graph as pages read it: a store, and the sorted file it was loaded from, in which a page is two runs of lines."""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

MOST_LINKS = 20_000


class Lines:
    """A file of sorted lines, held by the system's cache and not by this process."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            self._data: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def starting(self, prefix: str) -> bytes:
        """All lines that start so."""
        low, high = prefix.encode(), prefix.encode() + b"\xff"
        return bytes(self._data[self._position(low) : self._position(high)])

    def _position(self, key: bytes) -> int:
        """Where the first line stands that is not before the key."""
        start, end = 0, len(self._data)
        while start < end:
            line = self._data.rfind(b"\n", 0, (start + end) // 2) + 1
            if line < start:
                line = start
            stop = self._data.find(b"\n", line)
            if stop < 0:
                stop = len(self._data)
            if self._data[line : min(stop, line + len(key))] < key:
                start = stop + 1
            else:
                end = line
        return min(start, len(self._data))


@dataclass(frozen=True)
class Graph:
    """The graph of a package. `prefixes` shorten names; `base` starts every name of our own."""

    store: ox.Store
    lines: Lines
    prefixes: Mapping[str, str]
    base: str

    def page(self, iri: str) -> list[ox.Quad]:
        """What is said of a page and of its fragments."""
        data = self.lines.starting(f"<{iri}> ") + self.lines.starting(f"<{iri}#")
        return list(ox.parse(data, ox.RdfFormat.N_QUADS))

    def links_to(self, iri: str, most: int = MOST_LINKS) -> Iterator[ox.Quad]:
        """Statements of other pages whose object this is, at most so many."""
        found = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), None)
        for count, quad in enumerate(found):
            if count >= most:
                return
            if isinstance(quad.subject, ox.NamedNode) and page_of(quad.subject.value) != iri:
                yield quad

    def values(self, iri: str, *properties: str) -> list[ox.Literal | ox.NamedNode]:
        """Objects of the first of these properties that the thing has."""
        for property_ in properties:
            found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(self.expand(property_)), None, None)
            values = [q.object for q in found if isinstance(q.object, ox.Literal | ox.NamedNode)]
            if values:
                return values
        return []

    def having(self, class_: str) -> list[str]:
        """Names of all things of a class, sorted."""
        kind = ox.NamedNode(self.expand(class_))
        found = self.store.quads_for_pattern(None, ox.NamedNode(self.expand("rdf:type")), kind, None)
        return sorted(q.subject.value for q in found if isinstance(q.subject, ox.NamedNode))

    def expand(self, curie: str) -> str:
        """The full name of a prefixed one."""
        prefix, _, name = curie.partition(":")
        return self.prefixes[prefix] + name if prefix in self.prefixes else curie

    def shorten(self, iri: str) -> str:
        """The prefixed name where a prefix fits, the longest one, else the name as it is."""
        fitting = [(len(start), prefix) for prefix, start in self.prefixes.items() if iri.startswith(start)]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}"


def page_of(iri: str) -> str:
    """The page that a thing stands on."""
    return iri.partition("#")[0]
