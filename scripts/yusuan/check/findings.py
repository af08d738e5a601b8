"""Schemas, then rules: all findings of a package."""

from __future__ import annotations

from collections.abc import Sequence

from yusuan.check.lines import located
from yusuan.check.rules import chosen, load_rules
from yusuan.check.run import fixed, reviewed, rule_findings
from yusuan.check.schema import schema_findings
from yusuan.check.since import Known, brought, known
from yusuan.finding import Finding
from yusuan.package import Package


def check_package(
    package: Package, codes: Sequence[str] = (), filing: str = "", since: Known | None = None
) -> list[Finding]:
    """Every finding, schema errors first. Rules run only on data whose schemas hold.

    `codes` limits to those rules, `filing` to findings of that filing, `since` to those that an earlier state of the
    package, as `findings_before` gives them, did not have.
    """
    found = [] if codes else schema_findings(package)
    if not found:
        found = rules_broken(package, codes)
    if since is not None:
        found = brought(found, package, since)
    return located((finding for finding in found if not filing or finding.filing == filing), package)


def rules_broken(package: Package, codes: Sequence[str] = ()) -> list[Finding]:
    """What the rules (those of `codes`, else all) find in a package whose schemas hold; lines are those of records."""
    rules = chosen(load_rules(package.file("schemas", "rules")), codes)
    found = reviewed(rule_findings(package, rules), package.rows("findings"))
    return [*found, *fixed(package, rules, found)]


def findings_before(before: Package, codes: Sequence[str] = ()) -> Known:
    """What was wrong with an earlier state of a package, by its own schemas and its own rules.

    Rules run even where its schemas do not hold, as well as they can, so that mending a table brings nothing. Raises
    PackageError where a table cannot be read at all, or a rule does not run.
    """
    rules = load_rules(before.file("schemas", "rules"))
    found = [] if codes else schema_findings(before)
    run = rule_findings(before, [rule for rule in rules if not codes or rule.code in codes])
    return known([*found, *reviewed(run, before.rows("findings") if "findings" in before.resources else [])], before)
