"""The facts of a package as rows for the cluster, each with the group of departments it belongs to.

A rule compares figures of one filing, of filings of one department, or of a department with those above and below it;
a reference leads from a fact to one of the same departments. So departments that are tied together are one group, and
whole groups are parts on which every rule and every reference is decided as on the whole package.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - the name that everyone who knows Spark expects
from pyspark.sql.types import DecimalType

from yusuan.engine import all_text, csv_source
from yusuan.errors import PackageError
from yusuan.package import Package, Resource, format_csv, read_csv
from yusuan.plain import count_records
from yusuan.spark.files import Files

DEPARTMENTS, FILINGS = "departments", "filings"

TIES = {
    DEPARTMENTS: ("parent", "successor"),
    "units": ("filing", "department"),
    "project_links": ("from_project", "to_project"),
}
"""Resources whose rows tie departments together, and the fields that name them or something of theirs.

Where rows of another resource do so, the schemas of a part do not hold by themselves, and the whole package is asked.
"""

ROWS = "line long, cells array<string>"
"""Rows of a resource: the line of each as a CSV file would have it (the header is 1), its cells in schema order.

An empty cell is null.
"""

LARGEST = 2**31 - 1
"""Bytes of a CSV file that are read as one."""


class Facts:
    """The facts of a package at an address, whose lists, schemas and descriptor are `package` on this machine."""

    def __init__(self, spark: SparkSession, package: Package, address: str, working: Iterable[str] = ()) -> None:
        self.spark = spark
        self.package = package
        self.address = address
        self.files = Files(spark)
        self._rows: dict[str, DataFrame] = {}
        self.resources = {name: resource for name, resource in package.resources.items() if resource.kind != "list"}
        self.working = {name: found for name in working if (found := self._working(name)) is not None}

    def at(self, resource: Resource) -> str:
        """The address of the file of a resource."""
        return f"{self.address}/{resource.path.relative_to(self.package.root.resolve()).as_posix()}"

    def _working(self, name: str) -> Resource | None:
        """A working resource that is beside the build, with the columns that it has there."""
        if name in self.resources:
            return None
        for format_ in ("csv", "parquet"):
            relative = f"build/work/{name}.{format_}"
            address = f"{self.address}/{relative}"
            if self.files.exists(address):
                schema = all_text(self._columns(address, format_))
                path = self.package.root.resolve() / relative
                return Resource(name, path, "working", "", "", schema, format_)
        return None

    def _columns(self, address: str, format_: str) -> list[str]:
        if format_ == "parquet":
            return list(self.spark.read.parquet(address).columns)
        head = self.spark.read.text(address).first()
        return str(head[0]).split(",") if head else []

    @cached_property
    def size(self) -> int:
        """Bytes that the facts have as CSV, about."""
        packed = {"csv": 1, "parquet": 16}
        every = (*self.resources.values(), *self.working.values())
        return sum(self.files.size(self.at(resource)) * packed[resource.format] for resource in every)

    def rows(self, resource: Resource) -> DataFrame:
        """The rows of a resource, as ROWS says. Raises PackageError where its file is missing."""
        if resource.name not in self._rows:
            address = self.at(resource)
            if not self.files.exists(address):
                raise PackageError("file is missing", address)
            self._rows[resource.name] = (
                self._of_parquet(resource, address) if resource.format == "parquet" else self._of_csv(resource, address)
            )
        return self._rows[resource.name]

    def _of_csv(self, resource: Resource, address: str) -> DataFrame:
        """CSV is read whole, by who reads it on one machine: as cells hold line ends, it does not split."""
        if self.files.size(address) > LARGEST:
            raise PackageError(
                "too large a CSV file for a cluster, which cannot split it; write it as Parquet", address
            )
        fields = resource.fields

        def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for content in batch.column("content"):
                    yield from read_text(content.as_buffer(), fields, address)

        whole = self.spark.read.format("binaryFile").load(address).select("content")
        return whole.mapInArrow(read, ROWS).persist()

    def _of_parquet(self, resource: Resource, address: str) -> DataFrame:
        table = self.spark.read.parquet(address)
        there = set(table.columns)
        for field in resource.fields:
            if field not in there:
                raise PackageError(f"lacks the column {field}; write it again by its schema", address)
        types = {field.name: field.dataType for field in table.schema.fields}
        cells = [_as_text(field, types[field["name"]]) for field in resource.schema["fields"]]
        path, index = F.col("_metadata.file_path"), F.col("_metadata.row_index")
        before = self._rows_before(table, path) if self.files.is_folder(address) else None
        first = F.lit(2) if before is None else F.element_at(before, path) + 2
        return table.select((first + index).alias("line"), F.array(*cells).alias("cells"))

    def _rows_before(self, table: DataFrame, path: Column) -> Column:
        """How many rows the files before each file of a folder have."""
        counts = sorted((row[0], row[1]) for row in table.groupBy(path).count().collect())
        before: list[Column] = []
        total = 0
        for name, rows in counts:
            before.extend((F.lit(name), F.lit(total)))
            total += rows
        return F.create_map(*before)

    def owned(self) -> DataFrame:
        """All rows of all facts and working resources, each with its group (empty where it leads to no department)."""
        every = [self.grouped(resource) for resource in (*self.resources.values(), *self.working.values())]
        return reduce(DataFrame.unionAll, every)

    def grouped(self, resource: Resource) -> DataFrame:
        """The rows of a resource with its name and their group."""
        field, target = self._owner(resource)
        rows = self.rows(resource).withColumn("key", cell(resource, field))
        known = self._groups if target == DEPARTMENTS else self._group_by_key(target)
        return rows.join(known, "key", "left").select(
            F.coalesce("group", F.lit("")).alias("group"), F.lit(resource.name).alias("resource"), "line", "cells"
        )

    def _group_by_key(self, name: str) -> DataFrame:
        resource = self.package.resource(name)
        keyed = self.grouped(resource).select(cell(resource, resource.key[0]).alias("key"), "group")
        return keyed.groupBy("key").agg(F.min("group").alias("group"))

    def _owner(self, resource: Resource) -> tuple[str, str]:
        """The field that leads to a row's departments, and the resource that it leads to."""
        if resource.name == DEPARTMENTS:
            return resource.key[0], DEPARTMENTS
        leads = self._leads(resource)
        for target in (FILINGS, DEPARTMENTS):
            if field := next((field for field, other in leads if other == target), None):
                return field, target
        if not leads:
            raise PackageError("no field of it leads to a filing or a department", resource.name)
        return leads[0]

    def _leads(self, resource: Resource) -> list[tuple[str, str]]:
        """Fields of a resource that refer to another fact, and that."""
        if resource.kind == "working":
            return [("filing", FILINGS)]
        leads = []
        for key in resource.schema.get("foreignKeys", []):
            target, names = key["reference"]["resource"], key["fields"]
            field = names if isinstance(names, str) else names[0]
            if target in self.resources and target != resource.name:
                leads.append((field, target))
        return leads

    @cached_property
    def _groups(self) -> DataFrame:
        """Departments (key) with their group: the first of those that are tied to each other."""
        register = self.package.resource(DEPARTMENTS)
        known = [row[0] for row in self.rows(register).select(cell(register, register.key[0])).collect()]
        groups = components(known, self._ties())
        return self.spark.createDataFrame(sorted(groups.items()), "key string, group string")

    def _ties(self) -> Iterator[tuple[str, str]]:
        """Pairs of departments that belong together."""
        for name, fields in TIES.items():
            resource = self.resources.get(name)
            if resource is None:
                continue
            columns = [cell(resource, field) for field in (resource.key[0], *fields)]
            named = self.rows(resource).select(*columns).collect()
            if name == DEPARTMENTS:
                for own, *others in named:
                    yield from ((own, other) for other in others if other)
                continue
            leads = dict(self._leads(resource))
            owners = [self._departments_of(leads[field]) for field in fields]
            for _, one, other in named:
                pair = owners[0].get(one, one), owners[1].get(other, other)
                if all(pair):
                    yield pair[0], pair[1]

    def _departments_of(self, name: str) -> dict[str, str]:
        """The department of each row of a resource; nothing of departments themselves."""
        if name == DEPARTMENTS:
            return {}
        resource = self.resources[name]
        field = next(field for field, target in self._leads(resource) if target == DEPARTMENTS)
        columns = cell(resource, resource.key[0]), cell(resource, field)
        return {row[0]: row[1] for row in self.rows(resource).select(*columns).collect()}

    def keys_that_repeat(self) -> bool:
        """Whether two rows of a resource have one key; what is one in a part may not be in the whole."""
        told = []
        for resource in self.resources.values():
            for fields in unique_fields(resource):
                cells = [cell(resource, field) for field in fields]
                named = F.lit(f"{resource.name}.{','.join(fields)}")
                there = self.rows(resource).where(F.coalesce(*cells).isNotNull())
                told.append(there.select(named.alias("resource"), F.concat(*map(_measured, cells)).alias("key")))
        repeated = reduce(DataFrame.unionAll, told).groupBy("resource", "key").count().where("count > 1")
        return not repeated.isEmpty()

    def release(self) -> None:
        """Forget rows that were kept."""
        for rows in self._rows.values():
            rows.unpersist()


