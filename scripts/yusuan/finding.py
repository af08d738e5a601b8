"""One Finding: what is wrong, how sure we are, where it is printed, and what it should be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """must: cannot both be true. should: very likely wrong. info: worth a look, never counted."""

    MUST = "must"
    SHOULD = "should"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """A broken promise, with both places: where it is printed and which row of the CSV holds it.

    `source` and `other_source` are `<file_name>#<fragment>`; `resource`, `row_key` and `line` name the
    row (line 1 is the header) and `file` the file it is in, from the package's folder; Parquet has no lines, so
    there it is `row`, the first of them 1. `expected`, `found` and `difference` are text, amounts in yuan.
    """

    rule: str
    severity: Severity
    message: str
    message_en: str
    filing: str = ""
    resource: str = ""
    row_key: str = ""
    line: int | None = None
    row: int | None = None
    file: str = ""
    source: str = ""
    other_source: str = ""
    expected: str = ""
    found: str = ""
    difference: str = ""
    status: str = "open"

    @property
    def place(self) -> str:
        """Both places in one string: document place and that of the row, as far as they are known."""
        return " | ".join(part for part in (self.source, self.row_place) if part)

    @property
    def row_place(self) -> str:
        """The line that holds the figure, as `file:line`, or the row, as `file row 7`; empty where none does."""
        if self.file and self.row:
            return f"{self.file} row {self.row}"
        return f"{self.file}:{self.line}" if self.file and self.line else ""

    def said(self, language: str) -> str:
        """The sentence in `zh`, else in English."""
        return self.message if language == "zh" else self.message_en

    def as_json(self) -> dict[str, object]:
        """The finding under the names of the command-line contract, plus its other fields; `row` for Parquet only."""
        fields = asdict(self)
        fields["code"] = fields.pop("rule")
        fields["severity"] = self.severity.value
        if self.row is None:
            del fields["row"]
        return {"code": fields.pop("code"), "place": self.place, **fields}


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among open findings, or None when there are none."""
    order = [Severity.INFO, Severity.SHOULD, Severity.MUST]
    found = [order.index(f.severity) for f in findings if f.status == "open"]
    return order[max(found)] if found else None
