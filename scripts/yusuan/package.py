"""Find, open and save a data package: typed by its schemas, stable order, UTF-8, LF."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from yusuan.errors import PackageError

Row = dict[str, str]
"""A row as text, one entry per schema field in schema order; an empty cell is the empty string."""

DESCRIPTOR = "datapackage.json"
OPTIONAL = "yusuan:optional"
"""Property of a descriptor: resources that a package can do without."""

LINES = "yusuan:lines"
"""Property of a resource in a part of a package: a Parquet file of the lines that its rows have in the whole."""

FORMATS = ("csv", "parquet")
"""Formats of the file of a resource."""


def home() -> Path:
    """Folder of the package this code ships with: inside the wheel, else the repository around it."""
    here = Path(__file__).resolve().parent
    if (here / "package" / DESCRIPTOR).is_file():
        return here / "package"
    for folder in here.parents:
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise PackageError(f"no {DESCRIPTOR} beside the installed code; reinstall yusuan")


def cache() -> Path:
    """Folder of the user's cache that is ours; it need not be there yet."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yusuan"


@dataclass(frozen=True)
class Resource:
    """One tabular resource: its name, its file (CSV or Parquet) and its Table Schema."""

    name: str
    path: Path
    kind: str
    title: str
    description: str
    schema: Mapping[str, Any] = field(repr=False)
    format: str = "csv"
    lines: Path | None = None

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Field names in schema order."""
        return tuple(item["name"] for item in self.schema["fields"])

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Names of the primary key fields."""
        return tuple(self.schema["primaryKey"])

    def key_of(self, row: Mapping[str, str]) -> str:
        """The primary key of a row as one string, parts joined with a vertical bar."""
        return "|".join(row[name] for name in self.key)

    def said(self, record: int) -> tuple[str, str]:
        """The place of a record in Chinese and English. The header of a CSV file is record 1; Parquet has rows only."""
        if self.format == "csv":
            return f"第 {record} 行", f"line {record}"
        return f"第 {record - 1} 条", f"row {record - 1}"


class Package:
    """A data package on disk. Rows are read and written as text; types are the schemas' business."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.descriptor = _read_json(root / DESCRIPTOR)
        self.resources = {item["name"]: self._resource(item) for item in self.descriptor.get("resources", [])}

    def _resource(self, item: Mapping[str, Any]) -> Resource:
        if not isinstance(item.get("path"), str) or not isinstance(item.get("schema"), str):
            raise PackageError(
                f"resource {item.get('name')!r} needs a path and a schema, both paths in the package",
                str(self.root / DESCRIPTOR),
            )
        path = self._inside(item["path"])
        format_ = item.get("format") or ("parquet" if path.suffix == ".parquet" else "csv")
        if format_ not in FORMATS:
            raise PackageError(
                f"resource {item['name']!r} is of format {format_!r}; tables are {' or '.join(FORMATS)}",
                str(self.root / DESCRIPTOR),
            )
        return Resource(
            name=item["name"],
            path=path,
            kind=item.get("yusuan:kind", "fact"),
            title=item.get("title", ""),
            description=item.get("description", ""),
            schema=_read_json(self._inside(item["schema"])),
            format=format_,
            lines=self._inside(item[LINES]) if LINES in item else None,
        )

    def _inside(self, path: str) -> Path:
        """A path of the descriptor, refused when it leaves the package or names an address."""
        target = (self.root / path).resolve()
        if "://" in path or not target.is_relative_to(self.root.resolve()):
            raise PackageError(f"{path!r} is outside the package", str(self.root / DESCRIPTOR))
        return target

    def include(self, name: str) -> None:
        """Take in a resource that a package can do without; `write` saves it with its first rows."""
        offered = [*self.descriptor.get(OPTIONAL, []), *open_package().descriptor.get(OPTIONAL, [])]
        item = next((item for item in offered if item["name"] == name), None)
        if item is None:
            raise PackageError(f"no resource {name!r} that could be taken in", str(self.root / DESCRIPTOR))
        schema = self._inside(item["schema"])
        if not schema.is_file():
            schema.write_bytes(home().joinpath(*item["schema"].split("/")).read_bytes())
        self.resources[name] = self._resource(item)
        kept = [other for other in self.descriptor.get(OPTIONAL, []) if other["name"] != name]
        self.descriptor = {**self.descriptor, "resources": [*self.descriptor["resources"], item], OPTIONAL: kept}

    @property
    def base(self) -> str:
        """Base of all IRIs of the package."""
        return str(self.descriptor.get("id", "https://w3id.org/yusuan/"))

    def resource(self, name: str) -> Resource:
        """The resource of that name."""
        try:
            return self.resources[name]
        except KeyError:
            raise PackageError(f"no resource {name!r}", str(self.root / DESCRIPTOR)) from None

    def rows(self, name: str) -> list[Row]:
        """All rows of a resource as text, in file order."""
        resource = self.resource(name)
        if resource.format == "parquet":
            from yusuan.twin import rows_of

            return rows_of(resource)
        return read_csv(resource.path, resource.fields)

    def write(self, tables: Mapping[str, Iterable[Row]]) -> None:
        """Save resources, each sorted by its key; every file is complete before any is replaced."""
        self.refuse_installed()
        staged = []
        for name, rows in tables.items():
            resource = self.resource(name)
            ordered = sorted(rows, key=lambda row: [row[k] for k in resource.key])
            partial = resource.path.with_suffix(".partial")
            if resource.format == "parquet":
                from yusuan.twin import write_rows

                write_rows(resource, ordered, partial)
            else:
                data = format_csv(resource.fields, ordered).encode()
                if resource.path.is_file() and resource.path.read_bytes() == data:
                    continue
                resource.path.parent.mkdir(parents=True, exist_ok=True)
                partial.write_bytes(data)
            staged.append((partial, resource.path))
        for partial, path in staged:
            partial.replace(path)
        if _read_json(self.root / DESCRIPTOR) != self.descriptor:
            write_json(self.root / DESCRIPTOR, self.descriptor)

    def file(self, *parts: str) -> Path:
        """A declarative file or folder of the package, else the one this code ships with."""
        own = self.root.joinpath(*parts)
        return own if own.exists() else home().joinpath(*parts)

    @property
    def installed(self) -> bool:
        """Whether this is the copy inside an installed wheel, which belongs to the installation."""
        return self.root.resolve() == Path(__file__).resolve().parent / "package"

    def refuse_installed(self) -> None:
        """Raise PackageError where this package came with the installed code, which is not there to be changed."""
        if self.installed:
            raise PackageError(
                "the data that came with the installed yusuan are not changed; name a folder of your own",
                str(self.root),
            )

    @property
    def build(self) -> Path:
        """Folder of working resources and built graphs, never committed; of installed data one in the user's cache."""
        if self.installed:
            return cache() / f"package-{self.descriptor.get('version', '0')}"
        return self.root / "build"


