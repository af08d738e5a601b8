"""Findings that a change brings: those of a package that an earlier state of it did not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from yusuan.check.rules import load_rules
from yusuan.check.run import rule_findings
from yusuan.check.schema import schema_findings
from yusuan.finding import Finding
from yusuan.package import Package

Identity = tuple[str, ...]


def brought(findings: Sequence[Finding], package: Package, before: Package) -> list[Finding]:
    """The findings of `package` that `before` did not have, in their order.

    A finding is the same one where rule, row and sentence are: lines may have moved. Each state is held against the
    rules it has itself, so that a new rule brings all it finds. Rules are run on the earlier state even where its
    schemas do not hold, as well as they can. Raises PackageError where a table of it cannot be read at all.
    """
    earlier = [*schema_findings(before), *rule_findings(before, load_rules(before.file("schemas", "rules")))]
    known = Counter(_identities(earlier, before))
    new = []
    for finding, identity in zip(findings, _identities(findings, package), strict=True):
        if known[identity]:
            known[identity] -= 1
        else:
            new.append(finding)
    return new


def _identities(findings: Iterable[Finding], package: Package) -> list[Identity]:
    """What each finding is known by: not by its line, which moves, but by the key of the row there."""
    keys: dict[str, list[str]] = {}
    found: list[Identity] = []
    for finding in findings:
        key = finding.row_key
        if not key and finding.line and finding.resource in package.resources:
            if finding.resource not in keys:
                resource = package.resource(finding.resource)
                keys[finding.resource] = [resource.key_of(row) for row in package.rows(finding.resource)]
            row = finding.line - 2
            key = keys[finding.resource][row] if 0 <= row < len(keys[finding.resource]) else ""
        said = finding.message_en if finding.filing else _unnumbered(finding)
        found.append((finding.rule, finding.filing, finding.resource, key, finding.found, said))
    return found


def _unnumbered(finding: Finding) -> str:
    """The sentence of a schema finding without the line it names."""
    return finding.message_en.replace(f"line {finding.line}", "") if finding.line else finding.message_en