def _measured(value: Column) -> Column:
    """A cell with its length, so that cells one after another are told apart."""
    return F.coalesce(F.concat(F.length(value).cast("string"), F.lit(":"), value), F.lit("-"))


def unique_fields(resource: Resource) -> Iterator[tuple[str, ...]]:
    """Fields whose values together occur once, where any of them is filled."""
    if "primaryKey" in resource.schema:
        yield resource.key
    for field in resource.schema["fields"]:
        if field.get("constraints", {}).get("unique"):
            yield (field["name"],)


def cell(resource: Resource, field: str) -> Column:
    """A field of ROWS."""
    return F.col("cells")[resource.fields.index(field)]


def _as_text(field: dict[str, Any], kind: Any) -> Column:
    """A typed column as the text that CSV has for it."""
    name = F.col(f"`{field['name']}`")
    text = name.cast("string")
    if isinstance(kind, DecimalType) and kind.scale > 0:
        text = F.regexp_replace(text, "[.]?0*$", "")
    elif field["type"] == "year":
        text = F.lpad(text, 4, "0")
    return F.nullif(text, F.lit(""))


def components(names: Iterable[str], ties: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with the first, in order of names, of those it is tied to."""
    above = {name: name for name in names if name}

    def top(name: str) -> str:
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for one, other in ties:
        if one in above and other in above:
            first, second = sorted((top(one), top(other)))
            above[second] = first
    return {name: top(name) for name in above}


def read_text(content: pa.Buffer, fields: tuple[str, ...], place: str) -> Iterator[pa.RecordBatch]:
    """The bytes of a CSV file as ROWS."""
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder, duckdb.connect() as connection:
        path = Path(folder) / "rows.csv"
        path.write_bytes(content)
        rows = count_records(path, fields)
        if rows is None:
            try:
                path.write_bytes(format_csv(fields, read_csv(path, fields)).encode())
            except PackageError as error:
                raise PackageError(error.message, place) from None
        cells = ", ".join('"' + field.replace('"', '""') + '"' for field in fields)
        yield from connection.sql(
            f"SELECT row_number() OVER () + 1 AS line, [{cells}] AS cells FROM {csv_source(path, fields)}"
        ).to_arrow_reader(10_000)
