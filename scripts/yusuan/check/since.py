"""Findings that a change brings: those of a package that an earlier state of it did not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from yusuan.finding import Finding
from yusuan.package import Package

Identity = tuple[str, ...]
Known = Counter[tuple[Identity, bool]]
"""How often each finding was there, and whether it was open."""


def known(findings: Sequence[Finding], package: Package) -> Known:
    """The findings of a package, to be held against those of a later state of it."""
    found = zip(_identities(findings, package), findings, strict=True)
    return Counter((identity, finding.status == "open") for identity, finding in found)


def brought(findings: Sequence[Finding], package: Package, before: Known) -> list[Finding]:
    """The findings of `package` that it did not have `before`, in their order.

    A finding is the same one where rule, filing, row and sentence are: lines may have moved. One that a reviewer had
    settled and that is open again is brought; one that was open and is settled now is not.
    """
    left = Counter(before)
    new = []
    for finding, identity in zip(findings, _identities(findings, package), strict=True):
        states = (True,) if finding.status == "open" else (False, True)
        state = next((state for state in states if left[identity, state]), None)
        if state is None:
            new.append(finding)
        else:
            left[identity, state] -= 1
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
        said = finding.message_en if finding.filing else _unnumbered(finding, package)
        found.append((finding.rule, finding.filing, finding.resource, key, finding.found, said))
    return found


def _unnumbered(finding: Finding, package: Package) -> str:
    """The sentence of a schema finding without the line or row it names."""
    if not finding.line or finding.resource not in package.resources:
        return finding.message_en
    return finding.message_en.replace(package.resource(finding.resource).said(finding.line)[1], "")
