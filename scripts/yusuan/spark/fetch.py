"""What a cluster's driver holds of a package: its descriptor, schemas, rules, ontology and lists."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from yusuan.package import DESCRIPTOR, Package, open_package
from yusuan.spark.files import Files, local_path

_FOLDERS = ("schemas", "ontology")


@contextmanager
def package_at(spark: SparkSession, address: str, whole: bool = False) -> Iterator[Package]:
    """The package at an address: itself where it is of this machine, else what is fetched of it for the context.

    Fetched are its declarations and its lists, with `whole` all its tables. Raises PackageError.
    """
    if (path := local_path(address)) is not None:
        yield open_package(path)
        return
    files = Files(spark)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        root = Path(folder) / "package"
        files.fetch(f"{address}/{DESCRIPTOR}", root / DESCRIPTOR)
        for name in _FOLDERS:
            if files.exists(f"{address}/{name}"):
                files.fetch(f"{address}/{name}", root / name)
        package = Package(root)
        for resource in package.resources.values():
            if whole or resource.kind == "list":
                relative = resource.path.relative_to(root.resolve()).as_posix()
                files.fetch(f"{address}/{relative}", resource.path)
        yield package
