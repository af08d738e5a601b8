"""Rules run over a package, and their findings as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from yusuan.check.rules import Rule
from yusuan.check.sentence import sentence
from yusuan.engine import connect, tables
from yusuan.errors import PackageError
from yusuan.figures import plain
from yusuan.finding import Finding, Severity
from yusuan.package import Package, Row

MACROS, AS_PRINTED, TABLES = "_macros.sql", "_as_printed.sql", "_tables.sql"
_PLACES = ("filing", "resource", "row_key", "source", "other_source", "expected", "found", "difference")


def reviewed(found: Iterable[Finding], saved: Iterable[Row]) -> list[Finding]:
    """Findings with the status that a review gave them."""
    statuses = {row["id"]: row["status"] for row in saved}
    return [replace(f, status=statuses.get(key, f.status)) for key, f in keyed(found)]


def fixed(package: Package, rules: Sequence[Rule], found: Sequence[Finding]) -> Iterator[Finding]:
    """What a correction mended: found in what is printed, not in what is corrected.

    Of words that are corrected only the findings saved before tell it: those that name the place or the words.
    """
    fixes = package.rows("fixes")
    if not fixes:
        return
    known = {key for key, _ in keyed(found)}
    filings = {fix["filing"] for fix in fixes}
    for key, finding in keyed(rule_findings(package, rules, as_printed=True)):
        if finding.filing in filings and key not in known:
            known.add(key)
            yield replace(finding, status="fixed")
    codes = {rule.code for rule in rules}
    for row in package.rows("findings"):
        if row["id"] not in known and row["rule"] in codes and any(_mends(fix, row) for fix in fixes):
            yield replace(_known(row), status="fixed")


def _mends(fix: Row, finding: Row) -> bool:
    """Whether a finding was about what a correction puts right: it names the place, or the words printed there."""
    if fix["filing"] != finding["filing"]:
        return False
    told = any(len(words) > 1 and words in fix["printed"] for words in (finding["found"], finding["expected"]))
    return told or fix["place"] in (finding["source"], finding["other_source"])


def rule_findings(package: Package, rules: Iterable[Rule], as_printed: bool = False) -> list[Finding]:
    """What the rules find; `as_printed` in what stands in the documents where corrections are applied.

    A rule that needs a working resource says nothing of filings whose documents were not read here: what it found
    where they were is taken from the package's own findings.
    """
    rules = list(rules)
    folder = package.file("schemas", "rules")
    found: list[Finding] = []
    with connect(package, working={need for rule in rules for need in rule.needs}) as connection:
        present = tables(connection)
        read = {need: _filings(connection, need) for rule in rules for need in rule.needs if need in present}
        prepare(connection, folder, as_printed)
        for rule in rules:
            covered = _covered(rule, read) if rule.needs else None
            if covered is None or covered:
                found.extend(f for f in _run(connection, rule) if covered is None or f.filing in covered)
            if covered is not None:
                rows = (row for row in package.rows("findings") if row["rule"] == rule.code)
                found.extend(_known(row) for row in rows if row["filing"] not in covered)
        return _with_lines(connection, package, found)


def _covered(rule: Rule, read: Mapping[str, set[str]]) -> set[str]:
    """Filings whose documents were read here; one without tables has no cells, and one may have no prose."""
    return set().union(*read.values()) if set(rule.needs) <= set(read) else set()


def prepare(connection: duckdb.DuckDBPyConnection, folder: Path, as_printed: bool = False) -> None:
    """Make what rules share in a connection that holds the resources."""
    for name in (MACROS, AS_PRINTED, TABLES) if as_printed else (MACROS, TABLES):
        connection.execute((folder / name).read_text(encoding="utf-8"))


def _filings(connection: duckdb.DuckDBPyConnection, resource: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(f'SELECT DISTINCT filing FROM "{resource}"').fetchall()}


def _known(row: Row) -> Finding:
    fields = {name: row[name] for name in (*_PLACES, "rule", "message", "message_en", "status")}
    return Finding(severity=Severity(row["severity"]), line=None, row=None, **fields)


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule) -> list[Finding]:
    try:
        cursor = connection.execute(rule.sql)
    except duckdb.Error as error:
        raise PackageError(f"rule {rule.code} does not run: {error}".split("\n", 1)[0]) from error
    names = [column[0] for column in cursor.description or ()]
    found = []
    for values in cursor.fetchall():
        row = {name: _text(value) for name, value in zip(names, values, strict=True)}
        found.append(
            Finding(
                rule=rule.code,
                severity=Severity(row["severity"]) if row.get("severity") else rule.severity,
                message=sentence(rule.zh, row, "zh"),
                message_en=sentence(rule.en, row, "en"),
                line=None,
                row=None,
                **{name: row.get(name, "") for name in _PLACES},
            )
        )
    return sorted(found, key=lambda f: (f.filing, f.source, f.row_key, f.found, f.expected, f.other_source, f.message))


def _with_lines(connection: duckdb.DuckDBPyConnection, package: Package, found: list[Finding]) -> list[Finding]:
    """Findings with the CSV line of the row they name."""
    keys: dict[str, set[str]] = defaultdict(set)
    for finding in found:
        if finding.resource in package.resources and finding.row_key:
            keys[finding.resource].add(finding.row_key)
    lines: dict[tuple[str, str], int] = {}
    for name, wanted in keys.items():
        key = ", ".join(f'"{column}"' for column in package.resource(name).key)
        rows = connection.execute(
            f"SELECT concat_ws('|', {key}) AS key, line FROM \"{name}\" WHERE key IN (SELECT unnest(?))", [list(wanted)]
        )
        lines.update(((name, str(row[0])), int(row[1])) for row in rows.fetchall())
    return [replace(f, line=lines.get((f.resource, f.row_key))) for f in found]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
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
