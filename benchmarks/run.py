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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
WORK = HERE.parent / "build" / "benchmarks"
PAGE = HERE.parent / "docs" / "performance.md"


MEMORY = Path("/dev/shm")
"""Where outputs go: files in memory, so that no disk is measured."""

DISCARD = Path(os.devnull)


@dataclass(frozen=True)
class Task:
    """What a peer does: a script of peers/, its environment, what it is given (see `inputs`), how, and at most how big.

    `most` counts line items. What is `discarded` is written to nowhere: it would be tens of gigabytes.
    """

    title: str
    script: str
    environment: str
    most: int
    given: str = "package"
    options: tuple[str, ...] = ()
    discarded: bool = False


@dataclass(frozen=True)
class Measure:
    """One run of a task: seconds by the wall and of all processors, mebibytes of memory at most, lines written."""

    wall: float
    cpu: float
    memory: float
    lines: int = 0


@dataclass(frozen=True)
class Group:
    """Tasks that do the same, the first of them ours; what is counted is rows of the package or lines of the output."""

    title: str
    counted: str
    tasks: tuple[Task, ...]


ANY = 1 << 40
GROUPS = (
    Group(
        "Check by schema: types, spelling, constraints, primary and foreign keys",
        "rows",
        (
            Task("yusuan", "check_yusuan.py", "yusuan", ANY),
            Task("DuckDB reads the files as text", "read_duckdb.py", "duckdb", ANY),
            Task("Frictionless", "check_frictionless.py", "frictionless", 1_000_000),
        ),
    ),
    Group("The same, its tables in Parquet", "rows", (Task("yusuan", "check_yusuan.py", "yusuan", ANY, "parquet"),)),
    Group("All rules", "rows", (Task("yusuan", "rules_yusuan.py", "yusuan", ANY),)),
    Group(
        "Emission of the figures as N-Triples",
        "triples",
        (
            Task("yusuan, in any order", "emit_yusuan.py", "yusuan", 400_000, options=("--unordered",)),
            Task("yusuan, sorted", "emit_yusuan.py", "yusuan", 400_000),
            Task("the finished file copied", "copy_file.py", "yusuan", 400_000, "graph"),
            Task("morph-kgc, two processes", "emit_morph_kgc.py", "morph-kgc", 400_000, "flat"),
            Task("rdflib", "emit_rdflib.py", "rdflib", 100_000, "flat"),
        ),
    ),
    Group(
        "Emission of the whole graph as N-Quads, to nowhere",
        "rows",
        (
            Task(
                "yusuan, in any order",
                "emit_yusuan.py",
                "yusuan",
                ANY,
                options=("--whole", "--unordered"),
                discarded=True,
            ),
            Task("yusuan, sorted", "emit_yusuan.py", "yusuan", ANY, options=("--whole",), discarded=True),
        ),
    ),
    Group(
        "What changed from one release to the next: rows of one of them",
        "rows",
        (
            Task("yusuan", "diff_yusuan.py", "yusuan", ANY, "changed"),
            Task("the files of both compared byte by byte", "compare_files.py", "yusuan", ANY, "changed"),
        ),
    ),
)


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


def measure(task: Task, inputs: Mapping[str, Path]) -> Measure:
    """Run a task once. Raises RuntimeError where it fails."""
    output = DISCARD if task.discarded else outputs() / f"{task.script.removesuffix('.py')}.nt"
    python = str(interpreter(task.environment))
    command = [python, str(HERE / "peers" / task.script), str(inputs[task.given]), str(output), *task.options]
    begun = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    if status:
        raise RuntimeError(f"{task.script} failed on {inputs[task.given]}")
    lines = lines_of(output)
    if not task.discarded:
        output.unlink(missing_ok=True)
    return Measure(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lines)


def outputs() -> Path:
    """The folder of outputs: in memory where the system has such files."""
    return MEMORY if MEMORY.is_dir() else WORK


