"""The same row has the same IRI for ever: every name of the last release is there, or is said to be gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.iris import as_text, gone, kept, names
from yusuan.package import Package


@pytest.fixture(scope="module")
def now(shipped: Package) -> set[str]:
    return names(shipped)


def test_every_name_of_the_last_release_is_there(now: set[str]) -> None:
    lost = sorted(kept() - now - set(gone()))
    assert lost[:20] == [], "say why in tests/iris-gone.csv, or, where nothing is released yet: make iris"
    assert len(kept()) > 10_000


def test_what_is_gone_is_gone_for_a_reason(now: set[str]) -> None:
    for name, reason in gone().items():
        assert reason, name
        assert name not in now, name


def test_the_list_holds_what_it_was_made_of(now: set[str]) -> None:
    pages = {name.partition("#")[0] for name in now}
    listed = set()
    page = ""
    for line in as_text(now).splitlines():
        page = page if line.startswith("  ") else line
        listed.add(f"{page}#{line[2:]}" if line.startswith("  ") else line)
    assert listed == now | pages


def test_names_do_not_depend_on_the_order_of_rows(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    for name in ("line_items", "statements", "tables", "indicators", "sections"):
        path = package.resource(name).path
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert names(package) == names(small)


def test_another_scheme_of_keys_is_seen(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    items, sums = package.rows("line_items"), package.rows("sums")
    for rows, columns in ((items, ("id",)), (sums, ("whole", "part"))):
        for row in rows:
            row.update({column: row[column].replace(";", ".") for column in columns})
    package.write({"line_items": items, "sums": sums})
    lost = names(small) - names(package)
    assert {f"table/{row['id']}" for row in small.rows("line_items") if ";" in row["id"]} <= lost
    assert len(lost) > 50
