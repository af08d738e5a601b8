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


@click.command("publish")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), help="Folder to write; build/site by default."
)
@click.option("--url", default="", help="Address that the folder will be served at; the package's own id by default.")
@click.option("--ckan", "portal", default="", help="Address of a CKAN portal to push the description to.")
@click.option("--ckan-key", envvar="CKAN_API_KEY", default="", help="API key for the portal (or CKAN_API_KEY).")
@click.option("--ckan-organization", default="", help="Organisation of the portal that owns the dataset.")
@package_option
def command(
    target: Path | None, url: str, portal: str, ckan_key: str, ckan_organization: str, package_path: Path | None
) -> None:
    """Write the site: pages, linked data, SPARQL in the browser, dumps, Parquet, SQLite, Excel, and descriptions.

    The folder is replaced as a whole or not at all.
    """
    package = open_package(package_path)
    target = target or package.build / "site"
    click.echo(f"publish: {publish(package, target, url)}")
    if portal:
        from yusuan.publish.ckan import push

        click.echo(push(target, portal, ckan_key, ckan_organization))


def publish(package: Package, target: Path, url: str = "", graph: Path | None = None) -> str:
    """Publish the package to a folder, emitting its graph where it is not given; gives what was written, in words."""
    from yusuan.check import load_rules
    from yusuan.emit import emit_graph
    from yusuan.emit.mapping import load_mapping
    from yusuan.query import load_questions

    try:
        from yusuan.publish import publish_package
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"publish needs {error.name}; install it with: pip install 'yusuan[publish]'") from None
    library = [asdict(question) for question in load_questions(package.file("ontology", "queries")).values()]
    rules = [asdict(rule) for rule in load_rules(package.file("schemas", "rules"))]
    with tempfile.TemporaryDirectory() as folder:
        if graph is None:
            graph = Path(folder) / "graph.nq"
            emit_graph(package, graph)
        on_terminal = sys.stderr.isatty()
        with click.progressbar(length=5, label="publish", hidden=not on_terminal, file=sys.stderr) as bar:
            publish_package(
                package, graph, load_mapping(package).prefixes, library, rules, target, url, lambda _: bar.update(1)
            )
    filings, departments = len(package.rows("filings")), len(package.rows("departments"))
    return f"{filings} filings of {departments} departments → {target}"
