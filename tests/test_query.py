"""Questions: the named ones run as they stand, take parameters, and refuse what does not fit."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from tests.answers import FOLDER, answers
from tests.conftest import HERE, read_into
from yusuan.emit import graph_lines
from yusuan.errors import QueryError
from yusuan.package import Package, open_package
from yusuan.query import Question, ask, ask_endpoint, load_prologue, load_questions, load_store

QUESTIONS = load_questions(open_package().file("ontology", "queries"))
PROLOGUE = load_prologue(open_package())


@pytest.fixture(scope="module")
def store(small: Package) -> ox.Store:
    return load_store(graph_lines(small))


@pytest.fixture(scope="module")
def kept(shipped: Package) -> dict[str, str]:
    return answers(shipped)


NONE_YET = {
    "satisfaction-below": "every satisfaction target of the shipped data is 90% or more",
    "targets-loosened": "the shipped data has performance forms of one year only",
}
"""Questions that the shipped data answers with nothing, and why; a made package answers them below."""


def test_there_are_thirty_questions() -> None:
    assert len(QUESTIONS) >= 30


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_a_question_says_what_it_is_and_answers_as_pinned(question: Question, kept: dict[str, str]) -> None:
    for said in (question.title, question.description):
        assert said.get("zh")
        assert said.get("en")
    for parameter in question.parameters:
        assert parameter.zh
        assert parameter.en
    for column in question.selected:
        assert question.columns[column]["zh"], column
        assert question.columns[column]["en"], column
    assert set(question.cubes) == set(re.findall(r"<cube/([^>]+)>", question.text))
    path = FOLDER / f"{question.name}.csv"
    text = path.read_text(encoding="utf-8")
    assert text == kept[question.name], "an answer changed: look at it, then run: make answers"
    assert text.partition("\n")[0] == ",".join(question.selected)
    assert (text.count("\n") > 1) != (question.name in NONE_YET)


def test_no_answer_without_its_question() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(QUESTIONS)


def test_parameters_replace_defaults(store: ox.Store) -> None:
    targets = QUESTIONS["targets-at-least"]
    assert len(ask(store, targets.bind({"minimum": "90"}), PROLOGUE).rows) == 2
    assert len(ask(store, targets.bind({"minimum": "98"}), PROLOGUE).rows) == 1
    printed = QUESTIONS["where-printed"]
    answer = ask(store, printed.bind({"printed": "120.35"}), PROLOGUE)
    assert {row[answer.columns.index("file")] for row in answer.rows} == {"document.txt"}
    places = {row[answer.columns.index("place")] for row in answer.rows}
    assert all(place.startswith("char=") for place in places)
    assert len(places) == 3
    change = QUESTIONS["change-from-last-year"].bind({"department": "652301-ylj", "year": "2020"})
    rows = {row[0]: row for row in ask(store, change, PROLOGUE).rows}
    assert rows["2130301"][3:6] == ("1620000", "1550000", "70000")
    assert rows["2130302"][4:] == ("", "", "")


def test_an_open_parameter_may_be_given(store: ox.Store) -> None:
    growth = QUESTIONS["growth-by-class"]
    everything = ask(store, growth.text, PROLOGUE).rows
    assert ask(store, growth.bind({"department": "652301-ylj"}), PROLOGUE).rows == everything
    assert ask(store, growth.bind({"department": "999999-none"}), PROLOGUE).rows == ()
    by_year = QUESTIONS["three-public-by-item"]
    assert ask(store, by_year.bind({"year": "2020"}), PROLOGUE).rows == ask(store, by_year.text, PROLOGUE).rows != ()
    assert ask(store, by_year.bind({"year": "1999"}), PROLOGUE).rows == ()


def test_targets_of_two_years(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    (filing,) = package.rows("filings")
    later = {**filing, "id": filing["id"].replace("2020", "2021"), "year": "2021"}
    first = package.rows("indicators")
    project = first[0]["project"]
    made = [
        ("client-satisfaction", "群众满意度", "gteq", "≥95%", "95", "≥85%", "85"),
        ("client-satisfaction", "单位满意度", "gteq", "≥80%", "80", "≥90%", "90"),
        ("output-timeliness", "超期率", "lteq", "≤5%", "5", "≤8%", "8"),
        ("output-timeliness", "退件率", "lteq", "≤5%", "5", "≤3%", "3"),
        ("output-quality", "合格率", "", "95%", "95", "90%", "90"),
    ]
    rows = []
    for number, (level, name, operator, before, old, after, new) in enumerate(made):
        for of, target, value in ((filing, before, old), (later, after, new)):
            rows.append({
                **first[0], "id": f"{project}#{of['year']}-budget;{number}", "filing": of["id"], "level3": name,
                "level1_standard": level.partition("-")[0].replace("client", "satisfaction"), "level2_standard": level,
                "target": target, "kind": "ratio", "operator": operator, "value": value, "value_upper": "",
                "unit": "百分比",
            })  # fmt: skip
    package.write({"filings": [filing, later], "indicators": rows})
    store = load_store(graph_lines(package))
    loosened = ask(store, QUESTIONS["targets-loosened"].text, PROLOGUE).rows
    assert [row[2:] for row in loosened] == [
        ("群众满意度", "2021", "≥95%", "≥85%", "95", "85"),
        ("超期率", "2021", "≤5%", "≤8%", "5", "8"),
    ]
    below = ask(store, QUESTIONS["satisfaction-below"].text, PROLOGUE).rows
    assert [(row[2], row[4], row[6]) for row in below] == [("2020", "单位满意度", "80"), ("2021", "群众满意度", "85")]


COUNTS_ALL = {"checks-by-rule", "findings-by-kind"}
"""Questions that count over all filings there are, on purpose."""


def test_a_final_account_and_a_units_filing_change_no_figure_of_a_budget(tmp_path: Path) -> None:
    """What is told of a department's budget stays when its account and its own 单位 file for the same year too."""
    folders = [HERE / "documents" / f"district-2024-{name}" for name in ("budget", "budget-unit", "final")]
    budget, *others = (next(folder.glob("document.*")) for folder in folders)
    alone, together = read_into(tmp_path / "alone", budget), read_into(tmp_path / "together", budget, *others)
    (filing,) = alone.rows("filings")
    given = {"year": filing["year"], "department": filing["department"]}
    before, after = load_store(graph_lines(alone)), load_store(graph_lines(together))
    answered = set()
    for name in set(QUESTIONS) - COUNTS_ALL:
        question = QUESTIONS[name]
        known = {parameter.name for parameter in question.parameters}
        text = question.bind({key: value for key, value in given.items() if key in known})
        rows = ask(before, text, PROLOGUE).rows
        assert Counter(rows) - Counter(ask(after, text, PROLOGUE).rows) == Counter(), name
        answered |= {name} if rows else set()
    assert answered >= {
        "basic-and-project-share", "change-from-last-year", "class-totals", "cofog-divisions", "expenditure-by-region",
        "function-across-agencies", "growth-by-class", "largest-economic-items", "personnel-and-running-costs",
        "revenue-by-source", "three-public-by-item", "three-public-by-year",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"nonsense": "1"}, "no parameter"),
        ({"minimum": "abc"}, "no number"),
        ({"minimum": "95 } ?s ?p ?o . { "}, "no number"),
    ],
)
def test_unfit_parameters_are_refused(given: dict[str, str], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        QUESTIONS["targets-at-least"].bind(given)


def test_text_parameters_cannot_break_out(store: ox.Store) -> None:
    text = QUESTIONS["where-printed"].bind({"printed": '62" } ?s ?p ?o . { ?x ?y "'})
    assert ask(store, text, PROLOGUE).rows == ()
    with pytest.raises(QueryError, match="no identifier"):
        QUESTIONS["change-from-last-year"].bind({"department": "x> } #"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT", "error"),
        ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "error"),
        ("SELECT * WHERE " + "{" * 3000 + "}" * 3000, "nested"),
        ("SELECT * WHERE { ?s ?p ?o }" + " " * 200_000, "characters"),
    ],
)
def test_what_must_not_run_is_refused_in_one_line(text: str, says: str, store: ox.Store) -> None:
    with pytest.raises(QueryError) as raised:
        ask(store, text, PROLOGUE)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_service_in_a_string_is_only_text(store: ox.Store) -> None:
    assert ask(store, 'SELECT ?x WHERE { BIND ("SERVICE" AS ?x) } # SERVICE', PROLOGUE).rows == (("SERVICE",),)