def lines_of(path: Path) -> int:
    """Lines of an output that was kept."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def alternated(tasks: Sequence[Task], inputs: Mapping[str, Path], times: int) -> dict[str, Measure]:
    """The median of each task's runs, the tasks taking turns. Raises RuntimeError where they do not write the same."""
    runs: dict[str, list[Measure]] = {task.title: [] for task in tasks}
    for _ in range(times):
        for task in tasks:
            runs[task.title].append(measure(task, inputs))
    written = {m.lines for found in runs.values() for m in found}
    if len(written) > 1:
        raise RuntimeError(f"the tasks wrote different numbers of lines: {written}")
    return {
        title: Measure(
            median(m.wall for m in found), median(m.cpu for m in found), max(m.memory for m in found), found[0].lines
        )
        for title, found in runs.items()
    }


@contextmanager
def inputs(size: int, tasks: Sequence[Task]) -> Iterator[dict[str, Path]]:
    """What tasks are given, as far as these need it: a package, its Parquet twin, its next release, its figures."""
    package = WORK / f"package-{size}"
    found = {name: WORK / f"{name}-{size}" for name in ("package", "parquet", "flat", "changed")}
    makers = {
        "package": ["generate.py", str(size), str(package)],
        "parquet": ["twin.py", str(package), str(found["parquet"])],
        "flat": ["flat.py", str(package), str(found["flat"])],
        "changed": ["changed.py", str(package), str(found["changed"])],
    }
    wanted = ["package", *sorted({task.given for task in tasks} - {"package", "graph"})]
    for name in wanted:
        if not found[name].exists():
            subprocess.run([sys.executable, str(HERE / makers[name][0]), *makers[name][1:]], check=True)
    graph = outputs() / "finished.nt"
    try:
        if any(task.given == "graph" for task in tasks):
            subprocess.run(
                [sys.executable, str(HERE / "peers" / "emit_yusuan.py"), str(package), str(graph)], check=True
            )
        yield {**found, "graph": graph}
    finally:
        graph.unlink(missing_ok=True)


def rows_of(package: Path) -> int:
    """Rows of all files of a package."""
    total = 0
    for path in (package / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            total += sum(1 for _ in csv.reader(file)) - 1
    return total


def table(measures: dict[str, Measure], rows: int, counted: str) -> Iterable[str]:
    """Lines of a table of ratios to the first task."""
    first = next(iter(measures.values()))
    yield f"| | seconds | {counted}/s | processor seconds | memory, MB | seconds, ratio | processor, ratio |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for title, m in measures.items():
        number = m.lines if counted != "rows" else rows
        shown = (
            f"{m.wall:.1f}",
            f"{number / m.wall:,.0f}",
            f"{m.cpu:.1f}",
            f"{m.memory:.0f}",
            f"{m.wall / first.wall:.2f}",
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
        f"is told ({times} runs). Rows are those of all files together. Ratios are to the first line: above",
        "1 the other is slower. What is written goes to memory; every program writes the same number of lines.",
        "",
        f"Machine: {machine()}. Load when it began: {load:.1f}.",
    ]
    for size in sizes:
        with inputs(size, ()) as found:
            rows = rows_of(found["package"])
        for group in GROUPS:
            given = [task for task in group.tasks if size <= task.most]
            if not given:
                continue
            with inputs(size, given) as found:
                measures = alternated(given, found, times)
            told = next(iter(measures.values())).lines
            lines = f", {told:,} triples" if told else ""
            out += ["", f"## {group.title} · {size:,} line items, {rows:,} rows{lines}", ""]
            out.extend(table(measures, rows, group.counted))
            sys.stderr.write("\n".join(out[-len(measures) - 4 :]) + "\n")
    return "\n".join(out) + "\n"


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="line items; may be given again")
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    text = page(given.size or [100_000, 340_000], given.times)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
