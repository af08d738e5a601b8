"""The package once more with its tables in Parquet: a data package of its own, which every verb reads."""

from __future__ import annotations

from pathlib import Path

from yusuan.package import DESCRIPTOR, Package
from yusuan.publish.publication import Download, Publication
from yusuan.publish.tree import staged
from yusuan.twin import MEDIA, write_twin

FOLDER = "parquet"


def write_parquet(publication: Publication) -> None:
    """The whole package in `parquet/`: typed as its schemas say, money as exact decimals, rows in their order."""
    twin = write_twin(publication.package, publication.out / FOLDER, "parquet")
    for resource in twin.resources.values():
        path = resource.path.relative_to(publication.out.resolve()).as_posix()
        title = resource.title or resource.name
        publication.downloads.append(
            Download(
                path, f"{title}（Parquet）", f"{resource.name} (Parquet)", MEDIA["parquet"], "PARQUET", resource.name
            )
        )
    publication.downloads.append(
        Download(
            f"{FOLDER}/{DESCRIPTOR}",
            "Parquet 数据包描述（Data Package v2）",
            "Data Package v2 descriptor of the tables in Parquet",
            "application/json",
            "JSON",
        )
    )


def write_parquet_package(package: Package, target: Path) -> int:
    """The package with its tables in Parquet as a folder, whole or not at all; gives the number of tables."""
    with staged(target) as out:
        return len(write_twin(package, out, "parquet").resources)
