"""A cluster says what one machine says: finding for finding, statement for statement, also where a process is killed.

The tests of a cluster are slow: `make spark` runs them. Without Java and pyspark all are skipped.
"""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from yusuan.check import check_package, located, rules_broken, schema_findings
from yusuan.emit import fact_lines, graph_lines, list_lines
from yusuan.finding import Finding
from yusuan.package import Package, format_csv

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed; pip install 'yusuan[spark]' brings it")
if shutil.which("java") is None:
    pytest.skip("Java is not installed; a cluster needs it", allow_module_level=True)

from yusuan.spark import address_of, check_parts, emit_parts, session  # noqa: E402 - only where it can be

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

slow = pytest.mark.skipif(not os.environ.get("YUSUAN_SPARK"), reason="a cluster takes minutes to start: `make spark`")

MASTER = "local-cluster[2,1,1024]"
"""Two executors, a process each, beside the driver's."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[SparkSession]:
    cloudpickle: Any = import_module("pyspark.cloudpickle")
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # processes of a cluster do not have the tests
    with session(MASTER) as spark:
        yield spark


def killing(marker: Path) -> None:
    """Kill the executor that runs this, once: the process above that above this one."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    daemon = os.getppid()
    above = Path(f"/proc/{daemon}/stat").read_text().rpartition(")")[2].split()[1]
    os.kill(int(above), signal.SIGKILL)
    time.sleep(60)


def nothing(package: Package) -> list[Finding]:
    """Rules that find nothing."""
    return []


def rules_killed(package: Package, marker: Path) -> list[Finding]:
    """What the rules find; the first time the executor dies with the work done and nothing handed over."""
    found = rules_broken(package)
    killing(marker)
    return found


def lines_killed(package: Package, marker: Path) -> Iterable[tuple[bool, bytes]]:
    """The lines of a part as N-Triples; the first time the executor dies with half of them handed over."""
    pieces = list(fact_lines(package, named=False))
    for number, piece in enumerate(pieces):
        if number == len(pieces) // 2:
            killing(marker)
        yield piece


def statements(folder: Path, open_: Callable[..., Iterable[str]] = open) -> list[str]:
    """All lines of the files of a folder, sorted; there is nothing else in it."""
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == [f"part-{n:05}{''.join(folder.suffixes)}" for n in range(len(files))]
    return sorted(line.rstrip("\n") for file in files for line in open_(file, "rt", encoding="utf-8", newline="\n"))


@slow
def test_findings_are_those_of_one_machine(cluster: SparkSession, shipped: Package) -> None:
    found = check_parts(cluster, shipped, address_of(str(shipped.root)), schema_findings, rules_broken, 5)
    assert found is not None
    assert len(found) > 50
    assert sorted(map(repr, located(found, shipped))) == sorted(map(repr, check_package(shipped)))


@slow
def test_a_killed_process_changes_no_finding(cluster: SparkSession, shipped: Package, tmp_path: Path) -> None:
    marker = tmp_path / "killed"
    rules = partial(rules_killed, marker=marker)
    found = check_parts(cluster, shipped, address_of(str(shipped.root)), None, rules, 5)
    assert marker.exists()
    assert sorted(map(repr, found or ())) == sorted(map(repr, rules_broken(shipped)))


@slow
def test_the_graph_is_that_of_one_machine(cluster: SparkSession, shipped: Package, tmp_path: Path) -> None:
    folder = tmp_path / "graph.nq.gz"
    at = address_of(str(shipped.root))
    count = emit_parts(cluster, shipped, at, address_of(str(folder)), fact_lines, list_lines, 5)
    written = statements(folder, gzip.open)
    assert count == len(written)
    assert written == sorted(graph_lines(shipped))
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


@slow
def test_a_killed_process_changes_no_statement(cluster: SparkSession, shipped: Package, tmp_path: Path) -> None:
    folder, marker = tmp_path / "graph.nt", tmp_path / "killed"
    facts = partial(lines_killed, marker=marker)
    lists = partial(list_lines, named=False)
    emit_parts(cluster, shipped, address_of(str(shipped.root)), address_of(str(folder)), facts, lists, 5)
    assert marker.exists()
    assert statements(folder) == sorted(graph_lines(shipped, named=False))


@slow
def test_tables_in_parquet_say_the_same(cluster: SparkSession, shipped: Package, tmp_path: Path) -> None:
    from yusuan.twin import write_twin

    twin = write_twin(shipped, tmp_path / "twin", "parquet")
    at = address_of(str(twin.root))
    found = check_parts(cluster, twin, at, schema_findings, rules_broken, 3)
    assert found is not None
    assert sorted(map(repr, located(found, twin))) == sorted(map(repr, check_package(twin)))
    folder = tmp_path / "graph.nq"
    emit_parts(cluster, twin, at, address_of(str(folder)), fact_lines, list_lines, 3)
    assert statements(folder) == sorted(graph_lines(twin))


@slow
@pytest.mark.parametrize(
    ("resource", "column", "value"),
    [("departments", "id", "=other"), ("line_items", "amount", "1e3"), ("line_items", "table_id", "gone")],
)
def test_schemas_that_do_not_hold_are_left_to_one_machine(
    resource: str, column: str, value: str, cluster: SparkSession, shipped: Package, copy_of: Callable[..., Package]
) -> None:
    """A key that is twice, a cell that is misspelt, a reference that leads nowhere."""
    package = copy_of(shipped)
    rows = package.rows(resource)
    rows[5][column] = rows[9][column] if value == "=other" else value
    path = package.resource(resource).path
    path.write_text(format_csv(package.resource(resource).fields, rows), encoding="utf-8")
    assert check_parts(cluster, package, address_of(str(package.root)), schema_findings, nothing, 4) is None
    assert schema_findings(package)


@slow
def test_a_key_that_is_twice_in_two_parts_is_seen(
    cluster: SparkSession, shipped: Package, copy_of: Callable[..., Package]
) -> None:
    """No part has anything wrong with it: only the whole has a hash of a document twice."""
    package = copy_of(shipped)
    rows = package.rows("documents")
    one = rows[0]
    other = next(row for row in rows if row["filing"][:6] != one["filing"][:6])
    for name in ("tables", "coverage"):
        changed = [
            {k: one["sha256"] if k == "document" and v == other["sha256"] else v for k, v in row.items()}
            for row in package.rows(name)
        ]
        if name == "coverage":
            changed = [row for row in changed if row["document"] != one["sha256"]]
        resource = package.resource(name)
        resource.path.write_text(format_csv(resource.fields, changed), encoding="utf-8")
    other["sha256"] = one["sha256"]
    resource = package.resource("documents")
    resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    assert check_parts(cluster, package, address_of(str(package.root)), schema_findings, nothing, 16) is None
    assert {finding.rule for finding in schema_findings(package)} == {"schema-primary-key"}
