"""`yusuan render`: the standard forms of a filing, from its rows."""

from __future__ import annotations

from pathlib import Path

import click

from yusuan.commands.options import language, language_option, package_option
from yusuan.package import open_package

WORDS = {
    "zh": {"tables": "张表", "left_out": "不是标准表，未写出"},
    "en": {"tables": "tables", "left_out": "of no standard form, left out"},
}
_language = language


@click.command("render")
@click.argument("filing")
@click.option(
    "--format", "formats", default="docx", show_default=True, help="docx, xlsx, html, txt; several with commas."
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write into; build/render by default.",
)
@package_option
@language_option
def command(filing: str, formats: str, folder: Path | None, package_path: Path | None, language: str | None) -> None:
    """Write the standard forms of FILING (an id of data/filings.csv)."""
    from yusuan.render import FORMATS, render_filing

    chosen = list(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    if not chosen or set(chosen) - set(FORMATS):
        raise click.BadParameter(f"one or more of {', '.join(FORMATS)}", param_hint="--format")
    package = open_package(package_path)
    made = render_filing(package, filing, chosen, folder or package.build / "render")
    words = WORDS[_language(language)]
    for path in made.paths:
        click.echo(f"{made.tables} {words['tables']} → {path}")
    for title in made.left_out:
        click.secho(f"{words['left_out']}: {title}", fg="yellow", err=True)
