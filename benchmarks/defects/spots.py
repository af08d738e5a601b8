"""Every place of a clean filing where a defect can be planted, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.defects import in_prose, in_tables, in_words
from benchmarks.defects.opened import Opened
from benchmarks.defects.planting import Spot

from yusuan.read.grid import Grid


def spots(opened: Opened) -> Iterator[Spot]:
    """Every spot of a filing."""
    known = opened.known
    for token in opened.tokens:
        if token.resource == "line_items" and token.row in known.items:
            yield from in_tables.figure(opened, token, known.items[token.row])
        elif token.resource == "statements" and token.row in known.said:
            yield from in_prose.statement(opened, token, known.said[token.row])
        elif token.resource == "indicators":
            yield from in_prose.target(opened, token)
        elif token.resource == "project_years" and token.kind == "amount":
            yield from in_prose.money(opened, token)
    for at, document in enumerate(opened.documents):
        for block in document.blocks:
            if isinstance(block, Grid):
                yield from in_tables.rows(opened, at, block)
                yield from in_tables.columns(opened, at, block)
        for span in document.spans():
            yield from in_words.words(opened, at, span)
        yield from in_tables.whole(opened, at)
    yield from in_words.reasons(opened)
    yield from in_words.lists(opened)