def test_ask_and_construct(store: ox.Store) -> None:
    assert ask(store, "ASK { ?s a ys:Filing }", PROLOGUE).rows == (("true",),)
    graph = ask(store, "CONSTRUCT { ?s a ys:Filing } WHERE { ?s a ys:Filing }", PROLOGUE)
    assert graph.columns == ("subject", "predicate", "object")
    assert len(graph.rows) == 1


class Endpoint(BaseHTTPRequestHandler):
    """A SPARQL endpoint over a store of its class, with a few that misbehave."""

    store: ox.Store

    def do_POST(self) -> None:
        text = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
        if self.path != "/sparql":
            status, media, data = {
                "/broken": (200, "text/html", b"<p>hello</p>"),
                "/short": (200, "application/sparql-results+json", b'{"head": {}}'),
                "/refused": (503, "text/plain", b"too busy\nlook elsewhere"),
            }[self.path]
        else:
            found = self.store.query(text, use_default_graph_as_union=True)
            triples = isinstance(found, ox.QueryTriples)
            media = "application/n-triples" if triples else "application/sparql-results+json"
            form = ox.RdfFormat.N_TRIPLES if triples else ox.QueryResultsFormat.JSON
            status, data = 200, found.serialize(format=form) or b""  # type: ignore[arg-type]
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def endpoint(store: ox.Store) -> Iterator[str]:
    Endpoint.store = store
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("name", ["growth-by-class", "where-printed", "checks-by-rule"])
def test_an_endpoint_answers_as_the_package_does(name: str, store: ox.Store, endpoint: str) -> None:
    here = ask(store, QUESTIONS[name].text, PROLOGUE)
    there = ask_endpoint(f"{endpoint}/sparql", QUESTIONS[name].text, PROLOGUE)
    assert there == here
    assert there.kinds == here.kinds


def test_an_endpoint_answers_ask_and_construct(store: ox.Store, endpoint: str) -> None:
    for text in ("ASK { ?s a ys:Filing }", "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a ys:Filing ; rdfs:label ?l }"):
        here, there = ask(store, text, PROLOGUE), ask_endpoint(f"{endpoint}/sparql", text, PROLOGUE)
        assert (there.columns, sorted(there.rows)) == (here.columns, sorted(here.rows))


@pytest.mark.parametrize(
    ("path", "says"), [("/broken", "no SPARQL result"), ("/short", "no SPARQL result"), ("/refused", "503 too busy")]
)
def test_an_endpoint_that_misbehaves_is_named(path: str, says: str, endpoint: str) -> None:
    with pytest.raises(QueryError, match=says) as raised:
        ask_endpoint(endpoint + path, "ASK {}", PROLOGUE)
    assert endpoint in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "127.0.0.1", "http://127.0.0.1:9/sparql"])
def test_no_endpoint_no_answer(url: str) -> None:
    with pytest.raises(QueryError):
        ask_endpoint(url, "ASK {}", PROLOGUE, seconds=2)
