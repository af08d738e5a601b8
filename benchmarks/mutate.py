"""How many defects the rules find: each planted in a clean filing, which is then read and checked anew.

python -m benchmarks.mutate [FOLDER] [--count N] [--seed N] [--write]

Filings are the made ones of tests/documents and, where a FOLDER of documents is given, those too. A defect is planted
in the opened document, before its tables are looked for: the text of spans is another, or a row or a table is gone. So
every format is mutated alike, and everything after opening runs as on any document.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.defects import RIGHT, Opened, Spot, spots
from tests.known import KNOWN

from yusuan.check import load_rules
from yusuan.check.run import keyed, rule_findings
from yusuan.errors import YusuanError
from yusuan.finding import Finding, Severity
from yusuan.package import Package, Row, create_package, format_csv, open_package, read_csv
from yusuan.read.batch import SUFFIXES, Filing, Report, Store, gather
from yusuan.read.filing import FilingRows
from yusuan.read.workers import Opening

HERE = Path(__file__).parent.parent
PAGE = HERE / "docs" / "mutations.md"
BATCH = 60
PREFACE = """# Defects found · 差错检出

Made by `make mutate`. {filings} filings ({source}), unmutated: {alarms} findings that no review calls true.
Then one defect at a time, by chance (seed {seed}), planted in the opened document, before its tables are looked for;
read and checked anew. Findings that the clean filing has do not count.

Which places are eligible is settled before, without the rules: the figure is a term of a sum, is printed again for the
same thing, or follows from others beside it; the code and its name stand in another table too. What is printed once,
with nothing to contradict it, is not eligible. A right rule is one of the kinds of promise that the defect breaks
(`RIGHT` in `benchmarks/defects`).

"""


@dataclass
class Clean:
    """A filing as it is: its documents, what it reads to, and the filings of the same agency before it."""

    filing: Filing
    rows: FilingRows
    earlier: list[FilingRows]


@dataclass
class Count:
    """What became of one kind of defect."""

    spots: int = 0
    eligible: int = 0
    planted: int = 0
    found: int = 0
    otherwise: int = 0


def main() -> None:
    """Print the table by kind; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--count", type=int, default=1000, help="eligible defects planted")
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--write", action="store_true", help="write the table to docs/mutations.md")
    parser.add_argument("--missed", type=Path, help="write the defects not found to this CSV file")
    options = parser.parse_args()
    random = Random(options.seed)
    made = sorted((HERE / "tests" / "documents").glob("*/document.*"))
    with tempfile.TemporaryDirectory() as folder:
        cleans, before, alarms = _clean(Path(folder), made, options.folder)
        agencies = sorted({clean.filing.owner["name"] for clean in cleans})
        codes = _codes()
        found = {
            id(clean): list(spots(Opened(clean.filing.documents, clean.rows, agencies, codes, random)))
            for clean in cleans
        }
        counts: dict[str, Count] = {kind: Count() for kind in RIGHT}
        chosen = _choose(cleans, found, counts, options.count, random)
        missed: list[Row] = []
        for start in range(0, len(chosen), BATCH):
            batch = chosen[start : start + BATCH]
            _run(Path(folder) / str(start), batch, before, counts, missed)
            print(f"{start + len(batch)} of {len(chosen)}", file=sys.stderr, flush=True)
    table = _table(counts, len(cleans), len(alarms), options)
    print(table)
    for finding in alarms:
        print(f"false alarm: {finding.filing} · {finding.rule} · {finding.message}")
    for row in missed:
        print("not found:", " · ".join(row[name][:60] for name in row))
    if options.missed:
        options.missed.write_text(format_csv(("filing", "kind", "place", "was", "text", "others"), missed), "utf-8")
    if options.write:
        PAGE.write_text(table, encoding="utf-8")
    planted, caught = sum(c.planted for c in counts.values()), sum(c.found for c in counts.values())
    sys.exit(1 if alarms or caught < 0.99 * planted else 0)


def _package(folder: Path) -> Package:
    """An empty package that knows the departments this repository ships."""
    package = create_package(folder)
    resource = package.resources["departments"]
    resource.path.write_text(format_csv(resource.fields, open_package(HERE).rows("departments")), encoding="utf-8")
    return package


