"""Figures as text, and the units in which money is printed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from yusuan.package import home, read_csv

Units = Mapping[str, Decimal]
"""Yuan in one of each unit of money: 万元 is 10000."""


def plain(value: Decimal) -> str:
    """A decimal as canonical text: no exponent, no closing zeros, no negative zero."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


@cache
def units_of_money(lookups: Path | None = None) -> Units:
    """The units of money of a folder of lookups (`units-of-money.csv`), ours unless named, by the word printed."""
    lookups = lookups or home() / "schemas" / "lookups"
    return {row["word"]: Decimal(row["yuan"]) for row in read_csv(lookups / "units-of-money.csv")}
