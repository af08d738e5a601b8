"""`yusuan new`: a data package of one's own, for a province, an agency or a group."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from yusuan import __version__


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="What the dataset is called; the folder's name by default.")
@click.option("--publisher", help="Who makes it; the title by default.")
@click.option("--base", default="", help="Address that begins every IRI of its graph; yusuan's own by default.")
@click.option(
    "--requirement",
    default=f"yusuan[all]=={__version__}",
    show_default=True,
    help="How pip is told which yusuan to install; an address of its repository will do.",
)
def command(folder: Path, title: str | None, publisher: str | None, base: str, requirement: str) -> None:
    """Make an empty data package at DIR: tables, code lists, checks on pull requests, a site."""
    from yusuan.new import found_package

    name = title or folder.resolve().name
    found_package(
        folder,
        title=name,
        publisher=publisher or name,
        base=base,
        requirement=requirement,
        today=datetime.now(UTC).date(),
    )
    click.echo(f"{name} → {folder}")
    click.echo(f"next: yusuan read DOCUMENT --into {folder}")
