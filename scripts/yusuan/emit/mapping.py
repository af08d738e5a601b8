"""`ontology/columns.csv`: which column of which view becomes which triple."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yusuan.errors import PackageError
from yusuan.package import Package, read_csv

_COLUMN = re.compile(r"(\{[a-z0-9_]+[?!]?\})")


@dataclass(frozen=True)
class Piece:
    """Part of a template: fixed text, or the name of a column.

    `{name?}` may be empty without harm; `{name!}` is part of an IRI already encoded, by a view.
    """

    text: str
    is_column: bool = False
    may_be_empty: bool = False
    is_encoded: bool = False


@dataclass(frozen=True)
class Triple:
    """One triple a row of a view gives. `as_` is iri, curie, a datatype or a language tag."""

    view: str
    graph: str
    subject: tuple[Piece, ...]
    predicate: str
    object: tuple[Piece, ...]
    as_: str
    when: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that must not be empty for the triple to be."""
        pieces = (*self.subject, *self.object)
        return tuple(piece.text for piece in pieces if piece.is_column and not piece.may_be_empty)


@dataclass(frozen=True)
class GraphMapping:
    """All triples of a package, its prefixes, and the files of `ontology/` that make the views and the terms."""

    base: str
    prefixes: Mapping[str, str]
    triples: tuple[Triple, ...]
    sql: tuple[str, ...]
    terms: tuple[str, ...]

    def expand(self, curie: str) -> str:
        """The IRI of a prefixed name. Raises PackageError for an unknown prefix."""
        prefix, _, name = curie.partition(":")
        if prefix not in self.prefixes:
            raise PackageError(f"unknown prefix in {curie!r}", "ontology/columns.csv")
        return self.prefixes[prefix] + name

    def graph(self, name: str) -> str:
        """The IRI of a named graph; empty for the default one."""
        return f"{self.base}graph/{name}" if name else ""

    def views(self) -> Iterator[tuple[str, tuple[Triple, ...]]]:
        """Views with their triples, in file order."""
        for view in dict.fromkeys(triple.view for triple in self.triples):
            yield view, tuple(triple for triple in self.triples if triple.view == view)


def load_mapping(package: Package, view: str = "graph") -> GraphMapping:
    """The mapping of a package to its graph, or to another view of it, with its own base for our terms and things."""
    if view == "graph":
        return _load(package, "columns.csv", ("views.sql",), ("yusuan.ttl", "cubes.ttl", "aligned.ttl"))
    return _load(package, f"{view}.csv", ("views.sql", f"{view}.sql"), ())


def _load(package: Package, columns: str, sql: tuple[str, ...], terms: tuple[str, ...]) -> GraphMapping:
    prefixes = {row["prefix"]: row["iri"] for row in read_csv(package.file("ontology", "prefixes.csv"))}
    triples = tuple(
        Triple(
            row["view"], row["graph"], _template(row["subject"]), row["predicate"], _template(row["object"]),
            row["as"], row["when"],
        )
        for row in read_csv(package.file("ontology", columns))
    )  # fmt: skip
    return GraphMapping(package.base, prefixes, triples, sql, terms)


def _template(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for part in _COLUMN.split(text):
        if part.startswith("{"):
            pieces.append(Piece(part.strip("{}?!"), True, part.endswith("?}"), part.endswith("!}")))
        elif part:
            pieces.append(Piece(part))
    return tuple(pieces)
