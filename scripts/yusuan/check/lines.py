"""Where findings lie as a code host counts: the file of a resource, the line of that file or its row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from yusuan.finding import Finding
from yusuan.package import Package


def located(findings: Iterable[Finding], package: Package) -> list[Finding]:
    """The findings with the file of their resource, from the package's folder, and lines of it instead of records.

    These differ where a cell holds a line end, or the header does. Parquet has no lines: its findings get rows.
    """
    findings = list(findings)
    records: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.resource in package.resources and finding.line:
            records[finding.resource].add(finding.line)
    lines = {
        name: lines_of(package.resource(name).path, wanted)
        for name, wanted in records.items()
        if package.resource(name).format == "csv"
    }
    return [_placed(finding, package, lines.get(finding.resource, {})) for finding in findings]


def _placed(finding: Finding, package: Package, lines: Mapping[int, int]) -> Finding:
    resource = package.resources.get(finding.resource)
    if resource is None:
        return finding
    file = resource.path.relative_to(package.root.resolve()).as_posix()
    if finding.line is None:
        return replace(finding, file=file)
    if resource.format != "csv":
        return replace(finding, file=file, line=None, row=finding.line - 1)
    return replace(finding, file=file, line=lines.get(finding.line, finding.line))


def lines_of(path: Path, records: Collection[int]) -> dict[int, int]:
    """The line on which each of these records of a CSV file begins; the header is record 1."""
    found: dict[int, int] = {}
    last, record, inside = max(records, default=0), 1, False
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not inside and record in records:
                    found[record] = number
                inside ^= bool(line.count(b'"') % 2)
                record += not inside
                if record > last:
                    break
    except OSError:
        return {}
    return found
