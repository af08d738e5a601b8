"""The graph of a part of a package: what its facts give, apart from what the lists give in every part."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from yusuan.emit.mapping import load_mapping
from yusuan.emit.write import prepare, term_lines, view_lines
from yusuan.engine import connect
from yusuan.package import Package

COMMON = frozenset({"years", "cubes"})
"""Views of facts whose rows are not of one filing or department: several parts may say the same."""


def fact_lines(package: Package, named: bool = True) -> Iterator[tuple[bool, bytes]]:
    """What the facts of a part give, as lines of N-Quads (N-Triples without `named`) in any order.

    With each piece goes whether other parts may give the same lines too.
    """
    mapping = load_mapping(package)
    with connect(package, working=()) as connection:
        prepare(connection, package, mapping)
        of_facts = views_of_facts(connection, package)
        for view, triples in mapping.views():
            if view in of_facts:
                for lines in view_lines(connection, mapping, view, triples, named, ordered=False):
                    yield view in COMMON, lines


def list_lines(package: Package, named: bool = True) -> Iterator[tuple[bool, bytes]]:
    """What the lists of a package give, and the terms: the same in every part, so said once."""
    mapping = load_mapping(package)
    with connect(package, working=()) as connection:
        prepare(connection, package, mapping)
        of_facts = views_of_facts(connection, package)
        for view, triples in mapping.views():
            if view not in of_facts:
                for lines in view_lines(connection, mapping, view, triples, named, ordered=True):
                    yield False, lines
    yield False, "".join(f"{line}\n" for line in term_lines(package, mapping)).encode()


def views_of_facts(connection: duckdb.DuckDBPyConnection, package: Package) -> set[str]:
    """Tables and views that rows of facts are in, directly or through other views."""
    found = {name for name, resource in package.resources.items() if resource.kind != "list"}
    rows = connection.execute("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal").fetchall()
    reads = {str(name): connection.get_table_names(_query(str(text))) for name, text in rows}
    while more := {name for name, tables in reads.items() if tables & found} - found:
        found |= more
    return found


def _query(view: str) -> str:
    """The query of a view's definition."""
    return view[view.index(" AS ") + len(" AS ") :]
