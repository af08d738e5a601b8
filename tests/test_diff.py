"""What changed between two packages: each kind of change told, and nothing told where nothing changed."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import HERE
from yusuan.cli import main
from yusuan.diff import Change, Comparison, compare, load_kinds, open_side
from yusuan.diff.remainder import BLOCK, remainder
from yusuan.errors import PackageError
from yusuan.package import Package, Row, format_csv

CHANGES = HERE.parent / "schemas" / "changes"
Edit = Callable[[list[Row]], list[Row] | None]


@contextmanager
def compared(old: Package, new: Package) -> Iterator[Comparison]:
    here = Path(__file__).parent
    with open_side(str(old.root), here) as a, open_side(str(new.root), here) as b, compare(a, b) as told:
        yield told


def edit(package: Package, **edits: Edit) -> Package:
    """Rows of resources changed in place, or replaced by what the edit gives."""
    for name, change in edits.items():
        rows = package.rows(name)
        package.write({name: change(rows) or rows})
    return package


def changes(old: Package, new: Package) -> list[Change]:
    with compared(old, new) as told:
        found = list(told.all_changes())
        assert {change.kind for change in found} == {kind for kind, count in told.told.items() if count}
        return found


def only(old: Package, new: Package) -> Change:
    found = changes(old, new)
    assert len(found) == 1, [change.message_en for change in found]
    return found[0]


def first(rows: list[Row], **wanted: str) -> Row:
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


# --- nothing to tell --------------------------------------------------------------------------------------------


def test_the_same_package_has_no_changes(small: Package) -> None:
    with compared(small, small) as told:
        assert told.same
        assert not list(told.all_changes())


def test_places_are_not_compared(small: Package, copy_of: Callable[[Package], Package]) -> None:
    def moved(rows: list[Row]) -> None:
        for row in rows:
            row["source"] = row["source"].replace("#", "#page=3&")

    new = edit(copy_of(small), line_items=moved, statements=moved, indicators=moved, tables=moved)
    with compared(small, new) as told:
        assert told.same
        assert not list(told.all_changes())


def test_the_order_of_rows_is_no_change(shipped: Package, copy_of: Callable[[Package], Package]) -> None:
    new = copy_of(shipped)
    for name in ("line_items", "regions", "code_names"):
        resource, rows = new.resource(name), new.rows(name)
        random.Random(7).shuffle(rows)
        resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    with compared(shipped, new) as told:
        assert told.same, [c for c in told.counts if c.added or c.removed or c.changed]


def test_line_ends_of_another_system_are_no_change(small: Package, copy_of: Callable[[Package], Package]) -> None:
    new = copy_of(small)
    path = new.resource("line_items").path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with compared(small, new) as told:
        assert told.same


# --- each kind of change ----------------------------------------------------------------------------------------


def test_an_amount_is_told_in_its_own_unit_with_its_line(small: Package, copy_of: Callable[[Package], Package]) -> None:
    chosen = next(row for row in small.rows("line_items") if row["unit"] == "万元" and row["amount"] not in ("", "0"))

    def more(rows: list[Row]) -> None:
        row = first(rows, id=chosen["id"])
        row["amount"] = str(int(row["amount"]) + 180000)

    new = edit(copy_of(small), line_items=more)
    change = only(small, new)
    assert (change.kind, change.row_key, change.difference) == ("amount-changed", chosen["id"], "180000")
    assert int(change.new) - int(change.old) == 180000
    line = new.resource("line_items").path.read_text(encoding="utf-8").split("\n")[(change.line or 0) - 1]
    assert chosen["id"] in line
    assert "（+18，" in change.message
    assert change.filing_zh == "昌吉市样例局 2020 年部门预算"
    assert change.filing_en == "昌吉市样例局, 2020 budget"


def test_a_unit_read_otherwise_is_one_change(small: Package, copy_of: Callable[[Package], Package]) -> None:
    table = small.rows("line_items")[0]["table_id"]

    def smaller(rows: list[Row]) -> None:
        for row in rows:
            if row["table_id"] == table:
                row["amount"] = format(Decimal(row["amount"]) / 10000, "f") if row["amount"] else ""
                row["unit"] = "元"

    change = only(small, edit(copy_of(small), line_items=smaller))
    assert (change.kind, change.row_key) == ("unit-reread", table)
    assert "×10^-4" in change.message
    assert "万元 → 元" in change.message


def test_one_amount_among_those_of_another_unit_is_no_unit(
    small: Package, copy_of: Callable[[Package], Package]
) -> None:
    rows = [row for row in small.rows("line_items") if row["amount"] not in ("", "0")]
    table = rows[0]["table_id"]

    def most_tenfold(rows: list[Row]) -> None:
        mine = [row for row in rows if row["table_id"] == table and row["amount"] not in ("", "0")]
        for row in mine:
            row["amount"] += "0"
        mine[-1]["amount"] += "1"

    kinds = {change.kind for change in changes(small, edit(copy_of(small), line_items=most_tenfold))}
    assert kinds == {"amount-changed"}


def test_an_amount_under_another_code_is_moved_not_lost(small: Package, copy_of: Callable[[Package], Package]) -> None:
    chosen = next(row for row in small.rows("line_items") if row["function"].startswith("2130"))

    def recoded(rows: list[Row]) -> None:
        row = first(rows, id=chosen["id"])
        row["function"], row["id"] = "2080102", row["id"].replace(chosen["function"], "2080102")

    change = only(small, edit(copy_of(small), line_items=recoded, sums=lambda rows: []))
    assert change.kind == "amount-moved"
    assert chosen["function"] in change.old
    assert "2080102" in change.new


def test_amounts_added_removed_and_classified_otherwise(small: Package, copy_of: Callable[[Package], Package]) -> None:
    rows = [row for row in small.rows("line_items") if row["role"] == "item"]

    def changed(rows_: list[Row]) -> list[Row]:
        first(rows_, id=rows[0]["id"])["role"] = "of-which"
        first(rows_, id=rows[1]["id"])["amount"] = "7"
        return [row for row in rows_ if row["id"] != rows[2]["id"]]

    new = edit(copy_of(small), line_items=changed)
    there = {change.kind: change for change in changes(small, new)}
    assert set(there) == {"amount-reclassified", "amount-changed", "amount-removed"}
    assert (there["amount-reclassified"].old, there["amount-reclassified"].new) == ("role item", "role of-which")
    assert there["amount-removed"].gone
    back = {change.kind for change in changes(new, small)}
    assert back == {"amount-reclassified", "amount-changed", "amount-added"}


def test_a_filing_is_told_once_not_row_by_row(small: Package, copy_of: Callable[[Package], Package]) -> None:
    old = copy_of(small)
    for resource in (resource for resource in old.resources.values() if resource.kind == "fact"):
        resource.path.write_text(format_csv(resource.fields, []), encoding="utf-8")
    added = {change.kind: change for change in changes(old, small)}
    assert set(added) == {"filing-added", "department-added"}
    figures = len(small.rows("line_items"))
    assert f"{figures} 个金额" in added["filing-added"].message
    removed = {change.kind for change in changes(small, old)}
    assert removed == {"filing-removed", "department-removed"}


def test_a_table_is_told_once(small: Package, copy_of: Callable[[Package], Package]) -> None:
    table = small.rows("line_items")[0]["table_id"]
    old = edit(
        copy_of(small),
        tables=lambda rows: [row for row in rows if row["id"] != table],
        line_items=lambda rows: [row for row in rows if row["table_id"] != table],
    )
    assert only(old, small).kind == "table-added"
    assert only(small, old).kind == "table-removed"


TARGETS = [
    (("gteq", "95", "", ""), ("gteq", "90", "", ""), "target-loosened"),
    (("gteq", "90", "", ""), ("gteq", "95", "", ""), "target-tightened"),
    (("lteq", "5", "", ""), ("lteq", "8", "", ""), "target-loosened"),
    (("lteq", "5", "", ""), ("lt", "5", "", ""), "target-tightened"),
    (("gt", "5", "", ""), ("gteq", "5", "", ""), "target-loosened"),
    (("eq", "100", "", ""), ("gteq", "95", "", ""), "target-loosened"),
    (("gteq", "95", "", ""), ("eq", "100", "", ""), "target-tightened"),
    (("eq", "100", "", ""), ("eq", "90", "", ""), "target-changed"),
    (("eq", "90", "", ""), ("gteq", "95", "", ""), "target-changed"),
    (("", "95", "", ""), ("", "90", "", ""), "target-lowered"),
    (("", "90", "", ""), ("", "95", "", ""), "target-raised"),
    (("", "95", "", ""), ("gteq", "95", "", ""), "target-changed"),
    (("gteq", "5", "", ""), ("lteq", "5", "", ""), "target-changed"),
    (("", "10", "20", ""), ("", "10", "15", ""), "target-tightened"),
    (("", "10", "20", ""), ("", "5", "25", ""), "target-loosened"),
    (("", "10", "20", ""), ("", "15", "25", ""), "target-changed"),
    (("", "", "", "2020-06-30"), ("", "", "", "2020-12-31"), "target-loosened"),
    (("", "", "", "2020-12-31"), ("", "", "", "2020-06-30"), "target-tightened"),
]


@pytest.mark.parametrize(("before", "after", "kind"), TARGETS)
def test_targets_loosen_and_tighten(
    before: tuple[str, ...], after: tuple[str, ...], kind: str, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    def with_target(target: tuple[str, ...]) -> Edit:
        def change(rows: list[Row]) -> None:
            operator, value, upper, ends = target
            about = {
                "operator": operator,
                "value": value,
                "value_upper": upper,
                "ends": ends,
                "target": "/".join(target),
            }
            rows[0].update(about, kind="deadline" if ends else "count")

        return change

    old = edit(copy_of(small), indicators=with_target(before))
    new = edit(Package(shutil.copytree(old.root, old.root.with_name("new"))), indicators=with_target(after))
    assert only(old, new).kind == kind


def test_targets_added_and_dropped(small: Package, copy_of: Callable[[Package], Package]) -> None:
    new = edit(copy_of(small), indicators=lambda rows: rows[1:])
    assert only(small, new).kind == "target-dropped"
    assert only(new, small).kind == "target-added"


def test_codes_renamed_and_given_a_new_meaning(small: Package, copy_of: Callable[[Package], Package]) -> None:
    def changed(rows: list[Row]) -> list[Row]:
        row = first(rows, id="20801")
        row["name"] = "人社管理事务"
        again = dict(row, id="20801~2", code="20801", name="另一事务")
        return [*rows, again]

    new = edit(copy_of(small), functions=changed)
    found = {change.kind: change for change in changes(small, new)}
    assert set(found) == {"code-renamed", "code-new-meaning"}
    assert (found["code-new-meaning"].old, found["code-new-meaning"].new) == ("人社管理事务", "另一事务")
    assert {change.kind for change in changes(new, small)} == {"code-renamed", "code-removed"}


def test_findings_new_gone_and_reviewed(small: Package, copy_of: Callable[[Package], Package]) -> None:
    filing = small.rows("filings")[0]["id"]
    row = {
        **dict.fromkeys(small.resource("findings").fields, ""),
        **{"id": f"{filing}#f;x", "filing": filing, "rule": "sum-down-rows", "severity": "must", "status": "open"},
        **{"message": "不符", "message_en": "differs"},
    }
    new = edit(copy_of(small), findings=lambda rows: [row])
    assert only(small, new).kind == "finding-new"
    assert only(new, small).kind == "finding-gone"
    later = Package(shutil.copytree(new.root, new.root.with_name("later")))
    edit(later, findings=lambda rows: [dict(row, status="accepted", verdict="true: 原文如此")])
    assert only(new, later).kind == "finding-reviewed"


def test_a_column_or_a_resource_more_is_told(small: Package, copy_of: Callable[[Package], Package]) -> None:
    new = copy_of(small)
    resource = new.resource("sections")
    schema_path = new.root / "schemas" / "tables" / "sections.json"
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    schema["fields"].append({"name": "remark", "type": "string"})
    schema_path.write_text(json.dumps(schema), encoding="utf-8")
    resource.path.write_text(
        format_csv((*resource.fields, "remark"), [dict(row, remark="x") for row in small.rows("sections")]),
        encoding="utf-8",
    )
    descriptor = json.loads((new.root / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"] = [item for item in descriptor["resources"] if item["name"] != "terms"]
    (new.root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with compared(small, Package(new.root)) as told:
        assert [english for _, english in told.shape] == [
            "sections has a new column remark",
            "no resource terms any more",
        ]
        assert not told.same
        counts = {count.resource: count for count in told.counts}
        assert counts["sections"].changed == 0
        assert counts["terms"].removed == len(small.rows("terms"))


def test_every_kind_has_both_sentences() -> None:
    kinds = load_kinds(CHANGES)
    assert len(kinds) >= 35
    assert len({kind.title for kind in kinds}) == len(kinds)


# --- sides ------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(small: Package, tmp_path: Path) -> Path:
    """A git repository with the small package in a folder of it, committed once."""
    root = tmp_path / "repository"
    shutil.copytree(small.root, root / "packages" / "small", ignore=shutil.ignore_patterns("build"))
    (root / "README.md").write_text("x\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "first")
    return root


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(root), *identity, *arguments], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def commit(root: Path, message: str) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner(env={"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}).invoke(
        main, ["diff", *arguments], prog_name="yusuan"
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def one_more(root: Path) -> None:
    def changed(rows: list[Row]) -> None:
        row = next(row for row in rows if row["amount"] not in ("", "0"))
        row["amount"] = str(int(row["amount"]) + 10000)

    edit(Package(root), line_items=changed)


def test_revisions_of_the_repository_that_holds_the_package(repository: Path) -> None:
    package = repository / "packages" / "small"
    one_more(package)
    code, out = run("HEAD", "--package", str(package), "--format", "json")
    assert code == 0
    assert json.loads(out)["kinds"] == {"amount-changed": 1}
    commit(repository, "second")
    git(repository, "tag", "v2")
    assert json.loads(run("HEAD~1", "v2", "--package", str(package), "--format", "json")[1])["kinds"] == {
        "amount-changed": 1
    }
    assert json.loads(run("git:v2", "HEAD", "--package", str(package), "--format", "json")[1])["same"]


@pytest.mark.parametrize("name", ["no-such-revision", "--upload-pack=x", "HEAD:README.md", "", "a b"])
def test_what_is_no_side_is_one_line(name: str, repository: Path) -> None:
    code, out = run("--package", str(repository / "packages" / "small"), "--", name)
    assert code == 2
    assert len(out.strip().splitlines()) == 1, out


def test_a_revision_before_the_package(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "other")
    git(repository, "rm", "-rq", "--cached", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "empty")
    code, out = run("other", "main", "--package", str(repository / "packages" / "small"))
    assert code == 2
    assert "no datapackage.json at this revision" in out


def test_archives(small: Package, copy_of: Callable[[Package], Package], tmp_path: Path) -> None:
    new = copy_of(small)
    one_more(new.root)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in small.root.rglob("*"):
            archive.write(path, Path("small-1.0") / path.relative_to(small.root))
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as tar:
        tar.add(new.root, "small-1.1")
    code, out = run(str(tmp_path / "a.zip"), str(tmp_path / "b.tar.gz"), "--format", "json")
    assert code == 0, out
    assert json.loads(out)["kinds"] == {"amount-changed": 1}


def test_hostile_archives(small: Package, tmp_path: Path) -> None:
    bomb, empty, outside = tmp_path / "bomb.zip", tmp_path / "empty.zip", tmp_path / "outside.zip"
    descriptor = (small.root / "datapackage.json").read_bytes()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", descriptor)
        archive.writestr("data/line_items.csv", b"0" * (1 << 26))
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x.txt", "x")
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("datapackage.json", descriptor)
        archive.writestr("schemas/../../../evil", "x")
    (tmp_path / "not.zip").write_bytes(b"PK\x03\x04 not")
    for path, says in (
        (bomb, "too many"),
        (empty, "no datapackage.json"),
        (outside, "missing"),
        (tmp_path / "not.zip", "archive"),
    ):
        code, out = run(str(path), str(small.root))
        assert code == 2, (path.name, out)
        assert says in out
        assert len(out.strip().splitlines()) == 1, out
    assert not list(tmp_path.parent.rglob("evil"))


def test_a_broken_table_is_one_line_with_its_place(small: Package, copy_of: Callable[[Package], Package]) -> None:
    new = copy_of(small)
    path = new.resource("line_items").path
    path.write_bytes(path.read_bytes() + b"a,b\n")
    code, out = run(str(small.root), str(new.root))
    assert code == 2
    assert "cells, expected" in out
    assert f":{path.read_bytes().count(bytes([10]))}" in out


# --- formats ----------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(small: Package, copy_of: Callable[[Package], Package]) -> Package:
    new = copy_of(small)

    def named(rows: list[Row]) -> None:
        first(rows, id="20801")["name"] = "<b>`|*[x](y)\n@all"

    one_more(new.root)
    return edit(new, functions=named)


def test_text_tells_the_first_and_counts_the_rest(small: Package, copy_of: Callable[[Package], Package]) -> None:
    def all_more(rows: list[Row]) -> None:
        for index, row in enumerate(rows):
            row["amount"] = str(int(row["amount"] or 0) + 10000 + index)

    new = edit(copy_of(small), line_items=all_more)
    code, out = run(str(small.root), str(new.root), "--most", "3")
    assert code == 0
    rows = len(small.rows("line_items"))
    assert out.count("万元 (+") == 3
    assert f"… and {rows - 3} more: amounts changed" in out
    assert run(str(small.root), str(new.root), "--language", "zh")[1].count("→") > 3


def test_markdown_takes_no_markup_from_cells(small: Package, changed: Package, tmp_path: Path) -> None:
    code, _ = run(str(small.root), str(changed.root), "--format", "markdown", "--output", str(tmp_path / "d.md"))
    assert code == 0
    text = (tmp_path / "d.md").read_text(encoding="utf-8")
    assert "<b>" not in text
    assert "\\<b\\>\\`\\|\\*\\[x\\](y) \\@all" in text
    assert "`line_items:" in text


def test_json_holds_every_change(small: Package, changed: Package) -> None:
    told = json.loads(run(str(small.root), str(changed.root), "--format", "json")[1])
    assert told["kinds"] == {"amount-changed": 1, "code-renamed": 1}
    assert {change["kind"] for change in told["changes"]} == {"amount-changed", "code-renamed"}
    assert {row["resource"]: row["columns"] for row in told["rows"]}["functions"] == {"name": 1}


def test_rdf_names_the_same_things_as_the_graph(small: Package, changed: Package) -> None:
    from yusuan.emit import graph_lines

    lines = run(str(small.root), str(changed.root), "--format", "rdf")[1].encode()
    store = ox.Store()
    store.load(lines, ox.RdfFormat.N_TRIPLES)
    graph = ox.Store()
    graph.load("\n".join(graph_lines(changed, named=False)).encode(), ox.RdfFormat.N_TRIPLES)
    change_sets, rdf = "http://purl.org/vocab/changeset/schema#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

    def said(about: ox.BlankNode, name: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
        return next(store.quads_for_pattern(about, ox.NamedNode(rdf + name), None)).object

    assert len(list(store.quads_for_pattern(None, None, ox.NamedNode(f"{change_sets}ChangeSet")))) == 2
    additions = list(store.quads_for_pattern(None, ox.NamedNode(f"{change_sets}addition"), None))
    assert len(additions) == 2
    for quad in additions:
        assert isinstance(quad.object, ox.BlankNode)
        about, predicate, value = (said(quad.object, name) for name in ("subject", "predicate", "object"))
        assert isinstance(about, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        assert any(graph.quads_for_pattern(about, predicate, value)), (about, predicate, value)


# --- what two files do not share --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("remainder")


cells = st.text(st.sampled_from('ab,"\n\r0 名'), max_size=4)
table = st.lists(st.lists(cells, min_size=2, max_size=2), max_size=12)


@settings(max_examples=300, deadline=None)
@given(one=table, two=table, data=st.data())
def test_what_is_left_and_what_was_shared_make_the_file(
    scratch: Path, one: list[list[str]], two: list[list[str]], data: st.DataObject
) -> None:
    two = two + data.draw(st.lists(st.sampled_from(one), max_size=8)) if one else two
    if data.draw(st.booleans()):
        one, two = sorted(one), sorted(two)
    texts = [format_csv(("a", "b"), [{"a": a, "b": b} for a, b in rows]) for rows in (one, two)]
    paths = scratch / "one", scratch / "two", scratch / "left-one", scratch / "left-two"
    for path, text in zip(paths, texts, strict=False):
        path.write_bytes(text.encode())
    remainder(*paths, block=data.draw(st.integers(1, 40)))
    shared = []
    for rows, text, left in zip((one, two), texts, paths[2:], strict=True):
        lines, whole = text.split("\n"), [_record(row) for row in rows]
        for number, record in _records(left.read_bytes().decode()):
            assert "\n".join(lines[number - 1 :]).startswith(record)
            whole.remove(record)
        shared.append(sorted(whole))
    assert shared[0] == shared[1]


def _record(row: list[str]) -> str:
    return format_csv(("a", "b"), [dict(zip("ab", row, strict=True))]).split("\n", 1)[1][:-1]


def _records(text: str) -> list[tuple[int, str]]:
    found, start = [], 0
    for end in (i for i, char in enumerate(text) if char == "\n"):
        if text[start:end].count('"') % 2 == 0:
            number, _, record = text[start:end].partition(",")
            found.append((int(number), record))
            start = end + 1
    return found


def test_sorted_files_leave_only_what_differs(tmp_path: Path) -> None:
    rows = [f"{number:06d},some text to fill a record" for number in range(3 * BLOCK // 30)]
    other = [*rows[:100], *rows[105:4000], rows[4000] + "!", *rows[4001:], "zz,new"]
    paths = tmp_path / "one", tmp_path / "two", tmp_path / "left-one", tmp_path / "left-two"
    paths[0].write_text("\n".join(["a,b", *rows]) + "\n", encoding="utf-8")
    paths[1].write_text("\n".join(["a,b", *other]) + "\n", encoding="utf-8")
    remainder(*paths)
    assert len(paths[2].read_text(encoding="utf-8").splitlines()) == 6
    assert paths[3].read_text(encoding="utf-8").splitlines() == [
        f"3997,{rows[4000]}!", f"{len(other) + 1},zz,new",
    ]  # fmt: skip


def test_an_unknown_side_raises(tmp_path: Path) -> None:
    with pytest.raises(PackageError), open_side("nothing-here", tmp_path):
        pass
