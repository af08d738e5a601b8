"""What is published: the package open in DuckDB, its graph as a file, where it goes, what is written there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from yusuan.engine import connect
from yusuan.package import Package, Resource


@dataclass(frozen=True)
class Download:
    """A file of the site that people or programs take.

    `file_type` is a code of the EU's file-type authority; `compression` the media type of a packing, or empty.
    """

    path: str
    title_zh: str
    title_en: str
    media_type: str
    file_type: str
    resource: str = ""
    compression: str = ""


@dataclass(frozen=True)
class Notes:
    """What changed since an earlier release, told in Chinese and English.

    `since` is that release's version; `lines` have their depth (0 a heading, 1 a filing, 2 a change); `files` are
    what programs and people take, by file name.
    """

    since: str
    lines: Mapping[str, Sequence[tuple[int, str]]]
    files: Mapping[str, str]


@dataclass
class Publication:
    """One publication of a package. `url` is where the tree will be served, with a slash at its end."""

    package: Package
    graph: Path
    out: Path
    url: str
    notes: Notes | None = None
    downloads: list[Download] = field(default_factory=list)

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The resources in DuckDB. Left by `close`."""
        return connect(self.package)

    def close(self) -> None:
        """Let go of the connection."""
        self.connection.close()

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries."""
        result = self.connection.execute(query, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def path(self, relative: str) -> Path:
        """A file of the tree, its folder made."""
        path = self.out / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, relative: str, text: str) -> None:
        """Write a text file of the tree."""
        self.path(relative).write_bytes(text.encode())

    def size_and_hash(self, relative: str) -> tuple[int, str]:
        """Bytes of a file, and its SHA-256."""
        data = (self.out / relative).read_bytes()
        return len(data), hashlib.sha256(data).hexdigest()

    @property
    def resources(self) -> list[Resource]:
        """All resources in the descriptor's order."""
        return list(self.package.resources.values())

    @cached_property
    def about(self) -> About:
        """What every description says of the whole."""
        return About.of(self)


@dataclass(frozen=True)
class About:
    """Title, licence, makers and extent of the data, for descriptions of every kind."""

    name: str
    title: str
    description: str
    version: str
    created: str
    licence: str
    licence_name: str
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    homepage: str
    first_year: int | None
    last_year: int | None

    @staticmethod
    def of(publication: Publication) -> About:
        """From the package's descriptor and its filings."""
        descriptor = publication.package.descriptor
        licence = (descriptor.get("licenses") or [{}])[0]
        years = publication.rows("SELECT min(year) AS first, max(year) AS last FROM filings")[0]
        creators = tuple(str(item.get("title", "")) for item in descriptor.get("contributors", []) if item.get("title"))
        return About(
            name=str(descriptor.get("name", "yusuan")),
            title=str(descriptor.get("title") or descriptor.get("name") or "yusuan"),
            description=str(descriptor.get("description") or descriptor.get("title") or ""),
            version=str(descriptor.get("version", "0")),
            created=str(descriptor.get("created", "1970-01-01"))[:10],
            licence=str(licence.get("path", "")),
            licence_name=str(licence.get("name", "")),
            creators=creators or ("yusuan contributors",),
            keywords=tuple(str(word) for word in descriptor.get("keywords", [])) or ("budget",),
            homepage=str(descriptor.get("homepage") or publication.url),
            first_year=years["first"],
            last_year=years["last"],
        )
