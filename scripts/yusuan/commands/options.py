"""Options that several verbs share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

package_option: Decorator = click.option(
    "--package",
    "package_path",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the data package; the repository's own by default.",
)

address_option: Decorator = click.option(
    "--package",
    "address",
    type=click.Path(path_type=str, file_okay=False),
    help="Folder of the data package; the repository's own by default. For a cluster an address will do.",
)

language_option: Decorator = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=None,
    help="Language of messages; the locale's by default.",
)


def language(chosen: str | None) -> str:
    """The language asked for, else Chinese where the locale is, else English."""
    if chosen:
        return chosen
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
