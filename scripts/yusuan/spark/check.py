"""A package checked part by part: its schemas, then its rules, with the findings of one machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial

from pyspark.sql import SparkSession

from yusuan.engine import WORKING
from yusuan.errors import PackageError
from yusuan.finding import Finding, Severity
from yusuan.package import Package
from yusuan.spark.facts import Facts
from yusuan.spark.parts import Template, told_by
from yusuan.spark.session import plainly

Check = Callable[[Package], list[Finding]]
"""What finds something in a package; lines are those of records."""

_BROKEN, _FOUND = "broken", "found"


def check_parts(
    spark: SparkSession, package: Package, address: str, schemas: Check | None, rules: Check, parts: int | None = None
) -> list[Finding] | None:
    """What the rules find in the package at `address`, whose lists and declarations are `package` on this machine.

    None where its schemas do not hold in parts, or a part cannot be read: then the whole package has to say what is
    wrong, if anything is. Where each part holds by `schemas` (none to leave them out) and no key is twice, they hold
    for the whole: what a row of a part refers to is in the part. Raises ClusterError.
    """
    facts = Facts(spark, package, address, WORKING)
    try:
        with plainly():
            if schemas is not None and not _lists_hold(facts, schemas):
                return None
            found = told_by(facts, partial(_check, schemas=schemas, rules=rules), parts).collect()
            if schemas is not None and (any(kind == _BROKEN for kind, _ in found) or facts.keys_that_repeat()):
                return None
    except PackageError:
        return None
    finally:
        facts.release()
    return _in_order([_finding(value) for _, value in found])


def _lists_hold(facts: Facts, schemas: Check) -> bool:
    """Whether the lists, and so the schemas themselves, have nothing wrong with them."""
    with Template.of(facts).part() as package:
        return not schemas(package)


def _check(package: Package, schemas: Check | None, rules: Check) -> Iterator[tuple[str, str]]:
    """What is found in a part."""
    if schemas is not None and schemas(package):
        yield _BROKEN, ""
        return
    for finding in rules(package):
        yield _FOUND, json.dumps(asdict(finding))


def _finding(value: str) -> Finding:
    fields = json.loads(value)
    return Finding(**{**fields, "severity": Severity(fields["severity"])})


def _in_order(found: Sequence[Finding]) -> list[Finding]:
    """Findings filing by filing, those of one filing as they were found."""
    return sorted(found, key=lambda finding: finding.filing)
