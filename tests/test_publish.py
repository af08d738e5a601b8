"""What is published: descriptions that their judges take, data equal to the tables, links that lead somewhere."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urlsplit

import duckdb
import jsonschema
import lxml.html
import pyoxigraph as ox
import pyshacl
import pytest
import yaml
from click.testing import CliRunner
from rdflib import DCAT, SH, VOID, Graph, Literal, Namespace, URIRef

from tests.conftest import HERE, SHARED
from yusuan.cli import main
from yusuan.commands.publish import publish
from yusuan.package import Package, format_csv, read_csv
from yusuan.publish.publication import Publication
from yusuan.publish.to_sqlite import words

SHAPES = SHARED / "suites" / "dcat-ap-3.0.1"
PROFILES = SHARED / "suites" / "datapackage-v2"
NAUGHTY = SHARED / "suites" / "naughty-strings" / "blns.json"
HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://example.org")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{ 7 * 7 }}{% raw %}",
    "<!--<svg/onload=alert(1)>",
    "'; DROP TABLE line_items; --",
    "％００\u202e预算\u200b",
]


def files_of(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def pages_of(site: Path) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, lxml.html.fromstring(path.read_bytes())


# The tree as a whole


def test_the_same_input_gives_the_same_bytes(small: Package, flawed: Package, published: Path, tmp_path: Path) -> None:
    publish(flawed, tmp_path / "again", since=str(small.root))
    again = files_of(tmp_path / "again")
    assert len(again) > 500
    assert files_of(published) == again


def test_no_path_of_a_machine_is_published(flawed: Package, published: Path) -> None:
    for path in published.rglob("*"):
        if path.is_file() and path.suffix in {".html", ".md", ".json", ".ttl", ".csv", ".jsonld", ".cff", ".rdf"}:
            text = path.read_text(encoding="utf-8")
            assert str(flawed.root) not in text and "/tmp/" not in text, path


def test_a_folder_of_somebody_else_is_refused(flawed: Package, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = CliRunner().invoke(main, ["publish", "--package", str(flawed.root), "--to", str(tmp_path)])
    assert result.exit_code == 2
    assert "not a site of yusuan" in result.output and "Traceback" not in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


# Links


def test_every_link_leads_to_a_file_and_a_place_in_it(published: Path) -> None:
    ids: dict[Path, set[str]] = {}
    targets: list[tuple[Path, Path, str]] = []
    for path, page in pages_of(published):
        ids[path] = set(page.xpath("//@id"))
        for address in page.xpath("//a/@href | //link/@href | //script/@src"):
            parts = urlsplit(address)
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            targets.append((path, target, unquote(parts.fragment)))
    assert len(targets) > 5000
    for path, target, fragment in targets:
        assert target.is_relative_to(published.resolve()) and target.is_file(), (path, target)
        if fragment and target.suffix == ".html" and "/document/" not in target.as_posix():
            assert fragment in ids[target], (path, target, fragment)


def test_no_page_asks_another_host(published: Path) -> None:
    for path, page in pages_of(published):
        for address in page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //form/@action"):
            assert not urlsplit(address).netloc, (path, address)


def test_ids_are_unique_on_a_page(published: Path) -> None:
    for path, page in pages_of(published):
        found = page.xpath("//@id")
        assert len(found) == len(set(found)), (path, sorted(name for name in found if found.count(name) > 1)[:5])


# Linked data as files


def test_each_thing_has_a_page_and_its_data(flawed: Package, published: Path) -> None:
    pages: set[str] = set()
    cells: list[str] = []
    for quad in ox.parse(path=str(graph_of(flawed, published)), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(flawed.base):
            pages.add(quad.subject.value.partition("#")[0])
            if quad.object == ox.NamedNode("http://purl.org/linked-data/cube#Observation"):
                cells.append(quad.subject.value)
    assert len(pages) > 100
    for iri in sorted(pages):
        path = published / unquote(iri.removeprefix(flawed.base))
        for suffix in (".html", ".en.html", ".jsonld"):
            assert path.with_name(path.name + suffix).is_file(), (iri, suffix)
        data = path.with_name(path.name + ".ttl").read_bytes()
        assert any(t.subject.value.startswith(iri) for t in ox.parse(data, ox.RdfFormat.TURTLE)
                   if isinstance(t.subject, ox.NamedNode)), iri  # fmt: skip
    shown: dict[Path, set[str]] = {}
    for iri in [iri for iri in cells if iri.startswith(f"{flawed.base}table/")]:
        page, _, fragment = iri.removeprefix(flawed.base).partition("#")
        file = published / (unquote(page) + ".html")
        if file not in shown:
            shown[file] = set(lxml.html.fromstring(file.read_bytes()).xpath("//td/@id"))
        assert unquote(fragment) in shown[file], iri
    assert shown


def graph_of(package: Package, published: Path) -> Path:
    import gzip

    target = published.parent / "graph.nq"
    if not target.is_file():
        target.write_bytes(gzip.decompress((published / "dump" / "graph.nq.gz").read_bytes()))
    return target


def test_the_dumps_say_the_same(published: Path) -> None:
    import gzip

    counts = {}
    for name, format_ in (
        ("nq", ox.RdfFormat.N_QUADS), ("nt", ox.RdfFormat.N_TRIPLES), ("ttl", ox.RdfFormat.TURTLE),
        ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD),
    ):  # fmt: skip
        data = gzip.decompress((published / "dump" / f"graph.{name}.gz").read_bytes())
        quads = ox.parse(data, format_)
        counts[name] = len({str(quad.triple) for quad in quads})
    assert len(set(counts.values())) == 1 and counts["nt"] > 1000, counts


# Descriptions, each before its judge


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the DCAT-AP shapes (../shared) are not here")
@pytest.mark.parametrize("files", [("shapes.ttl", "range.ttl"), ("shapes.ttl", "shapes_recommended.ttl")])
def test_the_catalogue_keeps_dcat_ap(files: tuple[str, ...], published: Path) -> None:
    shapes = Graph()
    for name in files:
        shapes.parse(SHAPES / name)
    good = Graph().parse(published / "catalog.ttl")
    conforms, _, told = pyshacl.validate(good, shacl_graph=shapes, allow_warnings=False)
    assert conforms, told
    broken = Graph()
    for triple in good:
        if not str(triple[1]).endswith(("/publisher", "/license")):
            broken.add(triple)
    assert not pyshacl.validate(broken, shacl_graph=shapes, allow_warnings=False)[0]


@pytest.mark.skipif(not SHAPES.is_dir(), reason="the DCAT-AP shapes (../shared) are not here")
def test_of_the_vocabulary_shapes_only_the_publisher_is_no_body_of_the_eu(published: Path) -> None:
    shapes = Graph().parse(SHAPES / "mdr-vocabularies.shape.ttl")
    _, told, _ = pyshacl.validate(Graph().parse(published / "catalog.ttl"), shacl_graph=shapes, allow_warnings=False)
    assert isinstance(told, Graph)
    paths = {str(told.value(result, SH.resultPath)).rpartition("/")[2] for result in told.objects(None, SH.result)}
    assert paths == {"publisher"}, paths


def test_the_catalogue_is_the_same_in_three_formats(published: Path) -> None:
    first, *others = (Graph().parse(published / f"catalog.{suffix}") for suffix in ("ttl", "rdf", "jsonld"))
    assert all(set(first) == set(other) for other in others)


def test_each_distribution_is_there_with_its_size_and_hash(flawed: Package, published: Path) -> None:
    spdx = Namespace("http://spdx.org/rdf/terms#")
    graph = Graph().parse(published / "catalog.ttl")
    found = list(graph.subject_objects(DCAT.downloadURL))
    assert len(found) > 60
    for node, url in found:
        data = (published / str(url).removeprefix(flawed.base)).read_bytes()
        assert str(graph.value(node, DCAT.byteSize)) == str(len(data))
        checksum = graph.value(node, spdx.checksum)
        told = graph.value(checksum, spdx.checksumValue)
        assert isinstance(told, Literal) and told.value == hashlib.sha256(data).digest()


@pytest.mark.skipif(not PROFILES.is_dir(), reason="the Data Package profiles (../shared) are not here")
def test_the_descriptor_keeps_data_package_v2(published: Path) -> None:
    descriptor = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    profile = json.loads((PROFILES / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(profile).validate(descriptor)
    for resource in descriptor["resources"]:
        data = (published / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_frictionless_opens_the_published_package(published: Path) -> None:
    from frictionless import Package as Frictionless

    report = Frictionless(str(published / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]


def test_csvw_metadata_names_every_column(published: Path) -> None:
    told = json.loads((published / "data" / "csvw-metadata.json").read_text(encoding="utf-8"))
    assert len(told["tables"]) > 30
    for table in told["tables"]:
        path = published / "data" / table["url"]
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert [column["name"] for column in table["tableSchema"]["columns"]] == header


def test_croissant_is_taken_by_its_library(published: Path) -> None:
    croissant = pytest.importorskip("mlcroissant")
    dataset = croissant.Dataset(jsonld=str(published / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    assert len(dataset.metadata.record_sets) > 30


def test_void_counts_the_graph(flawed: Package, published: Path) -> None:
    graph = Graph().parse(published / "void.ttl")
    told = graph.value(URIRef(f"{flawed.base}void.ttl#dataset"), VOID.triples)
    lines = graph_of(flawed, published).read_bytes().count(b"\n")
    assert str(told) == str(lines)


def test_the_citation_is_yaml_of_its_format(published: Path) -> None:
    told = yaml.safe_load((published / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["cff-version"] == "1.2.0" and told["authors"] and told["title"]


def test_search_engines_find_the_dataset_in_the_pages(published: Path) -> None:
    for name in ("index.html", "data.en.html"):
        page = lxml.html.fromstring((published / name).read_bytes())
        (told,) = page.xpath("//script[@type='application/ld+json']/text()")
        assert json.loads(told)["@type"] == "Dataset" and json.loads(told)["distribution"]


# The data in other formats


def test_parquet_has_the_rows_of_the_tables(flawed: Package, published: Path) -> None:
    rows = flawed.rows("line_items")
    found = (
        duckdb.connect()
        .execute(
            "SELECT id, amount, year, project FROM read_parquet(?)",
            [str(published / "parquet" / "data" / "line_items.parquet")],
        )
        .fetchall()
    )
    assert [(id_, amount, str(year), project or "") for id_, amount, year, project in found] == [
        (row["id"], Decimal(row["amount"]), row["year"], row["project"]) for row in rows
    ]


def test_sqlite_has_the_rows_their_references_and_views(flawed: Package, published: Path) -> None:
    with closing(sqlite3.connect(f"file:{published / 'yusuan.sqlite'}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for resource in flawed.resources.values():
            (count,) = database.execute(f'SELECT count(*) FROM "{resource.name}"').fetchone()
            assert count == len(flawed.rows(resource.name)), resource.name
        views = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert len(views) >= 6
        for view in views:
            database.execute(f'SELECT * FROM "{view}" LIMIT 1').fetchall()
        for asked in ("支出", "一般公共预算", "障"):
            query = "SELECT rowid FROM line_items_fts WHERE line_items_fts MATCH ?"
            found = database.execute(query, [f'"{asked}"']).fetchall()
            expected = [row for row in flawed.rows("line_items") if asked in row["label"] or asked in row["heading"]]
            assert len(found) == len(expected) > 0, asked


def test_words_of_a_text() -> None:
    assert set(words("教育支出 A1")) == {
        "教育支出",
        "教",
        "教育",
        "教育支",
        "育",
        "育支",
        "育支出",
        "支",
        "支出",
        "出",
        "A1",
    }


def test_each_page_has_its_figures_as_csv(flawed: Package, published: Path) -> None:
    rows = flawed.rows("line_items")
    fields = flawed.resource("line_items").fields
    filing = rows[0]["filing"]
    assert read_csv(published / "filing" / f"{filing}.csv", fields) == [r for r in rows if r["filing"] == filing]
    function = next(row["function"] for row in rows if row["function"])
    found = read_csv(published / "code" / "function" / f"{function}.csv", fields)
    assert {row["function"][: len(function)] for row in found} == {function}
    unused = [path for path in (published / "code" / "function").glob("*.csv") if len(read_csv(path)) == 0]
    assert unused, "a code that nothing uses has no figures"


# Findings


def test_findings_stand_beside_the_figures_they_concern(flawed: Package, published: Path) -> None:
    found = [row for row in flawed.rows("findings") if row["resource"] == "line_items" and row["severity"] == "must"]
    assert found
    for finding in found:
        table, _, figure = finding["row_key"].partition("#")
        page = lxml.html.fromstring((published / "table" / f"{table}.html").read_bytes())
        (cell,) = [cell for cell in page.xpath("//td") if cell.get("id") == figure]
        assert "found" in cell.get("class").split()
        flagged, _, fragment = cell.xpath(".//a[@class='flag']/@href")[0].partition("#")
        assert flagged.endswith(f"filing/{finding['filing']}.html")
        filing = lxml.html.fromstring((published / "filing" / f"{finding['filing']}.html").read_bytes())
        beside = {unquote(fragment), finding["id"].partition("#")[2]}
        told = [article for article in filing.xpath("//article") if article.get("id") in beside]
        assert any(finding["message"] in article.text_content() for article in told)
    overview = lxml.html.fromstring((published / "findings.html").read_bytes()).text_content()
    assert all(finding["message"] in overview for finding in flawed.rows("findings"))


def test_each_chart_has_its_table_and_its_csv(published: Path) -> None:
    drawn = 0
    for path, page in pages_of(published):
        for figure in page.xpath("//figure[contains(@class, 'chart-block')]"):
            drawn += 1
            assert figure.xpath(".//table | ./ancestor::section[1]//table"), path
            links = figure.xpath(".//p[@class='links']//a/@href")
            assert links and all(link.endswith(".csv") for link in links), path
    assert drawn > 4


def test_a_filing_says_how_many_of_its_numbers_are_rows(flawed: Package, published: Path) -> None:
    filings = {row["sha256"]: row["filing"] for row in flawed.rows("documents")}
    assert flawed.rows("coverage")
    for row in flawed.rows("coverage"):
        page = lxml.html.fromstring((published / "filing" / f"{filings[row['document']]}.en.html").read_bytes())
        assert f" {int(row['bound']):,}/{int(row['printed']):,}" in page.text_content()


# What changed


def test_the_changes_since_the_release_before_are_told(small: Package, flawed: Package, published: Path) -> None:
    old = {row["id"]: row for row in small.rows("line_items")}
    (new,) = [row for row in flawed.rows("line_items") if row != old[row["id"]]]
    told = json.loads((published / "changes.json").read_text(encoding="utf-8"))
    assert [c["row_key"] for c in told["changes"] if c["kind"] == "amount-changed"] == [new["id"]]
    for page, files in (("changes.html", "changes.md"), ("changes.en.html", "changes.en.md")):
        text = lxml.html.fromstring((published / page).read_bytes()).text_content()
        assert new["label"] in text and new["label"] in (published / files).read_text(encoding="utf-8")
    linked = lxml.html.fromstring((published / "data.html").read_bytes()).xpath("//main//a/@href")
    assert "./changes.html" in linked


# Hostile text


@pytest.fixture(scope="module")
def naughty(flawed: Package, tmp_path_factory: pytest.TempPathFactory) -> tuple[Package, Path, list[str]]:
    """A package whose labels and names are strings that break software, and its site."""
    import shutil

    root = tmp_path_factory.mktemp("naughty") / "package"
    shutil.copytree(flawed.root, root)
    package = Package(root)
    strings = [*HOSTILE, *(json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.is_file() else [])]
    strings = [
        text for text in strings if text.strip() and "\0" not in text and all(c in "\t\n\r" or c >= " " for c in text)
    ]
    for name, columns in (
        ("line_items", ("label", "heading")), ("departments", ("name",)), ("projects", ("name",)),
        ("statements", ("label", "reason")), ("indicators", ("level3", "target")), ("tables", ("title", "note")),
        ("findings", ("message", "message_en")), ("documents", ("file_name",)), ("functions", ("name",)),
    ):  # fmt: skip
        rows = package.rows(name)
        for index, row in enumerate(rows):
            for column in columns:
                row[column] = strings[index % len(strings)]
        resource = package.resource(name)
        resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    site = root.parent / "site"
    publish(package, site, since=str(flawed.root))
    return package, site, strings


def test_cell_text_never_becomes_markup(naughty: tuple[Package, Path, list[str]], published: Path) -> None:
    package, site, _ = naughty
    allowed = {
        element.tag for path, page in pages_of(published) for element in page.iter() if isinstance(element.tag, str)
    }
    for path, page in pages_of(site):
        for element in page.iter():
            if not isinstance(element.tag, str):
                raise AssertionError((path, "a comment"))
            assert element.tag in allowed, (path, element.tag)
            assert not [name for name in element.attrib if name.startswith("on")], (path, element.attrib)
        for script in page.xpath("//script"):
            assert script.get("src", "").endswith(".js", 0, -9) or "json" in script.get("type", ""), path
            if "json" in script.get("type", ""):
                json.loads(script.text)
        for address in page.xpath("//a/@href"):
            assert not address.strip().lower().startswith(("javascript:", "data:")), (path, address)
    for row in package.rows("departments"):
        page = lxml.html.fromstring((site / "department" / f"{row['id']}.html").read_bytes())
        assert (
            page.xpath("//h1")[0].text_content().strip() == " ".join(row["name"].split())
            or row["name"].strip() in page.xpath("//h1")[0].text_content()
        )


def test_a_workbook_has_no_formula_of_a_document(naughty: tuple[Package, Path, list[str]]) -> None:
    _, site, _ = naughty
    with zipfile.ZipFile(site / "yusuan.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 5
        for name in sheets:
            text = book.read(name).decode()
            assert "<f>" not in text and "<hyperlink" not in text, name
        assert not [name for name in book.namelist() if "externalLink" in name]
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_hostile_text_comes_back_from_every_format(naughty: tuple[Package, Path, list[str]]) -> None:
    package, site, _ = naughty
    wanted = [row["label"] for row in package.rows("line_items")]
    parquet = str(site / "parquet" / "data" / "line_items.parquet")
    assert [
        label for (label,) in duckdb.connect().execute("SELECT label FROM read_parquet(?)", [parquet]).fetchall()
    ] == wanted
    with closing(sqlite3.connect(site / "yusuan.sqlite")) as database:
        assert [label for (label,) in database.execute("SELECT label FROM line_items ORDER BY rowid")] == wanted
    assert [row["label"] for row in read_csv(site / "data" / "line_items.csv")] == wanted


def test_an_identifier_that_is_no_file_name_is_refused(
    copy_of: Callable[[Package], Package], flawed: Package, tmp_path: Path
) -> None:
    package = copy_of(flawed)
    rows = package.rows("departments")
    resource = package.resource("departments")
    rows.append({**rows[0], "id": "../../outside", "name": "x"})
    resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    result = CliRunner().invoke(main, ["publish", "--package", str(package.root), "--to", str(tmp_path / "site")])
    assert result.exit_code == 2 and "Traceback" not in result.output, result.output
    assert not (tmp_path / "site").exists() and not (tmp_path / "outside.html").exists()


def test_a_publication_knows_what_it_is(flawed: Package, tmp_path: Path) -> None:
    publication = Publication(flawed, tmp_path / "graph.nq", tmp_path, "https://example.org/")
    assert publication.about.first_year == publication.about.last_year == 2020
    assert publication.about.licence_name == "CC0-1.0"
    publication.close()
    assert HERE.is_dir()
