"""Kinds of change: one SQL file each under schemas/changes, whose rows are the changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from yusuan import figures
from yusuan.errors import PackageError

VIEWS = "_views.sql"
"""What the kinds share: names, and the rows that were added, removed or are on both sides."""

GROUPS = {
    "filings": ("公开件", "Filings"),
    "amounts": ("金额", "Amounts"),
    "targets": ("绩效指标", "Targets"),
    "prose": ("文字所述", "Prose"),
    "codes": ("科目与名录", "Codes and registers"),
    "findings": ("检查结果", "Findings"),
}
"""Groups of kinds in the order they are told, in Chinese and English."""

_HEADER = re.compile(r"^-- (?P<key>[a-z-]+): (?P<value>.*)$")


@dataclass(frozen=True)
class Kind:
    """One kind of change: its sentences, with the query's columns in braces, and the query."""

    code: str
    group: str
    order: int
    title: tuple[str, str]
    zh: str
    en: str
    sql: str


@dataclass(frozen=True)
class Change:
    """One change. `line` is that of the row's file (of Parquet the row), the new side's unless `gone`; empty is unsaid.

    `old`, `new` and `difference` are text, amounts in yuan; `column` is the column they stand in.
    """

    kind: str
    group: str
    filing: str
    filing_zh: str
    filing_en: str
    resource: str
    row_key: str
    column: str
    line: int | None
    gone: bool
    old: str
    new: str
    difference: str
    source: str
    message: str
    message_en: str


def load_kinds(folder: Path) -> list[Kind]:
    """The kinds of a folder in the order they are told. Raises PackageError for a header that lacks something."""
    kinds = [_load(path) for path in sorted(folder.glob("*.sql")) if path.name != VIEWS]
    return sorted(kinds, key=lambda kind: (list(GROUPS).index(kind.group), kind.order, kind.code))


def _load(path: Path) -> Kind:
    text = path.read_text(encoding="utf-8")
    header = {found["key"]: found["value"].strip() for line in text.splitlines() if (found := _HEADER.match(line))}
    missing = [key for key in ("group", "order", "title", "title-en", "zh", "en") if not header.get(key)]
    if missing or header["group"] not in GROUPS:
        raise PackageError(f"header lacks {', '.join(missing) or 'a known group'}", str(path))
    return Kind(
        code=path.stem,
        group=header["group"],
        order=int(header["order"]),
        title=(header["title"], header["title-en"]),
        zh=header["zh"],
        en=header["en"],
        sql=text,
    )


def change_of(kind: Kind, row: Mapping[str, Any]) -> Change:
    """A row of a kind's query as a change."""
    words = {name: Cell(value, str(row.get("unit") or "")) for name, value in row.items()}
    rate = _rate(row.get("old"), row.get("new"))
    spoken = [{**words, "rate": Cell(rate and comma + rate, "")} for comma in ("，", ", ")]
    texts = {name: plain(row.get(name)) for name in ("filing", "filing_zh", "filing_en", "resource", "row_key")}
    values = {name: plain(row.get(name)) for name in ("old", "new", "difference", "source")}
    line, gone = row.get("line"), row.get("line") is None and row.get("old_line") is not None
    return Change(
        kind=kind.code,
        group=kind.group,
        line=row.get("old_line") if gone else line,
        gone=gone,
        message=kind.zh.format_map(spoken[0]).strip(),
        message_en=kind.en.format_map(spoken[1]).strip(),
        column=plain(row.get("field")),
        **texts,
        **values,
    )


class Cell(str):
    """A value for a sentence. `{x:money}` writes yuan in the unit the table prints, `{x:signed}` with its sign."""

    unit: str
    value: Any

    def __new__(cls, value: Any, unit: str) -> Cell:
        """The plain text of a value; the unit is that of the row it stands in."""
        cell = super().__new__(cls, plain(value))
        cell.value, cell.unit = value, unit
        return cell

    def __format__(self, spec: str) -> str:
        if spec == "money":
            return money(self.value, self.unit)
        if spec == "signed":
            return money(self.value, self.unit, "+")
        return str(self)


def money(value: Any, unit: str, sign: str = "") -> str:
    """Yuan in a unit of money, with thousands separators: 12464400 in 万元 is 1,246.44. Other values as they are."""
    if not isinstance(value, (Decimal, int)):
        return plain(value)
    text = format(Decimal(value) / figures.units_of_money().get(unit, 1), f"{sign},f")
    whole, _, places = text.partition(".")
    places = places.rstrip("0")
    return f"{whole}.{places:0<2}" if places else whole


def plain(value: Any) -> str:
    """A value as text: decimals without closing zeros, nothing as the empty string."""
    if value is None:
        return ""
    return figures.plain(value) if isinstance(value, Decimal) else str(value)


def _rate(old: Any, new: Any) -> str:
    """By how many per cent an amount changed; nothing over a zero, nor where it is too little to say."""
    if not isinstance(old, Decimal) or not isinstance(new, Decimal) or not old:
        return ""
    rate = (new - old) / abs(old) * 100
    return f"{rate:+,.2f}%" if abs(rate) >= Decimal("0.005") else ""
