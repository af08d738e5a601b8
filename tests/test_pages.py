"""Pages: every address leads somewhere, the data of a page are its statements, figures stand where they are printed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from yusuan.emit import emit_graph
from yusuan.package import Package, read_csv
from yusuan.pages import CHOSEN, FILES, NEGOTIATED, Endings, Frame, Graph, Renderer, assets, open_graph
from yusuan.pages.place import place_of
from yusuan.pages.shown import number
from yusuan.pages.source import Lines
from yusuan.pages.words import words

SITE = "http://site.example/"


def graph_of(package: Package, folder: Path) -> Graph:
    target = folder / "graph.nq"
    emit_graph(package, target)
    prefixes = {row["prefix"]: row["iri"] for row in read_csv(package.file("ontology", "prefixes.csv"))}
    return open_graph(target, prefixes, package.base)


def renderer_of(graph: Graph, endings: Endings = NEGOTIATED) -> Renderer:
    return Renderer(graph, Frame(graph.base, endings))


@pytest.fixture(scope="module")
def graph(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return graph_of(small, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def site(graph: Graph) -> dict[str, bytes]:
    """All files of the small package's site by path."""
    renderer = renderer_of(graph, FILES)
    found = {f"assets/{name}": content for name, (content, _) in assets().items()}
    found |= {"index.html": renderer.home("zh"), "index.en.html": renderer.home("en")}
    for iri in renderer.pages():
        path = unquote(iri.removeprefix(graph.base))
        for language in ("zh", "en"):
            page = renderer.html(iri, language)
            assert page is not None, iri
            found[path + FILES.page[language]] = page
        for suffix in ("ttl", "jsonld"):
            data = renderer.data(iri, suffix)
            assert data is not None, iri
            found[f"{path}.{suffix}"] = data
    return found


def html_of(site: dict[str, bytes]) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for path, content in site.items():
        if path.endswith(".html"):
            yield path, lxml.html.fromstring(content)


def test_every_kind_of_page_is_there(site: dict[str, bytes]) -> None:
    kinds = {path.partition("/")[0] for path in site if path.endswith(".html")}
    assert {"department", "region", "filing", "table", "project", "code", "cube", "document", "ontology.html"} <= kinds


def test_every_link_leads_to_a_file_and_every_fragment_to_its_part(site: dict[str, bytes]) -> None:
    anchors = {path: set(page.xpath("//@id")) for path, page in html_of(site)}
    missing, count = set(), 0
    for path, page in html_of(site):
        for address in page.xpath("//a/@href | //link[@rel!='canonical']/@href"):
            parts = urlsplit(urljoin(SITE + path, address))
            if not parts.geturl().startswith(SITE):
                continue
            count += 1
            target = unquote(parts.path.removeprefix("/"))
            if target not in site or (parts.fragment and unquote(parts.fragment) not in anchors[target]):
                missing.add((path, address))
    assert count > 1000
    # parts of the ontology and of code lists that no table shows are said of in the data of their page only
    assert sorted(missing)[:10] == []


def test_no_page_asks_anything_of_another_host(site: dict[str, bytes]) -> None:
    for path, page in html_of(site):
        loaded = page.xpath("//script/@src | //img/@src | //link[@rel!='canonical']/@href | //form/@action")
        assert [address for address in loaded if urlsplit(address).netloc] == [], path


def test_names_not_prefixes_are_shown(site: dict[str, bytes], graph: Graph) -> None:
    for path, page in html_of(site):
        for text in page.xpath("//dt/span[last()]/text() | //thead//th/text() | //p[@class='kinds']/span/text()"):
            assert text.partition(":")[0] not in graph.prefixes or ":" not in text, (path, text)


def test_both_languages_have_every_word() -> None:
    zh, en = words("zh"), words("en")
    assert zh.keys() == en.keys()
    assert [key for key in zh if not zh[key] or not en[key]] == []


