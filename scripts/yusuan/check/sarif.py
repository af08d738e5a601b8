"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines they concern."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from yusuan.check.rules import Rule
from yusuan.check.run import keyed
from yusuan.finding import Finding, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.MUST: "error", Severity.SHOULD: "warning", Severity.INFO: "note"}


def as_sarif(findings: Iterable[Finding], rules: Sequence[Rule], version: str, language: str, folder: str = "") -> str:
    """One run with every rule and a result for each finding.

    A result is at the line of the CSV that holds the figure, else at its document; both document places stand in its
    related locations. `folder` is where the package lies in its repository, with a slash at its end. A
    finding that a reviewer has settled is there, suppressed.
    """
    found = list(keyed(findings))
    known = {rule.code: _described(rule, language) for rule in rules}
    for _, finding in found:
        known.setdefault(finding.rule, {"id": finding.rule, "shortDescription": {"text": finding.rule}})
    index = {code: number for number, code in enumerate(known)}
    run = {
        "tool": {"driver": {"name": "yusuan", "version": version, "rules": list(known.values())}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(key, finding, index[finding.rule], language, folder) for key, finding in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _described(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.promise(language)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"kind": rule.kind, "severity": rule.severity.value},
    }


def _result(key: str, finding: Finding, index: int, language: str, folder: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.said(language)},
        "locations": [_location(finding, folder)],
        "partialFingerprints": {"yusuanFinding/v1": key},
        "properties": {
            name: value
            for name, value in (
                ("filing", finding.filing), ("expected", finding.expected), ("found", finding.found),
                ("difference", finding.difference),
            )
            if value
        },
    }  # fmt: skip
    places = [place for place in (finding.source, finding.other_source) if place]
    if places:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": place}, "physicalLocation": {"artifactLocation": {"uri": _uri(place)}}}
            for number, place in enumerate(places, 1)
        ]
    if finding.status != "open":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.status}]
    return result


def _location(finding: Finding, folder: str) -> dict[str, Any]:
    if not finding.file:
        return {"physicalLocation": {"artifactLocation": {"uri": _uri(finding.source) or f"{folder}datapackage.json"}}}
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(folder + finding.file)}}
    if finding.line:
        physical["region"] = {"startLine": finding.line}
    return {"physicalLocation": physical}


def _uri(place: str) -> str:
    """The document of a place, with its fragment, as a relative address."""
    name, _, fragment = place.partition("#")
    return quote(name) + (f"#{fragment}" if fragment else "")
