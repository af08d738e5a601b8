"""`yusuan serve`: a read-only SPARQL endpoint, linked data and the pages to ask."""

from __future__ import annotations

import hashlib
import logging
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from yusuan import __version__
from yusuan.commands.options import language, language_option, package_option
from yusuan.errors import MissingExtraError
from yusuan.package import Package, open_package, read_csv

if TYPE_CHECKING:
    from yusuan.pages import Frame
    from yusuan.query import Question
    from yusuan.serve import Do, Here, Limits, Release, Site, Workshop

_language = language
_MENU = (("home", ""), ("ask", "sparql"))
_READY = {"zh": "正在提供 {package}：{address}（SPARQL 端点 {address}sparql），Ctrl-C 结束",
          "en": "serving {package} at {address} (SPARQL endpoint {address}sparql); end it with Ctrl-C"}  # fmt: skip


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any free one.")
@click.option("--public", help="Address that clients use, where a proxy stands in front.")
@click.option("--proxies", default="", help="Addresses of proxies whose X-Forwarded-For is believed.")
@click.option("--limit", "bounds", multiple=True, help="A bound as name=value; --limits shows all with their values.")
@click.option("--limits", "listing", is_flag=True, help="Show the bounds on queries, answers and connections.")
@click.option("--access-log/--no-access-log", default=True, help="One line a request on standard error.")
@click.option("--install-editor", is_flag=True, help="Install the query editor into the cache with npm, and end.")
@package_option
@language_option
def command(
    host: str,
    port: int,
    public: str | None,
    proxies: str,
    bounds: tuple[str, ...],
    listing: bool,
    access_log: bool,
    install_editor: bool,
    package_path: Path | None,
    language: str | None,
) -> None:
    """Serve the package's graph: SPARQL 1.1 Protocol (queries only), a page for every thing, a page to ask."""
    try:
        from yusuan import pages
        from yusuan.serve import Limits, Listening, serve
    except ImportError as error:
        raise MissingExtraError(f"serve needs {error.name}; install it with: pip install 'yusuan[serve]'") from None

    if install_editor:
        click.echo(str(pages.install_editor()))
        return
    limits = _bounded(Limits(), bounds)
    if listing:
        for field in fields(limits):
            click.echo(f"{field.name}={getattr(limits, field.name)}  {field.metadata['says']}")
        return
    package = open_package(package_path)
    _log(access_log)
    said = _READY[_language(language)]

    def ready(address: str) -> None:
        click.echo(said.format(package=package.descriptor.get("name", package.root), address=address))

    serve(
        Listening(host, port, proxies),
        limits,
        lambda: _load(package),
        lambda facts, address: _show(package, facts, public.rstrip("/") + "/" if public else address),
        ready,
    )


def _bounded(limits: Limits, bounds: tuple[str, ...]) -> Limits:
    """Limits with those that are named set. Raises click.UsageError for one that is not there or no number above 0."""
    kinds = {field.name: type(getattr(limits, field.name)) for field in fields(limits)}
    given: dict[str, Any] = {}
    for bound in bounds:
        name, _, value = bound.partition("=")
        if name not in kinds:
            raise click.UsageError(f"--limit knows no {name!r}; --limits shows all")
        try:
            given[name] = kinds[name](value)
        except ValueError:
            raise click.UsageError(f"--limit {name} takes a number, not {value!r}") from None
        if not 0 < given[name] < 1e15:
            raise click.UsageError(f"--limit {name} must be above 0")
    return replace(limits, **given)


def _log(access: bool) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    log = logging.getLogger("yusuan.access")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    log.propagate = False
    log.setLevel(logging.INFO if access else logging.WARNING)


def _load(package: Package) -> Workshop:
    """The graph of a package and the jobs that are done on it."""
    from yusuan.emit import emit_graph
    from yusuan.pages import AnswerPage, Renderer, open_graph
    from yusuan.query.run import guard
    from yusuan.serve import Queries, Workshop, facts, health_job, page_job

    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        file = Path(folder) / "graph.nq"
        emit_graph(package, file)
        with file.open("rb") as content:
            tag = hashlib.file_digest(content, "sha256").hexdigest()[:16]
        graph = open_graph(file, _prefixes(package), package.base)
    questions = _questions(package)
    linked = "question/linked-from" if "linked-from" in questions else ""
    things = {chosen: Renderer(graph, frame, linked) for chosen, frame in _frames(package).items()}

    def page(job: Mapping[str, Any]) -> AnswerPage:
        question = questions.get(job.get("question", ""))
        return AnswerPage(things[job["chosen"]], job["language"], job["query"], question, job.get("given"))

    known = facts(graph.store)
    named = frozenset(name for name in known["graphs"] if name)
    queries = Queries(dict(graph.prefixes), package.base, guard, named, _core(package), page)
    jobs: dict[str, Do] = {"query": queries, "page": page_job(things), "health": health_job}
    return Workshop(graph.store, jobs, {**known, "tag": tag})


def _show(package: Package, said: Mapping[str, Any], public: str) -> tuple[Site, Release]:
    """What the server shows by itself, and the release it is of."""
    from yusuan.emit.iri import encode
    from yusuan.pages import ask_page, assets, editor_files
    from yusuan.serve import Description, Release, Site

    frames, questions, prefixes = _frames(package), _questions(package), _prefixes(package)
    files = assets() | editor_files()

    def ask(here: Here, query: str) -> bytes:
        editor = "yasgui.min.js" in files
        return ask_page(frames[here.chosen], here.language, questions, prefixes, query, editor)

    def error(here: Here, message: str, missing: bool) -> bytes:
        return frames[here.chosen].error(here.language, here.path, message, missing=missing)

    title = {"zh": str(package.descriptor.get("title", package.descriptor.get("name", "")))}
    described = Description(said, package.base, public, _core(package), title)
    site = Site(package.base, urlsplit(public).path.rstrip("/"), questions, ask, error, files, encode)
    return site, Release(f"{said['tag']}-{frames[False].version}", __version__, described.service(), described.void())


def _frames(package: Package) -> dict[bool, Frame]:
    """The frame of pages in a language that was found, and in one that the client named."""
    from yusuan.pages import CHOSEN, NEGOTIATED, Frame

    return {False: Frame(package.base, NEGOTIATED, _MENU), True: Frame(package.base, CHOSEN, _MENU)}


def _questions(package: Package) -> dict[str, Question]:
    from yusuan.query import load_questions

    return load_questions(package.file("ontology", "queries"))


def _prefixes(package: Package) -> dict[str, str]:
    return {row["prefix"]: row["iri"] for row in read_csv(package.file("ontology", "prefixes.csv"))}


def _core(package: Package) -> str:
    return package.base + "graph/core"
