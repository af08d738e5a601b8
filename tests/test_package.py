"""Packages opened, made and saved."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yusuan
from tests.conftest import SHARED
from yusuan.errors import PackageError
from yusuan.package import Package, create_package, format_csv, open_package, read_csv


def test_the_shipped_package_is_valid_to_frictionless_itself(shipped: Package) -> None:
    from frictionless import validate

    report = validate(str(shipped.root / "datapackage.json"))
    assert report.valid, [task.errors for task in report.tasks if not task.valid]


@pytest.mark.skipif(not (SHARED / "suites").is_dir(), reason="the shared suites (../shared) are not here")
def test_descriptor_and_schemas_follow_data_package_v2(shipped: Package) -> None:
    import jsonschema

    suites = SHARED / "suites" / "datapackage-v2"
    profile = json.loads((suites / "tableschema.json").read_text(encoding="utf-8"))
    for resource in shipped.resources.values():
        jsonschema.validate(dict(resource.schema), profile)


def test_every_field_is_described(shipped: Package) -> None:
    for resource in shipped.resources.values():
        for field in resource.schema["fields"]:
            assert field["title"], (resource.name, field["name"])
            assert field["description"].endswith("."), (resource.name, field["name"])


def test_files_are_sorted_utf8_lf(shipped: Package) -> None:
    for resource in shipped.resources.values():
        data = resource.path.read_bytes()
        assert b"\r\n" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        keys = [[row[name] for name in resource.key] for row in shipped.rows(resource.name)]
        assert keys == sorted(keys), resource.name


def test_a_new_package_has_lists_and_no_facts(tmp_path: Path) -> None:
    package = create_package(tmp_path / "new")
    assert package.rows("line_items") == []
    assert len(package.rows("functions")) > 100
    with pytest.raises(PackageError, match="not empty"):
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "file").write_text("x", encoding="utf-8")
        create_package(tmp_path / "full")


@pytest.mark.parametrize("path", ["http://example.org/x.csv", "../x.csv", "/etc/passwd"])
def test_nothing_outside_the_package_is_opened(
    path: str, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    package = copy_of(small)
    descriptor = json.loads((package.root / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = path
    (package.root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(PackageError, match="outside the package"):
        open_package(package.root)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"id,name\n1,\xff\n", "not UTF-8"),
        (b"id\n1\n", "header is id"),
        (b"id,name\n1\n", "1 cells, expected 2"),
        (b'id,name\n1,"x\n', "unexpected end of data"),
    ],
)
def test_a_broken_csv_says_where(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(data)
    with pytest.raises(PackageError, match=says) as raised:
        read_csv(path, ("id", "name"))
    assert "broken.csv" in str(raised.value)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=6))
def test_csv_comes_back_cell_for_cell(rows: list[list[str]]) -> None:
    text = format_csv(("a", "b"), [{"a": a, "b": b} for a, b in rows])
    again = list(csv.reader(io.StringIO(text, newline="")))
    assert again[1:] == rows


@pytest.mark.skipif(not (SHARED / "suites").is_dir(), reason="the shared suites (../shared) are not here")
def test_csv_spectrum() -> None:
    folder = SHARED / "suites" / "csv-spectrum"
    cases = sorted((folder / "csvs").glob("*.csv"))
    assert len(cases) >= 11
    for path in cases:
        twin = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        found = read_csv(path)
        assert [{k: str(v) for k, v in row.items()} for row in twin] == found, path.name


def test_data_frames(small: Package) -> None:
    data = yusuan.open(small.root)
    items = data.table("line_items")
    assert len(items) == len(small.rows("line_items"))
    total = items[(items.form == "general-expenditure") & (items.role == "item")].amount.sum()
    assert total == 2305000
    assert str(items.year.dtype) == "Int64"
    assert {finding.rule for finding in data.check()} == {"form-missing", "project-named-otherwise"}
    assert len(data.graph()) > 3000
    answer = data.query("SELECT ?n WHERE { ?d a org:FormalOrganization ; skos:prefLabel ?n }")
    assert answer.n.tolist() == ["昌吉市样例局"]
