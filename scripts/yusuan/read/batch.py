"""Many documents read into a package: grouped into filings, merged without losing what others gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import tee
from pathlib import Path

from yusuan.errors import DocumentError, YusuanError
from yusuan.package import Package, Row, format_csv, open_package, read_csv
from yusuan.read.codes import CODE_SCHEMES, nearest_parent
from yusuan.read.cover import Cover, told
from yusuan.read.filing import FACTS, FilingReader, FilingRows
from yusuan.read.forms import Forms
from yusuan.read.grid import Document
from yusuan.read.knowledge import Knowledge
from yusuan.read.layout import Layout
from yusuan.read.ledger import coverage
from yusuan.read.register import Departments, Regions
from yusuan.read.roles import assign_roles
from yusuan.read.workers import Opened, Opening, Reading, Workers

WORKING = {
    "passages": ("filing", "file_name", "ordinal", "kind", "form", "heading", "text", "source"),
    "cells": ("filing", "file_name", "table_ordinal", "row", "column", "row_span", "column_span", "text", "source"),
    "ledger": ("filing", "file_name", "source", "token", "class", "resource", "row"),
}
"""Working resources beside the build, and their fields."""

TEXT = "passages"
"""The resource that holds the prose of documents, in packages that have it."""

SUFFIXES = frozenset({".pdf", ".docx", ".doc", ".xlsx", ".xls", ".html", ".htm", ".txt"})


@dataclass
class Report:
    """What reading one document gave, or why it could not be read."""

    path: Path
    filing: str = ""
    forms: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    coverage: dict[str, tuple[int, int]] = field(default_factory=dict)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    error: YusuanError | None = None


def read_documents(
    paths: Sequence[Path],
    package: Package,
    *,
    department: str | None = None,
    year: int | None = None,
    phase: str | None = None,
    replace: bool = False,
    with_text: bool = False,
    jobs: int = 1,
    progress: Callable[[Path], None] = lambda path: None,
) -> list[Report]:
    """Read documents into a package; folders are searched for files of the formats read.

    A document that cannot be read stops no other; its report carries the error and nothing of it is kept.
    `with_text` keeps the prose in the package too. `jobs` processes give the same rows as one; a program that asks
    for more must be one that can be imported (`if __name__ == "__main__"`), as Python's processes need.
    """
    store = Store(package, replace, with_text)
    reports = [Report(path) for path in _expand(paths)]
    with Workers(package, jobs) as workers:
        openings = (Opening(report.path, year, phase) for report in reports)
        opened = _watched(reports, workers.map(openings), progress)
        filings = gather(opened, store.reader().departments, department)
        for _ in keep_filings(store, filings, workers):
            pass
    store.save()
    return reports


def keep_filings(store: Store, filings: Iterable[Filing], workers: Workers) -> Iterator[Result]:
    """Read filings into a store, one after another; their reports are filled. Gives what each gave."""
    waiting, asked = tee(filings)
    fixes = store.package.rows("fixes")
    readings = (filing.reading(store.items(filing), fixes) for filing in asked)
    for filing, result in zip(waiting, workers.map(readings), strict=True):
        _keep(store, filing, result)
        yield result


Result = YusuanError | FilingRows


def _watched(
    reports: Sequence[Report], opened: Iterable[Opened | YusuanError], progress: Callable[[Path], None]
) -> Iterator[tuple[Report, Opened | YusuanError]]:
    """Each report with what opening its document gave, progress told."""
    results = iter(opened)
    for report in reports:
        progress(report.path)
        yield report, next(results)


def _keep(store: Store, filing: Filing, result: Result) -> None:
    """Put the rows of a filing into the store; an error goes to the reports of all its documents."""
    try:
        if isinstance(result, YusuanError):
            raise result
        store.add(result)
    except YusuanError as error:
        for report in filing.reports:
            report.error = error
        return
    for report in filing.reports:
        _fill(report, result)


@dataclass
class Filing:
    """Documents of one filing met in one call, with what their covers say."""

    owner: Row
    cover: Cover
    parts: list[tuple[Report, Document, Layout]] = field(default_factory=list)
    """Its documents by file name, so that the order they are named in does not matter."""

    @property
    def reports(self) -> list[Report]:
        """Its reports, a document each."""
        return [report for report, _, _ in self.parts]

    @property
    def documents(self) -> list[Document]:
        """Its documents as opened."""
        return [document for _, document, _ in self.parts]

    @property
    def layouts(self) -> list[Layout]:
        """Their tables and prose."""
        return [layout for _, _, layout in self.parts]

    @property
    def id(self) -> str:
        """Identifier: department, year and phase."""
        return f"{self.owner['id']}-{self.cover.year}-{self.cover.phase}"

    def reading(self, known: Sequence[Row], fixes: Iterable[Row]) -> Reading:
        """The task to read it, with those of the corrections that are of it."""
        own = [fix for fix in fixes if fix["filing"] == self.id]
        return Reading(self.reports[0].path, self.documents, self.layouts, self.cover, self.owner, known, own)


def gather(
    opened: Iterable[tuple[Report, Opened | YusuanError]], departments: Departments, department: str | None
) -> list[Filing]:
    """Documents gathered into filings, in the order of their first document."""
    filings: dict[str, Filing] = {}
    for report, found in opened:
        try:
            if isinstance(found, YusuanError):
                raise found
            document, cover = found.document, found.cover
            owner = departments.resolve(cover, document.file_name, department)
        except YusuanError as error:
            report.error = error
            continue
        new = Filing(owner, cover)
        filing = filings.setdefault(new.id, new)
        if any(document.sha256 == other.sha256 for other in filing.documents):
            report.error = DocumentError("the same file twice", str(report.path))
            continue
        filing.cover = filing.cover.with_part(cover)
        filing.parts.append((report, document, found.layout))
        filing.parts.sort(key=lambda part: part[1].file_name)
    return list(filings.values())


def _expand(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()))
        else:
            found.append(path)
    return found


def _fill(report: Report, result: FilingRows) -> None:
    """What of a filing's rows came from the document of a report."""
    name = report.path.name
    sha256 = {row["sha256"] for row in result.rows["documents"] if row["file_name"] == name}
    report.filing = result.filing
    tables = [row for row in result.rows["tables"] if row["document"] in sha256]
    report.forms = [row["form"] or "unknown" for row in tables]
    report.counts = {"tables": len(tables)}
    for resource in FACTS:
        rows = [row for row in result.rows[resource] if row.get("source", "").partition("#")[0] == name]
        if rows and resource != "tables":
            report.counts[resource] = len(rows)
    report.coverage = coverage(row for row in result.working["ledger"] if row["file_name"] == name)
    report.unknown = [(place, text) for place, text in result.unknown if place.partition("#")[0] == name]


