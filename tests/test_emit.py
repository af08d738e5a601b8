"""The graph: the same from SQL and from rdflib, the same bytes twice, parsed alike by two libraries."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest
import rdflib
import zstandard

from tests.conftest import SHARED
from tests.reference import reference_graph
from yusuan.emit import FORMATS, emit_graph, graph_lines
from yusuan.emit.iri import MACROS, encode, escape
from yusuan.errors import PackageError
from yusuan.package import Package

HOSTILE = [
    'a"b', "a\\b", "a\nb", "a\tb", "a\rb", "<b>", "{x}", "a b", "a|b", "^`", "%41", "100%", "é", "中文；，", "a#b#c",
    "a/b;c~d", "\u200b", "'", "?x=1&y", "🙂", "a:b@c", "[]()", "$&+,=*!",
]  # fmt: skip


def naughty() -> list[str]:
    path = SHARED / "suites" / "naughty-strings" / "blns.json"
    return [text for text in json.loads(path.read_text(encoding="utf-8")) if text] if path.is_file() else []


def test_two_libraries_parse_the_same_count(small: Package) -> None:
    lines = graph_lines(small, named=False)
    text = "\n".join(lines)
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=text, format="nt")
    assert len(store) == len(graph) == len(lines) > 3000


def test_sql_and_rdflib_give_the_same_triples(small: Package) -> None:
    written = rdflib.Graph().parse(data="\n".join(graph_lines(small, named=False)), format="nt")
    reference = reference_graph(small)
    assert set(reference) - set(written) == set()
    assert set(written) - set(reference) == set()


def test_two_runs_give_the_same_bytes(small: Package, tmp_path: Path) -> None:
    for name in ("nq", "ttl.gz", "nq.zst"):
        emit_graph(small, tmp_path / f"a.{name}")
        emit_graph(small, tmp_path / f"b.{name}")
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes()


def test_packed_and_unordered_hold_the_same_lines(small: Package, tmp_path: Path) -> None:
    names = ("plain.nq", "packed.nq.gz", "packed.nq.zst", "unordered.nq")
    counts = [emit_graph(small, tmp_path / name, ordered="un" not in name) for name in names]
    plain, gz, zst, unordered = ((tmp_path / name).read_bytes() for name in names)
    assert gzip.decompress(gz) == plain
    with zstandard.ZstdDecompressor().stream_reader(zst) as stream:
        assert stream.read() == plain
    lines = plain.splitlines()
    assert sorted(unordered.splitlines()) == sorted(lines)
    assert len(set(lines)) == len(lines), "no statement is written twice"
    assert counts == [len(lines)] * 4


@pytest.mark.parametrize("suffix", [".nt", ".ttl", ".rdf", ".jsonld", ".nq", ".trig"])
def test_every_format_holds_the_same_statements(suffix: str, small: Package, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix}"
    count = emit_graph(small, path)
    store = ox.Store()
    store.load(path.read_bytes(), FORMATS[suffix])
    assert len(store) == count


def test_an_unknown_suffix_is_refused(small: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="no format"):
        emit_graph(small, tmp_path / "graph.xyz")
    assert list(tmp_path.iterdir()) == []


def test_sql_escapes_as_python_does() -> None:
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        for text in [*HOSTILE, *naughty()]:
            row = connection.execute("SELECT iri(?), literal(?)", [text, text]).fetchone()
            assert row == (encode(text), escape(text))


def test_hostile_text_stays_inside(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    strings = [*HOSTILE, *naughty()]
    items = package.rows("line_items")
    for index, row in enumerate(items):
        row["label"] = strings[index % len(strings)]
        row["row_unit"] = strings[(index * 7) % len(strings)]
    projects = package.rows("projects")
    for row in projects:
        row["name"] = '"> <http://evil> "'
    package.write({"line_items": items, "projects": projects})
    lines = graph_lines(package)
    store = load = ox.Store()
    load.load("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)
    assert len(store) == len(lines)
    assert not any("evil" in str(quad.subject) + str(quad.predicate) for quad in store)
    labels = {
        row["s"].value: row["l"].value
        for row in store.query(  # type: ignore[union-attr]
            "SELECT ?s ?l WHERE { ?s a <http://purl.org/linked-data/cube#Observation> ;"
            " <http://www.w3.org/2000/01/rdf-schema#label> ?l }",
            use_default_graph_as_union=True,
        )
    }
    for row in items:
        assert labels[package.base + "table/" + encode(row["id"])] == row["label"]
