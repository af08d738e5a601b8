"""Schema verdicts are Frictionless' own: same row, fields and type of error, proved in SQL or not.

`VERDICTS` in the environment says how many generated packages are tried (`make verdicts` tries 10,000).
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import yusuan.check.schema
import yusuan.engine
import yusuan.plain
from tests.test_rules import BROKEN, edited
from yusuan.check.proof import prove
from yusuan.check.schema import KEYS, Verdict, verdicts
from yusuan.engine import csv_source
from yusuan.errors import PackageError
from yusuan.package import Package, Resource, format_csv
from yusuan.plain import count_records
from yusuan.twin import write_twin

TRIED = int(os.environ.get("VERDICTS", "100"))
LEXICAL = {
    "number": r"-?[0-9]+(\.[0-9]+)?",
    "integer": "-?[0-9]+",
    "year": "[0-9]{4}",
    "date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
}

CELLS = {
    "string": ["", "a", "b", "甲", "a\n", "a,b", 'a"b', " a", "é", "e\u0301", "-", "ab", "x\r\ny", "\ufeffa", "1"],
    "number": [
        "", "0", "1", "1.0", "1.50", "-1", "+1", "1e3", "NaN", "inf", "0x10", "1_000", "１", "1,5", ".5", "5.", " 1",
        "-0", "01", "99999999999999999999", "0.99999999999999999999", "1.00000000001", "abc", "-", "¥1",
    ],
    "integer": [
        "", "0", "1", "-1", "1.5", "1.0", "1e3", "0x10", "1_0", "１", "01", " 1 ", "+1", "-0", "-",
        "99999999999999999999",
    ],
    "year": ["", "2020", "0001", "20x0", "99", "+202", " 202", "２０２０", "12345", "2_20", "-"],
    "date": [
        "", "2020-01-31", "2020-02-30", "2020-1-1", "0000-01-01", "２０２０-01-01", "2020-01-31 ", "20200131", "-",
        "9999-12-31", "2020/01/31",
    ],
}  # fmt: skip
PATTERNS = [
    "[ab]+",
    "a|b",
    "^a",
    "a$",
    "^(a|b)*$",
    "[^a]",
    "甲?",
    "a{1,2}",
    ".",
    r"\w+",
    "a*?",
    "[0-9]{2}(\\.[0-9]){0,2}",
    "(?:a)",
]
BOUNDS: dict[str, list[Any]] = {"number": [0, 1, 0.5], "integer": [0, 1], "year": [2020], "date": ["2020-01-31"]}
NAMES = ["id", "名", "c", "line", "k"]


def field(name: str, kind: str, constraints: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": kind, **({"constraints": constraints} if constraints else {})}


@st.composite
def fields(draw: st.DrawFn) -> list[dict[str, Any]]:
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)):
        kind = draw(st.sampled_from(["string", "string", "number", "integer", "year", "date"]))
        bounds: list[Any] = BOUNDS.get(kind, [])
        kinds: dict[str, st.SearchStrategy[Any]] = {"required": st.booleans(), "unique": st.booleans()}
        if kind == "string":
            kinds |= {"pattern": st.sampled_from(PATTERNS), "enum": st.just(["a", "b", "甲"])}
            kinds |= {"minLength": st.integers(0, 2), "maxLength": st.integers(0, 3)}
        else:
            kinds |= {"minimum": st.sampled_from(bounds), "maximum": st.sampled_from(bounds)}
            if kind in ("integer", "year"):
                kinds["enum"] = st.just([1, 2020])
        chosen = draw(st.lists(st.sampled_from(sorted(kinds)), max_size=2, unique=True))
        found.append(field(name, kind, {constraint: draw(kinds[constraint]) for constraint in chosen}))
    return found


@st.composite
def packages(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str]]:
    """A descriptor's schemas by resource name, and the text of their files."""
    schemas: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for name in ["one", "two"][: draw(st.integers(1, 2))]:
        schema: dict[str, Any] = {"fields": draw(fields())}
        names = [f["name"] for f in schema["fields"]]
        if draw(st.booleans()):
            schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        if draw(st.integers(0, 3)) == 0:
            schema["missingValues"] = draw(st.sampled_from([["", "-"], ["-"], [""]]))
        strings = [f["name"] for f in schema["fields"] if f["type"] == "string"]
        targets = {other: [f["name"] for f in s["fields"] if f["type"] == "string"] for other, s in schemas.items()} | {
            "": strings
        }
        for other in targets:
            size = min(len(strings), len(targets[other]), draw(st.integers(0, 2)))
            if size:
                reference = {"resource": other, "fields": targets[other][:size]}
                schema.setdefault("foreignKeys", []).append({"fields": strings[:size], "reference": reference})
        cells = st.tuples(*(st.sampled_from(CELLS[f["type"]]) for f in schema["fields"]))
        rows = draw(st.lists(cells, max_size=6))
        text = format_csv(tuple(names), [dict(zip(names, row, strict=True)) for row in rows])
        texts[name] = draw(st.sampled_from(WAYS))(text)
        schemas[name] = schema
    return schemas, texts


