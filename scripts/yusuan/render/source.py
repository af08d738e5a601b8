"""The rows of one filing that its forms are printed from, gathered from a package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from yusuan.errors import PackageError
from yusuan.package import Package, Row, read_csv


@dataclass(frozen=True)
class Header:
    """Header words a form is printed with where its rows do not say: labels, then amounts. `coded` rows have codes."""

    coded: bool
    labels: tuple[str, ...]
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class FormKind:
    """What printing needs to know of a form: its kind, its standard header, and words that titles of it hold."""

    id: str
    kind: str
    header: Header
    titles: tuple[tuple[str, ...], ...]

    def is_named_by(self, title: str) -> bool:
        """Whether a title holds the words of the form, so that its header need not name it."""
        return any(all(word in title for word in words) for words in self.titles)


@dataclass(frozen=True)
class Source:
    """The rows of a filing: `tables` in the order of printing, and for each table its items, sums and indicators."""

    filing: Row
    department: Row
    tables: tuple[Row, ...]
    left_out: tuple[Row, ...]
    """Tables of no standard form."""
    items: Mapping[str, Sequence[Row]]
    sums: Mapping[str, Sequence[Row]]
    indicators: Sequence[Row]
    units: Sequence[Row]
    projects: Mapping[str, Row]
    project_years: Mapping[str, Row]
    forms: Mapping[str, FormKind] = field(repr=False, default_factory=dict)


def source_of(package: Package, filing: str) -> Source:
    """The rows of a filing. Raises PackageError where the package has no such filing."""
    found = next((row for row in package.rows("filings") if row["id"] == filing), None)
    if found is None:
        raise PackageError(f"no filing {filing!r} in it", str(package.resource("filings").path))
    names = {row["sha256"]: row["file_name"] for row in package.rows("documents") if row["filing"] == filing}
    tables = sorted(
        (row for row in package.rows("tables") if row["filing"] == filing),
        key=lambda row: (names.get(row["document"], ""), int(row["ordinal"])),
    )
    items: dict[str, list[Row]] = defaultdict(list)
    for row in package.rows("line_items"):
        if row["filing"] == filing:
            items[row["table_id"]].append(row)
    for rows in items.values():
        rows.sort(key=lambda row: int(row["position"]))
    sums: dict[str, list[Row]] = defaultdict(list)
    for row in package.rows("sums"):
        if (table := row["whole"].partition("#")[0]) in items:
            sums[table].append(row)
    return Source(
        filing=found,
        department=next(row for row in package.rows("departments") if row["id"] == found["department"]),
        tables=tuple(row for row in tables if row["form"]),
        left_out=tuple(row for row in tables if not row["form"]),
        items=items,
        sums=sums,
        indicators=[row for row in package.rows("indicators") if row["filing"] == filing],
        units=[row for row in package.rows("units") if row["filing"] == filing],
        projects={row["id"]: row for row in package.rows("projects") if row["department"] == found["department"]},
        project_years={row["project"]: row for row in package.rows("project_years") if row["filing"] == filing},
        forms=_forms(package.file("schemas", "forms"), package.file("schemas", "render")),
    )


def _forms(forms: Path, render: Path) -> dict[str, FormKind]:
    """Every form of the package, by its id."""
    headers = {
        row["form"]: Header(row["coded"] == "yes", _words(row["labels"]), _words(row["amounts"]))
        for row in read_csv(render / "headers.csv")
    }
    found = {}
    for path in sorted(forms.glob("*.yaml")):
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = tuple(tuple(item.get("all", ())) for item in value["title"])
        header = headers.get(value["form"], Header(False, ("项目",), ("金额",)))
        found[value["form"]] = FormKind(value["form"], value["kind"], header, words)
    return found


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)
