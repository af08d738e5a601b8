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
@click.option(
    "--view",
    type=click.Choice(["graph", "cube-link", "target-shapes"]),
    default="graph",
    show_default=True,
    help="The graph; its cubes as cube.link has them; its targets as SHACL shapes for results.",
)
@click.option("--unordered", is_flag=True, help="Statements in any order: faster, but no two runs give the same bytes.")
@click.option(
    "--cubes",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for a CSV of each cube with CSVW metadata, instead.",
)
@package_option
def command(output: Path | None, view: str, unordered: bool, cubes: Path | None, package_path: Path | None) -> None:
    """Write the package's graph: .nt, .nq, .ttl, .trig, .rdf or .jsonld, with .gz or .zst compressed."""
    from yusuan.emit import emit_graph, write_cube_tables

    package = open_package(package_path)
    if cubes is not None:
        if output is not None or view != "graph":
            raise click.UsageError("--cubes goes without --output and --view")
        click.echo(f"{len(write_cube_tables(package, cubes))} cubes → {cubes}")
        return
    target = output or package.build / f"{view}.nq"
    count = emit_graph(package, target, ordered=not unordered, view=view)
    click.echo(f"{count} statements → {target}")