def in_order(text: str) -> str:
    """The rows of a text in order of their first cells, as packages are."""
    head, *rows = list(csv.reader(io.StringIO(text, newline="")))
    return format_csv(tuple(head), [dict(zip(head, row or [""], strict=True)) for row in sorted(rows)])


def more_cells(text: str) -> str:
    return text + "1" + "," * text.split("\n")[0].count(",") + ",\n"


DAMAGES: list[Callable[[str], str]] = [
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text + "\n",
    lambda text: text + "a\n",
    lambda text: text.rstrip("\n"),
    lambda text: text.replace(",", ";"),
    lambda text: "x" + text,
    lambda text: text + "\x00",
    lambda text: "",
    more_cells,
]


WAYS: list[Callable[[str], str]] = [str, in_order]
WAYS = WAYS * 8 + DAMAGES


def write(folder: Path, schemas: dict[str, Any], texts: dict[str, str]) -> Package:
    resources = []
    for name, schema in schemas.items():
        (folder / f"{name}.csv").write_bytes(texts[name].encode())
        (folder / f"{name}.json").write_text(json.dumps(schema), encoding="utf-8")
        resources.append({"name": name, "path": f"{name}.csv", "schema": f"{name}.json"})
    (folder / "datapackage.json").write_text(json.dumps({"name": "made", "resources": resources}), encoding="utf-8")
    return Package(folder)


Place = tuple[str, int | None, tuple[str, ...], str]


