"""A figure of the prose, and what surrounds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from yusuan.read.grid import Span


@dataclass(eq=False)
class Statement:
    """One figure of the prose. `tokens` are the folded places it accounts for, `inside` numbers in its term."""

    measure: str
    value: Decimal
    printed: str
    unit: str
    coordinates: dict[str, str]
    span: Span
    start: int
    end: int
    tokens: list[tuple[int, int]] = field(default_factory=list)
    inside: list[tuple[int, int]] = field(default_factory=list)
    word: str = ""
    basis: str = ""
    share_of: str = ""
    label: str = ""
    reason: str = ""
    year: int = 0
    phase: str = ""
    as_of: str = ""
    key: str = ""


@dataclass
class Context:
    """What the headings and the paragraphs before say of a paragraph."""

    form: str = ""
    kind: str = ""
    coordinates: dict[str, str] = field(default_factory=dict)
    project: str = ""
    function: str = ""
    as_of: str = ""
    default_subject: str = ""