def open_package(path: Path | None = None) -> Package:
    """Open the package at `path`, or the one this code ships with. Raises PackageError."""
    root = path if path is not None else home()
    if not (root / DESCRIPTOR).is_file():
        raise PackageError(f"no {DESCRIPTOR} here; name a folder that holds a data package", str(root))
    return Package(root)


def create_package(path: Path, title: str | None = None) -> Package:
    """Make an empty package of the same shape at `path`: schemas, code lists, no facts.

    Raises PackageError where the folder already holds something else.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise PackageError("not empty and not a data package; name a new or an empty folder", str(path))
    source = open_package()
    partial = path.with_name(path.name + ".partial")
    if partial.exists():
        shutil.rmtree(partial)
    descriptor = dict(source.descriptor)
    if title:
        descriptor["title"] = title
    for resource in source.resources.values():
        target = partial / resource.path.relative_to(source.root.resolve())
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = source.rows(resource.name) if resource.kind == "list" else []
        target.write_bytes(format_csv(resource.fields, rows).encode())
    (partial / "schemas").mkdir(exist_ok=True)
    shutil.copytree(source.root / "schemas" / "tables", partial / "schemas" / "tables")
    write_json(partial / DESCRIPTOR, descriptor)
    if path.exists():
        path.rmdir()
    partial.replace(path)
    return Package(path)


def read_csv(path: Path, fields: tuple[str, ...] | None = None) -> list[Row]:
    """Rows of a UTF-8 CSV file as text. With `fields`, the header must name exactly those, in order."""
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise PackageError("file is missing", str(path)) from None
    except UnicodeDecodeError as error:
        raise PackageError(f"not UTF-8 at byte {error.start}", str(path)) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = tuple(next(reader, ()))
        if fields is not None and header != fields:
            raise PackageError(f"header is {','.join(header)}, expected {','.join(fields)}", f"{path}:1")
        for cells in reader:
            if len(cells) != len(header):
                raise PackageError(f"{len(cells)} cells, expected {len(header)}", f"{path}:{reader.line_num}")
            rows.append(dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise PackageError(str(error), f"{path}:{reader.line_num}") from None
    return rows


def format_csv(fields: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as RFC 4180 text with LF line ends; a lone CR is quoted too, which the csv module leaves bare."""
    lines = [",".join(map(_quoted, fields))]
    lines.extend(",".join(_quoted(row[name]) for name in fields) for row in rows)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in ',"\n\r') else text


def write_json(path: Path, value: object) -> None:
    """A JSON file for people: indented, Chinese as it is, LF at the end."""
    path.write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackageError("file is missing", str(path)) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise PackageError(f"not valid JSON: {error}", str(path)) from None
    if not isinstance(value, dict):
        raise PackageError("not a JSON object", str(path))
    return value
