"""Promises held against the data: schemas first, then rules."""

from __future__ import annotations

from yusuan.check.findings import check_package, findings_before, rules_broken
from yusuan.check.lines import located
from yusuan.check.reports import as_github, as_json, as_markdown, summary
from yusuan.check.rules import Rule, load_rules
from yusuan.check.run import finding_rows
from yusuan.check.sarif import as_sarif
from yusuan.check.schema import schema_findings
from yusuan.check.since import Known

__all__ = [
    "Known", "Rule", "as_github", "as_json", "as_markdown", "as_sarif", "check_package", "finding_rows",
    "findings_before", "load_rules", "located", "rules_broken", "schema_findings", "summary",
]  # fmt: skip
