"""Documents read on a cluster into a new package: lists and departments as CSV, all else as folders of Parquet.

Executors open the documents, the driver says which are of one filing, executors read the filings. What passes between
them are objects of the reader's own, which it alone looks into.
"""

from __future__ import annotations

import pickle
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - the name that everyone who knows Spark expects

from yusuan.errors import DocumentError, PackageError, YusuanError
from yusuan.package import DESCRIPTOR, Package, Resource, create_package, write_json
from yusuan.spark.facts import cell
from yusuan.spark.files import Files
from yusuan.spark.parts import Template
from yusuan.spark.session import plainly


class Plan(Protocol):
    """A filing to read: its number, what it is read together with, the places of its documents."""

    @property
    def order(self) -> int:
        """Its number."""

    @property
    def group(self) -> str:
        """Filings of one group are read by one process."""

    @property
    def places(self) -> Sequence[str]:
        """Addresses of its documents."""


class Reader(Protocol):
    """What reads documents in steps, as `yusuan.read.PartReader` does."""

    @property
    def suffixes(self) -> Iterable[str]:
        """Suffixes of files that can be read."""

    @property
    def facts(self) -> Iterable[str]:
        """Resources whose rows it gives."""

    @property
    def working(self) -> Mapping[str, tuple[str, ...]]:
        """Working resources and their columns."""

    def open(self, package: Package, paths: Iterable[Path]) -> Iterator[Any]:
        """Documents opened, or their errors."""

    def brief(self, opened: Any) -> Any:
        """What of one the driver needs."""

    def plan(self, package: Package, found: Iterable[tuple[str, Any]]) -> tuple[Sequence[Plan], Sequence[Any]]:
        """Filings, and a report for each document with its place."""

    def read(self, package: Package, filings: Iterable[tuple[Any, Sequence[Any]]]) -> Iterator[Any]:
        """What is told of each filing; then pairs of a resource, a working one as `<name>.csv`, and its rows."""

    def finish(self, package: Package, plans: Iterable[Any], told: Iterable[Any]) -> Mapping[str, Any]:
        """Lists and departments put into the package; reports by place."""


_OPENED = "path string, brief binary, whole binary"
_ROWS = "resource string, number long, cells array<string>, told binary"
_AT_ONCE = 10_000
_A_PART = 50
"""Documents that are read together, about."""

_TYPES = {"number": "decimal(38,6)", "integer": "bigint", "year": "int", "date": "date", "boolean": "boolean"}


