"""A filing's forms from its rows to files: complete or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from yusuan.errors import MissingExtraError, PackageError
from yusuan.package import Package, Row
from yusuan.render.amounts import print_amounts
from yusuan.render.performance import PerformancePrinter, indicators_of, print_units, projects_of
from yusuan.render.printed import Printed, PrintedFiling
from yusuan.render.source import Source, source_of

FORMATS = ("docx", "xlsx", "html", "txt")
_PHASES = {"budget": "预算", "final": "决算"}


@dataclass(frozen=True)
class Rendered:
    """What was written: the files, how many tables, and the titles of those of no standard form, left out."""

    paths: tuple[Path, ...]
    tables: int
    left_out: tuple[str, ...]


def render_filing(package: Package, filing: str, formats: Sequence[str], folder: Path) -> Rendered:
    """Write the standard forms of a filing into a folder, one file a format, named for the filing.

    Every file is complete before any takes its name. Raises PackageError for a filing the package does not have
    or that has no standard form, MissingExtraError where a library for a format is missing.
    """
    source = source_of(package, filing)
    if not source.tables:
        raise PackageError(f"no table of {filing} is of a standard form; there is nothing to render", str(package.root))
    printed = print_filing(package, source)
    written = {folder / f"{filing}.{format_}": _writer(format_)(printed) for format_ in formats}
    folder.mkdir(parents=True, exist_ok=True)
    partials = {path: path.with_name(path.name + ".partial") for path in written}
    for path, data in written.items():
        partials[path].write_bytes(data)
    for path, partial in partials.items():
        partial.replace(path)
    left_out = tuple(row["title"] or row["id"] for row in source.left_out)
    return Rendered(tuple(written), len(printed.tables), left_out)


def _writer(format_: str) -> Callable[[PrintedFiling], bytes]:
    try:
        module = import_module(f"yusuan.render.to_{format_}")
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{format_} needs {error.name}; install it with: pip install 'yusuan[render]'"
        ) from None
    write: Callable[[PrintedFiling], bytes] = getattr(module, f"write_{format_}")
    return write


def print_filing(package: Package, source: Source) -> PrintedFiling:
    """The filing as it is printed: its cover facts, its tables in their order, its date."""
    kinds = {form.id: form.kind for form in source.forms.values()}
    forms = [row for row in source.tables if kinds[row["form"]] == "performance"]
    projects = projects_of(forms, source)
    indicators = indicators_of(forms, projects, source)
    printer = PerformancePrinter(package.file("schemas", "lookups"))
    names = {row["id"]: [row["name"], *filter(None, row["other_names"].split("|"))] for row in source.projects.values()}
    balances = {row["id"]: row["name"] for row in package.rows("items")}
    units = _units(source)

    def printed(table: Row) -> Printed:
        kind = kinds[table["form"]]
        if kind == "performance":
            return printer.print(table, source, projects[table["id"]], indicators.get(table["id"], []))
        if kind == "units":
            return print_units(table, units.pop(0) if units else [])
        items, sums = source.items.get(table["id"], ()), source.sums.get(table["id"], ())
        return print_amounts(table, items, sums, source.forms[table["form"]], names, balances)

    return PrintedFiling(
        source.filing["title"] or source.filing["id"],
        tuple(_opening(source)),
        tuple(printed(table) for table in source.tables),
        tuple(_closing(source)),
    )


def _units(source: Source) -> list[list[Row]]:
    """The units of each list of them: numbers begin again in the next."""
    lists: dict[int, list[Row]] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    for row in source.units:
        lists[seen[row["ordinal"]]].append(row)
        seen[row["ordinal"]] += 1
    return list(lists.values())


def _opening(source: Source) -> Iterator[str]:
    """Title, agency, and a line that names year, scope and phase."""
    filing, department = source.filing, source.department
    if filing["title"]:
        yield filing["title"]
    scope = department["scope"]
    yield f"编制{scope}：{department['name']}"
    yield f"{filing['year']}年度{scope}{_PHASES[filing['phase']]}各表如下"


def _closing(source: Source) -> Iterator[str]:
    if published := source.filing["published"]:
        year, month, day = (int(part) for part in published.split("-"))
        yield f"{year}年{month}月{day}日"
