"""Files at addresses, as the cluster reaches them: of this machine, of HDFS, of an object store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

from yusuan.errors import PackageError


def address_of(text: str) -> str:
    """An address as Hadoop takes it; a path without a scheme is of this machine, whole."""
    return text.rstrip("/") if "://" in text or text.startswith("file:") else f"file:{Path(text).resolve()}"


def local_path(text: str) -> Path | None:
    """The path of an address that is of this machine; None of any other."""
    if "://" not in text and not text.startswith("file:"):
        return Path(text)
    return Path("/" + text.removeprefix("file:").lstrip("/")) if text.startswith("file:") else None


@dataclass(frozen=True)
class Listed:
    """A file met in a folder: its address, its size in bytes."""

    address: str
    size: int


class Files:
    """Hadoop's file systems."""

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark._jvm
        self._configuration: Any = spark._jsc.hadoopConfiguration()

    def _at(self, address: str) -> tuple[Any, Any]:
        """The file system of an address and the address as its path. Raises PackageError where there is none."""
        path = self._jvm.org.apache.hadoop.fs.Path(address)
        try:
            system = path.getFileSystem(self._configuration)
        except Exception as error:  # py4j wraps whatever the file system's own library raises
            raise PackageError(f"no such file system here ({type(error).__name__})", address) from None
        return (system.getRawFileSystem() if system.getScheme() == "file" else system), path

    def exists(self, address: str) -> bool:
        """Whether there is a file or a folder."""
        system, path = self._at(address)
        return bool(system.exists(path))

    def is_folder(self, address: str) -> bool:
        """Whether there is a folder."""
        system, path = self._at(address)
        return bool(system.exists(path)) and bool(system.getFileStatus(path).isDirectory())

    def size(self, address: str) -> int:
        """Bytes of a file, or of all files of a folder; 0 where there is none."""
        system, path = self._at(address)
        return int(system.getContentSummary(path).getLength()) if system.exists(path) else 0

    def listed(self, address: str) -> Iterator[Listed]:
        """All files of a folder and of those in it, folder by folder in order; or the file itself."""
        system, path = self._at(address)
        if not system.exists(path):
            raise PackageError("no such file or folder", address)
        found, files = [], system.listFiles(path, True)
        while files.hasNext():
            status = files.next()
            found.append(Listed(str(status.getPath().toString()), int(status.getLen())))
        yield from sorted(found, key=lambda file: file.address.split("/"))

    def fetch(self, address: str, target: Path) -> None:
        """Copy a file or a folder to this machine. Raises PackageError where there is none."""
        system, path = self._at(address)
        if not system.exists(path):
            raise PackageError("file is missing", address)
        target.parent.mkdir(parents=True, exist_ok=True)
        system.copyToLocalFile(False, path, self._jvm.org.apache.hadoop.fs.Path(f"file:{target}"), True)

    def put(self, source: Path, address: str) -> None:
        """Copy a file or a folder of this machine to an address."""
        system, path = self._at(address)
        system.mkdirs(path.getParent())
        system.copyFromLocalFile(False, True, self._jvm.org.apache.hadoop.fs.Path(f"file:{source}"), path)

    def rename(self, old: str, new: str) -> None:
        """Give a file or a folder another address of the same file system. Raises PackageError where it cannot be."""
        system, path = self._at(old)
        target = self._jvm.org.apache.hadoop.fs.Path(new)
        system.mkdirs(target.getParent())
        if not system.rename(path, target):
            raise PackageError("cannot be renamed", old)

    def drop_checksums(self, folder: str) -> None:
        """Remove what Hadoop writes beside files of this machine."""
        for file in self.listed(folder):
            if file.address.endswith(".crc"):
                self.remove(file.address)

    def remove(self, address: str) -> None:
        """Remove a file or a folder, where there is one."""
        system, path = self._at(address)
        system.delete(path, True)
