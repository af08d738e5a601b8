"""What a page shows, before it is HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """A value as shown: its text, where it leads, its language, whether it is a number, and what it is in full."""

    text: str
    href: str = ""
    language: str = ""
    is_number: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Property:
    """A property with its values; `more` are left out. An inverse one has the things that point here as values."""

    name: str
    iri: str
    values: tuple[Value, ...]
    more: int = 0
    inverse: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `anchor` is the fragment of the thing it shows, `note` where it is printed."""

    values: tuple[Value, ...] = ()
    anchor: str = ""
    note: Value | None = None
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """Parts of one kind as a table; `more` rows are left out."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0


@dataclass(frozen=True)
class Thing:
    """Everything a page shows."""

    iri: str
    title: str
    kinds: tuple[str, ...]
    code: str
    trail: tuple[Value, ...]
    properties: tuple[Property, ...]
    sections: tuple[Section, ...]
    links: tuple[Property, ...]
    statements: int


def number(text: str) -> str:
    """A decimal with separators between thousands; exact, without closing zeros."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = digits.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        return text
    rest = part.rstrip("0")
    return f"{sign}{int(whole):,}{'.' + rest if rest else ''}"
