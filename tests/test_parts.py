"""What a cluster relies on: parts of whole departments say together what the whole package says."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from yusuan.check import rules_broken
from yusuan.emit import fact_lines, graph_lines, list_lines
from yusuan.finding import Finding
from yusuan.package import Package, create_package, format_csv


def department_of(package: Package) -> dict[str, dict[str, str]]:
    """By resource, what department the row of a key is of."""
    filings = {row["id"]: row["department"] for row in package.rows("filings")}
    found = {"filings": filings, "departments": {row["id"]: row["id"] for row in package.rows("departments")}}
    found["line_items"] = {row["id"]: row["department"] for row in package.rows("line_items")}
    found["documents"] = {row["sha256"]: filings[row["filing"]] for row in package.rows("documents")}
    found["projects"] = {row["id"]: row["department"] for row in package.rows("projects")}
    return found


def split(package: Package, folder: Path, parts: int) -> Iterator[Package]:
    """The package as parts of whole departments with those below them; written apart from what a cluster does."""
    above = {row["id"]: row["parent"] for row in package.rows("departments")}

    def top(department: str) -> str:
        while above.get(department):
            department = above[department]
        return department

    known = department_of(package)
    tops = sorted({top(department) for department in above})
    part_of = {name: number % parts for number, name in enumerate(tops)}
    columns = {
        "sums": ("whole", "line_items"),
        "project_links": ("from_project", "projects"),
        "coverage": ("document", "documents"),
    }
    rows: dict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
    for resource in package.resources.values():
        if resource.kind == "list":
            continue
        column, target = columns.get(resource.name, ("filing", "filings"))
        if resource.name in {"departments", "filings"}:
            column, target = "id", resource.name
        elif column not in resource.fields:
            column, target = "department", "departments"
        for row in package.rows(resource.name):
            rows[part_of[top(known[target][row[column]])], resource.name].append(row)
    for number in range(parts):
        part = create_package(folder / str(number))
        for resource in part.resources.values():
            if resource.kind == "list":
                shutil.copyfile(package.resource(resource.name).path, resource.path)
            else:
                resource.path.write_text(format_csv(resource.fields, rows[number, resource.name]), encoding="utf-8")
        yield part


def told(findings: list[Finding]) -> list[tuple[str, ...]]:
    """Findings without their lines, which are those of the part."""
    return sorted((f.rule, f.filing, f.row_key, f.source, f.message, f.message_en, f.status) for f in findings)


@pytest.fixture(scope="session")
def parts(shipped: Package, tmp_path_factory: pytest.TempPathFactory) -> list[Package]:
    """The shipped package in parts."""
    return list(split(shipped, tmp_path_factory.mktemp("parts"), 3))


def test_rules_find_in_parts_what_they_find_in_the_whole(shipped: Package, parts: list[Package]) -> None:
    whole = rules_broken(shipped)
    assert len(whole) > 50
    assert told([finding for part in parts for finding in rules_broken(part)]) == told(whole)


def test_parts_give_the_graph_of_the_whole(shipped: Package, parts: list[Package]) -> None:
    """But for the rows of the released CSV that documents and figures name, which a cluster tells its parts."""

    def unnumbered(line: str) -> str:
        return line.partition("#row=")[0] if ".csv#row=" in line else line

    own: list[str] = []
    common: set[str] = set()
    for part in parts:
        for is_common, piece in fact_lines(part):
            lines = piece.decode().split("\n")[:-1]
            if is_common:
                common.update(lines)
            else:
                own.extend(lines)
    lists = b"".join(piece for _, piece in list_lines(parts[0])).decode().split("\n")[:-1]
    whole = graph_lines(shipped)
    assert min(map(len, (own, common, lists))) > 0
    assert sorted(map(unnumbered, [*own, *common, *lists])) == sorted(map(unnumbered, whole))
