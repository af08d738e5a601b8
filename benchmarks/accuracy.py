"""How right and how fast reading is: documents read afresh against expectations, and against pdfplumber for time.

python -m benchmarks.accuracy FOLDER [--runs N] [--no-time]
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import pdfplumber
from tests.expectations import FOLDER, Comparison, compare_amounts, compare_tables, documents

from yusuan.package import Package, Row, create_package, format_csv, open_package, read_csv
from yusuan.read import read_documents
from yusuan.read.ledger import QUANTITIES, coverage

HERE = Path(__file__).parent.parent
SUFFIXES = {".pdf", ".txt"}


def main() -> None:
    """Print the tables; exit 1 where an amount or a table is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="alternated runs a document for the time")
    parser.add_argument("--no-time", action="store_true")
    options = parser.parse_args()
    files = sorted(path for path in options.folder.iterdir() if path.suffix in SUFFIXES)
    if not files:
        sys.exit(f"no documents in {options.folder}")
    with tempfile.TemporaryDirectory() as folder:
        package = _read(Path(folder) / "package", files)
        wrong = _print_tables(package, files) + _print_amounts(package)
        _print_prose(package, files)
    if not options.no_time:
        _print_times([path for path in files if path.suffix == ".pdf"], options.runs)
        _print_folder(options.folder)
    sys.exit(1 if wrong else 0)


def _new(folder: Path) -> Package:
    """An empty package that knows the departments this repository ships."""
    package = create_package(folder)
    resource = package.resources["departments"]
    rows = open_package(HERE).rows("departments")
    resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    return package


def _read(folder: Path, files: Sequence[Path]) -> Package:
    package = _new(folder)
    for report in read_documents(files, package):
        if report.error is not None:
            print(f"not read: {report.error}")
    return package


def _print_tables(package: Package, files: Iterable[Path]) -> int:
    """Forms recognised of those present, a document a line; gives how many are wrong."""
    counted, tables = read_csv(FOLDER / "tables.csv"), package.rows("tables")
    print("\ntables: recognised / present, found where none is\n")
    whole, wrong = Comparison(Counter(), Counter()), 0
    for path in files:
        compared = compare_tables(counted, path.name, tables)
        whole = Comparison(whole.expected + compared.expected, whole.found + compared.found)
        wrong += len(compared.missing) + len(compared.invented)
        print(f"  {path.name:52} {compared.right:3} / {compared.expected.total():3}  {len(compared.invented)}")
        _print_differences(compared)
    print(f"  {'all':52} {whole.right:3} / {whole.expected.total():3}  {len(whole.invented)}")
    return wrong


def _print_amounts(package: Package) -> int:
    """Amounts recalled and precise against the expectations; gives how many are wrong."""
    items = package.rows("line_items")
    print("\namounts with place, year, phase, meaning, role and unit: recall, precision\n")
    right = expected = found = 0
    for document, rows in documents().items():
        compared = compare_amounts(rows, document, items)
        right, expected, found = (
            right + compared.right, expected + compared.expected.total(), found + compared.found.total(),
        )  # fmt: skip
        print(f"  {document:48} {_ratio(compared.right, compared.expected)}  {_ratio(compared.right, compared.found)}")
        _print_differences(compared)
    print(f"  {'all':48} {right}/{expected} {right / expected:.2%}  {right}/{found} {right / max(found, 1):.2%}")
    return expected + found - 2 * right


def _ratio(right: int, of: Counter[tuple[str, ...]]) -> str:
    return f"{right}/{of.total()} {right / max(of.total(), 1):.2%}"


def _print_differences(compared: Comparison) -> None:
    for sign, keys in (("-", compared.missing), ("+", compared.invented)):
        for key in keys:
            print(f"    {sign} {' '.join(part or '·' for part in key)}")


def _print_prose(package: Package, files: Iterable[Path]) -> None:
    """Figures outside tables bound to a row, by class, from the ledger."""
    work = package.build / "work"
    cells = {row["source"] for row in read_csv(work / "cells.csv")}
    by_file: defaultdict[str, list[Row]] = defaultdict(list)
    for row in read_csv(work / "ledger.csv"):
        if row["source"] not in cells and row["class"] in QUANTITIES:
            by_file[row["file_name"]].append(row)
    print("\nfigures of the prose: bound / printed, by class\n")
    for path in files:
        print(f"  {path.name:52} {_classes(by_file[path.name])}")
    print(f"  {'all':52} {_classes([row for rows in by_file.values() for row in rows])}")


def _classes(rows: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(f"{kind} {bound}/{total}" for kind, (bound, total) in coverage(rows).items())


def _print_times(files: Sequence[Path], runs: int) -> None:
    """Time of a document read whole as a ratio to pdfplumber extracting its tables: medians of alternated runs."""
    print(f"\ntime: processor seconds read, pdfplumber extracting tables, ratio (median of {runs} alternated runs)\n")
    ratios: list[float] = []
    for path in files:
        ours, theirs = [], []
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                package = _new(Path(folder) / "package")
                ours.append(_timed(partial(read_documents, [path], package)))
            theirs.append(_timed(partial(_extract, path)))
        ratios.append(median(a / b for a, b in zip(ours, theirs, strict=True)))
        print(f"  {path.name:52} {median(ours):6.2f} {median(theirs):6.2f} {ratios[-1]:5.2f}", flush=True)
    print(f"  {'median, most':52} {median(ratios):20.2f} {max(ratios):5.2f}")


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds by a clock; of the processor where none is given, so that a busy machine does not count."""
    start = clock()
    work()
    return clock() - start


def _extract(path: Path) -> int:
    """What the peer does: the tables of every page."""
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        return sum(len(page.extract_tables()) for page in pdf.pages)


def _print_folder(folder: Path) -> None:
    """The whole folder read by the command, with one job and with two."""
    help_text = subprocess.run([*_COMMAND, "--help"], capture_output=True, text=True, check=True).stdout
    if "--jobs" not in help_text:
        print("\nfolder: this version of `yusuan read` has no --jobs; not measured")
        return
    times: dict[str, list[float]] = {"1": [], "2": []}
    for _ in range(3):
        for jobs, found in times.items():
            with tempfile.TemporaryDirectory() as target:
                package = _new(Path(target) / "package")
                command = [*_COMMAND, str(folder), "--into", str(package.root), "--jobs", jobs]
                found.append(_timed(partial(subprocess.run, command, capture_output=True), time.perf_counter))
    one, two = median(times["1"]), median(times["2"])
    print(f"\nfolder: {one:.1f} s with one job, {two:.1f} s with two, ratio {two / one:.2f} (median of 3 alternated)")


_COMMAND = [str(Path(sys.executable).with_name("yusuan")), "read"]

if __name__ == "__main__":
    main()