def read_parts(
    spark: SparkSession, reader: Reader, documents: Sequence[str], into: str, parts: int | None = None
) -> list[Any]:
    """Read documents and folders of them into a new package at an address; the reports, a document each.

    The package is there whole or not at all. Raises PackageError where there is something already, ClusterError.
    """
    files = Files(spark)
    if files.exists(into):
        raise PackageError("a cluster reads into a new package; there is something already", into)
    found = [file.address for address in documents for file in files.listed(address)]
    suffixes = tuple(reader.suffixes)
    wanted = [address for address in found if address.lower().endswith(suffixes) or address in documents]
    if not wanted:
        return []
    staged = f"{into}.partial"
    count = parts or max(2 * int(spark.sparkContext.defaultParallelism), len(wanted) // _A_PART + 1)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        package = create_package(Path(folder) / "package")
        work = _Work(spark, reader, package, count)
        try:
            files.remove(staged)
            with plainly():
                reports = work.read(wanted)
                if any(report.error is None for _, report in reports):
                    work.write(staged)
            if files.exists(staged):
                files.drop_checksums(staged)
                for path in sorted(path for path in package.root.rglob("*") if path.is_file()):
                    files.put(path, f"{staged}/{path.relative_to(package.root).as_posix()}")
                files.rename(staged, into)
        finally:
            files.remove(staged)
            work.release()
    return [report for _, report in reports]


class _Work:
    """The documents of one call on their way into a package on this machine, whose facts are written elsewhere."""

    def __init__(self, spark: SparkSession, reader: Reader, package: Package, parts: int) -> None:
        self.spark = spark
        self.reader = reader
        self.package = package
        self.parts = parts
        self._kept: list[DataFrame] = []
        self._rows: DataFrame | None = None

    def read(self, wanted: Sequence[str]) -> list[tuple[str, Any]]:
        """Read the documents at these addresses; a report for each. The rows stay with the cluster."""
        template = self.spark.sparkContext.broadcast(Template.whole(self.package))
        opened = self._keep(
            self.spark.read.format("binaryFile")
            .load([_escaped(address) for address in wanted])
            .select("path", "content")
            .repartition(self.parts, "path")
            .mapInArrow(_opener(template, self.reader), _OPENED)
        )
        briefs = {row[0]: pickle.loads(row[1]) for row in opened.select("path", "brief").collect()}
        lost = DocumentError("a cluster reads no file whose name begins with a dot or an underscore")
        found = [(place, briefs[place] if place in briefs else _said_at(lost, place)) for place in wanted]
        plans, reports = self.reader.plan(self.package, found)
        self._rows = self._keep(self._filings(opened, plans, template))
        told = [pickle.loads(row[0]) for row in self._rows.where("resource = ''").select("told").collect()]
        filled = self.reader.finish(self.package, plans, told)
        return [(place, filled.get(place, report)) for place, report in reports]

    def _filings(self, opened: DataFrame, plans: Sequence[Plan], template: Any) -> DataFrame:
        """The rows that the filings give."""
        planned = [
            (place, plan.group, plan.order, position, pickle.dumps(plan))
            for plan in plans
            for position, place in enumerate(plan.places)
        ]
        columns = "path string, group string, order int, position int, plan binary"
        rows = self.spark.createDataFrame(planned, columns).join(opened, "path").repartition(self.parts, "group")
        ordered = rows.sortWithinPartitions("order", "position").select("order", "plan", "whole")
        return ordered.mapInArrow(_filing_reader(template, self.reader), _ROWS)

    def write(self, folder: str) -> None:
        """Write the facts as Parquet, each resource in the order of its key, and describe them so in the package."""
        assert self._rows is not None
        resources = []
        for item in self.package.descriptor["resources"]:
            resource = self.package.resource(item["name"])
            if resource.name in self.reader.facts:
                path = str(Path(item["path"]).with_suffix(".parquet"))
                typed = [_typed(resource, field) for field in resource.schema["fields"]]
                key = [cell(resource, name) for name in resource.key]
                own = self._rows.where(F.col("resource") == resource.name)
                own.orderBy(*key).select(*typed).write.parquet(f"{folder}/{path}")
                resource.path.unlink()
                kept = {name: value for name, value in item.items() if name != "encoding"}
                item = {**kept, "path": path, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
            resources.append(item)
        write_json(self.package.root / DESCRIPTOR, {**self.package.descriptor, "resources": resources})
        for name, fields in self.reader.working.items():
            own = self._rows.where(F.col("resource") == f"{name}.csv")
            filing, file = (F.col("cells")[fields.index(field)] for field in ("filing", "file_name"))
            cells = [F.coalesce(F.col("cells")[place], F.lit("")).alias(field) for place, field in enumerate(fields)]
            own.orderBy(filing, file, "number").select(*cells).write.parquet(f"{folder}/build/work/{name}.parquet")

    def _keep(self, rows: DataFrame) -> DataFrame:
        self._kept.append(rows.persist(StorageLevel.DISK_ONLY))
        return self._kept[-1]

    def release(self) -> None:
        """Forget what was kept."""
        for rows in self._kept:
            rows.unpersist()


def _typed(resource: Resource, field: Mapping[str, Any]) -> Column:
    """A cell in the type that Parquet has it in."""
    value = cell(resource, field["name"])
    kind = _TYPES.get(field["type"])
    return (value.cast(kind) if kind else value).alias(field["name"])


def _escaped(address: str) -> str:
    """An address in which no character stands for others."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", address)


def _said_at(error: YusuanError, place: str) -> YusuanError:
    return type(error)(error.message, place)


Batches = Iterator[pa.RecordBatch]


def _opener(template: Any, reader: Reader) -> Callable[[Batches], Batches]:
    """What opens documents: rows of path and content become _OPENED."""

    def documents(batches: Batches, folder: Path, places: list[str]) -> Iterator[Path]:
        for batch in batches:
            for row in range(batch.num_rows):
                places.append(batch.column("path")[row].as_py())
                path = folder / str(len(places)) / places[-1].rpartition("/")[2]
                path.parent.mkdir()
                path.write_bytes(batch.column("content")[row].as_buffer())
                yield path

    def run(batches: Batches) -> Batches:
        places: list[str] = []
        with template.value.part() as package, tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
            paths = documents(batches, Path(folder), places)
            for number, opened in enumerate(reader.open(package, paths)):
                place = places[number]
                if isinstance(opened, YusuanError):
                    opened = _said_at(opened, place)
                shutil.rmtree(Path(folder) / str(number + 1))
                values = place, pickle.dumps(reader.brief(opened)), pickle.dumps(opened)
                yield pa.RecordBatch.from_pylist([dict(zip(("path", "brief", "whole"), values, strict=True))])

    return run


def _filing_reader(template: Any, reader: Reader) -> Callable[[Batches], Batches]:
    """What reads filings: their opened documents in order become _ROWS."""

    def run(batches: Batches) -> Batches:
        rows = (row for batch in batches for row in batch.to_pylist())
        filings = (
            (pickle.loads(plans[0]), opened)
            for _, group in groupby(rows, key=lambda row: row["order"])
            for plans, opened in [_together(group)]
        )
        with template.value.part() as package:
            for told in reader.read(package, filings):
                if not isinstance(told, tuple):
                    yield _batch([("", 0, None, pickle.dumps(told))])
                    continue
                name, found = told
                working = name.removesuffix(".csv")
                fields = package.resource(name).fields if working == name else reader.working[working]
                for start in range(0, len(found), _AT_ONCE):
                    some = found[start : start + _AT_ONCE]
                    cells = ([row[field] or None for field in fields] for row in some)
                    yield _batch([(name, start + n, values, None) for n, values in enumerate(cells)])

    return run


def _together(rows: Iterable[Mapping[str, Any]]) -> tuple[list[bytes], list[Any]]:
    """The plan of a filing, as often as it has documents, and these."""
    found = list(rows)
    return [row["plan"] for row in found], [pickle.loads(row["whole"]) for row in found]


def _batch(rows: Sequence[tuple[str, int, list[str | None] | None, bytes | None]]) -> pa.RecordBatch:
    columns = [list(column) for column in zip(*rows, strict=True)]
    types = [pa.string(), pa.int64(), pa.list_(pa.string()), pa.binary()]
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, names=["resource", "number", "cells", "told"])
