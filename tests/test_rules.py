"""Rules: each folder of tests/broken breaks a promise, each of tests/silent is right and must stay so.

A folder is named `<rule>.<reason>`; `expected.csv` lists every finding of that rule that the change brings. `edits.csv`
changes made disclosures, in one of two ways:

- `document,old,new,nth`: in the text of tests/documents/<document> the nth `old` becomes `new`, then it is read.
  Without `old` the document is read as it is, beside the others.
- `resource,key,column,value`: a cell of the small package becomes `value` (column `=copy` makes a copy of a row under
  a new key first).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests import family_files
from tests.conftest import HERE, read_into
from tests.known import KNOWN
from yusuan.check import check_package, finding_rows, load_rules
from yusuan.check.run import keyed, rule_findings
from yusuan.finding import Severity
from yusuan.package import Package, Row, create_package, format_csv, read_csv

BROKEN = sorted(path for path in (HERE / "broken").iterdir() if path.is_dir())
SILENT = sorted(path for path in (HERE / "silent").iterdir() if path.is_dir())
CORRECT = sorted(path for room in ("families", "correct") for path in (HERE / room).glob("*.txt"))
MADE = sorted(path.name for path in (HERE / "documents").iterdir() if path.is_dir())


def edited(case: Path, small: Package, copy_of: Callable[[Package], Package], folder: Path) -> Package:
    """The package of a case."""
    edits = read_csv(case / "edits.csv")
    return (
        _edited_documents(edits, folder) if edits and "document" in edits[0] else _edited_cells(edits, copy_of(small))
    )


def _edited_documents(edits: list[Row], folder: Path) -> Package:
    written: dict[str, Path] = {}
    for edit in edits:
        (source,) = (HERE / "documents" / edit["document"]).glob("document.*")
        target = written.setdefault(edit["document"], folder / f"{edit['document']}{source.suffix}")
        text = target.read_text(encoding="utf-8") if target.is_file() else source.read_text(encoding="utf-8")
        if edit["old"]:
            pieces = text.split(edit["old"])
            nth = int(edit["nth"] or 1)
            assert len(pieces) > nth, f"{edit['old']!r} is printed {len(pieces) - 1} times"
            text = edit["old"].join(pieces[:nth]) + edit["new"] + edit["old"].join(pieces[nth:])
        target.write_text(text, encoding="utf-8")
    return read_into(folder / "package", *written.values())


def _edited_cells(edits: list[Row], package: Package) -> Package:
    for edit in edits:
        resource = package.resource(edit["resource"])
        rows = package.rows(resource.name)
        (row,) = [row for row in rows if resource.key_of(row) == edit["key"]]
        if edit["column"] == "=copy":
            rows.append({**row, resource.key[0]: edit["value"]})
        else:
            row[edit["column"]] = edit["value"]
        package.write({resource.name: rows})
    return package


def test_the_small_package_is_clean(small: Package) -> None:
    assert {finding.rule for finding in check_package(small)} == KNOWN["652301-ylj-2020-budget"]


@pytest.mark.parametrize("case", BROKEN, ids=lambda path: path.name)
def test_a_broken_promise_is_found(
    case: Path, small: Package, copy_of: Callable[[Package], Package], tmp_path: Path
) -> None:
    expected = read_csv(case / "expected.csv")
    rule = case.name.partition(".")[0]
    assert {row["rule"] for row in expected} == {rule}
    findings = check_package(edited(case, small, copy_of, tmp_path), [rule])
    assert [{name: str(getattr(finding, name)) for name in expected[0]} for finding in findings] == expected
    assert all(finding.message and "{" not in finding.message + finding.message_en for finding in findings)


@pytest.mark.parametrize("case", SILENT, ids=lambda path: path.name)
def test_what_is_right_stays_silent(
    case: Path, small: Package, copy_of: Callable[[Package], Package], tmp_path: Path
) -> None:
    rule = case.name.partition(".")[0]
    found = check_package(edited(case, small, copy_of, tmp_path), [rule])
    assert [finding.message for finding in found] == []


def test_made_disclosures_break_no_promise(tmp_path: Path) -> None:
    documents = [path for name in MADE for path in (HERE / "documents" / name).glob("document.*")]
    assert len(documents) >= 7
    found = check_package(read_into(tmp_path / "package", *documents))
    assert [finding.message for finding in found if finding.rule not in KNOWN.get(finding.filing, ())] == []


@pytest.mark.parametrize("case", CORRECT, ids=lambda path: path.stem)
def test_a_correct_disclosure_breaks_no_promise(case: Path, tmp_path: Path) -> None:
    document = tmp_path / "document.html"
    document.write_bytes(family_files.html(family_files.load(case)))
    package = read_into(tmp_path / "package", document)
    assert len(package.rows("tables")) >= 1
    found = [finding for finding in check_package(package) if finding.severity is not Severity.INFO]
    assert [finding.message for finding in found if finding.rule not in KNOWN.get(finding.filing, ())] == []


def test_every_rule_is_broken_by_some_case(shipped: Package) -> None:
    rules = {rule.code for rule in load_rules(shipped.file("schemas", "rules"))}
    named = {path.name.partition(".")[0] for path in (*BROKEN, *SILENT)}
    assert named <= rules
    covered = {row["rule"] for case in BROKEN for row in read_csv(case / "expected.csv")}
    assert rules - covered == set()


def test_every_rule_is_silent_on_some_case(shipped: Package) -> None:
    rules = {rule.code for rule in load_rules(shipped.file("schemas", "rules"))}
    assert rules - {path.name.partition(".")[0] for path in SILENT} == set()


def test_every_rule_promises_in_plain_sentences(shipped: Package) -> None:
    for rule in load_rules(shipped.file("schemas", "rules")):
        zh, en = rule.promise("zh"), rule.promise("en")
        assert zh.endswith("。") and en.endswith(".") and "{" not in zh + en, rule.code
        assert zh == rule.promise_zh and en == rule.promise_en


def test_a_rule_never_leaves_to_chance_which_row_it_names(shipped: Package) -> None:
    """Where several rows are alike, the least or greatest of a key that ends in what tells them apart."""
    for path in sorted(shipped.file("schemas", "rules").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(any_value|first|last|arbitrary)\(", text), path.name
        chosen = re.findall(r"\barg_(?:min|max)\(", text)
        settled = re.findall(r"\barg_(?:min|max)\((?:[^(),]|\([^()]*\))+, (?:\(|id\)|\w+\.(?:id|source)\))", text)
        assert len(settled) == len(chosen), path.name


def test_the_order_of_rows_changes_no_finding(shipped: Package, tmp_path: Path) -> None:
    package = create_package(tmp_path / "package")
    shutil.copytree(shipped.root / "data", package.root / "data", dirs_exist_ok=True)
    rows = {name: package.rows(name) for name in ("line_items", "statements")}
    for row in rows["line_items"][::9]:
        row["amount"] = f"{row['amount']}1"
    for row in rows["statements"][::9]:
        row["value"] = f"{row['value']}1"
    found = []
    for seed in (1, 2):
        for name, of in rows.items():
            resource = package.resource(name)
            Random(seed).shuffle(of)
            resource.path.write_text(format_csv(resource.fields, of), encoding="utf-8")
        rules = [rule for rule in load_rules(package.file("schemas", "rules")) if not rule.needs]
        found.append([replace(finding, line=None) for finding in rule_findings(package, rules)])
    assert len({finding.rule for finding in found[0]}) > 40
    assert found[0] == found[1]


def test_a_finding_names_both_places(small: Package, copy_of: Callable[[Package], Package], tmp_path: Path) -> None:
    case = HERE / "broken" / "share-follows.a-digit"
    (finding,) = check_package(edited(case, small, copy_of, tmp_path), ["share-follows"])
    assert finding.source.startswith("document.txt#char=")
    assert finding.line is not None
    assert f"data/statements.csv:{finding.line}" in finding.place
    assert set(finding.as_json()) >= {
        "code", "severity", "filing", "place", "message", "expected", "found", "difference",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("amount", "1e3", "schema-lexical"),
        ("amount", "NaN", "schema-lexical"),
        ("amount", "１００", "schema-lexical"),
        ("amount", "abc", "schema-type-error"),
        ("year", "20x0", "schema-type-error"),
        ("form", "nonsense", "schema-foreign-key"),
        ("role", "", "schema-constraint-error"),
        ("unit", "美元", "schema-constraint-error"),
    ],
)
def test_a_broken_schema_is_found(
    column: str, value: str, rule: str, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    package = copy_of(small)
    rows = package.rows("line_items")
    rows[5][column] = value
    package.write({"line_items": rows})
    found = [finding for finding in check_package(package) if finding.rule == rule]
    assert [(finding.resource, finding.line) for finding in found] == [("line_items", 7)]


def test_a_key_given_twice_is_found(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    package.write({"line_items": [*package.rows("line_items"), package.rows("line_items")[0]]})
    assert {finding.rule for finding in check_package(package)} == {"schema-primary-key"}


@pytest.mark.parametrize("gone", ["passages", "cells", "ledger", "*"])
def test_what_was_not_read_here_is_told_as_it_was_saved(
    gone: str, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    """A fresh checkout has no working resources; `project-named-otherwise` needs two of them."""
    package = copy_of(small)
    package.write({"findings": finding_rows(check_package(package))})
    for path in (package.build / "work").glob(f"{gone}.csv"):
        path.unlink()
    saved = {row["id"] for row in package.rows("findings")}
    assert {key for key, finding in keyed(check_package(package)) if finding.filing} == saved
    package.write({"findings": []})
    found = {finding.rule for finding in check_package(package)}
    assert ("project-named-otherwise" in found) == (gone == "ledger")
