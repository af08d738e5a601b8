"""Defects in tables: their figures, rows, columns, codes and names, and whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from benchmarks.defects.figures import digit, others, value_of, yuan
from benchmarks.defects.opened import Opened
from benchmarks.defects.planting import Spot, Token

from yusuan.package import Row
from yusuan.read.grid import Block, Cell, Grid, Paragraph, Span
from yusuan.read.text import fold

UNIT = re.compile("单位[:：]\\s*(万元|元)")
_STANDARD = {
    "balance": "", "revenue": "", "expenditure": "", "appropriation-balance": "", "three-public": "",
    "government-fund": "", "general-expenditure": "appropriation-expenditure",
    "general-basic": "appropriation-basic",
}  # fmt: skip
"""The eight tables of every filing, and what may stand for them."""
_ROLES = frozenset({"item", "part", "subtotal"})


def figure(opened: Opened, token: Token, item: Row) -> Iterator[Spot]:
    """A figure of a table that is another, lost, or negative."""
    value = value_of(token.printed)
    if value is None or value == 0:
        return
    slips = [*others(token.printed, opened.random), ("figure left out", "")]
    for slip, text in slips:
        new = yuan(value_of(text) or Decimal(0), item["unit"])
        eligible = opened.known.contradicts({item["id"]: new})
        yield token.spot(f"{slip} in a table" if text else f"{slip} of a table", eligible, text)
    eligible = opened.known.contradicts({item["id"]: -Decimal(item["amount"])})
    yield token.spot("sign in a table", eligible, f"-{token.printed}")


def columns(opened: Opened, at: int, grid: Grid) -> Iterator[Spot]:
    """Figures one below the other, and side by side, in each other's place."""
    single = {cell.span: own[0] for cell in grid.cells() if len(own := opened.items_of.get(cell.span, [])) == 1}
    rows = [{cell.column: cell.span for cell in row if cell.span in single} for row in grid.rows]
    for row, below in pairwise(rows):
        for column in sorted(row.keys() & below.keys()):
            pair = (row[column], below[column])
            yield from _exchanged(opened, "figures of two rows changed over", at, single, [pair])
    for column, beside in pairwise(sorted(set().union(*rows))):
        pairs = [(row[column], row[beside]) for row in rows if column in row and beside in row]
        if len(pairs) >= 2:
            yield from _exchanged(opened, "columns changed over", at, single, pairs)


def _exchanged(
    opened: Opened, kind: str, at: int, items: Mapping[Span, Row], pairs: Sequence[tuple[Span, Span]]
) -> Iterator[Spot]:
    texts: dict[Span, str] = {}
    changed: dict[str, Decimal] = {}
    for one, other in pairs:
        texts |= {one: other.text, other: one.text}
        changed[items[one]["id"]] = Decimal(items[other]["amount"])
        changed[items[other]["id"]] = Decimal(items[one]["amount"])
    if any(Decimal(opened.known.items[one]["amount"]) != new for one, new in changed.items()):
        yield Spot(kind, opened.known.contradicts(changed), at, texts)


def rows(opened: Opened, at: int, grid: Grid) -> Iterator[Spot]:
    """Rows gone or printed twice, and their codes and names."""
    reached = 0
    for index, row in enumerate(grid.rows):
        items = [item for cell in row for item in opened.items_of.get(cell.span, [])]
        free = index >= reached and all(cell.row_span == 1 for cell in row)
        reached = max([reached, *(cell.row + cell.row_span for cell in row if cell.row_span > 1)])
        if not items:
            continue
        if free and all(item["role"] in _ROLES for item in items) and any(Decimal(i["amount"]) for i in items):
            eligible = opened.known.misses(items)
            yield Spot("row dropped", eligible, at, grid=grid, row=index)
            yield Spot("row printed twice", eligible, at, grid=grid, row=index, twice=True)
        yield from _coded(opened, at, row, items)
        yield from _named(opened, at, row, items[0])


