"""Archives of what was published: the same files give the same bytes."""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from yusuan.package import Package
from yusuan.twin import write_twin

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN = 0o100644 << 16


def write_archives(package: Package, graph: Path, site: Path | None, target: Path, stem: str) -> list[Path]:
    """Write the archives of a release into the folder `target`, all named `stem`; gives them in their order.

    Two zips hold the package, its tables as CSV and as Parquet, each under a folder of its own name. `graph` is the
    graph as N-Quads; `site` the published site, where there is one.
    """
    written = []
    for name, format_ in ((stem, "csv"), (f"{stem}-parquet", "parquet")):
        with TemporaryDirectory(prefix=".twin-", dir=target) as folder:
            written.append(_zip(target / f"{name}.zip", write_twin(package, Path(folder), format_).root))
    written.append(_gzip(target / f"{stem}.nq.gz", graph))
    if site:
        written.append(_tar(target / f"{stem}-site.tar.gz", site))
    return written


def _zip(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in _below(folder):
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", _FIRST_DAY)
            entry.external_attr = _PLAIN
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as source, archive.open(entry, "w", force_zip64=True) as out:
                shutil.copyfileobj(source, out, 1 << 20)
    return path


def _gzip(path: Path, source: Path) -> Path:
    with source.open("rb") as file, path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        shutil.copyfileobj(file, out, 1 << 20)
    return path


def _tar(path: Path, folder: Path) -> Path:
    top = path.name.removesuffix(".tar.gz")
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in _below(folder):
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size = (folder / name).stat().st_size
            entry.mode = 0o644
            with (folder / name).open("rb") as file:
                archive.addfile(entry, file)
    return path


def _below(folder: Path) -> list[str]:
    """Every file of a folder by its path, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
