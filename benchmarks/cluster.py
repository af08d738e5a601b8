"""What a cluster's work costs: `python -m benchmarks.cluster 200000` checks and emits that many line items on Spark.

Prints rows and bytes in and out, and the processor seconds of every process there was (driver, executors, Python), read
from the operating system before the cluster ends; then the same for 50 million line items, a year of the country.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.generate import generate

from yusuan.check import rules_broken, schema_findings
from yusuan.emit import fact_lines, list_lines
from yusuan.package import Package
from yusuan.spark import address_of, check_parts, emit_parts, session
from yusuan.twin import write_twin

WORK = Path(__file__).resolve().parent.parent / "build" / "benchmarks"
YEAR = 50_000_000
"""Line items that the departments of a country disclose in a year."""


def descendants(process: int) -> Iterator[int]:
    """A process and all that came from it and are still there."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from descendants(int(child))


def processor_seconds() -> float:
    """Seconds that this process and all below it have had of processors, those that ended and were waited for too."""
    ticks = 0
    for process in descendants(os.getpid()):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def size(folder: Path) -> int:
    """Bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def package_of(rows: int) -> Package:
    """A package in Parquet with at least that many line items, made once."""
    folder = WORK / f"cluster-{rows}"
    if not folder.exists():
        made = generate(rows, WORK / "cluster-csv")
        write_twin(made, folder, "parquet")
        shutil.rmtree(made.root)
    return Package(folder)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("--master", default="local[2]")
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    package = package_of(given.rows)
    at, graph = address_of(str(package.root)), WORK / "cluster.nt.gz"
    shutil.rmtree(graph, ignore_errors=True)
    print("| | line items | MB in | MB out | wall s | processor s | core-hours for 50 M | GB out for 50 M |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    with session(given.master) as spark:

        def run(title: str, work: Callable[[], object], output: Path | None) -> None:
            began, used = time.perf_counter(), processor_seconds()
            work()
            wall, cost = time.perf_counter() - began, processor_seconds() - used
            out = size(output) if output else 0
            scale = YEAR / given.rows
            print(
                f"| {title} | {given.rows:,} | {size(package.root / 'data') / 1e6:.1f} | {out / 1e6:.1f} | {wall:.0f} "
                f"| {cost:.0f} | {cost * scale / 3600:.1f} | {out * scale / 1e9:.1f} |",
                flush=True,
            )

        run("check", partial(check_parts, spark, package, at, schema_findings, rules_broken), None)
        lists = partial(list_lines, named=False)
        facts = partial(fact_lines, named=False)
        run("emit", partial(emit_parts, spark, package, at, address_of(str(graph)), facts, lists), graph)


if __name__ == "__main__":
    main()
