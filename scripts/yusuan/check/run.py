"""Schemas, then rules: all findings of a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb

from yusuan.check.rules import Rule, chosen, load_rules
from yusuan.check.schema import schema_findings
from yusuan.engine import connect, tables
from yusuan.finding import Finding, Severity
from yusuan.package import Package, Row

MACROS = "_macros.sql"
_PLACES = ("filing", "resource", "row_key", "source", "other_source", "expected", "found", "difference")


def check_package(package: Package, codes: Sequence[str] = (), filing: str = "") -> list[Finding]:
    """Every finding, schema errors first. Rules run only on data whose schemas hold.

    `codes` limits to those rules, `filing` to findings of that filing.
    """
    rules = chosen(load_rules(package.file("schemas", "rules")), codes)
    found = [] if codes else schema_findings(package)
    if not found:
        found = _reviewed(list(rule_findings(package, rules)), package.rows("findings"))
    return [finding for finding in found if not filing or finding.filing == filing]


def _reviewed(found: list[Finding], saved: Iterable[Row]) -> list[Finding]:
    """Findings with the status that a review gave them."""
    statuses = {row["id"]: row["status"] for row in saved}
    return [replace(f, status=statuses.get(key, f.status)) for key, f in keyed(found)]


def rule_findings(package: Package, rules: Iterable[Rule]) -> list[Finding]:
    """What the rules find.

    A rule that needs a working resource cannot run without it: what it found where the documents were read is
    taken from the package's own findings.
    """
    folder = package.file("schemas", "rules")
    found: list[Finding] = []
    with connect(package) as connection:
        connection.execute((folder / MACROS).read_text(encoding="utf-8"))
        present = tables(connection)
        lines = _Lines(connection)
        for rule in rules:
            if set(rule.needs) <= present:
                found.extend(_run(connection, rule, lines))
            else:
                found.extend(_known(row) for row in package.rows("findings") if row["rule"] == rule.code)
    return found


def _known(row: Row) -> Finding:
    fields = {name: row[name] for name in (*_PLACES, "rule", "message", "message_en", "status")}
    return Finding(severity=Severity(row["severity"]), line=None, **fields)


class _Lines:
    """The CSV line of a row, by resource and key."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def of(self, resource: str, key: str) -> int | None:
        """The line, or None where the resource has no `id` or no such row."""
        if not resource or not key:
            return None
        try:
            row = self.connection.execute(f'SELECT line FROM "{resource}" WHERE id = ?', [key]).fetchone()
        except duckdb.Error:
            return None
        return int(row[0]) if row else None


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule, lines: _Lines) -> list[Finding]:
    cursor = connection.execute(rule.sql)
    names = [column[0] for column in cursor.description or ()]
    found = []
    for values in cursor.fetchall():
        row = {name: _text(value) for name, value in zip(names, values, strict=True)}
        places = {name: row.get(name, "") for name in _PLACES}
        found.append(
            Finding(
                rule=rule.code,
                severity=rule.severity,
                message=rule.zh.format_map(_Words(row, "zh")),
                message_en=rule.en.format_map(_Words(row, "en")),
                line=lines.of(places["resource"], places["row_key"]),
                **places,
            )
        )
    return sorted(found, key=lambda f: (f.filing, f.source, f.row_key, f.found))


class _Words(dict[str, str]):
    """Values for a sentence: amounts of yuan are also there as 万元."""

    def __init__(self, row: dict[str, str], language: str) -> None:
        super().__init__(row)
        self.language = language

    def __missing__(self, key: str) -> str:
        return ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return "0" if text == "-0" else text
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def keyed(findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
    """Findings of filings with their identifiers: filing, rule and place; a count where these are the same."""
    seen: dict[str, int] = {}
    for finding in findings:
        place = finding.row_key.rpartition("#")[2] or finding.source.rpartition("#")[2] or finding.found
        key = f"{finding.filing}#f;{finding.rule};{place}"
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else f"{key};{seen[key]}"), finding


def finding_rows(findings: Iterable[Finding], reviewed: Iterable[Row] = ()) -> list[Row]:
    """Findings as rows of the `findings` resource, with the verdicts of earlier reviews kept."""
    verdicts = {row["id"]: row["verdict"] for row in reviewed}
    rows: list[Row] = []
    for key, finding in keyed(findings):
        if not finding.filing:
            continue
        rows.append(
            {
                "id": key, "rule": finding.rule, "severity": finding.severity.value, "filing": finding.filing,
                "resource": finding.resource, "row_key": finding.row_key, "source": finding.source,
                "other_source": finding.other_source, "expected": finding.expected, "found": finding.found,
                "difference": finding.difference, "message": finding.message, "message_en": finding.message_en,
                "status": finding.status, "verdict": verdicts.get(key, ""),
            }
        )  # fmt: skip
    return rows
