"""`yusuan diff`: what changed between two packages, as a budget officer would say it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan.commands.options import language, language_option, package_option
from yusuan.commands.output import write_whole
from yusuan.package import home

if TYPE_CHECKING:
    from yusuan.diff import Comparison

_language = language


@click.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format", "style", type=click.Choice(["text", "markdown", "json", "rdf"]), default="text", show_default=True
)
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Changes told of each kind.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write instead of printing.")
@package_option
@language_option
def command(
    old: str,
    new: str | None,
    style: str,
    most: int,
    output: Path | None,
    package_path: Path | None,
    language: str | None,
) -> None:
    """Tell what changed from OLD to NEW: folders, git revisions or release archives.

    NEW is the package itself where it is not given. The places of figures in their documents are not compared. JSON
    and RDF (N-Triples) hold every change; text and Markdown tell the first of each kind and count the rest.
    """
    from yusuan.diff import compare, open_side

    here = package_path or home()
    with open_side(old, here) as before, open_side(new or _shown(here), here) as after, compare(before, after) as told:
        _write(_pieces(told, style, _language(language), most, output is None), output)


def _shown(here: Path) -> str:
    """The package's folder as a person in this folder would name it."""
    return os.path.relpath(here) if here.resolve().is_relative_to(Path.cwd()) else str(here)


def _pieces(told: Comparison, style: str, spoken: str, most: int, coloured: bool) -> Iterator[str]:
    """The comparison in a format, as pieces of text."""
    from yusuan.diff import json_pieces, markdown, rdf_lines, text_lines

    if style == "json":
        yield from json_pieces(told)
    elif style == "markdown":
        yield markdown(told, spoken, most)
    elif style == "rdf":
        from yusuan.emit.iri import encode, escape

        yield from rdf_lines(told, encode, escape)
    else:
        for depth, line in text_lines(told, spoken, most):
            text = "  " * depth + line
            yield (click.style(text, bold=depth < 2) if coloured else text) + "\n"


def _write(pieces: Iterable[str], output: Path | None) -> None:
    if output is None:
        for piece in pieces:
            click.echo(piece, nl=False)
        sys.stdout.flush()
        return
    write_whole(output, pieces)
