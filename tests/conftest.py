"""Where the shared documents are, and packages that several tests read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from yusuan.package import Package, Row, create_package, format_csv, open_package, read_csv
from yusuan.read import read_documents

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FOUNDING = SHARED / "documents" / "xj-changji-hrss-2020-budget.txt"
SMALL = HERE / "documents" / "small-2020" / "document.txt"

needs_shared = pytest.mark.skipif(
    not FOUNDING.is_file(), reason="the shared documents (../shared) are not here; this test reads one of them"
)


def read_into(folder: Path, *documents: Path, departments: Sequence[Row] = ()) -> Package:
    """A new package at `folder` with these documents read into it; every one must read without error.

    `departments` are known to the package before it reads.
    """
    package = create_package(folder)
    departments_file = package.resources["departments"]
    departments_file.path.write_text(format_csv(departments_file.fields, departments), encoding="utf-8")
    for report in read_documents(documents, package):
        assert report.error is None, report.error
    return package


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The package of the small made document."""
    return read_into(tmp_path_factory.mktemp("small") / "package", SMALL)


@pytest.fixture(scope="session")
def shipped() -> Package:
    """The package that this repository ships."""
    return open_package(HERE.parent)


def _keep_regions(package: Package, used: set[str]) -> None:
    """Leave regions that are used, those above them, and some that are not, so that not thousands of pages are made."""
    resource = package.resource("regions")
    rows = {row["code"]: row for row in package.rows("regions")}
    kept = used | set(list(rows)[:5])
    while above := {rows[code]["parent"] for code in kept if rows[code]["parent"]} - kept:
        kept |= above
    resource.path.write_text(format_csv(resource.fields, [rows[code] for code in sorted(kept)]), encoding="utf-8")


@pytest.fixture(scope="session")
def flawed(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The small package with a total that is wrong, what the checks say of it saved, and a list of few regions."""
    from click.testing import CliRunner

    from yusuan.cli import main

    package = Package(shutil.copytree(small.root, tmp_path_factory.mktemp("flawed") / "package"))
    for edit in read_csv(HERE / "broken" / "balance-sides-equal.expenditure-short" / "edits.csv"):
        resource = package.resource(edit["resource"])
        rows = package.rows(resource.name)
        next(row for row in rows if resource.key_of(row) == edit["key"])[edit["column"]] = edit["value"]
        resource.path.write_text(format_csv(resource.fields, rows), encoding="utf-8")
    _keep_regions(package, {row["region"] for row in package.rows("departments")})
    CliRunner().invoke(main, ["check", "--save", "--package", str(package.root)])
    assert any(row["severity"] == "must" for row in package.rows("findings"))
    return package


@pytest.fixture(scope="session")
def published(small: Package, flawed: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the flawed package, which tells what changed since the small one."""
    from yusuan.commands.publish import publish
    from yusuan.pages.npm import ModulesError
    from yusuan.publish.vendor import installed

    try:
        installed()
    except ModulesError as error:
        pytest.skip(f"the site's JavaScript cannot be had here: {error}")
    target = tmp_path_factory.mktemp("published") / "site"
    publish(flawed, target, since=str(small.root))
    return target


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Package], Package]:
    """Gives a copy of a package that a test may change."""

    def copy(package: Package) -> Package:
        target = tmp_path / "copy"
        shutil.copytree(package.root, target, ignore=shutil.ignore_patterns(".git", ".venv"))
        return Package(target)

    return copy
