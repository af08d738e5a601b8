"""Where findings lie as a code host counts: the file of a resource, the line of that file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from yusuan.finding import Finding
from yusuan.package import Package


def located(findings: Iterable[Finding], package: Package) -> list[Finding]:
    """The findings with the file of their resource, from the package's folder, and lines of it instead of records.

    Both differ only where a cell holds a line end.
    """
    findings = list(findings)
    root = package.root.resolve()
    records: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.resource in package.resources and finding.line:
            records[finding.resource].add(finding.line)
    lines = {name: lines_of(package.resource(name).path, wanted) for name, wanted in records.items()}
    files = {name: resource.path.relative_to(root).as_posix() for name, resource in package.resources.items()}
    return [
        replace(
            finding,
            file=files.get(finding.resource, ""),
            line=lines.get(finding.resource, {}).get(finding.line or 0, finding.line),
        )
        for finding in findings
    ]


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