def _coded(opened: Opened, at: int, row: Sequence[Cell], items: Sequence[Row]) -> Iterator[Spot]:
    item = items[0]
    code = item["function"] or item["economic"]
    if not item["code_printed"] or not item["label"] or not code.isdigit():
        return
    again = any(
        (other["function"], other["economic"]) == (item["function"], item["economic"])
        and fold(other["label"]) == fold(item["label"])
        and other["table_id"] != item["table_id"] and other["code_printed"] and Decimal(other["amount"])
        for other in opened.known.items.values()
    )  # fmt: skip
    used = {o["function"] for o in opened.known.items.values()} | {o["economic"] for o in opened.known.items.values()}
    for cell in row:
        if cell.span.text.strip() == code == item["code_printed"]:
            text = digit(code, opened.random)
            if text is not None and text not in used:
                yield Spot("digit of a code", again, at, {cell.span: text})
            of_kind = [c for c in opened.codes if len(c) == len(code) and c[:3] == code[:3] and c not in used]
            if of_kind:
                yield Spot("another code", again, at, {cell.span: opened.random.choice(of_kind)})
        elif cell.key == fold(item["label"]) and len(cell.key) >= 4:
            yield Spot("name of a code", again, at, {cell.span: opened.misspelt(cell.span.text)})


def _named(opened: Opened, at: int, row: Sequence[Cell], item: Row) -> Iterator[Spot]:
    """The name of a project that the filing names elsewhere too."""
    project = next((p for p in opened.rows.rows["projects"] if p["id"] == item["project"]), None)
    if project is None:
        return
    for cell in row:
        if cell.key == fold(project["name"]) and len(cell.key) >= 6:
            spans = (span for document in opened.documents for span in document.spans())
            again = any(span is not cell.span and cell.key in span.key for span in spans)
            yield Spot("name of a project", again, at, {cell.span: opened.misspelt(cell.span.text)})


def whole(opened: Opened, at: int) -> Iterator[Spot]:
    """A table with its title left out: one of the eight that every filing has, or one that the contents list."""
    blocks = opened.documents[at].blocks
    forms = {row["form"] for row in opened.rows.rows["tables"]}
    for place, block in enumerate(blocks):
        after = next((b for b in blocks[place + 1 :] if isinstance(b, Grid)), None)
        if not isinstance(block, Grid) or block.continues or (after is not None and after.continues):
            continue
        items = [item for cell in block.cells() for item in opened.items_of.get(cell.span, [])]
        tables = {item["table_id"] for item in items}
        if len(tables) != 1 or any(i["table_id"] in tables and i not in items for i in opened.known.items.values()):
            continue
        title = fold(next(row["title"] for row in opened.rows.rows["tables"] if row["id"] in tables))
        above = _title_above(blocks[:place], title)
        listed = any(title in b.span.key for b in blocks[:place] if isinstance(b, Paragraph) and b not in above)
        standard = items[0]["form"] in _STANDARD and len(forms & _STANDARD.keys()) >= 5
        standard = standard and _STANDARD[items[0]["form"]] not in forms
        yield Spot("table left out", bool(above) and (listed or standard), at, gone=(*above, block))


def _title_above(blocks: Sequence[Block], title: str) -> list[Paragraph]:
    """The paragraphs between a table and what stands before it, where one of them is its title."""
    found: list[Paragraph] = []
    for block in reversed(blocks):
        if not isinstance(block, Paragraph) or len(found) > 6 or "。" in block.span.text:
            return []
        found.insert(0, block)
        if title and title in block.span.key:
            return found
    return []


def total_shared(opened: Opened, at: int, span: Span) -> bool:
    """A table under this caption prints a grand total that another table prints too."""
    after: list[Row] = []
    begun = False
    for one in opened.documents[at].spans():
        if begun and UNIT.search(one.text):
            break
        begun = begun or one is span
        after.extend(opened.items_of.get(one, []) if begun else [])
    own = [item for item in opened.known.items.values() if after and item["table_id"] == after[0]["table_id"]]
    totals = [item for item in own if item["role"] == "total" and Decimal(item["amount"])]
    return any(o["role"] == "total" for total in totals for o in opened.known.also_printed(total))
