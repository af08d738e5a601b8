"""A comparison as lines of text for a person."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from yusuan.diff.compare import Comparison, Count
from yusuan.diff.kinds import GROUPS, Change

HEADING, FILING, LINE = 0, 1, 2
"""How deep a line stands: a group, a filing or a register under it, a change."""


def text_lines(comparison: Comparison, language: str, most: int) -> Iterator[tuple[int, str]]:
    """Lines with their depth. At most `most` changes of a kind are told; the rest are counted."""
    zh = language == "zh"
    yield HEADING, title(comparison)
    yield LINE, headline(comparison, language)
    for group, names in GROUPS.items():
        shown, more = of_group(comparison, group, language, most)
        if not shown:
            continue
        yield HEADING, names[0 if zh else 1]
        for filing, changes in groupby(shown, key=lambda change: change.filing_zh if zh else change.filing_en):
            if filing:
                yield FILING, filing
            for change in changes:
                yield LINE, change.message if zh else change.message_en
        for sentence in more:
            yield LINE, sentence
    rows = [count_line(count, language) for count in comparison.counts]
    if any(rows) or comparison.shape:
        yield HEADING, "各数据表行数" if zh else "Rows"
        for pair in comparison.shape:
            yield LINE, pair[0 if zh else 1]
        for row in filter(None, rows):
            yield LINE, row


def title(comparison: Comparison) -> str:
    """The two sides by name, with the versions of their data where these differ."""
    old, new = comparison.old, comparison.new
    return f"{old.name} → {new.name}" + (f" ({old.version} → {new.version})" if old.version != new.version else "")


def headline(comparison: Comparison, language: str) -> str:
    """How many changes of each kind there are, on one line."""
    zh = language == "zh"
    if comparison.same:
        return "没有变化。" if zh else "Nothing changed."
    parts = [
        f"{kind.title[0]} {count}" if zh else f"{kind.title[1].lower()}: {count}"
        for kind in comparison.kinds
        if (count := comparison.told[kind.code])
    ]
    if not parts:
        return "只有下列行有变化。" if zh else "Only the rows below changed."
    return ("；".join(parts) + "。") if zh else ("; ".join(parts) + ".")


def of_group(comparison: Comparison, group: str, language: str, most: int) -> tuple[list[Change], list[str]]:
    """Changes of a group by filing, at most `most` of a kind, and a sentence for each kind with more of them."""
    shown: list[Change] = []
    more = []
    for kind in comparison.kinds:
        count = comparison.told[kind.code]
        if kind.group != group or not count:
            continue
        shown.extend(comparison.changes(kind, most))
        if count > most:
            more.append(
                f"……{kind.title[0]}另有 {count - most} 项" if language == "zh"
                else f"… and {count - most} more: {kind.title[1].lower()}"
            )  # fmt: skip
    return sorted(shown, key=lambda change: change.filing), more


def count_line(count: Count, language: str) -> str:
    """How many rows of a resource are new, gone or changed, with the columns; nothing where it is the same."""
    words = ("新增", "撤下", "改动") if language == "zh" else ("added", "removed", "changed")
    numbers = zip((count.added, count.removed, count.changed), words, strict=True)
    parts = [f"{word} {number}" if language == "zh" else f"{number} {word}" for number, word in numbers if number]
    columns = ", ".join(f"{name} {number}" for name, number in count.columns)
    if not parts:
        return ""
    return f"{count.resource}: {', '.join(parts)}" + (f" ({columns})" if columns else "")
