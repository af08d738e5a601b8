"""A package with its tables in Parquet: the same verdicts, triples, changes and frames as with its tables in CSV."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner

import yusuan
import yusuan.engine
from tests.conftest import HERE
from tests.test_diff import compared, first
from tests.test_rules import edited
from yusuan.check import check_package
from yusuan.check.schema import verdicts
from yusuan.cli import main
from yusuan.emit import emit_graph
from yusuan.errors import PackageError
from yusuan.finding import Finding
from yusuan.package import Package, Row, write_json
from yusuan.twin import write_twin

Edit = Callable[[list[Row]], None]


@pytest.fixture(scope="module")
def columnar(shipped: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The shipped package in Parquet."""
    return write_twin(shipped, tmp_path_factory.mktemp("columnar"), "parquet")


@pytest.fixture
def edited_copy(small: Package, copy_of: Callable[[Package], Package]) -> Callable[..., Package]:
    """Gives a copy of the small package, without working resources, with rows of its resources changed."""

    def make(**edits: Edit) -> Package:
        package = copy_of(small)
        shutil.rmtree(package.build, ignore_errors=True)
        for name, edit in edits.items():
            rows = package.rows(name)
            edit(rows)
            package.write({name: rows})
        return package

    return make


def without_place(findings: list[Finding]) -> list[Finding]:
    return [replace(f, line=None, row=None, file="", message="", message_en="") for f in findings]


def assert_same_findings(csv: Package, parquet: Package) -> list[Finding]:
    """The findings of both, which differ only in how a row's place is said; gives those of Parquet."""
    one, two = check_package(csv), check_package(parquet)
    assert without_place(one) == without_place(two)
    assert [f.line is None for f in one] == [f.row is None for f in two]
    assert not any(f.line for f in two)
    assert {f.file.replace(".csv", ".parquet") for f in one} == {f.file for f in two}
    for a, b in zip(one, two, strict=True):
        if a.filing:
            assert (a.message, a.message_en) == (b.message, b.message_en)
    return two


def test_the_shipped_package_has_the_same_findings(shipped: Package, columnar: Package, tmp_path: Path) -> None:
    plain = write_twin(shipped, tmp_path / "csv", "csv")  # without working resources, which Parquet has not
    found = assert_same_findings(plain, columnar)
    assert len(found) > 50 and any(f.row for f in found)
    finding = next(f for f in found if f.row and f.row_key)
    assert finding.row is not None
    row = columnar.rows(finding.resource)[finding.row - 1]
    assert columnar.resource(finding.resource).key_of(row) == finding.row_key


def test_the_shipped_package_has_the_same_graph(shipped: Package, columnar: Package, tmp_path: Path) -> None:
    counts = [emit_graph(package, tmp_path / f"{n}.nq") for n, package in enumerate((shipped, columnar))]
    assert counts[0] == counts[1] > 400_000
    assert (tmp_path / "0.nq").read_bytes() == (tmp_path / "1.nq").read_bytes()


def test_back_to_csv_every_byte_is_the_same(shipped: Package, columnar: Package, tmp_path: Path) -> None:
    back = write_twin(columnar, tmp_path, "csv")
    assert list(back.resources) == list(shipped.resources)
    for name, resource in shipped.resources.items():
        assert back.resource(name).path.read_bytes() == resource.path.read_bytes(), name
        assert columnar.rows(name) == shipped.rows(name), name


def test_frames_are_the_same(shipped: Package, columnar: Package) -> None:
    one, two = yusuan.open(shipped.root), yusuan.open(columnar.root)
    assert one.tables == two.tables
    for name in ("line_items", "regions", "findings", "documents"):
        pd.testing.assert_frame_equal(one.table(name), two.table(name))


