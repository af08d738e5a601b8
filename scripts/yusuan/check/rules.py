"""Rules: one SQL file a promise, whose rows are the violations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yusuan.errors import PackageError
from yusuan.finding import Severity

_HEADER = re.compile(r"^-- (?P<key>kind|severity|promise-zh|promise-en|zh|en|needs): (?P<value>.*)$")
_REQUIRED = ("kind", "severity", "zh", "en")


@dataclass(frozen=True)
class Rule:
    """A promise as SQL.

    `promise_zh` and `promise_en` say what holds in a sound disclosure (empty where a rule's file does not say),
    `zh` and `en` what a finding says, with the query's columns in braces, and `note` when the rule applies.
    """

    code: str
    kind: int
    severity: Severity
    promise_zh: str
    promise_en: str
    zh: str
    en: str
    note: str
    needs: tuple[str, ...]
    sql: str

    def promise(self, language: str) -> str:
        """What the rule holds disclosures to, in `zh` or `en`; its code where its file does not say."""
        return (self.promise_zh if language == "zh" else self.promise_en) or self.code


def load_rules(folder: Path) -> list[Rule]:
    """The rules of a folder, ordered by kind and code. Raises PackageError for a header that lacks something."""
    rules = [_load(path) for path in sorted(folder.glob("*.sql")) if not path.name.startswith("_")]
    return sorted(rules, key=lambda rule: (rule.kind, rule.code))


def chosen(rules: Iterable[Rule], codes: Iterable[str]) -> list[Rule]:
    """The rules named. Raises PackageError for a code that no rule has."""
    rules = list(rules)
    known = {rule.code for rule in rules}
    wanted = list(codes)
    for code in wanted:
        if code not in known:
            raise PackageError(f"no rule {code!r}; yusuan check --list shows them")
    return [rule for rule in rules if not wanted or rule.code in wanted]


def _load(path: Path) -> Rule:
    header: dict[str, str] = {}
    note: list[str] = []
    text = path.read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if found := _HEADER.match(line):
            header[found["key"]] = found["value"].strip()
        else:
            note.append(line.removeprefix("--").strip())
    missing = [key for key in _REQUIRED if not header.get(key)]
    if missing:
        raise PackageError(f"rule header lacks {', '.join(missing)}", str(path))
    try:
        severity = Severity(header["severity"])
    except ValueError:
        raise PackageError(f"severity is must, should or info, not {header['severity']!r}", str(path)) from None
    return Rule(
        code=path.stem,
        kind=int(header["kind"]),
        severity=severity,
        promise_zh=header.get("promise-zh", ""),
        promise_en=header.get("promise-en", ""),
        zh=header["zh"],
        en=header["en"],
        note=" ".join(note),
        needs=tuple(header.get("needs", "").replace(",", " ").split()),
        sql=text,
    )
