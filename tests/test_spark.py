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
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import HERE
from yusuan.check import check_package, load_rules, located, rules_broken, schema_findings
from yusuan.emit import fact_lines, graph_lines, list_lines
from yusuan.engine import WORKING, working_resource
from yusuan.errors import PackageError
from yusuan.finding import Finding
from yusuan.package import Package, create_package, format_csv, read_csv
from yusuan.read import PartReader, Report, read_documents
from yusuan.twin import rows_of, write_twin

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed; pip install 'yusuan[spark]' brings it")
if shutil.which("java") is None:
    pytest.skip("Java is not installed; a cluster needs it", allow_module_level=True)

from yusuan.spark import address_of, check_parts, emit_parts, read_parts, session  # noqa: E402 - where it can be
from yusuan.spark.facts import components  # noqa: E402
from yusuan.spark.files import local_path  # noqa: E402

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


@dataclass(frozen=True)
class KilledReader(PartReader):
    """Reads; the first time the executor dies with its filings read."""

    marker: Path = Path()

    def read(self, package: Package, filings: Iterable[Any]) -> Iterator[Any]:
        for told in super().read(package, filings):
            yield told
            killing(self.marker)


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


@pytest.fixture(scope="session")
def disclosures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of made documents, one of them damaged, some in a folder of it."""
    folder = tmp_path_factory.mktemp("disclosures")
    (folder / "more [1]").mkdir()
    for number, made in enumerate(sorted(path for path in (HERE / "documents").iterdir() if path.is_dir())):
        (document,) = made.glob("document.*")
        shutil.copyfile(document, folder / ("more [1]" if number % 3 == 0 else "") / f"{made.name}{document.suffix}")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 no more")
    return folder


@slow
@pytest.mark.parametrize("killed", [False, True], ids=["", "killed"])
def test_documents_give_the_rows_of_one_machine(
    killed: bool, cluster: SparkSession, disclosures: Path, tmp_path: Path
) -> None:
    marker = tmp_path / "killed"
    reader = KilledReader(marker=marker) if killed else PartReader()
    into = tmp_path / "read"
    reports = read_parts(cluster, reader, [address_of(str(disclosures))], address_of(str(into)), 4)
    assert marker.exists() == killed
    here = create_package(tmp_path / "here")
    expected = read_documents([disclosures], here)
    assert sum(report.error is not None for report in expected) == 1

    def said(report: Report) -> tuple[object, ...]:
        return str(report.error).removeprefix("file:"), report.filing, report.forms, report.counts, report.coverage

    assert list(map(said, reports)) == list(map(said, expected))
    package = Package(into)
    assert {name: package.rows(name) for name in package.resources} == {
        name: here.rows(name) for name in here.resources
    }
    for name in WORKING:
        found, told = working_resource(package, name), working_resource(here, name)
        assert found is not None
        assert told is not None
        assert rows_of(found) == read_csv(told.path)
    assert not list(into.rglob("*.crc"))


@slow
def test_what_a_cluster_read_it_checks(cluster: SparkSession, disclosures: Path, tmp_path: Path) -> None:
    """With the prose, the cells and the ledger beside the build, in Parquet."""
    into = tmp_path / "read"
    read_parts(cluster, PartReader(), [address_of(str(disclosures))], address_of(str(into)), 4)
    package = Package(into)
    found = check_parts(cluster, package, address_of(str(into)), schema_findings, rules_broken, 4)
    assert found is not None
    assert any("passages" in rule.needs for rule in load_rules(package.file("schemas", "rules")))
    assert sorted(map(repr, located(found, package))) == sorted(map(repr, check_package(package)))


@slow
def test_what_is_there_stays(cluster: SparkSession, shipped: Package, tmp_path: Path) -> None:
    there = tmp_path / "graph.nt"
    there.mkdir()
    at = address_of(str(there))
    with pytest.raises(PackageError, match="something already"):
        emit_parts(cluster, shipped, address_of(str(shipped.root)), at, fact_lines, list_lines)
    with pytest.raises(PackageError, match="something already"):
        read_parts(cluster, PartReader(), [at], at)
    with pytest.raises(PackageError, match="no such file or folder"):
        read_parts(cluster, PartReader(), [f"{at}/gone"], f"{at}/new")


def test_departments_that_are_tied_are_one_group() -> None:
    ties = [("b", "a"), ("c", "b"), ("e", "f"), ("x", "a")]
    assert components(["a", "b", "c", "d", "e", "f"], ties) == {
        "a": "a", "b": "a", "c": "a", "d": "d", "e": "e", "f": "e",
    }  # fmt: skip


def test_addresses_are_whole() -> None:
    assert address_of("hdfs:///budgets/package/") == "hdfs:///budgets/package"
    assert address_of("data") == f"file:{Path('data').resolve()}"
    assert local_path("s3a://bucket/package") is None
    assert local_path("file:///a/b") == local_path("file:/a/b") == Path("/a/b")