def of_frictionless(package: Package) -> set[Place]:
    """The errors Frictionless finds by itself."""
    from frictionless import Package as FrictionlessPackage

    def described(resource: Resource) -> dict[str, Any]:
        dialect = {"csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}}
        schema = {key: value for key, value in resource.schema.items() if key != "$schema"}
        how = {"type": "table", "format": "csv", "scheme": "file", "encoding": "utf-8", "dialect": dialect}
        return {"name": resource.name, "path": resource.path.name, "schema": schema, **how}

    resources = list(package.resources.values())
    descriptor = {"name": "made", "resources": [described(resource) for resource in resources]}
    report = FrictionlessPackage(descriptor, basepath=str(resources[0].path.parent)).validate(limit_errors=0)
    found: set[Place] = {("", None, (), error.type) for error in report.errors}
    for task in report.tasks:
        for error in task.errors:
            names = tuple(getattr(error, "field_names", ())) or tuple(filter(None, [getattr(error, "field_name", "")]))
            if error.type == "primary-key":
                names = tuple(package.resource(task.name).schema["primaryKey"])
            found.add((task.name, getattr(error, "row_number", None), names, error.type))
    return found


def misspelt(package: Package) -> set[Place]:
    found: set[Place] = set()
    for resource in package.resources.values():
        try:
            rows = package.rows(resource.name)
        except PackageError:
            continue
        for line, row in enumerate(rows, 2):
            for f in resource.schema["fields"]:
                pattern = LEXICAL.get(f["type"]) or f.get("constraints", {}).get("pattern", "(?s:.*)")
                missing = row[f["name"]] in resource.schema.get("missingValues", [""])
                if not missing and not re.fullmatch(pattern, row[f["name"]]):
                    found.add((resource.name, line, (f["name"],), "lexical"))
    return found


def places(found: list[Verdict]) -> set[Place]:
    return {(v.resource, v.line, v.fields, v.type) for v in found}


def assert_same(package: Package) -> None:
    expected = of_frictionless(package)
    try:
        found = places(verdicts(package))
    except PackageError:
        # Quoting that only Frictionless lets pass: said with its place, and nothing else of the package is.
        assert any(count_records(r.path, r.fields) is None for r in package.resources.values())
        return
    assert {place for place in found if place[3] != "lexical"} == expected
    if not any(place[1] is None for place in expected):
        wrong = {place[:3] for place in expected if place[3] not in KEYS}
        assert {p for p in found if p[3] == "lexical"} == {p for p in misspelt(package) if p[:3] not in wrong}


def assert_same_in_parquet(package: Package, folder: Path) -> None:
    """Where every cell has a place in a typed column, the twin in Parquet has the same errors but for spelling."""
    try:
        twin = write_twin(package, folder, "parquet")
        expected = places(verdicts(package))
    except PackageError:
        return
    TWINS.append(len(expected))
    assert places(verdicts(twin)) == {place for place in expected if place[1] is not None}


TWINS: list[int] = []
"""How many errors the packages had that had a twin."""

PROVED: dict[str, int] = {"yes": 0, "no": 0}


@settings(max_examples=TRIED, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(packages(), st.booleans())
def test_generated_packages(made: tuple[dict[str, Any], dict[str, str]], big: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    patch = pytest.MonkeyPatch()
    if big:
        patch.setattr(yusuan.engine, "SMALL", 0)
    try:
        package = write(folder, *made)
        PROVED["yes" if all(prove(package, r) for r in package.resources.values()) else "no"] += 1
        assert_same(package)
        assert_same_in_parquet(package, folder / "parquet")
    finally:
        patch.undo()
        shutil.rmtree(folder)


def test_most_generated_packages_are_proved_in_sql() -> None:
    if sum(PROVED.values()):
        assert PROVED["yes"] > PROVED["no"]
        assert len(TWINS) > sum(PROVED.values()) / 10 and any(TWINS)


@pytest.mark.parametrize("case", BROKEN[::12], ids=lambda path: path.name)
def test_packages_that_break_a_rule(
    case: Path, small: Package, copy_of: Callable[[Package], Package], tmp_path: Path
) -> None:
    package = edited(case, small, copy_of, tmp_path)
    assert all(prove(package, resource) for resource in package.resources.values())
    assert verdicts(package) == []


CORNERS = [
    ("amount", "1.5", None), ("amount", "007", None), ("amount", "0.1234567890123456789", None),
    ("amount", "1e3", "lexical"), ("amount", "NaN", "lexical"), ("amount", "Infinity", "lexical"),
    ("amount", "１００", "lexical"), ("amount", "1\n", "lexical"), ("amount", "1_000", "lexical"),
    ("amount", "+1", "lexical"),
    ("amount", "1,000", "type-error"), ("amount", "", "constraint-error"),
    ("year", "2020.0", "type-error"), ("year", "２０２０", "lexical"), ("year", " 202", "lexical"),
    ("position", "01", None), ("position", "1.0", "type-error"), ("position", "0x10", "type-error"),
    ("label", "甲\n乙", None), ("label", "\ufeff", None), ("label", "a\rb", None), ("unit", "元\n", "constraint-error"),
    ("filing", "310107-a-2020-budget", "foreign-key"), ("fund", "nonsense", "foreign-key"),
    ("function", "2080101~2\n", "foreign-key"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "type_"), CORNERS)
def test_hostile_cells(
    column: str, cell: str, type_: str | None, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    package = copy_of(small)
    rows = package.rows("line_items")
    rows[5][column] = cell
    package.write({"line_items": rows})
    found = {(v.line, v.fields, v.type) for v in verdicts(package) if v.resource == "line_items"}
    assert found == ({(7, (column,), type_)} if type_ else set())
    told = {
        (v.line, v.fields, v.type)
        for v in yusuan.check.schema.asked_of_frictionless(package, package.resource("line_items"))
    }
    assert told == found


@pytest.mark.parametrize("most", [0, yusuan.engine.SMALL], ids=["big", "small"])
@pytest.mark.parametrize("column", ["id", "label", "position", "source"])
def test_bytes_that_are_not_utf8_are_met_in_every_column(
    most: int, column: str, small: Package, copy_of: Callable[[Package], Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yusuan.engine, "SMALL", most)
    package = copy_of(small)
    rows = package.rows("line_items")
    rows[5][column] = "@"
    text = format_csv(package.resource("line_items").fields, rows).encode()
    package.resource("line_items").path.write_bytes(text.replace(b"@", b"\xff"))
    assert [(v.type, v.line) for v in verdicts(package) if v.resource == "line_items"] == [("encoding-error", None)]


def test_only_the_first_errors_are_told(
    small: Package, copy_of: Callable[[Package], Package], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yusuan.check.schema, "MOST_ERRORS", 5)
    package = copy_of(small)
    package.write({"line_items": [{**row, "form": "nonsense", "year": "x"} for row in package.rows("line_items")]})
    resource = package.resource("line_items")
    found = [v for v in verdicts(package) if v.resource == "line_items"]
    assert len(found) == 5
    assert (
        {v.line for v in found}
        == {v.line for v in yusuan.check.schema.asked_of_frictionless(package, resource)}
        == {2, 3, 4}
    )


PIECES = [
    "a", ",", '"', '"', "\n", " ", "\t", "\r", "\r\n", "é", "，", "'", "\\", "#", ";", "|", "\ufeff", "\x00", '""',
    '"a"', '"a,b"', '"\n"', "\u2028", "\x85",
]  # fmt: skip


@settings(max_examples=TRIED, deadline=None)
@given(
    st.integers(1, 3),
    st.sampled_from(["\n", "\r\n"]),
    st.lists(st.sampled_from(PIECES), max_size=14),
    st.integers(1, 5),
)
def test_a_plain_file_is_read_alike(columns: int, end: str, pieces: list[str], chunk: int) -> None:
    import duckdb

    names = tuple(f"c{n}" for n in range(columns))
    text = ",".join(names) + end + "".join(pieces)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, duckdb.connect() as connection:
        patch.setattr(yusuan.plain, "CHUNK", chunk)
        path = Path(folder) / "some.csv"
        path.write_bytes(text.encode())
        rows = count_records(path, names)
        if rows is None:
            return
        try:
            found = connection.execute(f"SELECT * FROM {csv_source(path, names)}").fetchall()
        except duckdb.Error:
            return
        if len(found) == rows:
            assert [[cell or "" for cell in row] for row in found] == list(csv.reader(io.StringIO(text, newline="")))[
                1:
            ]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2), max_size=6
    )
)
def test_what_we_write_is_plain(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.csv"
        path.write_bytes(format_csv(("a", "b"), [{"a": a, "b": b} for a, b in rows]).encode())
        assert count_records(path, ("a", "b")) == len(rows)
