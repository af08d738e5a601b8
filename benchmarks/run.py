"""`make bench`: yusuan beside its peers on packages of its shape, in turns; writes docs/performance.md.

Every peer is installed in an environment of its own under build/benchmarks (see peers/requirements.csv). Each task is a
process of its own; its wall time, processor time and largest memory are the operating system's figures for it. This
script itself stays small: a process begins with the memory of the one that starts it.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import subprocess
import sys
import time
import venv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
WORK = HERE.parent / "build" / "benchmarks"
PAGE = HERE.parent / "docs" / "performance.md"


@dataclass(frozen=True)
class Task:
    """What a peer does to a package: a script of peers/, its environment, the most line items it is given."""

    title: str
    script: str
    environment: str
    most: int


@dataclass(frozen=True)
class Measure:
    """One run of a task: seconds by the wall and of all processors, mebibytes of memory at most."""

    wall: float
    cpu: float
    memory: float


GROUPS: dict[str, tuple[Task, ...]] = {
    "Check by schema: types, spelling, constraints, primary and foreign keys": (
        Task("yusuan", "check_yusuan.py", "yusuan", 100_000_000),
        Task("DuckDB reads the files as text", "read_duckdb.py", "duckdb", 100_000_000),
        Task("Frictionless", "check_frictionless.py", "frictionless", 1_000_000),
    ),
}


def interpreter(environment: str) -> Path:
    """The Python of a peer's environment, made and filled where it is not there yet."""
    if environment == "yusuan":
        return Path(sys.executable)
    folder = WORK / "environments" / environment
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        with (HERE / "peers" / "requirements.csv").open(encoding="utf-8", newline="") as file:
            wanted = [row["requirement"] for row in csv.DictReader(file) if row["environment"] == environment]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def measure(task: Task, package: Path) -> Measure:
    """Run a task once. Raises RuntimeError where it fails."""
    output = WORK / "output.nq"
    command = [str(interpreter(task.environment)), str(HERE / "peers" / task.script), str(package), str(output)]
    begun = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    if status:
        raise RuntimeError(f"{task.script} failed on {package}")
    output.unlink(missing_ok=True)
    return Measure(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def alternated(tasks: Sequence[Task], package: Path, times: int) -> dict[str, Measure]:
    """The median of each task's runs, the tasks taking turns."""
    runs: dict[str, list[Measure]] = {task.title: [] for task in tasks}
    for _ in range(times):
        for task in tasks:
            runs[task.title].append(measure(task, package))
    return {
        title: Measure(median(m.wall for m in found), median(m.cpu for m in found), max(m.memory for m in found))
        for title, found in runs.items()
    }


def rows_of(package: Path) -> int:
    """Rows of all files of a package."""
    total = 0
    for path in (package / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            total += sum(1 for _ in csv.reader(file)) - 1
    return total


def table(measures: dict[str, Measure], rows: int) -> Iterable[str]:
    """Lines of a table of ratios to the first task."""
    first = next(iter(measures.values()))
    yield "| | seconds | rows/s | processor seconds | memory, MB | processor, ratio |"
    yield "|---|--:|--:|--:|--:|--:|"
    for title, m in measures.items():
        shown = (
            f"{m.wall:.1f}",
            f"{rows / m.wall:,.0f}",
            f"{m.cpu:.1f}",
            f"{m.memory:.0f}",
            f"{m.cpu / first.cpu:.2f}",
        )
        yield f"| {title} | {' | '.join(shown)} |"


def machine() -> str:
    """The machine in a line: processor, cores, memory, system, Python."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = names[0] if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()}, Python {platform.python_version()}"


def page(sizes: Sequence[int], times: int) -> str:
    """The whole page, measured now."""
    load = os.getloadavg()[0]
    out = [
        "# Performance · 性能",
        "",
        "Measured by `make bench`, which writes this page. The packages are the shipped filings cloned under made",
        "departments (`benchmarks/generate.py`); every task is a process of its own, the tasks take turns, the median",
        f"is told ({times} runs). Rows are those of all files together. The ratio is of processor seconds.",
        "",
        f"Machine: {machine()}. Load when it began: {load:.1f}.",
    ]
    for size in sizes:
        package = WORK / f"package-{size}"
        if not package.exists():
            subprocess.run([sys.executable, str(HERE / "generate.py"), str(size), str(package)], check=True)
        rows = rows_of(package)
        for title, tasks in GROUPS.items():
            given = [task for task in tasks if size <= task.most]
            out += ["", f"## {title} · {size:,} line items, {rows:,} rows", ""]
            out.extend(table(alternated(given, package, times), rows))
    return "\n".join(out) + "\n"


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="line items; may be given again")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    text = page(given.size or [100_000, 1_000_000], given.times)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
