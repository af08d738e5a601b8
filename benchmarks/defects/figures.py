"""Other figures: a digit, digits, the point or the sign of one that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from benchmarks.defects.redundancy import YUAN


def value_of(printed: str) -> Decimal | None:
    """The value of a plain figure without sign, or None."""
    text = printed.replace(",", "").replace("，", "").replace("．", ".")
    return Decimal(text) if re.fullmatch("[0-9]+([.][0-9]+)?", text) and text.isascii() else None


def yuan(value: Decimal, unit: str) -> Decimal:
    """A printed figure in yuan."""
    return value * YUAN.get(unit, 1)


def others(printed: str, random: Random) -> Iterator[tuple[str, str]]:
    """Other figures that a slip makes of one, each with what the slip is."""
    for slip, text in (
        ("digit", digit(printed, random)),
        ("digits transposed", _transposed(printed, random)),
        ("point shifted", shifted(printed, random)),
    ):
        if text is not None and value_of(text) not in {None, value_of(printed)}:
            yield slip, text


def digit(printed: str, random: Random) -> str | None:
    """A figure with one digit another; the first does not become 0."""
    places = [i for i, char in enumerate(printed) if char.isdigit()]
    if not places:
        return None
    i = random.choice(places)
    choices = [d for d in "0123456789" if d != printed[i] and not (d == "0" and i == places[0])]
    return printed[:i] + random.choice(choices) + printed[i + 1 :]


def _transposed(printed: str, random: Random) -> str | None:
    """A figure with two neighbouring digits in each other's place."""
    places = [
        i for i in range(len(printed) - 1)
        if printed[i : i + 2].isdigit() and printed[i] != printed[i + 1] and not (i == 0 and printed[1] == "0")
    ]  # fmt: skip
    if not places:
        return None
    i = random.choice(places)
    return printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :]


def shifted(printed: str, random: Random) -> str | None:
    """A figure with its point lost, or one place to the left or right."""
    plain = printed.replace(",", "").replace("，", "")
    whole, point, part = plain.partition(".")
    if not point or not (whole + part).isdigit():
        return None
    choices = [whole + part] if whole != "0" else []
    if len(whole) > 1:
        choices.append(f"{whole[:-1]}.{whole[-1]}{part}")
    if len(part) > 1 and whole != "0":
        choices.append(f"{whole}{part[0]}.{part[1:]}")
    return random.choice(choices) if choices else None
