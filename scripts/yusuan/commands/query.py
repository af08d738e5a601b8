"""`yusuan query`: SPARQL over the package's graph, by name or free."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan.commands.options import language, language_option, package_option
from yusuan.errors import QueryError
from yusuan.package import Package, open_package

if TYPE_CHECKING:
    from yusuan.query import Answer

_language = language


@click.command("query")
@click.argument("question", required=False)
@click.option("-e", "text", help="SPARQL to run; our prefixes are known.")
@click.option("--param", "given", multiple=True, help="Parameter of a named question, as name=value.")
@click.option("--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--list", "listing", is_flag=True, help="Show the named questions.")
@click.option("--show", is_flag=True, help="Print the SPARQL, whole and with its parameters, instead of running it.")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of the package's own graph.")
@package_option
@language_option
def command(
    question: str | None,
    text: str | None,
    given: tuple[str, ...],
    style: str,
    listing: bool,
    show: bool,
    endpoint: str | None,
    package_path: Path | None,
    language: str | None,
) -> None:
    """Ask QUESTION (a name of the library, or a file with SPARQL), or what -e gives."""
    package = open_package(package_path)
    if listing:
        _list(package, _language(language))
        return
    if (question is None) == (text is None):
        raise click.UsageError("name a question or a file, or give SPARQL with -e; --list shows the questions")
    sparql = text if text is not None else _bound(package, question or "", given)
    if show:
        _show(package, sparql)
        return
    _print(answer_from(package, sparql, endpoint), style)


def answer_from(package: Package, sparql: str, endpoint: str | None = None) -> Answer:
    """The answer of a package's own graph, or of an endpoint."""
    from yusuan.emit import graph_file
    from yusuan.query import ask, ask_endpoint, load_prologue, load_store

    prologue = load_prologue(package)
    if endpoint is not None:
        return ask_endpoint(endpoint, sparql, prologue)
    with graph_file(package) as path:
        store = load_store(path)
    return ask(store, sparql, prologue)


def _show(package: Package, sparql: str) -> None:
    from yusuan.query import load_prologue

    first, _, rest = load_prologue(package).before(sparql).partition("\n")
    click.echo(re.sub(r" (?=PREFIX )", "\n", first) + "\n" + rest.rstrip("\n"))


def _bound(package: Package, question: str, given: tuple[str, ...]) -> str:
    from yusuan.query import load_questions

    parameters = {}
    for item in given:
        name, mark, value = item.partition("=")
        if not mark:
            raise click.UsageError(f"--param takes name=value, not {item!r}")
        parameters[name] = value
    questions = load_questions(package.file("ontology", "queries"))
    if question in questions:
        return questions[question].bind(parameters)
    path = Path(question)
    if not path.is_file():
        raise QueryError(f"no question and no file {question!r}; --list shows the questions")
    if parameters:
        raise QueryError("--param goes with named questions only", question)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise QueryError("not UTF-8 text", question) from None


def _list(package: Package, spoken: str) -> None:
    from yusuan.query import load_questions

    for question in load_questions(package.file("ontology", "queries")).values():
        click.secho(question.name, bold=True, nl=False)
        click.echo(f"  {question.title.get(spoken, '')}")
        for parameter in question.parameters:
            meaning = parameter.zh if spoken == "zh" else parameter.en
            click.echo(f"    --param {parameter.name}={parameter.value or '…'}  {meaning}")


def _print(answer: Answer, style: str) -> None:
    if style == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif style == "csv":
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows([answer.columns, *answer.rows])
        sys.stdout.write(out.getvalue())
    else:
        _table([answer.columns, *answer.rows])


def _table(rows: list[tuple[str, ...]]) -> None:
    """Columns lined up; Chinese characters count two."""
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for index, row in enumerate(rows):
        line = "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        click.secho(line.rstrip(), bold=index == 0)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
