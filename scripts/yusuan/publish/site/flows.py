"""Revenue and expenditure as flows through one bar: shapes for an SVG drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, MIDDLE, BAR = 760, 374, 12
_LEFT, _RIGHT, _TALL, _LABEL, _LEAST = 200, 548, 260.0, 40.0, 1.5


@dataclass(frozen=True)
class Node:
    """A bar with its label; `y` and `height` in units of the drawing."""

    key: str
    amount: Decimal
    x: float
    y: float
    height: float
    ribbon: str


@dataclass(frozen=True)
class Flows:
    """The drawing: revenue on the left, expenditure on the right, all of it in the middle."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    middle: float
    height: float


def flows(left: Sequence[tuple[str, Decimal]], right: Sequence[tuple[str, Decimal]]) -> Flows | None:
    """Flows of positive amounts; None where a side has none."""
    sides = [[(key, amount) for key, amount in side if amount > 0] for side in (left, right)]
    if not all(sides):
        return None
    whole = max(sum(float(amount) for _, amount in side) for side in sides)
    tall = max(_TALL, *(sum(max(_height(a, whole), _LABEL) for _, a in side) for side in sides))
    scale = [tuple(_height(amount, whole) for _, amount in side) for side in sides]
    middle = max(sum(heights) for heights in scale)
    top = (tall - middle) / 2
    return Flows(
        tuple(_nodes(sides[0], scale[0], tall, top, _LEFT, towards=MIDDLE)),
        tuple(_nodes(sides[1], scale[1], tall, top, _RIGHT, towards=MIDDLE + BAR)),
        middle,
        tall + 8,
    )


def _height(amount: Decimal, whole: float) -> float:
    return max(float(amount) / whole * _TALL, _LEAST)


def _nodes(
    side: Sequence[tuple[str, Decimal]], heights: Sequence[float], tall: float, top: float, x: float, towards: float
) -> list[Node]:
    slots = [max(height, _LABEL) for height in heights]
    gap = (tall - sum(slots)) / max(len(side), 1)
    above, at = gap / 2, top
    found = []
    for (key, amount), height, slot in zip(side, heights, slots, strict=True):
        y = above + (slot - height) / 2
        near = x + BAR if towards > x else x
        half = (near + towards) / 2
        ribbon = (
            f"M{near:g},{y:.1f} C{half:g},{y:.1f} {half:g},{at:.1f} {towards:g},{at:.1f} "
            f"L{towards:g},{at + height:.1f} C{half:g},{at + height:.1f} {half:g},{y + height:.1f} "
            f"{near:g},{y + height:.1f} Z"
        )
        found.append(Node(key, amount, x, round(y, 1), round(height, 1), ribbon))
        above, at = above + slot + gap, at + height
    return found
