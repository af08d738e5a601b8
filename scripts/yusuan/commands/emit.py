"""`yusuan emit`: the graph, in the format of the file's suffix."""

from __future__ import annotations

from pathlib import Path

import click

from yusuan.commands.options import package_option
from yusuan.package import open_package


@click.command("emit")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; build/graph.nq by default."
)
@click.option("--unordered", is_flag=True, help="Statements in any order: faster, but no two runs give the same bytes.")
@package_option
def command(output: Path | None, unordered: bool, package_path: Path | None) -> None:
    """Write the package's graph: .nt, .nq, .ttl, .trig, .rdf or .jsonld, with .gz or .zst compressed."""
    from yusuan.emit import emit_graph

    package = open_package(package_path)
    target = output or package.build / "graph.nq"
    count = emit_graph(package, target, ordered=not unordered)
    click.echo(f"{count} statements → {target}")
