"""Promises held against the data: schemas first, then rules."""

from __future__ import annotations

from yusuan.check.rules import Rule, load_rules
from yusuan.check.run import check_package, finding_rows

__all__ = ["Rule", "check_package", "finding_rows", "load_rules"]
