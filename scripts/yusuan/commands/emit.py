"""`yusuan emit`: the graph, in the format of the file's suffix."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from yusuan.commands.cluster import Cluster, Opened, engine_options, opened
from yusuan.commands.options import address_option


@click.command("emit")
@click.option(
    "--output",
    type=click.Path(path_type=str, dir_okay=False),
    help="File to write, of a cluster a folder of files; build/graph.nq by default.",
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
@engine_options
@address_option
def command(
    output: str | None, view: str, unordered: bool, cubes: Path | None, cluster: Cluster | None, address: str | None
) -> None:
    """Write the package's graph: .nt, .nq, .ttl, .trig, .rdf or .jsonld, with .gz or .zst compressed.

    A cluster writes .nt or .nq, with .gz compressed, in parts and in any order.
    """
    from yusuan.emit import emit_graph, write_cube_tables

    if cubes is not None and (output is not None or view != "graph" or cluster is not None):
        raise click.UsageError("--cubes goes without --output, --view and --engine")
    if cluster is not None and view != "graph":
        raise click.UsageError("a cluster writes the graph; other views go without --engine")
    with opened(address, cluster) as work:
        if cubes is not None:
            click.echo(f"{len(write_cube_tables(work.package, cubes))} cubes → {cubes}")
        elif work.spark is None:
            target = Path(output) if output else work.package.build / f"{view}.nq"
            click.echo(f"{emit_graph(work.package, target, ordered=not unordered, view=view)} statements → {target}")
        else:
            click.echo(f"{_in_parts(work, output)} statements → {output or 'build/graph.nq'}")


def _in_parts(work: Opened, output: str | None) -> int:
    """The graph written by a cluster; the number of statements."""
    from yusuan.emit import fact_lines, list_lines
    from yusuan.spark import address_of, emit_parts

    assert work.spark is not None
    folder = address_of(output) if output else f"{work.address}/build/graph.nq"
    named = partial(fact_lines, named=".nq" in folder), partial(list_lines, named=".nq" in folder)
    return emit_parts(work.spark, work.package, work.address, folder, *named, work.parts)