class Store:
    """The rows of a package while documents are read into it."""

    def __init__(self, package: Package, replace: bool, with_text: bool = False) -> None:
        self.package = package
        self.replace = replace
        self.rows = {name: package.rows(name) for name in (*FACTS, "departments", *CODE_SCHEMES.values())}
        if TEXT in package.resources:
            self.rows[TEXT] = package.rows(TEXT)
        elif with_text:
            package.include(TEXT)
            self.rows[TEXT] = []
        self.working = {name: self._working(name) for name in WORKING}
        self.forms = Forms(package.file("schemas", "forms"), package.file("schemas", "lookups"))
        self.regions = Regions.of(package.rows("regions"), package.file("schemas", "lookups"))

    def _working(self, name: str) -> list[Row]:
        path = self.package.build / "work" / f"{name}.csv"
        return read_csv(path, WORKING[name]) if path.is_file() else []

    def reader(self) -> FilingReader:
        """A reader that knows what the package knows."""
        departments = Departments(self.regions, self.package.file("schemas", "lookups"), self._departments())
        return FilingReader(self.package, Knowledge(self.package, self.forms), departments)

    def _departments(self) -> dict[str, Row]:
        known = {row["id"]: dict(row) for row in open_package().rows("departments")}
        known.update({row["id"]: dict(row) for row in self.rows["departments"]})
        return known

    def items(self, filing: Filing) -> list[Row]:
        """Line items of a filing from other documents than these."""
        names = {document.file_name for document in filing.documents}
        return [
            row
            for row in self.rows["line_items"]
            if row["filing"] == filing.id and row["source"].partition("#")[0] not in names
        ]

    def add(self, result: FilingRows) -> None:
        """Take in a filing's rows; what came from the same documents before is replaced."""
        read = {row["sha256"]: row["file_name"] for row in result.rows["documents"]}
        self._refuse_doubles(result, read)
        self._forget(result.filing, read)
        for name in FACTS:
            if name == "projects":
                fresh = {row["id"]: row for row in result.rows[name]}
                self.rows[name] = [fresh.pop(row["id"], row) for row in self.rows[name]] + list(fresh.values())
            elif name == "filings":
                before = [row for row in self.rows[name] if row["id"] == result.filing]
                for row in result.rows[name]:
                    row.update((k, told(*(known[k] for known in before), row[k])) for k in ("title", "published"))
                self.rows[name] = [row for row in self.rows[name] if row["id"] != result.filing] + result.rows[name]
            else:
                self.rows[name] = self.rows[name] + result.rows[name]
        if result.department["id"] not in {row["id"] for row in self.rows["departments"]}:
            self.rows["departments"].append(result.department)
        self.observe(result.observed)
        for name in WORKING:
            self.working[name] = self.working[name] + result.working[name]
        if TEXT in self.rows:
            self.rows[TEXT] = self.rows[TEXT] + result.working[TEXT]
        own = [row for row in self.rows["statements"] if row["filing"] == result.filing]
        items = [row for row in self.rows["line_items"] if row["filing"] == result.filing]
        assign_roles(own, items, self.forms)

    def observe(self, observed: Iterable[tuple[str, Row]]) -> None:
        """Take in codes met in documents; the first that tells of a code is right."""
        for scheme, row in observed:
            resource = CODE_SCHEMES[scheme]
            if row["id"] not in {known["id"] for known in self.rows[resource]}:
                self.rows[resource].append(dict(row))

    def _refuse_doubles(self, result: FilingRows, read: dict[str, str]) -> None:
        """Another document for a form already there is an error without --replace."""
        forms = {row["id"]: row["document"] for row in self.rows["tables"] if row["filing"] == result.filing}
        clashing = [
            row["id"]
            for row in result.rows["tables"]
            if row["form"] and forms.get(row["id"], row["document"]) != row["document"]
        ]
        if not clashing:
            return
        if not self.replace:
            raise DocumentError(
                f"{clashing[0]} was already read from another document; use --replace to put this one in its place",
                next(iter(read.values())),
            )
        old = sorted({forms[table] for table in clashing})
        for row in result.rows["documents"]:
            row["supersedes"] = old[0]
        for sha256 in old:
            known = {row["sha256"]: row["file_name"] for row in self.rows["documents"]}
            self._forget(result.filing, {sha256: known.get(sha256, "")})

    def _forget(self, filing: str, read: dict[str, str]) -> None:
        """Drop what came from these documents."""
        names = set(read.values())
        tables = {row["id"] for row in self.rows["tables"] if row["document"] in read}
        self.rows["tables"] = [row for row in self.rows["tables"] if row["id"] not in tables]
        self.rows["documents"] = [row for row in self.rows["documents"] if row["sha256"] not in read]
        for name in FACTS:
            if name in {"filings", "projects", "tables", "documents"}:
                continue
            if name == "coverage":
                self.rows[name] = [row for row in self.rows[name] if row["document"] not in read]
                continue
            if name == "sums":
                self.rows[name] = [row for row in self.rows[name] if row["whole"].partition("#")[0] not in tables]
                continue
            self.rows[name] = [
                row
                for row in self.rows[name]
                if row["filing"] != filing or row["source"].partition("#")[0] not in names
            ]

        def others(rows: Iterable[Row]) -> list[Row]:
            return [row for row in rows if row["filing"] != filing or row["file_name"] not in names]

        self.working = {name: others(rows) for name, rows in self.working.items()}
        if TEXT in self.rows:
            self.rows[TEXT] = others(self.rows[TEXT])

    def settle(self) -> None:
        """Bring in order what is known only when all is read: parents of codes and departments, projects in use."""
        for scheme in CODE_SCHEMES.values():
            known = {row["code"] for row in self.rows[scheme]}
            for row in self.rows[scheme]:
                row["parent"] = nearest_parent(row["code"], known)
        ids = {row["id"] for row in self.rows["departments"]}
        for row in self.rows["departments"]:
            base = row["id"].removesuffix("-unit")
            if base != row["id"] and base in ids and not row["parent"]:
                row["parent"] = base
        used = {
            row["project"]
            for name in ("line_items", "statements", "indicators", "project_years")
            for row in self.rows[name]
        }
        self.rows["projects"] = [row for row in self.rows["projects"] if row["id"] in used]

    def save(self) -> None:
        """Write everything that changed."""
        self.settle()
        self.package.write(self.rows)
        folder = self.package.build / "work"
        folder.mkdir(parents=True, exist_ok=True)
        for name, fields in WORKING.items():
            grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
            for row in self.working[name]:
                grouped[row["filing"], row["file_name"]].append(row)
            ordered = [row for key in sorted(grouped) for row in grouped[key]]
            (folder / f"{name}.csv").write_bytes(format_csv(fields, ordered).encode())
