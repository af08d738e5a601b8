"""The graph of a package written part by part: files of statements in a folder."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from pyspark.sql import SparkSession

from yusuan.errors import PackageError
from yusuan.package import Package
from yusuan.spark.facts import Facts
from yusuan.spark.files import Files
from yusuan.spark.parts import Template, told_by
from yusuan.spark.session import plainly

Lister = Callable[[Package], Iterable[tuple[bool, bytes]]]
"""What gives the statements of a package as lines, and of each piece whether other parts may give the same."""

SUFFIXES = (".nt", ".nt.gz", ".nq", ".nq.gz")
"""What the name of a folder of statements ends with: the format of its files."""

_OWN, _COMMON, _COUNT = "own", "common", "count"
_PIECE = 1 << 20
"""Bytes of lines that are handed on as one."""


def emit_parts(
    spark: SparkSession,
    package: Package,
    address: str,
    folder: str,
    facts_of: Lister,
    lists_of: Lister,
    parts: int | None = None,
) -> int:
    """Write what the facts of each part give and, once, what the lists give; the number of statements.

    `package` has the lists and declarations of the package at `address`. `folder` names the format by its suffix; its
    files are `part-00000.nt.gz` and so on. It is there whole or not at all. Raises PackageError.
    """
    files = Files(spark)
    suffix = next((suffix for suffix in reversed(SUFFIXES) if folder.endswith(suffix)), None)
    if suffix is None:
        raise PackageError(f"a folder of statements is named with one of {', '.join(SUFFIXES)}", folder)
    if files.exists(folder):
        raise PackageError("there is something already; name a new folder", folder)
    facts, staged = Facts(spark, package, address), f"{folder}.partial"
    try:
        files.remove(staged)
        with plainly():
            compression = "gzip" if suffix.endswith(".gz") else "none"
            told = told_by(facts, partial(_lines, facts_of=facts_of), parts)
            told.write.partitionBy("kind").option("compression", compression).text(f"{staged}/told")
            files.drop_checksums(f"{staged}/told")
            count, common = _gathered(spark, files, f"{staged}/told")
        whole = f"{staged}/whole"
        for number, file in enumerate(_of_kind(files, f"{staged}/told", _OWN), 1):
            files.rename(file, f"{whole}/part-{number:05}{suffix}")
        with Template.of(facts).part() as lists:
            pieces = [lines for _, lines in lists_of(lists)]
        pieces.append("".join(f"{line}\n" for line in common).encode())
        _put(files, pieces, f"{whole}/part-00000{suffix}")
        files.rename(whole, folder)
        return count + sum(piece.count(b"\n") for piece in pieces)
    finally:
        files.remove(staged)
        facts.release()


def _lines(package: Package, facts_of: Lister) -> Iterator[tuple[str, str]]:
    """The statements of a part in large pieces, each without its last line end, and how many they are."""
    count = 0
    held: dict[str, list[bytes]] = {_OWN: [], _COMMON: []}
    for is_common, piece in facts_of(package):
        kind = _COMMON if is_common else _OWN
        held[kind].append(piece)
        count += 0 if is_common else piece.count(b"\n")
        if sum(map(len, held[kind])) > _PIECE:
            yield kind, _text(held[kind])
            held[kind] = []
    yield from ((kind, _text(pieces)) for kind, pieces in held.items() if pieces)
    yield _COUNT, str(count)


def _text(pieces: Iterable[bytes]) -> str:
    return b"".join(pieces).decode().removesuffix("\n")


def _gathered(spark: SparkSession, files: Files, told: str) -> tuple[int, list[str]]:
    """How many statements the parts have for their own, and those that several may have given, each once."""

    def values(kind: str) -> list[str]:
        found = _of_kind(files, told, kind)
        return [row[0] for row in spark.read.text(found).distinct().collect()] if found else []

    counts = _of_kind(files, told, _COUNT)
    total = sum(int(row[0]) for row in spark.read.text(counts).collect()) if counts else 0
    return total, sorted(values(_COMMON))


def _of_kind(files: Files, told: str, kind: str) -> list[str]:
    """The files that hold texts of a kind."""
    folder = f"{told}/kind={kind}"
    return [file.address for file in files.listed(folder) if file.size] if files.exists(folder) else []


def _put(files: Files, pieces: Iterable[bytes], address: str) -> None:
    """Write pieces as a file, packed as its name says."""
    with tempfile.TemporaryDirectory(prefix="yusuan-") as folder:
        path = Path(folder) / "part"
        data = b"".join(pieces)
        path.write_bytes(gzip.compress(data, mtime=0) if address.endswith(".gz") else data)
        files.put(path, address)
