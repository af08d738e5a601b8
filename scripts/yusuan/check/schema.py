"""Frictionless over every resource: types, constraints, keys; and the numbers its casts let pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frictionless import Package as FrictionlessPackage
from frictionless import system

from yusuan.finding import Finding, Severity
from yusuan.package import Package, Resource

_LEXICAL = {
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "integer": re.compile(r"-?[0-9]+"),
    "year": re.compile(r"[0-9]{4}"),
}
"""Plain decimal digits only: casts also take NaN, inf, 1e3, 0x10, 1_000 and digits of any width."""

MOST_ERRORS = 10_000


def schema_findings(package: Package) -> list[Finding]:
    """What Frictionless and the lexical guard find wrong, in resource and line order."""
    found = [*_frictionless(package)]
    for resource in package.resources.values():
        found.extend(_lexical(package, resource))
    return found


def _frictionless(package: Package) -> Iterator[Finding]:
    descriptor: dict[str, Any] = {
        "name": "package",
        "resources": [
            {
                "name": resource.name,
                "type": "table",
                "path": str(resource.path.relative_to(package.root.resolve())),
                "scheme": "file",
                "format": "csv",
                "encoding": "utf-8",
                "schema": _schema(resource),
            }
            for resource in package.resources.values()
        ],
    }
    with system.use_context(trusted=False):
        report = FrictionlessPackage(descriptor, basepath=str(package.root)).validate(limit_errors=MOST_ERRORS)
    for error in report.errors:
        yield Finding("schema-package", Severity.MUST, f"数据包：{error.message}", f"package: {error.message}")
    for task in report.tasks:
        for error in task.errors:
            line = getattr(error, "row_number", None)
            field = getattr(error, "field_name", "")
            where = f" {field}" if field else ""
            note = error.note or error.message
            yield Finding(
                rule=f"schema-{error.type}",
                severity=Severity.MUST,
                message=f"{task.name} 第 {line or '?'} 行{where}：{note}",
                message_en=f"{task.name} line {line or '?'}{where}: {note}",
                resource=task.name,
                line=line,
                found=str(getattr(error, "cell", "") or ""),
            )


def _schema(resource: Resource) -> dict[str, Any]:
    """The Table Schema as Frictionless takes it: a reference to the resource itself has an empty name."""
    schema = {key: value for key, value in resource.schema.items() if key != "$schema"}
    return schema


def _lexical(package: Package, resource: Resource) -> Iterator[Finding]:
    guarded = [(f["name"], _LEXICAL[f["type"]]) for f in resource.schema["fields"] if f["type"] in _LEXICAL]
    if not guarded:
        return
    for line, row in enumerate(package.rows(resource.name), 2):
        for name, pattern in guarded:
            if row[name] and not pattern.fullmatch(row[name]):
                yield Finding(
                    rule="schema-lexical",
                    severity=Severity.MUST,
                    message=f"{resource.name} 第 {line} 行 {name}：{row[name]!r} 不是普通十进制数字",
                    message_en=f"{resource.name} line {line} {name}: {row[name]!r} is not plain decimal digits",
                    resource=resource.name,
                    row_key=resource.key_of(row),
                    line=line,
                    found=row[name],
                )
