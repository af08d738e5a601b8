"""Questions: the named ones run as they stand, take parameters, and refuse what does not fit."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from yusuan.emit import graph_lines
from yusuan.errors import QueryError
from yusuan.package import Package, open_package
from yusuan.query import Question, ask, load_prologue, load_questions, load_store

QUESTIONS = load_questions(open_package().file("ontology", "queries"))
PROLOGUE = load_prologue(open_package())


@pytest.fixture(scope="module")
def store(small: Package) -> ox.Store:
    return load_store(graph_lines(small))


@pytest.fixture(scope="module")
def whole() -> ox.Store:
    return load_store(graph_lines(open_package()))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_a_question_says_what_it_is_and_answers(question: Question, whole: ox.Store) -> None:
    for said in (question.title, question.description):
        assert said.get("zh")
        assert said.get("en")
    for parameter in question.parameters:
        assert parameter.zh
        assert parameter.en
    assert ask(whole, question.text, PROLOGUE).rows, "the shipped data answers it"


def test_parameters_replace_defaults(store: ox.Store) -> None:
    targets = QUESTIONS["targets-at-least"]
    assert len(ask(store, targets.bind({"minimum": "90"}), PROLOGUE).rows) == 2
    assert len(ask(store, targets.bind({"minimum": "98"}), PROLOGUE).rows) == 1
    printed = QUESTIONS["where-printed"]
    places = {row[2] for row in ask(store, printed.bind({"printed": "120.35"}), PROLOGUE).rows}
    assert all(place.startswith("document.txt#char=") for place in places)
    assert len(places) == 3
    change = QUESTIONS["change-from-last-year"].bind({"department": "652301-ylj", "year": "2020"})
    rows = {row[0]: row for row in ask(store, change, PROLOGUE).rows}
    assert rows["2130301"][2:5] == ("1620000", "1550000", "70000")
    assert rows["2130302"][3:] == ("", "", "")


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