def test_data_of_a_page_are_its_statements_in_both_formats(site: dict[str, bytes], graph: Graph) -> None:
    pages = [path.removesuffix(".ttl") for path in site if path.endswith(".ttl")]
    for path in [*random.Random(7).sample(pages, 12), "ontology"]:
        turtle = rdflib.Graph().parse(data=site[path + ".ttl"], format="turtle")
        assert isomorphic(turtle, rdflib.Graph().parse(data=site[path + ".jsonld"], format="json-ld")), path
        iri = graph.base + path
        own = {str(s) for s in turtle.subjects() if str(s).partition("#")[0] == iri}
        assert own or (None, None, rdflib.URIRef(iri)) in turtle, path


def test_a_page_has_what_the_store_says_of_it(graph: Graph) -> None:
    """The sorted lines and the store agree, page by page and in sum."""
    ours = list(graph.pages())
    said = sum(len({quad for quad in graph.page(iri) if isinstance(quad.subject, ox.NamedNode)}) for iri in ours)
    in_store = sum(
        1
        for quad in graph.store
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(graph.base)
    )
    assert said == in_store > 1000


def test_figures_stand_in_rows_and_columns_as_printed(site: dict[str, bytes], small: Package) -> None:
    items = small.rows("line_items")
    table = next(row["table_id"] for row in items if row["form"] == "general-expenditure")
    page = lxml.html.fromstring(site[f"table/{table}.html"])
    cells = {cell.get("id"): cell for cell in page.xpath("//td[@id]")}
    expected = [row for row in items if row["table_id"] == table]
    assert len(expected) > 3
    for row in expected:
        cell = cells[row["id"].partition("#")[2]]
        assert cell.xpath("string(span)") == row["printed"]
        assert cell.xpath("string(../th)") == row["label"]
        assert row["source"] in cell.xpath("string(a[@class='place']/@title)")


