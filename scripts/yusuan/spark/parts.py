"""A part of a package made a package of its own, where a process of the cluster works on it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from pyspark.sql import DataFrame

from yusuan.package import DESCRIPTOR, LINES, Package, format_csv
from yusuan.spark.facts import Facts

TOLD = "kind string, value string"
"""What work on a part gives: texts of several kinds."""

Work = Callable[[Package], Iterable[tuple[str, str]]]
"""What is done with a part: gives kinds and texts."""


@dataclass(frozen=True)
class Template:
    """What all parts of a package have in common: its files but for the facts, and for each of these its columns.

    `files` are by their path in the package, `facts` by the name of their resource: path and columns.
    """

    files: Mapping[str, bytes]
    facts: Mapping[str, tuple[str, tuple[str, ...]]]

    @classmethod
    def of(cls, facts: Facts) -> Template:
        """The template of a package whose lists, schemas and declarations are on this machine."""
        package = facts.package
        root = package.root.resolve()
        every = {**facts.resources, **facts.working}
        paths = {
            name: resource.path.relative_to(root).with_suffix(".csv").as_posix() for name, resource in every.items()
        }
        files = {resource.path for resource in package.resources.values() if resource.kind == "list"}
        for folder in ("schemas", "ontology"):
            files.update(path for path in (root / folder).rglob("*") if path.is_file())
        held = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(files)}
        held[DESCRIPTOR] = _described(package, paths)
        return cls(held, {name: (paths[name], resource.fields) for name, resource in every.items()})

    @classmethod
    def whole(cls, package: Package) -> Template:
        """The template of a package that is all of it, without facts that differ from part to part."""
        root = package.root.resolve()
        files = sorted(path for path in root.rglob("*") if path.is_file())
        return cls({path.relative_to(root).as_posix(): path.read_bytes() for path in files}, {})

    @contextmanager
    def part(self, batches: Iterable[pa.RecordBatch] = ()) -> Iterator[Package]:
        """The package of a part, there as long as the context. Batches are in the order of resource and line."""
        with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
            root = Path(folder)
            for name, content in self.files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self._write(root, batches)
            yield Package(root)

    def _write(self, root: Path, batches: Iterable[pa.RecordBatch]) -> None:
        """The rows of the facts as CSV files, and the lines that they have in the whole package."""
        for path, fields in self.facts.values():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(format_csv(fields, ()).encode())
        lines: dict[str, list[pa.Array]] = {name: [] for name in self.facts}
        for name, rows in _runs(batches):
            path, fields = self.facts[name]
            with (root / path).open("ab") as file:
                _append(file, fields, rows.column("cells"))
            lines[name].append(rows.column("line"))
        for name, found in lines.items():
            table = pa.table([pa.chunked_array(found, pa.int64())], names=["line"])
            pq.write_table(table, root / _lines_of(self.facts[name][0]))


def _lines_of(path: str) -> str:
    """The file of lines beside the CSV file of a resource."""
    return path.removesuffix(".csv") + ".lines.parquet"


def _described(package: Package, paths: Mapping[str, str]) -> bytes:
    """The descriptor of a package whose facts are CSV files."""
    resources = []
    for item in package.descriptor["resources"]:
        if item["name"] in paths:
            path = paths[item["name"]]
            kept = {**item, "path": path, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
            item = {**kept, LINES: _lines_of(path)}
        resources.append(item)
    return json.dumps({**package.descriptor, "resources": resources}, ensure_ascii=False).encode()


def _runs(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.RecordBatch]]:
    """Rows that follow each other and are of one resource, with its name."""
    for batch in batches:
        names = batch.column("resource").to_numpy(zero_copy_only=False)
        if not len(names):
            continue
        starts = [0, *(np.flatnonzero(names[1:] != names[:-1]) + 1).tolist(), len(names)]
        for start, end in pairwise(starts):
            yield str(names[start]), batch.slice(start, end - start)


def _append(file: IO[bytes], fields: tuple[str, ...], cells: pa.ListArray) -> None:
    """Write rows at the end of a CSV file."""
    columns = [pc.list_element(cells, place) for place in range(len(fields))]
    table = pa.table(columns, names=list(fields))
    pa.csv.write_csv(table, file, pa.csv.WriteOptions(include_header=False))


def told_by(facts: Facts, work: Work, parts: int | None = None) -> DataFrame:
    """What `work` tells of the parts of a package, as TOLD; `parts` of them, else as many as its size asks for."""
    spark = facts.spark
    template = spark.sparkContext.broadcast(Template.of(facts))
    rows = facts.owned().repartition(parts or _parts(facts), "group").sortWithinPartitions("resource", "line")

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from _told(template.value, work, batches)

    return rows.select("resource", "line", "cells").mapInArrow(run, TOLD)


_PART = 1 << 27
"""Bytes of facts in a part, about, where nothing is said of it."""


def _parts(facts: Facts) -> int:
    return max(2 * int(facts.spark.sparkContext.defaultParallelism), facts.size // _PART + 1)


def _told(template: Template, work: Work, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What work tells of one part; nothing of a part without facts."""
    first = next((batch for batch in batches if batch.num_rows), None)
    if first is None:
        return
    with template.part(_with(first, batches)) as package:
        for kind, value in work(package):
            yield pa.RecordBatch.from_pydict({"kind": [kind], "value": [value]})


def _with(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest
