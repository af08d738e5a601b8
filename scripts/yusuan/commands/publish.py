"""`yusuan publish`: the site and everything a portal or a tool can take, as a folder that any web host serves."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import click

from yusuan.commands.options import package_option
from yusuan.errors import MissingExtraError
from yusuan.package import Package, open_package

MOST_TOLD = 50
"""Changes of each kind that the page of changes tells; the rest are counted there and stand in changes.json."""


@click.command("publish")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), help="Folder to write; build/site by default."
)
@click.option("--url", default="", help="Address that the folder will be served at; the package's own id by default.")
@click.option("--since", default="", help="Folder, git revision or archive of the release before: tells what changed.")
@click.option(
    "--parquet",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the package with its tables in Parquet, instead: small, and read by every verb.",
)
@click.option("--ckan", "portal", default="", help="Address of a CKAN portal to push the description to.")
@click.option("--ckan-key", envvar="CKAN_API_KEY", default="", help="API key for the portal (or CKAN_API_KEY).")
@click.option("--ckan-organization", default="", help="Organisation of the portal that owns the dataset.")
@package_option
def command(
    target: Path | None,
    url: str,
    since: str,
    parquet: Path | None,
    portal: str,
    ckan_key: str,
    ckan_organization: str,
    package_path: Path | None,
) -> None:
    """Write the site: pages, linked data, SPARQL in the browser, dumps, Parquet, SQLite, Excel, and descriptions.

    The folder is replaced as a whole or not at all.
    """
    package = open_package(package_path)
    if parquet is not None:
        if target is not None or portal or since:
            raise click.UsageError("--parquet goes without --to, --since and --ckan")
        click.echo(f"publish: {_publish_parquet(package, parquet)} tables in Parquet → {parquet}")
        return
    target = target or package.build / "site"
    click.echo(f"publish: {publish(package, target, url, since=since)}")
    if portal:
        from yusuan.publish.ckan import push

        click.echo(push(target, portal, ckan_key, ckan_organization))


def _publish_parquet(package: Package, target: Path) -> int:
    try:
        from yusuan.publish import write_parquet_package
    except ModuleNotFoundError as error:
        raise _missing(error) from None
    return write_parquet_package(package, target)


def _missing(error: ModuleNotFoundError) -> MissingExtraError:
    return MissingExtraError(f"publish needs {error.name}; install it with: pip install 'yusuan[publish]'")


def publish(package: Package, target: Path, url: str = "", graph: Path | None = None, since: str = "") -> str:
    """Publish the package to a folder, emitting its graph where it is not given; gives what was written, in words.

    `since` names an earlier release (a folder, a git revision, an archive): what changed since is told with it.
    """
    from yusuan.check import load_rules
    from yusuan.emit import emit_graph
    from yusuan.emit.mapping import load_mapping
    from yusuan.query import load_questions
    from yusuan.twin import as_csv

    try:
        from yusuan.publish import Notes, publish_package
    except ModuleNotFoundError as error:
        raise _missing(error) from None
    library = [asdict(question) for question in load_questions(package.file("ontology", "queries")).values()]
    rules = [asdict(rule) for rule in load_rules(package.file("schemas", "rules"))]
    with tempfile.TemporaryDirectory() as folder, as_csv(package) as tables:
        if graph is None:
            graph = Path(folder) / "graph.nq"
            emit_graph(package, graph)
        notes = Notes(*_changes(package, since)) if since else None
        on_terminal = sys.stderr.isatty()
        with click.progressbar(length=5, label="publish", hidden=not on_terminal, file=sys.stderr) as bar:
            publish_package(
                tables, graph, load_mapping(package).prefixes, library, rules, target, url, notes,
                lambda _: bar.update(1),
            )  # fmt: skip
    filings, departments = len(package.rows("filings")), len(package.rows("departments"))
    return f"{filings} filings of {departments} departments → {target}"


def _changes(package: Package, since: str) -> tuple[str, dict[str, list[tuple[int, str]]], dict[str, str]]:
    """The version of an earlier release, and what changed since: lines by language, files by name."""
    from yusuan.diff import compare_since, json_pieces, markdown, text_lines

    with compare_since(since, package) as told:
        lines = {spoken: list(text_lines(told, spoken, MOST_TOLD))[1:] for spoken in ("zh", "en")}
        files = {
            "changes.json": "".join(json_pieces(told)),
            "changes.md": markdown(told, "zh", MOST_TOLD),
            "changes.en.md": markdown(told, "en", MOST_TOLD),
        }
        return told.old.version or told.old.name, lines, files
