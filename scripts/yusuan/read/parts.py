"""Documents read by many machines: each opens some, one says which are of a filing, each reads some filings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yusuan.errors import YusuanError
from yusuan.package import Package, Row
from yusuan.read.batch import SUFFIXES, WORKING, Filing, Report, Store, gather, keep_filings
from yusuan.read.codes import CODE_SCHEMES
from yusuan.read.cover import Cover
from yusuan.read.filing import FACTS, FilingRows
from yusuan.read.layout import Layout
from yusuan.read.workers import Opened, Opening, Workers


@dataclass(frozen=True)
class Planned:
    """A filing to read: whose it is, what the covers of its documents say, and where these are."""

    order: int
    owner: Row
    cover: Cover
    places: Sequence[str]

    @property
    def group(self) -> str:
        """Filings of one group share rows, so one machine reads them: those of a department and of its 单位 apart."""
        return self.owner["id"].removesuffix("-unit")


@dataclass(frozen=True)
class Read:
    """What the filing of that order gave beside rows: a report for each document, codes that no list had."""

    order: int
    reports: Sequence[tuple[str, Report]]
    observed: Sequence[tuple[str, Row]]


@dataclass(frozen=True)
class PartReader:
    """Reads the documents of a new package in three steps; options are those of `read_documents`."""

    department: str | None = None
    year: int | None = None
    phase: str | None = None

    suffixes = SUFFIXES
    facts = FACTS
    working = WORKING

    def open(self, package: Package, paths: Iterable[Path]) -> Iterator[Opened | YusuanError]:
        """Documents opened, each when it is asked for, or their errors. Needs one document at a time to be there."""
        with Workers(package) as workers:
            yield from workers.map(Opening(path, self.year, self.phase) for path in paths)

    def brief(self, opened: Opened | YusuanError) -> Opened | YusuanError:
        """What of a document is needed to say which filing it is of: its name, its hash, its cover."""
        if isinstance(opened, YusuanError):
            return opened
        return Opened(replace(opened.document, blocks=()), Layout((), ()), opened.cover)

    def plan(
        self, package: Package, found: Iterable[tuple[str, Opened | YusuanError]]
    ) -> tuple[list[Planned], list[tuple[str, Report]]]:
        """The filings that documents at places are of, in the order of these; and a report for each document."""
        reports: list[tuple[str, Report]] = []

        def watched() -> Iterator[tuple[Report, Opened | YusuanError]]:
            for place, opened in found:
                reports.append((place, Report(Path(place))))
                yield reports[-1][1], opened

        filings = gather(watched(), Store(package, replace=False).reader().departments, self.department)
        places = {id(report): place for place, report in reports}
        return [
            Planned(order, filing.owner, filing.cover, [places[id(report)] for report in filing.reports])
            for order, filing in enumerate(filings)
        ], reports

    def read(
        self, package: Package, filings: Iterable[tuple[Planned, Sequence[Opened]]]
    ) -> Iterator[Read | tuple[str, list[Row]]]:
        """What each filing gave beside rows, as it is read; then the rows of every resource and working resource."""
        store = Store(package, replace=False)
        planned: list[Planned] = []
        gathered: list[Filing] = []

        def each() -> Iterator[Filing]:
            for plan, opened in filings:
                parts = [(Report(Path(p)), o.document, o.layout) for p, o in zip(plan.places, opened, strict=True)]
                planned.append(plan)
                gathered.append(Filing(plan.owner, plan.cover, parts))
                yield gathered[-1]

        with Workers(package) as workers:
            for result in keep_filings(store, each(), workers):
                plan, filing = planned.pop(), gathered.pop()
                observed = result.observed if isinstance(result, FilingRows) else []
                yield Read(plan.order, list(zip(plan.places, filing.reports, strict=True)), observed)
        store.settle()
        yield from ((name, store.rows[name]) for name in FACTS)
        yield from ((f"{name}.csv", rows) for name, rows in store.working.items())

    def finish(self, package: Package, plans: Iterable[Planned], told: Iterable[Read]) -> Mapping[str, Report]:
        """Put departments and codes into the package; the report of each document that was read, by its place."""
        store = Store(package, replace=False)
        owners = {plan.order: plan.owner for plan in plans}
        reports: dict[str, Report] = {}
        for read in sorted(told, key=lambda read: read.order):
            reports.update(read.reports)
            if any(report.error is None for _, report in read.reports):
                store.observe(read.observed)
                if owners[read.order]["id"] not in {row["id"] for row in store.rows["departments"]}:
                    store.rows["departments"].append(owners[read.order])
        store.settle()
        package.write({name: store.rows[name] for name in ("departments", *CODE_SCHEMES.values())})
        return reports
