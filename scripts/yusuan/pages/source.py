"""The graph as pages read it: a store, and the sorted file it was loaded from, in which a page is two runs of lines."""

from __future__ import annotations

import heapq
import itertools
import mmap
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

MOST_LINKS = 20_000
_RUN = 500_000  # lines sorted in memory at once, some 100 MB


class Lines:
    """A file of sorted lines, held by the system's cache and not by this process."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            self._data: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def __iter__(self) -> Iterator[bytes]:
        """All lines, without their ends."""
        start = 0
        while (end := self._data.find(b"\n", start)) >= 0:
            yield self._data[start:end]
            start = end + 1

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

    def pages(self) -> Iterator[str]:
        """The IRI of every page of ours that something is said of, sorted."""
        start = f"<{self.base}".encode()
        found = {line[1:].split(b">", 1)[0].split(b"#", 1)[0] for line in self.lines if line.startswith(start)}
        yield from sorted(iri.decode() for iri in found)

    def page(self, iri: str) -> list[ox.Quad]:
        """What is said of a page and of its fragments, and of the nodes without a name that they lead to."""
        data = self.lines.starting(f"<{iri}> ") + self.lines.starting(f"<{iri}#")
        found: list[ox.Quad] = []
        seen: set[str] = set()
        while data:
            quads = list(ox.parse(data, ox.RdfFormat.N_QUADS, rename_blank_nodes=False))
            found.extend(quads)
            nodes = {quad.object.value for quad in quads if isinstance(quad.object, ox.BlankNode)} - seen
            seen |= nodes
            data = b"".join(self.lines.starting(f"_:{node} ") for node in sorted(nodes))
        return found

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

    @cached_property
    def shorten(self) -> Callable[[str], str]:
        """Makes a prefixed name of an IRI where a prefix fits."""
        return shortener(self.prefixes)


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """Gives the prefixed name of an IRI where a prefix fits, the longest one, else the IRI as it is.

    Prefixes stand for what ends in `/` or `#`, as all of ours do; others are not used.
    """
    starts = {start: prefix for prefix, start in prefixes.items()}

    @lru_cache(maxsize=10_000)
    def shorten(iri: str) -> str:
        end = len(iri)
        while end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end)) + 1:
            if iri[:end] in starts:
                return f"{starts[iri[:end]]}:{iri[end:]}"
            end -= 1
        return iri

    return shorten


def open_graph(file: Path, prefixes: Mapping[str, str], base: str) -> Graph:
    """The graph in a file of N-Quads, its lines in any order. A sorted copy is kept in a file without a name."""
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        return Graph(store, Lines(_sorted(file, Path(folder))), prefixes, base)


def _sorted(file: Path, folder: Path) -> Path:
    """A copy of a file with its lines sorted by bytes, a run of lines at a time in memory."""
    runs: list[Path] = []
    with file.open("rb") as lines:
        while run := list(itertools.islice(lines, _RUN)):
            runs.append(folder / f"run-{len(runs)}")
            with runs[-1].open("wb") as out:
                out.writelines(sorted(run))
    target = folder / "sorted"
    with ExitStack() as stack, target.open("wb") as out:
        out.writelines(heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs)))
    return target


def page_of(iri: str) -> str:
    """The page that a thing stands on."""
    return iri.partition("#")[0]