def _clean(
    folder: Path, made: Sequence[Path], documents: Path | None
) -> tuple[list[Clean], dict[str, Counter[str]], list[Finding]]:
    """Filings as they are, what is found in each, and the false alarms: what no review calls true."""
    package = _package(folder / "clean")
    store = Store(package, replace=True)
    cleans = [clean for path in made for clean in _read(store, [path])]
    if documents:
        cleans.extend(_read(store, sorted(path for path in documents.rglob("*") if path.suffix.lower() in SUFFIXES)))
    store.save()
    for clean in cleans:
        owner = clean.filing.owner["id"]
        clean.earlier = [c.rows for c in cleans if c.filing.owner["id"] == owner and _before(c.filing, clean.filing)]
    true = {row["id"] for row in read_csv(HERE / "tests" / "reviewed.csv") if row["verdict"] == "true"}
    before: dict[str, Counter[str]] = defaultdict(Counter)
    alarms = []
    for key, finding in keyed(_findings(package)):
        before[finding.filing][_mark(finding)] += 1
        if key not in true and finding.rule not in KNOWN.get(finding.filing, ()):
            alarms.append(finding)
    return cleans, before, alarms


def _before(a: Filing, b: Filing) -> bool:
    year, other = int(a.cover.year), int(b.cover.year)
    return other - 1 <= year <= other and a.id != b.id


def _read(store: Store, paths: Sequence[Path]) -> list[Clean]:
    """Filings read into the store; a document that cannot be read is left out, and said."""
    reader, opened = store.reader(), []
    for path in paths:
        try:
            opened.append((Report(path), Opening(path, None, None).run(reader)))
        except YusuanError as error:
            print(f"not read: {error}", file=sys.stderr)
    found = []
    for filing in gather(opened, reader.departments, None):
        rows = store.reader().read(filing.documents, filing.layouts, filing.cover, filing.owner)
        store.add(rows)
        found.append(Clean(filing, rows, []))
    return found


def _choose(
    cleans: Sequence[Clean], spots: dict[int, list[Spot]], counts: dict[str, Count], count: int, random: Random
) -> list[tuple[Clean, Spot]]:
    """Eligible spots by chance: the kinds alike, a filing of a kind alike; kinds with few spots give all they have."""
    by_kind: dict[str, list[list[tuple[Clean, Spot]]]] = defaultdict(list)
    for clean in cleans:
        of_filing: dict[str, list[tuple[Clean, Spot]]] = defaultdict(list)
        for spot in spots[id(clean)]:
            counts[spot.kind].spots += 1
            counts[spot.kind].eligible += spot.eligible
            if spot.eligible:
                of_filing[spot.kind].append((clean, spot))
        for kind, found in of_filing.items():
            random.shuffle(found)
            by_kind[kind].append(found)
    queues = {kind: _in_turns(lists) for kind, lists in by_kind.items()}
    chosen: list[tuple[Clean, Spot]] = []
    while len(chosen) < count and any(queues.values()):
        for queue in queues.values():
            if queue and len(chosen) < count:
                chosen.append(queue.pop(0))
    return chosen


def _in_turns(lists: Sequence[list[tuple[Clean, Spot]]]) -> list[tuple[Clean, Spot]]:
    return [one[n] for n in range(max(map(len, lists))) for one in lists if n < len(one)]


