"""A comparison as Markdown: a headline to read in ten seconds, then what changed, group by group."""

from __future__ import annotations

import re
from itertools import groupby

from yusuan.diff.compare import Comparison
from yusuan.diff.kinds import GROUPS, Change
from yusuan.diff.to_text import count_line, headline, of_group, title

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~@!&])")


def markdown(comparison: Comparison, language: str, most: int) -> str:
    """The page. At most `most` changes of a kind are told; the rest are counted. No cell text becomes markup."""
    zh = language == "zh"
    out = [f"## {plain(title(comparison))}", "", plain(headline(comparison, language)), ""]
    for group, names in GROUPS.items():
        shown, more = of_group(comparison, group, language, most)
        if not shown:
            continue
        out += [f"### {names[0 if zh else 1]}", ""]
        for filing, changes in groupby(shown, key=lambda change: change.filing_zh if zh else change.filing_en):
            out += [f"**{plain(filing)}**", ""] if filing else []
            out += [f"- {plain(change.message if zh else change.message_en)}{_place(change)}" for change in changes]
            out.append("")
        out += [*(f"{plain(sentence)}\n" for sentence in more)]
    rows = [pair[0 if zh else 1] for pair in comparison.shape]
    rows += filter(None, (count_line(count, language) for count in comparison.counts))
    if rows:
        summary = "各数据表行数" if zh else "Rows of each resource"
        out += [
            f"<details><summary>{summary}</summary>",
            "",
            *(f"- {plain(row)}" for row in rows),
            "",
            "</details>",
            "",
        ]
    return "\n".join(out)


def plain(text: str) -> str:
    """Text on one line with what Markdown and HTML would take for markup written plainly."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _place(change: Change) -> str:
    """Where it stands: the line of the CSV."""
    if change.line is None or change.gone:
        return ""
    return f" `{change.resource}:{change.line}`"