def test_nothing_differs_and_a_change_is_told_alike(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    old = edited_copy()
    old_twin = write_twin(old, tmp_path / "old", "parquet")
    with compared(old, old_twin) as told:
        assert told.same and not list(told.all_changes())
    key = old.rows("line_items")[3]["id"]
    moved = Package(Path(shutil.copytree(old.root, tmp_path / "moved")))
    rows = moved.rows("line_items")
    first(rows, id=key).update(amount="12345.5", printed="12345.5")
    moved.write({"line_items": rows})
    new_twin = write_twin(moved, tmp_path / "new", "parquet")
    with compared(old, moved) as one, compared(old_twin, new_twin) as two, compared(old, new_twin) as mixed:
        changes = list(one.all_changes())
        assert changes and [replace(c, line=None) for c in changes] == [
            replace(c, line=None) for c in two.all_changes()
        ]
        assert list(two.all_changes()) == list(mixed.all_changes())
        assert {c.line for c in two.all_changes() if c.row_key == key} == {4}
        assert one.counts == two.counts


def test_answers_are_the_same(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    package = edited_copy()
    one, two = yusuan.open(package.root), yusuan.open(write_twin(package, tmp_path, "parquet").root)
    question = "SELECT ?f (COUNT(?o) AS ?n) WHERE { ?o qb:dataSet ?f } GROUP BY ?f ORDER BY ?f"
    assert len(one.query(question)) > 3
    pd.testing.assert_frame_equal(one.query(question), two.query(question))


def change(column: str, value: str, row: int = 5) -> Edit:
    return lambda rows: rows[row].update({column: value})


def again(rows: list[Row]) -> None:
    rows.append(dict(rows[2]))


BROKEN: dict[str, dict[str, Edit]] = {
    "a reference that dangles": {"line_items": change("fund", "nonsense")},
    "a key twice": {"line_items": again},
    "a key twice of two fields": {"sums": again},
    "a missing value": {"line_items": change("amount", "")},
    "a value of no enum or pattern": {"line_items": change("unit", "元\n"), "filings": change("phase", "x", 0)},
    "text in the key of a list": {"funds": change("id", "", 1)},
}


@pytest.mark.parametrize("edits", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("big", [False, True], ids=["small", "big"])
def test_a_broken_schema_is_found_alike(
    edits: dict[str, Edit],
    big: bool,
    edited_copy: Callable[..., Package],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yusuan.engine, "SMALL", 0 if big else yusuan.engine.SMALL)
    package = edited_copy(**edits)
    twin = write_twin(package, tmp_path / "twin", "parquet")
    found = assert_same_findings(package, twin)
    assert found
    for finding in found:
        assert finding.rule.startswith("schema-") and f" row {finding.row}" in finding.message_en


def test_a_broken_rule_is_found_alike(small: Package, copy_of: Callable[[Package], Package], tmp_path: Path) -> None:
    package = edited(HERE / "broken" / "balance-sides-equal.expenditure-short", small, copy_of, tmp_path)
    shutil.rmtree(package.build, ignore_errors=True)
    found = assert_same_findings(package, write_twin(package, tmp_path / "twin", "parquet"))
    assert "balance-sides-equal" in {finding.rule for finding in found}


def test_a_schema_without_a_proof_goes_to_frictionless(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    package = edited_copy(line_items=change("label", "x y"))
    path = package.root / "schemas" / "tables" / "line_items.json"
    schema = dict(package.resource("line_items").schema)
    fields = [dict(field) for field in schema["fields"]]
    next(f for f in fields if f["name"] == "label")["constraints"] = {"pattern": r"[^\s]+"}
    write_json(path, {**schema, "fields": fields})
    package = Package(package.root)
    found = verdicts(package)
    assert found and found == verdicts(write_twin(package, tmp_path / "twin", "parquet"))


def test_findings_are_saved_into_parquet(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    package = edited_copy(line_items=change("amount", "1"))
    twin = write_twin(package, tmp_path / "twin", "parquet")
    for each in (package, twin):
        result = CliRunner().invoke(main, ["check", "--save", "--package", str(each.root)])
        assert result.exit_code in (0, 1), result.output
    assert twin.rows("findings") == package.rows("findings") != []
    assert not list(twin.root.rglob("*.partial"))


# What is no such package


def rewritten(path: Path, columns: str) -> None:
    other = path.with_suffix(".other")
    duckdb.execute(f"COPY (SELECT {columns} FROM read_parquet('{path}')) TO '{other}' (FORMAT parquet)")
    other.replace(path)


def cut(path: Path, keep: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])


def scratched(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for offset in range(len(data) // 10, len(data) // 2):
        data[offset] ^= 0x5A
    path.write_bytes(bytes(data))


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a column less": (lambda path: rewritten(path, "* EXCLUDE (amount, year)"), "lacks the column year, amount"),
    "a column more": (lambda path: rewritten(path, "*, 1 AS extra"), "extra"),
    "text for a number": (lambda path: rewritten(path, "* REPLACE (amount::VARCHAR AS amount)"), "amount is VARCHAR"),
    "a binary fraction": (lambda path: rewritten(path, "* REPLACE (amount::DOUBLE AS amount)"), "not exact"),
    "a number for text": (lambda path: rewritten(path, "* REPLACE (1 AS label)"), "label is INTEGER"),
    "cut short": (lambda path: cut(path, 0.7), "cannot be read whole"),
    "empty": (lambda path: cut(path, 0), "cannot be read whole"),
    "scratched": (scratched, "cannot be read whole"),
    "missing": (Path.unlink, "file is missing"),
    "something else": (lambda path: path.write_text("id,filing\n"), "cannot be read whole"),
}


@pytest.mark.parametrize(("damage", "told"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("verb", ["check", "emit", "diff"])
def test_bad_parquet_is_said_in_a_line(
    verb: str, damage: Callable[[Path], object], told: str, edited_copy: Callable[..., Package], tmp_path: Path
) -> None:
    twin = write_twin(edited_copy(), tmp_path / "twin", "parquet")
    damage(twin.resource("line_items").path)
    output = tmp_path / "graph.nq"
    arguments = {
        "check": ["check", "--package", str(twin.root)],
        "emit": ["emit", "--package", str(twin.root), "--output", str(output)],
        "diff": ["diff", str(twin.root), str(twin.root)],
    }[verb]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert told in result.output and "line_items.parquet" in result.output
    assert len(result.output.strip().splitlines()) == 1, result.output
    assert not output.exists()


def test_a_number_that_is_none_is_not_written(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    for value in ("1e3", "１", "1,000", "9" * 39):
        package = edited_copy(line_items=change("amount", value))
        target = tmp_path / "parquet"
        result = CliRunner().invoke(main, ["publish", "--package", str(package.root), "--parquet", str(target)])
        assert result.exit_code == 2, result.output
        assert "line_items.csv" in result.output and ("line 7" in result.output or len(value) == 39)
        assert not target.exists()
        shutil.rmtree(package.root)


def test_exact_decimals_and_spellings_survive(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    values = ["0.1234567890123", "99999999999999999999.5", "-0.5", "007", "1.50"]

    def edit(rows: list[Row]) -> None:
        for row, value in zip(rows, values, strict=False):
            row["amount"] = value
        rows[0]["year"] = "0999"

    package = edited_copy(line_items=edit)
    twin = write_twin(package, tmp_path / "twin", "parquet")
    assert verdicts(twin) == verdicts(package) == []
    assert twin.rows("line_items")[0]["year"] == "0999"
    found = [row["amount"] for row in twin.rows("line_items")[: len(values)]]
    assert found == ["0.1234567890123", "99999999999999999999.5", "-0.5", "7", "1.5"]


def test_a_format_that_is_none_is_refused(edited_copy: Callable[..., Package]) -> None:
    package = edited_copy()
    descriptor = {**package.descriptor}
    descriptor["resources"] = [{**item, "format": "xlsx"} for item in descriptor["resources"]]
    write_json(package.root / "datapackage.json", descriptor)
    with pytest.raises(PackageError, match="csv or parquet"):
        Package(package.root)


def test_publish_writes_a_package_that_every_verb_reads(edited_copy: Callable[..., Package], tmp_path: Path) -> None:
    package, target = edited_copy(), tmp_path / "parquet"
    result = CliRunner().invoke(main, ["publish", "--package", str(package.root), "--parquet", str(target)])
    assert result.exit_code == 0 and "tables in Parquet" in result.output
    written = Package(target)
    assert {resource.format for resource in written.resources.values()} == {"parquet"}
    assert written.rows("line_items") == package.rows("line_items")
    assert {item["path"] for item in written.descriptor["resources"]} >= {"data/line_items.parquet"}
    again = CliRunner().invoke(main, ["publish", "--package", str(target), "--parquet", str(tmp_path / "again")])
    assert again.exit_code == 0
    files = [folder / "data" / "line_items.parquet" for folder in (target, tmp_path / "again")]
    assert files[0].read_bytes() == files[1].read_bytes()
