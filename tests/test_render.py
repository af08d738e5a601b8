"""Render: reading a rendered filing gives back its very rows, in every format: shipped filings and made-up ones."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import HERE
from tests.generated import Disclosure, disclosures
from yusuan.errors import PackageError
from yusuan.package import Package, Row, create_package, format_csv, open_package
from yusuan.read import read_documents
from yusuan.render import FORMATS, render_filing
from yusuan.render.printed import Box, Printed, header
from yusuan.render.to_xlsx import number_format

CopyOf = Callable[[Package], Package]
SWEEP = bool(os.environ.get("YUSUAN_SWEEP"))
"""Whether to test every shipped filing in every format, and many made-up ones: `make sweep`."""

PLACES = {"source", "document", "ordinal"}
COMPARED = {
    "filings": set(), "tables": PLACES, "line_items": PLACES, "sums": set(), "indicators": {"source"},
    "units": {"source"},
}  # fmt: skip
"""Resources that the forms of a filing hold, with the fields that say where a row was read."""

SHIPPED = [(row["id"], kind) for row in open_package(HERE.parent).rows("filings") for kind in FORMATS]


def rows_of(package: Package, filing: str) -> dict[str, list[Row]]:
    """The rows of a filing that its standard forms print, without places."""
    out = {}
    for name, places in COMPARED.items():
        rows = [row for row in package.rows(name) if _filing(name, row) == filing and row.get("form", " ") != ""]
        out[name] = sorted(
            ({key: value for key, value in row.items() if key not in places} for row in rows),
            key=lambda row: list(row.values()),
        )
    return out


def _filing(name: str, row: Row) -> str:
    return row["id"] if name == "filings" else row["whole"].partition("/")[0] if name == "sums" else row["filing"]


def read_back(package: Package, filing: str, kind: str, folder: Path) -> Package:
    """The package that a filing gives, rendered from another and read again."""
    made = render_filing(package, filing, [kind], folder)
    return read_alone(made.paths, folder / kind, package.rows("departments"))


def read_alone(paths: Iterable[Path], folder: Path, departments: Iterable[Row] = ()) -> Package:
    package = create_package(folder)
    known = package.resources["departments"]
    known.path.write_text(format_csv(known.fields, departments), encoding="utf-8")
    for report in read_documents(list(paths), package):
        assert report.error is None, report.error
        assert report.unknown == [] or not departments, report.unknown
    return package


def sample(count: int) -> list[tuple[str, str]]:
    return sorted(random.Random(7).sample(SHIPPED, count))


@pytest.mark.parametrize(("filing", "kind"), SHIPPED if SWEEP else sample(8))
def test_a_shipped_filing_comes_back(filing: str, kind: str, shipped: Package, tmp_path: Path) -> None:
    assert rows_of(read_back(shipped, filing, kind, tmp_path), filing) == rows_of(shipped, filing)


@given(made=disclosures(), kind=st.sampled_from(FORMATS))
@settings(
    max_examples=2000 if SWEEP else 25, derandomize=not SWEEP, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_a_made_filing_comes_back(made: Disclosure, kind: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.html").write_bytes(made.html)
        package = read_alone([folder / "made.html"], folder / "package")
        (filing,) = [row["id"] for row in package.rows("filings")]
        assume(any(row["form"] for row in package.rows("tables")))
        again = read_back(package, filing, kind, folder)
        assert rows_of(again, filing) == rows_of(package, filing)


def test_the_same_rows_give_the_same_bytes(small: Package, tmp_path: Path) -> None:
    (filing,) = [row["id"] for row in small.rows("filings")]
    once = render_filing(small, filing, FORMATS, tmp_path / "once")
    again = render_filing(small, filing, FORMATS, tmp_path / "again")
    assert [path.name for path in once.paths] == [f"{filing}.{kind}" for kind in FORMATS]
    assert [path.read_bytes() for path in once.paths] == [path.read_bytes() for path in again.paths]


def test_a_changed_figure_is_seen_in_what_comes_back(small: Package, copy_of: CopyOf, tmp_path: Path) -> None:
    package = copy_of(small)
    rows = package.rows("line_items")
    rows[5]["printed"] = rows[5]["printed"] + "1"
    package.write({"line_items": rows})
    filing = rows[5]["filing"]
    assert rows_of(read_back(package, filing, "txt", tmp_path), filing) != rows_of(small, filing)


def test_an_unknown_filing_is_one_clear_line(small: Package, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"filings.csv: no filing 'x'"):
        render_filing(small, "x", FORMATS, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_filing_without_a_standard_form_leaves_nothing(small: Package, copy_of: CopyOf, tmp_path: Path) -> None:
    package = copy_of(small)
    tables = package.rows("tables")
    filing = tables[0]["filing"]
    package.write({"tables": [{**row, "form": ""} for row in tables]})
    with pytest.raises(PackageError, match="nothing to render"):
        render_filing(package, filing, FORMATS, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_table_of_no_standard_form_is_named_as_left_out(small: Package, copy_of: CopyOf, tmp_path: Path) -> None:
    package = copy_of(small)
    tables = package.rows("tables")
    tables[0]["form"] = ""
    package.write({"tables": tables})
    made = render_filing(package, tables[0]["filing"], ["txt"], tmp_path)
    assert (made.tables, made.left_out) == (len(tables) - 1, (tables[0]["title"],))


def test_neighbours_share_the_boxes_of_a_header() -> None:
    boxes = header([("科目",), ("支出", "合计"), ("支出", "基本支出"), ("备注",)])
    assert [(box.text, box.row, box.column, box.rows, box.columns) for box in boxes] == [
        ("科目", 0, 0, 2, 1), ("支出", 0, 1, 1, 2), ("备注", 0, 3, 2, 1),
        ("合计", 1, 1, 1, 1), ("基本支出", 1, 2, 1, 1),
    ]  # fmt: skip


def test_places_without_a_box_are_blank_cells() -> None:
    printed = Printed("", "", "注：无", (Box("甲", 0, 0, 2, 1), Box("乙", 1, 2)))
    lines = [[(box.text, box.column, box.columns) for box in line] for line in printed.noted().lines()]
    assert lines == [[("甲", 0, 1), ("", 1, 1), ("", 2, 1)], [("", 1, 1), ("乙", 2, 1)], [("注：无", 0, 3)]]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("0", "0"), ("12", "0"), ("1,234.50", "#,##0.00"), ("-0.5", "0.0"), ("1234567.89", "0.00"), ("0.00", "0.00"),
        ("-0.00", ""), ("00.1", ""), ("1234,5", ""), ("１２", ""), ("(5)", ""), ("12万元", ""),
        ("123456789012345.67", ""), ("0.1234567", ""),
    ],
)  # fmt: skip
def test_a_figure_is_a_number_only_where_its_cell_shows_it_as_printed(printed: str, code: str) -> None:
    assert number_format(printed) == code