def table_of(page: lxml.html.HtmlElement, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, row by row, without its head."""
    (table,) = page.xpath(f"//section[h2='{heading}']//table")
    return [[cell.xpath("string()").strip() for cell in row.xpath("./td | ./th")] for row in table.xpath("./tbody/tr")]


@pytest.mark.parametrize(
    ("language", "structure", "examples"), [("", "数据结构", "数据示例"), (".en", "structure", "Examples")]
)
def test_the_page_of_a_cube_has_its_dimensions_code_lists_and_examples(
    language: str, structure: str, examples: str, site: dict[str, bytes], small: Package
) -> None:
    page = lxml.html.fromstring(site[f"cube/general-expenditure{language}.html"])
    parts = table_of(page, structure)
    dimensions = [row for row in parts if row[0] in ("维度", "dimension")]
    assert len(dimensions) == 12 and len(parts) > 20
    assert all(row[2] for row in parts), "a component without a word on what it means"
    listed = [row for row in dimensions if row[3]]
    assert len(listed) == 8
    amounts = {
        number(f"{float(row['amount']):.2f}")
        for row in small.rows("line_items")
        if row["form"] == "general-expenditure"
    }
    shown = table_of(page, examples)
    assert len(shown) == 8
    assert all(len(row) == 14 and all(row) and row[-1] in amounts for row in shown)


def test_a_page_that_is_no_cube_has_no_such_tables(site: dict[str, bytes], small: Package) -> None:
    page = lxml.html.fromstring(site[f"filing/{small.rows('filings')[0]['id']}.html"])
    assert page.xpath("//section[h2='数据示例' or h2='数据结构']") == []


def test_the_page_of_the_ontology_tells_of_every_term(site: dict[str, bytes], graph: Graph) -> None:
    for language, first in (("", 0), (".en", 1)):
        page = lxml.html.fromstring(site[f"ontology{language}.html"])
        for kind, names in (("owl:Class", ("类", "class")), ("rdf:Property", ("属性", "property"))):
            own = [iri for iri in graph.having(kind) if iri.startswith(graph.base + "ontology#")]
            (table,) = page.xpath(f"//section[h2='{names[first]}']//table")
            rows = {row.xpath("string(./td[1]/@id)"): row for row in table.xpath("./tbody/tr")}
            assert set(rows) == {iri.partition("#")[2] for iri in own}
            for row in rows.values():
                label, meaning, *aligned = row.xpath("./td")
                assert len(label.xpath("./span")) == len(meaning.xpath("./span")) == 2
                assert label.xpath("./span/@lang")[0] == ("zh-hans", "en")[first]
                assert any(cell.xpath(".//a") for cell in aligned)


def test_links_go_both_ways(graph: Graph, small: Package) -> None:
    renderer = renderer_of(graph, FILES)
    filing, department = small.rows("filings")[0], small.rows("departments")[0]
    page = renderer.html(f"{graph.base}department/{department['id']}", "zh")
    assert page is not None and f'href="../filing/{filing["id"]}.html"'.encode() in page
    page = renderer.html(f"{graph.base}filing/{filing['id']}", "zh")
    assert page is not None and f'href="../department/{department["id"]}.html"'.encode() in page


def test_nothing_is_said_of_what_is_not_there(graph: Graph) -> None:
    renderer = renderer_of(graph)
    assert renderer.html(graph.base + "department/none", "zh") is None
    assert renderer.data(graph.base + "department/none", "ttl") is None


def test_a_language_that_was_chosen_stays(graph: Graph, small: Package) -> None:
    page = renderer_of(graph, CHOSEN).html(f"{graph.base}filing/{small.rows('filings')[0]['id']}", "en")
    assert page is not None
    links = lxml.html.fromstring(page).xpath("//main//a/@href")
    inner = [link for link in links if not urlsplit(link).netloc and not link.startswith("#") and ".ttl" not in link]
    assert inner and [link for link in inner if "lang=en" not in link and ".jsonld" not in link] == []


def test_text_of_the_graph_cannot_become_markup(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    base = "https://example.org/data/"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = [
        f'<{base}department/x> <{label}> "{evil}"@zh .',
        f"<{base}department/x> <http://xmlns.com/foaf/0.1/page> <javascript:alert(1)> .",
        f'<{base}department/x#a"><b> <{label}> "part" .'.replace('"><b>', "%22%3E%3Cb%3E>"),
    ]
    file = tmp_path / "graph.nq"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    renderer = renderer_of(open_graph(file, {"rdfs": label[: -len("label")]}, base))
    for language in ("zh", "en"):
        page = renderer.html(base + "department/x", language)
        assert page is not None and evil.encode() not in page and b"<b>" not in page
        assert not [a for a in lxml.html.fromstring(page).xpath("//a/@href") if a.startswith("javascript")]
    data = renderer.data(base + "department/x", "jsonld")
    assert data is not None and json.loads(data)["@graph"]


def test_lines_are_found_by_their_start(tmp_path: Path) -> None:
    chance = random.Random(3)
    lines = sorted({"".join(chance.choice("ab#> é") for _ in range(chance.randint(1, 9))).encode() for _ in range(500)})
    file = tmp_path / "lines"
    file.write_bytes(b"".join(line + b"\n" for line in lines))
    found = Lines(file)
    assert list(found) == lines
    for start in ["a", "ab", "b#", "é", "zz", "a> ", *(line.decode() for line in lines[::50])]:
        expected = [line for line in lines if line.startswith(start.encode())]
        assert found.starting(start).split(b"\n")[:-1] == expected
    (tmp_path / "empty").write_bytes(b"")
    assert list(Lines(tmp_path / "empty")) == [] and Lines(tmp_path / "empty").starting("a") == b""


@pytest.mark.parametrize(
    ("source", "said", "earlier"),
    [
        ("a.pdf#page=3&viewrect=10,20,5,5", "第 3 页", "a.pdf#page=2&viewrect=10,700,5,5"),
        ("a.xlsx#sheet=S&range=B7", "S B7", "a.xlsx#sheet=S&range=C6"),
        ("a.docx#table=2&cell=3,4", "第 2 表 3,4", "a.docx#table=2&cell=3,3"),
        ("a.txt#char=120,125", "第 120,125 字", "a.txt#char=15,17"),
    ],
)
def test_places_in_words_and_in_order(source: str, said: str, earlier: str) -> None:
    assert place_of(source).words(words("zh")) == said
    assert place_of(earlier).order < place_of(source).order


def test_numbers_are_exact() -> None:
    assert [number(text) for text in ("1234567.50", "-0.10", "1000", "0.0", "12a")] == [
        "1,234,567.5", "−0.1", "1,000", "0", "12a"
    ]  # fmt: skip
