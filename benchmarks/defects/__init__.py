"""Defects that are planted in clean filings, and which kinds of promise each breaks."""

from benchmarks.defects.opened import Opened
from benchmarks.defects.planting import Spot
from benchmarks.defects.spots import spots

__all__ = ["RIGHT", "Opened", "Spot", "spots"]

_AMOUNT = {1, 2, 3, 4, 5, 9, 10}
_TOLD = {1, 3, 4, 5, 10}
_SLIPS = ("digit", "digits transposed", "point shifted")

RIGHT: dict[str, set[int]] = {
    **{f"{slip} in a table": _AMOUNT for slip in _SLIPS},
    "sign in a table": _AMOUNT,
    "figure left out of a table": _AMOUNT | {6},
    "figures of two rows changed over": _AMOUNT,
    "columns changed over": _AMOUNT,
    "row dropped": {1, 2, 3, 6, 10},
    "row printed twice": {1, 2, 6},
    "table left out": {11},
    **{f"{slip} of an amount in the prose": _TOLD for slip in _SLIPS},
    **{f"{slip} of a change in the prose": {3, 4, 10} for slip in _SLIPS},
    **{f"{slip} of a rate in the prose": {4, 10} for slip in _SLIPS},
    **{f"{slip} of a share in the prose": {4} for slip in _SLIPS},
    **{f"{slip} of a completion rate in the prose": {4} for slip in _SLIPS},
    **{f"{slip} of a count in the prose": {8} for slip in _SLIPS},
    "unit in the prose": {3, 5},
    "unit of a table": {1, 2, 5},
    "year in the prose": {3, 10, 11},
    "direction word": {4, 10},
    "reason left open": {11},
    "placeholder": {11},
    "digit of a code": {6, 12},
    "another code": {2, 6, 7, 12},
    "name of a code": {6, 7},
    "name of a project": {7},
    "name left out of a list": {8},
    "year of a heading": {11},
    "agency named": {7, 11},
    "agency of a heading": {7, 11},
    "personal number": {11},
    "target of an indicator": {9},
    "figure of a goal": {9},
    "money of a performance form": {2, 9, 12},
}
"""For each kind of defect the kinds of promise (docs/rules.md) whose rules are the right ones to find it."""
