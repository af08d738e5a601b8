"""Findings for other programs and for pages: JSON, Markdown, and the workflow commands of GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from yusuan.finding import Finding, Severity

ANNOTATIONS = 10
"""How many annotations of each level GitHub shows of one step."""

_LEVELS = {Severity.MUST: "error", Severity.SHOULD: "warning", Severity.INFO: "notice"}
_ORDER = list(Severity)


def as_json(findings: Iterable[Finding]) -> str:
    """A JSON list, one object a finding, under the names of the command-line contract."""
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=2)


def as_markdown(findings: Iterable[Finding], language: str, most: int | None = None) -> str:
    """A page: how many of each severity, then a table for each filing, the gravest first.

    With `most`, so many findings, the open and gravest of all, and the number of those left out.
    """
    findings = list(findings)
    left = 0
    counted = summary(findings)
    if most is not None:
        findings.sort(key=lambda f: (f.status != "open", _ORDER.index(f.severity), f.filing))
        left = len(findings[most:])
        del findings[most:]
    ordered = sorted(findings, key=lambda f: (f.filing, _ORDER.index(f.severity), f.status != "open", f.rule))
    lines = [counted, ""]
    titles = ("程度", "规则", "说明", "出处", "行") if language == "zh" else ("", "rule", "finding", "document", "data")
    for filing, group in groupby(ordered, key=lambda f: f.filing):
        lines += [f"### {_plain(filing or 'package')}", "", "| " + " | ".join(titles) + " |", "|---" * 5 + "|"]
        lines += [_row(finding, language) for finding in group] + [""]
    if left:
        lines += [f"…+{left}", ""]
    return "\n".join(lines)


def as_github(findings: Iterable[Finding], language: str, folder: str = "") -> Iterator[str]:
    """Workflow commands: the first findings of each level as annotations of the CSV line that holds the figure.

    `folder` is where the package lies in its repository, with a slash at its end; empty at the top. Only
    open findings: what a reviewer has settled needs nobody's eye again.
    """
    waiting = [finding for finding in findings if finding.status == "open"]
    for severity, level in _LEVELS.items():
        of_level = [finding for finding in waiting if finding.severity is severity]
        for finding in of_level[:ANNOTATIONS]:
            where = f"file={_property(folder + finding.file)}," if finding.file else ""
            where += f"line={finding.line}," if finding.file and finding.line else ""
            place = f" ({finding.source})" if finding.source else ""
            yield f"::{level} {where}title={_property(finding.rule)}::{_data(finding.said(language) + place)}"


def summary(findings: Sequence[Finding]) -> str:
    """One line: open findings by severity, and how many a reviewer has dealt with."""
    open_ones = [finding for finding in findings if finding.status == "open"]
    counts = ", ".join(f"{sum(f.severity is severity for f in open_ones)} {severity.value}" for severity in Severity)
    settled = len(findings) - len(open_ones)
    return f"{counts}; {settled} reviewed" if settled else counts


def _row(finding: Finding, language: str) -> str:
    status = "" if finding.status == "open" else f" ({finding.status})"
    said = finding.said(language)
    cells = (finding.severity.value + status, f"`{finding.rule}`", said, finding.source, finding.row_place)
    return "| " + " | ".join(_plain(cell) if not cell.startswith("`") else cell for cell in cells) + " |"


def _plain(text: str) -> str:
    """Text that Markdown and HTML leave alone, on one line of a table."""
    for mark in "\\`*_|[]":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
