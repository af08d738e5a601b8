"""The service as its clients see it: the protocol, linked data, refusals, and that nobody can stop it for others."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import lxml.etree
import lxml.html
import pytest
import rdflib
from click.testing import CliRunner
from rdflib.compare import isomorphic
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from tests.service import Reply, Service, running, until
from yusuan.cli import main
from yusuan.emit import graph_lines
from yusuan.package import Package
from yusuan.serve.kept import Kept, Shelf

BASE = "https://w3id.org/yusuan/"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
_NUMBERS = itertools.count()
PLAIN = "SELECT ?f { ?f a ys:Filing } ORDER BY ?f"


@pytest.fixture(scope="module")
def service(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    limits = {"query_seconds": 1.5, "answer_bytes": 400_000, "hold_bytes": 50_000, "query_memory": 96 << 20}
    quick = {"head_seconds": 1, "body_seconds": 1, "idle_seconds": 1, "stall_seconds": 1.5}
    with running(small.root, tmp_path_factory.mktemp("serve"), short=3, long=4, **limits, **quick) as found:
        yield found


@pytest.fixture(scope="module")
def triples(small: Package) -> rdflib.Graph:
    return rdflib.Graph().parse(data="\n".join(graph_lines(small, named=False)), format="nt")


def fresh() -> str:
    """The plain query as one that was not asked before."""
    return f"{PLAIN} # {next(_NUMBERS)}"


# The protocol


def filings(reply: Reply) -> list[str]:
    assert reply.status == 200, reply.text
    return [row["f"]["value"] for row in json.loads(reply.body)["results"]["bindings"]]


def test_a_query_comes_by_get_by_form_and_direct(service: Service, small: Package) -> None:
    expected = [f"{BASE}filing/{row['id']}" for row in small.rows("filings")]
    form = urlencode({"query": PLAIN}).encode()
    assert filings(service.query(PLAIN)) == expected
    assert filings(service.ask("POST", "/sparql", form, Content_Type="application/x-www-form-urlencoded")) == expected
    direct = "application/sparql-query; charset=utf-8"
    assert filings(service.ask("POST", "/sparql", PLAIN.encode(), Content_Type=direct)) == expected


TERMS = (
    "SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d) { "
    '("a,\\"b\\"\\n\\t\\\\ <&>" "预算"@zh-Hans 12.50 <http://x.example/é>) (UNDEF "" true "2020"^^xsd:gYear) } }'
)


def test_results_are_the_same_in_every_format(service: Service) -> None:
    def rows(parser: Any, accept: str) -> list[tuple[Any, ...]]:
        reply = service.query(TERMS, Accept=accept)
        assert reply.status == 200 and reply.headers["content-type"].startswith(accept)
        return [tuple(row) for row in parser().parse(io.BytesIO(reply.body))]

    found = rows(JSONResultParser, "application/sparql-results+json")
    assert len(found) == 2 and found[0][1] == rdflib.Literal("预算", lang="zh-Hans") and found[1][0] is None
    assert found[0][0] == rdflib.Literal('a,"b"\n\t\\ <&>')
    assert rows(XMLResultParser, "application/sparql-results+xml") == found
    tsv = rows(TSVResultParser, "text/tab-separated-values")
    assert [row[:4] for row in tsv] == [row[:4] for row in found]
    reply = service.query(TERMS, Accept="text/csv")
    read = list(csv.reader(io.StringIO(reply.text, newline="")))
    assert read[0] == list("abcde")
    assert [[str(term) if term is not None else "" for term in row] for row in found] == [
        [*row[:4], ""] for row in read[1:]
    ]


def test_yes_or_no_in_every_format(service: Service) -> None:
    ask = "ASK { ?f a ys:Filing }"
    assert json.loads(service.query(ask).body)["boolean"] is True
    xml = lxml.etree.fromstring(service.query(ask, Accept="application/sparql-results+xml").body)
    assert xml.findtext("{*}boolean") == "true"
    assert service.query(ask, Accept="text/csv").text == "answer\r\ntrue\r\n"
    page = service.query(ask, ("format", "html"))
    assert page.status == 200 and lxml.html.fromstring(page.body).xpath("string(//p[@class='lead'])") == "是"


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_graphs_are_the_same_in_every_format(service: Service, triples: rdflib.Graph, accept: str, parser: str) -> None:
    reply = service.query("CONSTRUCT { ?f ?p ?o } WHERE { ?f a ys:Filing ; ?p ?o }", Accept=accept)
    assert reply.status == 200 and reply.headers["content-type"].startswith(accept)
    found = rdflib.Dataset(default_union=True)
    found.parse(data=reply.body, format=parser)
    expected = rdflib.Graph()
    kind = rdflib.URIRef(BASE + "ontology#Filing")
    for subject in triples.subjects(rdflib.RDF.type, kind):
        expected += triples.triples((subject, None, None))
    got = rdflib.Graph()
    for s, p, o, _ in found.quads():
        got.add((s, p, o))
    assert len(expected) > 5 and isomorphic(got, expected)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*;q=0.3, application/json;q=0.2", "text/csv; charset=utf-8"),
        ("image/png", None),
    ],
)
def test_the_client_chooses_the_format(service: Service, accept: str | None, expected: str | None) -> None:
    reply = service.query(PLAIN, **({"Accept": accept} if accept else {}))
    assert (reply.status, reply.headers["content-type"]) == (
        (200, expected) if expected else (406, "text/plain; charset=utf-8")
    )


def test_a_format_may_be_named(service: Service) -> None:
    assert service.query(PLAIN, ("format", "csv"), Accept="text/html").headers["content-type"].startswith("text/csv")


def count(reply: Reply) -> int:
    assert reply.status == 200, reply.text
    return int(json.loads(reply.body)["results"]["bindings"][0]["n"]["value"])


def test_graphs_are_chosen_by_the_query_and_by_the_protocol(service: Service, small: Package) -> None:
    lines = graph_lines(small)
    provenance = f"{BASE}graph/provenance"
    inside = sum(line.endswith(f"<{provenance}> .") for line in lines)
    outside = sum(not line.endswith(f"<{BASE}graph/{name}> .") for line in lines for name in ["provenance"])
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert 0 < inside < outside
    assert count(service.query(everything)) == len(lines)
    assert count(service.query(f"SELECT (COUNT(*) AS ?n) FROM <{provenance}> {{ ?s ?p ?o }}")) == inside
    assert count(service.query(everything, ("default-graph-uri", provenance))) == inside
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(service.query(named, ("named-graph-uri", provenance))) == inside
    core = count(service.query(everything, ("default-graph-uri", BASE + "graph/core")))
    assert core == sum(
        not line.endswith(f"<{BASE}graph/{name}> .") for line in lines for name in [line.rpartition("/")[2][:-3]]
    )
    # the protocol's dataset takes the place of the query's
    both = f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/core> {{ ?s ?p ?o }}"
    assert count(service.query(both, ("default-graph-uri", provenance))) == inside


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("INSERT DATA { <a:b> <a:b> <a:b> }", 403, "read-only"),
        ("PREFIX x: <http://x/> DROP ALL", 403, "read-only"),
        ("LOAD <http://127.0.0.1/x>", 403, "not answered"),
        ("SELECT * { SERVICE <http://127.0.0.1/x> { ?s ?p ?o } }", 403, "not answered"),
        ("SELECT * { SERVICE SILENT ?x { ?s ?p ?o } }", 403, "not answered"),
        ("SELECT * FROM <http://127.0.0.1/x> { ?s ?p ?o }", 403, "nothing is fetched"),
        ("SELECT * FROM NAMED <http://127.0.0.1/x> { ?s ?p ?o }", 403, "nothing is fetched"),
        ("PREFIX e: <http://127.0.0.1/> SELECT * FROM e:x { ?s ?p ?o }", 403, "nothing is fetched"),
        ("SELECT * {" + "{" * 3000 + "}" * 3000 + "}", 403, "nested"),
        ("SELECT " + "(" * 500 + "1" + ")" * 500 + " {}", 403, "nested"),
        ("SELECT * { ?s ?p }", 400, "line 1"),
        ("SELECT ?x { ?x nosuch:thing ?y }", 400, "prefix that is not declared"),
        ("nonsense", 400, "line 1"),
    ],
)
def test_what_is_not_answered_is_refused_with_a_reason(service: Service, text: str, status: int, said: str) -> None:
    reply = service.query(text)
    assert (reply.status, said in reply.text) == (status, True), reply.text


def test_words_of_refusal_inside_text_are_no_reason(service: Service) -> None:
    text = 'SELECT ?x { VALUES ?x { "SERVICE {{{ LOAD FROM <http://x>" } } # SERVICE <http://x>'
    assert service.query(text).status == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"update=DROP%20ALL", "application/x-www-form-urlencoded", 403),
        (b"DROP ALL", "application/sparql-update", 403),
        (b"", "application/sparql-query", 400),
        (b"\xff\xfe", "application/sparql-query", 400),
        (b"query=%ff", "application/x-www-form-urlencoded", 400),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json", 415),
        (b"#" * 200_000, "application/sparql-query", 413),
    ],
)
def test_bad_requests_are_told_what_is_wrong(service: Service, body: bytes, kind: str, status: int) -> None:
    reply = service.ask("POST", "/sparql", body, Content_Type=kind)
    assert reply.status == status and reply.headers["content-type"].startswith("text/plain") and reply.text.strip()
    assert "Traceback" not in reply.text


def test_other_methods_are_refused(service: Service) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        reply = service.ask(method, "/sparql")
        assert reply.status == 405 and "POST" in reply.headers["allow"]
    assert service.ask("POST", "/department/x").status == 405


# What a public site says


def test_an_answer_is_sent_again_only_when_it_changed(service: Service) -> None:
    for path in ("/sparql?" + urlencode({"query": PLAIN}), "/ontology.ttl", "/void", "/assets/site.css"):
        first = service.get(path)
        tag = first.headers["etag"]
        again = service.get(path, If_None_Match=tag)
        assert (first.status, again.status, again.body) == (200, 304, b"") and again.headers["etag"] == tag
        assert service.get(path, If_None_Match='"other"').status == 200
    clock = service.query("SELECT (NOW() AS ?t) {}")
    assert "etag" not in clock.headers and clock.headers["cache-control"] == "no-store"


def test_an_answer_is_kept_and_is_the_same(service: Service) -> None:
    text = "SELECT * { ?a ?b ?c } ORDER BY ?a ?b ?c LIMIT 20"
    first, again = service.query(text, Accept_Encoding="gzip"), service.query(text, Accept_Encoding="gzip")
    line = 'yusuan_queries_total{outcome="kept"}'
    before = service.metric(line)
    third = service.query(text, Accept_Encoding="gzip")
    assert service.metric(line) == before + 1
    same = ("content-type", "content-encoding", "content-length", "etag", "vary")
    for reply in (again, third):
        assert reply.body == first.body and all(reply.headers.get(n) == first.headers.get(n) for n in same)
    assert service.query(text).body == gzip.decompress(first.body)
    page = service.query(text, ("format", "html"))
    assert page.headers["content-type"].startswith("text/html")


def test_what_is_kept_has_a_bound() -> None:
    shelf = Shelf(1000)
    for number in range(50):
        shelf.put(str(number), Kept({}, b"x" * 90))
        shelf.get("0")
    assert shelf.size <= 1000 and shelf.get("0") and shelf.get("49") and shelf.get("1") is None
    shelf.put("large", Kept({}, b"x" * 101))
    assert shelf.get("large") is None


def test_tags_differ_by_format_language_and_encoding(service: Service) -> None:
    forms = [{"Accept": "text/csv"}, {"Accept": "text/turtle, application/json"}, {"Accept_Encoding": "gzip"}]
    tags = {service.query(PLAIN, **form).headers["etag"] for form in forms}
    assert len(tags) == 3


def test_head_has_the_headers_and_no_body(service: Service) -> None:
    path = "/sparql?" + urlencode({"query": PLAIN})
    got, head = service.get(path), service.ask("HEAD", path)
    assert head.body == b"" and head.status == 200
    same = ("content-type", "content-length", "etag")
    assert [head.headers[name] for name in same] == [got.headers[name] for name in same]


@pytest.mark.parametrize("size", [2_000, 300_000])
def test_gzip_gives_the_same_bytes(service: Service, size: int) -> None:
    """A small answer goes whole, a large one as it comes."""
    text = f"SELECT * {{ ?a ?b ?c }} ORDER BY ?a ?b ?c LIMIT {size // 200}"
    plain, packed = service.query(text), service.query(text, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip" and len(plain.body) > size / 4
    assert gzip.decompress(packed.body) == plain.body and len(packed.body) < len(plain.body)
    assert "gzip" not in service.query(text, Accept_Encoding="gzip;q=0").headers.get("content-encoding", "")


def test_headers_of_a_public_site(service: Service) -> None:
    for path in ("/", "/sparql", "/nosuch", "/health", "/sparql?query=x"):
        headers = service.get(path, Accept="text/html").headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"]
        assert headers["access-control-allow-origin"] == "*" and "server" not in headers
    before = service.ask("OPTIONS", "/sparql", Origin="http://x.example", Access_Control_Request_Method="POST")
    assert before.status == 204 and "POST" in before.headers["access-control-allow-methods"]


def test_the_service_describes_itself(service: Service, small: Package) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    total = len(graph_lines(small))
    for accept, parser in (
        ("text/turtle", "turtle"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ):
        said = rdflib.Graph().parse(data=service.get("/sparql", Accept=accept).body, format=parser)
        endpoint = rdflib.URIRef(service.address + "sparql")
        assert (endpoint, sd.endpoint, endpoint) in said
        names = {str(name) for name in said.objects(None, sd.name)}
        assert {BASE + "graph/core", BASE + "graph/provenance"} <= names
        data = rdflib.Graph().parse(data=service.get("/.well-known/void", Accept=accept).body, format=parser)
        counts = [int(str(value)) for value in data.objects(rdflib.URIRef(BASE + "void#dataset"), void.triples)]
        assert counts == [total]
        assert isomorphic(data, rdflib.Graph().parse(data=service.get("/", Accept=accept).body, format=parser))
        parts = sum(
            int(str(next(data.objects(part, void.triples)))) for part in data.objects(None, void.propertyPartition)
        )
        assert parts == total


def test_statistics_and_health(service: Service) -> None:
    assert service.get("/health").text == "ok\n"
    line = 'yusuan_requests_total{method="GET",route="sparql",status="200"}'
    before = service.metric(line)
    service.query(PLAIN)
    assert service.metric(line) == before + 1
    assert service.metric('yusuan_workers{state="idle"}') >= 1


def test_the_log_has_a_line_a_request_that_no_client_can_break(service: Service) -> None:
    service.get("/nosuch%0aFAKE?" + quote('"x'), User_Agent='evil"\\agent')
    assert until(lambda: "FAKE" in service.log.read_text(encoding="utf-8"))
    line = next(line for line in service.log.read_text(encoding="utf-8").splitlines() if "FAKE" in line)
    assert line.startswith("127.0.0.1 - - [") and " 404 " in line and "evil\\x22\\x5cagent" in line


# Linked data


@pytest.mark.parametrize(
    ("accept", "suffix"), [("text/html", "html"), ("text/turtle", "ttl"), ("application/ld+json", "jsonld")]
)
def test_a_page_in_each_format(service: Service, small: Package, accept: str, suffix: str) -> None:
    path = f"/filing/{small.rows('filings')[0]['id']}"
    by_header, by_suffix = service.get(path, Accept=accept), service.get(f"{path}.{suffix}")
    assert by_header.status == 200 and by_header.body == by_suffix.body
    assert by_header.headers["content-location"] == f"{path}.{suffix}"
    assert f'<{BASE}{path[1:]}>; rel="canonical"' in by_header.headers["link"]
    others = {"html", "ttl", "jsonld"} - {suffix}
    assert all(f'<{path}.{other}>; rel="alternate"' in by_header.headers["link"] for other in others)


def test_every_kind_of_page_answers(service: Service, small: Package) -> None:
    subjects = {
        line.split(">", 1)[0][1:].partition("#")[0] for line in graph_lines(small) if line.startswith(f"<{BASE}")
    }
    kinds: dict[str, str] = {}
    for subject in sorted(subjects):
        path = subject.removeprefix(BASE)
        kinds.setdefault(
            "/".join(path.split("/")[:2]) if path.startswith(("code/", "cube/")) else path.split("/")[0], path
        )
    assert len(kinds) > 10
    for path in kinds.values():
        page = service.get(f"/{path}", Accept="text/html")
        assert page.status == 200 and lxml.html.fromstring(page.body).xpath("string(//h1)").strip(), path
        data = service.get(f"/{path}", Accept="text/turtle")
        assert any(
            str(s).startswith(BASE + path) for s in rdflib.Graph().parse(data=data.body, format="turtle").subjects()
        )


def test_languages_are_negotiated_and_kept(service: Service) -> None:
    def language(reply: Reply) -> str:
        return str(lxml.html.fromstring(reply.body).get("lang"))

    assert language(service.get("/", Accept="text/html")) == "zh-Hans"
    assert language(service.get("/", Accept="text/html", Accept_Language="fr, en-GB;q=0.8, zh;q=0.5")) == "en"
    chosen = service.get("/?lang=en", Accept="text/html", Accept_Language="zh")
    assert language(chosen) == "en" and b"?lang=en" in chosen.body


def test_what_is_not_there(service: Service) -> None:
    page = service.get("/department/none", Accept="text/html")
    assert page.status == 404 and "没有这一页" in page.text
    assert service.get("/department/none", Accept="text/turtle").status == 404
    assert service.get("/department/none.ttl").status == 404
    assert service.get("/" + "x" * 5000).status == 414
    assert service.get("/assets/../../etc/passwd").status == 404
    assert service.get("/ontology", Accept="image/png").status == 406


@pytest.mark.parametrize(
    "path", ["/javascript:alert(1)", "//evil.example/x", "/%3Cscript%3Ealert(1)%3C/script%3E", "/%22onload=x"]
)
def test_no_address_becomes_markup_or_leads_away(service: Service, path: str) -> None:
    page = service.get(path, Accept="text/html")
    assert page.status == 404 and b"<script>" not in page.body
    for address in lxml.html.fromstring(page.body).xpath("//a/@href"):
        assert not address.startswith(("javascript:", "//", "http:"))


def test_questions_answer_with_their_parameters(service: Service, small: Package) -> None:
    printed = small.rows("line_items")[0]["printed"]
    page = service.get("/question/where-printed?" + urlencode({"printed": printed}), Accept="text/html")
    found = lxml.html.fromstring(page.body)
    rows = found.xpath("//table[@id='rows']/tbody/tr")
    assert page.status == 200 and rows and found.xpath("//input[@name='printed']/@value") == [printed]
    answer = service.get("/question/where-printed.csv?" + urlencode({"printed": printed}))
    assert len(list(csv.reader(io.StringIO(answer.text, newline="")))) == len(rows) + 1
    for address in found.xpath("//h2[@id='download']/following-sibling::p/a/@href"):
        assert service.get(f"/question/{address}").status == 200
    text = service.get(f"/question/where-printed?format=sparql&printed={quote(printed)}")
    assert text.headers["content-type"].startswith("application/sparql-query") and f'"{printed}"' in text.text
    assert service.get("/question/where-printed?nosuch=1").status == 400
    assert service.get("/question/targets-at-least?minimum=1%20%7D").status == 400
    assert service.get("/question/nosuch").status == 404


# Nobody stops it for others


def test_an_endless_query_ends_and_others_do_not_notice(service: Service) -> None:
    done: list[Reply] = []
    threads = [threading.Thread(target=lambda: done.append(service.query(ENDLESS))) for _ in range(3)]
    for thread in threads:
        thread.start()
    times = []
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert service.query(fresh()).status == 200
        times.append(time.monotonic() - began)
    assert [reply.status for reply in done] == [504] * 3 and "1.5 s" in done[0].text
    assert len(times) > 5


def test_a_query_that_takes_all_memory_ends(service: Service) -> None:
    reply = service.query(GREEDY)
    assert reply.status in {504, 507}, reply.text
    assert service.query(fresh()).status == 200


def test_a_truncated_answer_says_so_where_it_can_and_is_none_where_it_cannot(service: Service) -> None:
    reply = service.query(LARGE)
    answer = json.loads(reply.body)
    assert reply.status == 200 and answer["truncated"] is True and len(answer["results"]["bindings"]) > 100
    assert len(reply.body) <= 400_100
    xml = service.query(LARGE, Accept="application/sparql-results+xml")
    assert b"<!-- truncated -->" in xml.body and lxml.etree.fromstring(xml.body) is not None
    assert service.query(LARGE, Accept="text/csv").status == 507
    assert "过长" in service.query(LARGE, ("format", "html")).text
    turtle = service.query("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", Accept="application/n-triples")
    assert turtle.body.endswith(b"# truncated\n") or turtle.status == 504


def test_a_worker_that_is_killed_is_replaced(service: Service) -> None:
    nursery, *workers = service.processes()
    started = service.metric("yusuan_workers_started_total")
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert all(service.query(fresh()).status == 200 for _ in range(6))
    assert until(lambda: service.metric("yusuan_workers_started_total") > started)
    assert nursery in service.processes()


def test_a_client_that_leaves_ends_its_query(service: Service) -> None:
    assert until(lambda: service.metric('yusuan_workers{state="long"}') == 0)
    with socket.create_connection(service.place) as connection:
        request = f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: x\r\n\r\n"
        connection.sendall(request.encode())
        assert until(lambda: service.metric('yusuan_workers{state="long"}') == 1)
    assert until(lambda: service.metric('yusuan_workers{state="long"}') == 0, 1.0)


def test_slow_clients_are_ended(service: Service) -> None:
    head = socket.create_connection(service.place)
    head.sendall(b"GET / HTTP/1.1\r\nHost")
    body = socket.create_connection(service.place)
    body.sendall(
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/sparql-query\r\n\r\nSEL"
    )
    idle = socket.create_connection(service.place)
    reading = socket.socket()
    reading.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reading.connect(service.place)
    target = "/sparql?" + urlencode({"query": LARGE})
    reading.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 20)
    for connection in (head, body, idle):
        connection.settimeout(8)
        received = connection.recv(1000)
        assert received == b"" or received.startswith(b"HTTP/1.1 408"), received
        connection.close()
    assert until(lambda: service.metric('yusuan_slow_clients_total{at="answer"}') >= 1)
    reading.close()
    assert service.query(fresh()).status == 200
    assert "Traceback" not in service.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00" * 100,
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzz\r\n",
    ],
)
def test_junk_is_no_harm(service: Service, junk: bytes) -> None:
    with socket.create_connection(service.place) as connection:
        connection.settimeout(5)
        connection.sendall(junk)
        connection.recv(1000)
    assert service.query(fresh()).status == 200


def test_too_many_at_once_are_told_to_come_again(small: Package, tmp_path: Path) -> None:
    with running(small.root, tmp_path, short=1, long=1, queue=2, queue_seconds=1, query_seconds=3, patience=5) as busy:
        found: list[Reply] = []
        threads = [threading.Thread(target=lambda: found.append(busy.query(ENDLESS))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = [reply for reply in found if reply.status == 503]
        assert len(refused) >= 5 and all(int(reply.headers["retry-after"]) > 0 for reply in refused)
        assert busy.query(fresh()).status == 200


def test_where_too_many_run_long_the_oldest_ends(small: Package, tmp_path: Path) -> None:
    with running(small.root, tmp_path, short=2, long=1, query_seconds=20) as crowded:
        found: dict[str, Reply] = {}

        def ask(name: str) -> None:
            found[name] = crowded.query(f"{ENDLESS} # {name}")

        first = threading.Thread(target=ask, args=["first"])
        first.start()
        assert until(lambda: crowded.metric('yusuan_workers{state="long"}') == 1)
        with socket.create_connection(crowded.place) as second:
            second.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            first.join(15)
            assert found["first"].status == 503 and "long queries" in found["first"].text
            assert until(lambda: crowded.metric('yusuan_workers{state="long"}') == 1)
            assert crowded.query(fresh()).status == 200


def test_it_ends_gracefully_and_leaves_nothing(small: Package, tmp_path: Path) -> None:
    with running(small.root, tmp_path, query_seconds=2) as ending:
        children = ending.processes()
        assert len(children) > 1
        answer: list[Reply] = []
        thread = threading.Thread(target=lambda: answer.append(ending.query(ENDLESS)))
        thread.start()
        time.sleep(0.5)
        ending.process.send_signal(signal.SIGTERM)
        thread.join()
        assert answer[0].status == 504, "the answer under way was given"
        assert ending.process.wait(10) == 0
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
        assert "Traceback" not in ending.log.read_text(encoding="utf-8")


def test_it_does_not_live_on_without_its_graph(small: Package, tmp_path: Path) -> None:
    with running(small.root, tmp_path) as service:
        os.kill(service.processes()[0], signal.SIGKILL)
        assert service.process.wait(10) == 2
        assert "start the service again" in service.log.read_text(encoding="utf-8")


# The command


def test_wrong_use_is_one_line(small: Package, tmp_path: Path) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["serve", *arguments])
        assert result.exit_code == 2 and "Traceback" not in result.output, result.output
        return result.output

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "yusuan.cli", "serve", "--port", str(taken.getsockname()[1])]
        code = "import sys; from yusuan.cli import main; main(sys.argv[1:])"
        done = subprocess.run([command[0], "-c", code, *command[3:]], capture_output=True, text=True, check=False)
        assert done.returncode == 2 and "cannot listen" in done.stderr and "Traceback" not in done.stderr
    assert "no datapackage.json" in said("--package", str(tmp_path))
    assert "knows no" in said("--limit", "nosuch=1")
    assert "takes a number" in said("--limit", "queue=many")
    assert "above 0" in said("--limit", "queue=0")
    broken = tmp_path / "broken"
    shutil.copytree(small.root, broken)
    (broken / "data" / "filings.csv").write_text("wrong\n", encoding="utf-8")
    code = "import sys; from yusuan.cli import main; main(sys.argv[1:])"
    done = subprocess.run([sys.executable, "-c", code, "serve", "--port", "0", "--package", str(broken)],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 2 and "filings.csv" in done.stderr and "Traceback" not in done.stderr


# Clients that others wrote


def test_sparqlwrapper(service: Service, small: Package) -> None:
    client = SPARQLWrapper(service.address + "sparql")
    client.setReturnFormat(JSON)
    for method in ("GET", POST):
        client.setMethod(method)
        client.setQuery(f"PREFIX ys: <{BASE}ontology#> {PLAIN}")
        found: Any = client.queryAndConvert()
        assert len(found["results"]["bindings"]) == len(small.rows("filings"))
    client.setQuery("CONSTRUCT WHERE { ?s a <http://www.w3.org/2004/02/skos/core#ConceptScheme> }")
    client.setReturnFormat("turtle")
    turtle: Any = client.queryAndConvert()
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 5


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(service: Service, triples: rdflib.Graph, method: str) -> None:
    store = SPARQLStore(service.address + "sparql", method=method, returnFormat="xml")
    graph = rdflib.Graph(store)
    label = rdflib.RDFS.label
    assert set(graph.subject_objects(label)) == set(triples.subject_objects(label))
    kinds = graph.query("SELECT DISTINCT ?t { ?s a ?t }")
    assert {row[0] for row in kinds if isinstance(row, ResultRow)} == set(triples.objects(None, rdflib.RDF.type))


def test_curl(service: Service, small: Package) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    base = [curl, "-sS", "--fail", "--compressed"]
    arguments = ["-G", "--data-urlencode", f"query={PLAIN}", "-H", "Accept: text/csv", service.address + "sparql"]
    answer = subprocess.run([*base, *arguments], capture_output=True, check=True, timeout=20).stdout
    assert answer.decode().splitlines()[1:] == [f"{BASE}filing/{row['id']}" for row in small.rows("filings")]
    posted = [*base, "--data-binary", "@-", "-H", "Content-Type: application/sparql-query", service.address + "sparql"]
    file = subprocess.run(posted, input=PLAIN.encode(), capture_output=True, check=True, timeout=20)
    assert json.loads(file.stdout)["results"]["bindings"]