def _run(
    folder: Path,
    batch: Sequence[tuple[Clean, Spot]],
    before: dict[str, Counter[str]],
    counts: dict[str, Count],
    missed: list[Row],
) -> None:
    """Plant, read and check a batch: each defect in a filing of an agency of its own."""
    package = _package(folder)
    store = Store(package, replace=True)
    planted: dict[str, tuple[Clean, Spot]] = {}
    for number, (clean, spot) in enumerate(batch):
        owner = {**clean.filing.owner, "id": f"{clean.filing.owner['id']}-m{number}", "parent": ""}
        reader = store.reader()
        documents = [
            replace(document, sha256=_sha256(document.sha256, str(number)))
            for document in spot.plant(clean.filing.documents)
        ]
        try:
            rows = reader.read(documents, [reader.lay_out(d) for d in documents], clean.filing.cover, owner)
        except YusuanError:
            counts[spot.kind].planted += 1
            counts[spot.kind].otherwise += 1
            continue
        store.add(rows)
        for earlier in clean.earlier:
            store.add(_renamed(earlier, clean.filing.owner["id"], owner))
        planted[rows.filing] = (clean, spot)
    store.save()
    kinds = {rule.code: rule.kind for rule in load_rules(package.file("schemas", "rules"))}
    after: dict[str, list[Finding]] = defaultdict(list)
    for finding in _findings(package):
        after[finding.filing].append(finding)
    for filing, (clean, spot) in planted.items():
        known = before[clean.rows.filing].copy()
        new = []
        for finding in after[filing]:
            mark = _mark(finding)
            if known[mark]:
                known[mark] -= 1
            else:
                new.append(finding)
        count = counts[spot.kind]
        count.planted += 1
        if any(kinds[finding.rule] in RIGHT[spot.kind] for finding in new):
            count.found += 1
            continue
        count.otherwise += bool(new)
        missed.append({
            "filing": clean.rows.filing, "kind": spot.kind, "place": spot.place(), "was": spot.was(),
            "text": " / ".join(spot.texts.values()), "others": " ".join(sorted({f.rule for f in new})),
        })  # fmt: skip


def _codes() -> list[str]:
    """The codes of functions and of economic classes that this repository ships."""
    package = open_package(HERE)
    return sorted(
        row["id"] for name in ("functions", "department_economics") for row in package.rows(name) if row["id"].isdigit()
    )


def _sha256(of: str, copy: str) -> str:
    """The identity of a copy of a document."""
    return hashlib.sha256(f"{of}{copy}".encode()).hexdigest()


def _renamed(rows: FilingRows, department: str, owner: Row) -> FilingRows:
    """The rows of a filing as those of another agency."""
    new = owner["id"]

    def cell(value: str) -> str:
        return new + value[len(department) :] if value == department or value.startswith(f"{department}-") else value

    def renamed(of: Iterable[Row]) -> list[Row]:
        return [{name: cell(value) for name, value in row.items()} for row in of]

    known = {
        row["sha256"]: hashlib.sha256(f"{row['sha256']}{new}".encode()).hexdigest() for row in rows.rows["documents"]
    }
    found = {name: renamed(of) for name, of in rows.rows.items()}
    for row in found["documents"]:
        row["sha256"] = known[row["sha256"]]
    for row in found["tables"]:
        row["document"] = known[row["document"]]
    filled: defaultdict[str, list[Row]] = defaultdict(list, found)
    working: defaultdict[str, list[Row]] = defaultdict(list, {name: renamed(of) for name, of in rows.working.items()})
    return replace(rows, filing=cell(rows.filing), department=owner, rows=filled, working=working)


def _findings(package: Package) -> list[Finding]:
    found = rule_findings(package, load_rules(package.file("schemas", "rules")))
    return [finding for finding in found if finding.severity is not Severity.INFO]


def _mark(finding: Finding) -> str:
    """What makes a finding the same one in a copy of its filing."""
    return "|".join((finding.rule, finding.source, finding.message))


def _table(counts: dict[str, Count], filings: int, alarms: int, options: argparse.Namespace) -> str:
    """The page: what was done, and a line a kind."""
    total = Count()
    lines = []
    for kind, count in counts.items():
        lines.append(_line(kind, count))
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(count, name))
    source = "the made documents of the tests" + (" and the shared documents" if options.folder else "")
    return PREFACE.format(filings=filings, source=source, alarms=alarms, seed=options.seed) + "\n".join(
        [
            "| defect | places | not eligible | planted | found by a right rule | only by another rule | not found |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *lines,
            _line("**all**", total),
            "",
        ]
    )


def _line(kind: str, c: Count) -> str:
    share = f"{1 - c.eligible / c.spots:.0%}" if c.spots else ""
    rate = f"{c.found} ({c.found / c.planted:.1%})" if c.planted else ""
    return (
        f"| {kind} | {c.spots} | {share} | {c.planted} | {rate} | {c.otherwise} | {c.planted - c.found - c.otherwise} |"
    )


if __name__ == "__main__":
    main()
