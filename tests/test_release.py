"""A release: its archives, notes and checksums, what it refuses, and what an installed wheel does with its own data.

`make release` builds and proves the whole; here are its parts, on small packages.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from tests.conftest import HERE, SMALL
from tests.proof import Unproved, data_archives, hold_alike, hold_site, hold_sums, unpacked
from yusuan import __version__
from yusuan.cli import main
from yusuan.package import Package, open_package, write_json
from yusuan.release import SUMS, ReleaseError, hold_tag, read_changelog, write_archives

ROOT = HERE.parent


def release(package: Path, target: Path, *options: str, code: int = 0) -> str:
    command = ["release", "--no-site", "--package", str(package), "--to", str(target), *options]
    result = CliRunner(env={"LC_ALL": "C.UTF-8", "NO_COLOR": "1"}).invoke(main, command)
    assert result.exit_code == code, result.output
    return result.output


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def to_version(folder: Path, version: str) -> None:
    package = Package(folder)
    write_json(folder / "datapackage.json", {**package.descriptor, "version": version})


def say_when_published(folder: Path) -> None:
    """A change of the data that breaks no promise."""
    package = Package(folder)
    package.write({"filings": [{**row, "published": "2020-03-04"} for row in package.rows("filings")]})


@pytest.fixture(scope="module")
def tagged(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small package in a repository, with the tag of a release of its data."""
    root = tmp_path_factory.mktemp("tagged") / "package"
    shutil.copytree(small.root, root)
    (root / ".gitignore").write_text("/build/\n", encoding="utf-8")
    (root / "CHANGELOG.md").write_text("# Changes\n\n## Unreleased\n\n- A filing.\n\n## Before\n\n- Old.\n", "utf-8")
    to_version(root, "2026.10.0")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "New")
    git(root, "tag", "data-2026.10.0")
    return root


@pytest.fixture(scope="module")
def released(tagged: Path) -> Path:
    """Its release, beside a file that was there before."""
    dist = tagged.parent / "dist"
    dist.mkdir()
    (dist / "a.whl").write_bytes(b"a wheel that was built before")
    release(tagged, dist)
    return dist


@pytest.fixture
def repository(tagged: Path, tmp_path: Path) -> Path:
    """The repository, to be changed."""
    return Path(shutil.copytree(tagged, tmp_path / "package"))


@pytest.fixture
def dist(released: Path, tmp_path: Path) -> Path:
    """The release, to be changed."""
    return Path(shutil.copytree(released, tmp_path / "dist"))


def test_the_archives_say_the_same(tagged: Path, released: Path, tmp_path: Path) -> None:
    assert sorted(path.name for path in released.iterdir()) == [
        "NOTES.md", SUMS, "a.whl", "yusuan-data-2026.10.0-parquet.zip", "yusuan-data-2026.10.0.nq.gz",
        "yusuan-data-2026.10.0.zip",
    ]  # fmt: skip
    archive, parquet, graph = data_archives(released)
    package = open_package(unpacked(archive, tmp_path / "csv"))
    assert hold_alike(package, open_package(unpacked(parquet, tmp_path / "parquet"))) > 4000
    for resource in open_package(tagged).resources.values():
        assert package.resource(resource.name).path.read_bytes() == resource.path.read_bytes()
    assert gzip.decompress(graph.read_bytes()).count(b"\n") > 10_000
    compared = CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, ["diff", str(archive), str(tagged)]).output
    assert "Nothing changed." in compared


def test_checksums_are_of_every_file_and_find_a_wrong_byte(dist: Path) -> None:
    assert hold_sums(dist) == 5
    (dist / "more").write_bytes(b"x")
    with pytest.raises(Unproved, match="more"):
        hold_sums(dist)
    (dist / "more").unlink()
    (dist / "a.whl").write_bytes(b"a wheel that was built afterw")
    with pytest.raises(Unproved, match=r"a\.whl"):
        hold_sums(dist)


def test_parquet_that_differs_is_found(released: Path, tmp_path: Path) -> None:
    archive, parquet, _ = data_archives(released)
    package = open_package(unpacked(archive, tmp_path))
    columns = open_package(unpacked(parquet, tmp_path))
    path = package.resource("line_items").path
    path.write_text(path.read_text(encoding="utf-8").replace("行政运行", "行政", 1), encoding="utf-8")
    with pytest.raises(Unproved, match="line_items"):
        hold_alike(package, columns)


def test_the_site_is_one_archive(published: Path, flawed: Package, tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    graph.write_bytes(b"")
    written = write_archives(flawed, graph, published, tmp_path, "x-data-1.0.0")
    assert [path.name for path in written] == [
        "x-data-1.0.0.zip", "x-data-1.0.0-parquet.zip", "x-data-1.0.0.nq.gz", "x-data-1.0.0-site.tar.gz",
    ]  # fmt: skip
    assert hold_site(written[-1]) == sum(path.is_file() for path in published.rglob("*"))


def test_a_first_release_says_so_and_a_later_one_what_changed(released: Path, repository: Path, tmp_path: Path) -> None:
    notes = (released / "NOTES.md").read_text(encoding="utf-8")
    assert "First release" in notes and f"made with yusuan {__version__}" in notes
    assert "- A filing." in notes and "- Old." not in notes
    assert "| line_items | " in notes and "yusuan-data-2026.10.0.zip" in notes
    say_when_published(repository)
    to_version(repository, "2026.11.0")
    release(repository, tmp_path / "later", "--language", "zh")
    notes = (tmp_path / "later" / "NOTES.md").read_text(encoding="utf-8")
    assert "数据的变化" in notes and "2026.10.0" in notes and str(tmp_path) not in notes
    assert "首次发布" not in notes and "2020-03-04" in notes


def test_the_same_data_give_the_same_bytes(tagged: Path, released: Path, tmp_path: Path) -> None:
    before = str(released / "yusuan-data-2026.10.0.zip")
    release(tagged, tmp_path / "again", "--since", before)
    first, again = (set((folder / SUMS).read_text("utf-8").splitlines()) for folder in (released, tmp_path / "again"))
    assert {line.partition("  ")[2] for line in first ^ again} == {"a.whl", "NOTES.md"}
    assert "Nothing changed." in (tmp_path / "again" / "NOTES.md").read_text(encoding="utf-8")


def test_changed_data_want_a_version_of_their_own(repository: Path, tmp_path: Path) -> None:
    say_when_published(repository)
    assert "raise the version" in release(repository, tmp_path / "dist", code=2)
    assert not (tmp_path / "dist").exists()


def test_a_tag_is_that_of_the_data_or_of_the_code() -> None:
    for tag in ("data-2026.10.0", "v0.1.0"):
        hold_tag(tag, "2026.10.0", "0.1.0", False, "CHANGELOG.md")
    for tag in ("data-2026.9.0", "2026.10.0", "v2026.10.0", "data-0.1.0"):
        with pytest.raises(ReleaseError, match="neither"):
            hold_tag(tag, "2026.10.0", "0.1.0", False, "CHANGELOG.md")


def test_what_is_tagged_has_a_name_in_the_changelog(repository: Path, tmp_path: Path) -> None:
    said = release(repository, tmp_path / "dist", "--tag", "data-2026.10.0", code=2)
    assert "still called Unreleased" in said and "CHANGELOG.md" in said
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("version", ["", "next", "2026.11", "1.0.0/../../x"])
def test_a_version_is_three_numbers(version: str, repository: Path, tmp_path: Path) -> None:
    to_version(repository, version)
    assert "datapackage.json" in release(repository, tmp_path / "dist", code=2)


def test_what_is_wrong_is_not_released(flawed: Package, tmp_path: Path) -> None:
    shutil.copytree(flawed.root, tmp_path / "package")
    release(tmp_path / "package", tmp_path / "dist", code=1)
    assert not (tmp_path / "dist").exists()


def test_a_changelog_without_sections_is_none(tmp_path: Path) -> None:
    assert read_changelog(tmp_path / "CHANGELOG.md") is None
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n", encoding="utf-8")
    assert read_changelog(tmp_path / "CHANGELOG.md") is None


# --- installed ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code and the package laid out as a wheel installs them."""
    root = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "scripts" / "yusuan", root / "yusuan", ignore=shutil.ignore_patterns("__pycache__"))
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    for source, place in wheel["force-include"].items():
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / source, root / place)
    return root


def run_installed(installed: Path, folder: Path, *arguments: str) -> tuple[str, int]:
    command = [sys.executable, "-c", "from yusuan.cli import main; main()", *arguments]
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": str(folder), "LC_ALL": "C.UTF-8",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }  # fmt: skip
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr, done.returncode


def test_installed_data_are_built_in_the_cache(installed: Path, tmp_path: Path) -> None:
    said, code = run_installed(installed, tmp_path, "emit")
    assert code == 0, said
    assert (tmp_path / "cache" / "yusuan").is_dir() and str(tmp_path / "cache" / "yusuan") in said
    assert not (installed / "yusuan" / "package" / "build").exists()


@pytest.mark.parametrize("arguments", [("read", str(SMALL)), ("check", "--save", "--rule", "balance-sides-equal")])
def test_installed_data_are_not_changed(arguments: tuple[str, ...], installed: Path, tmp_path: Path) -> None:
    said, code = run_installed(installed, tmp_path, *arguments)
    assert code == 2 and "name a folder of your own" in said and "Traceback" not in said


def test_what_is_installed_reads_into_a_folder_of_ones_own(installed: Path, tmp_path: Path) -> None:
    said, code = run_installed(installed, tmp_path, "read", str(SMALL), "--into", "own")
    assert code == 0, said
    assert len(open_package(tmp_path / "own").rows("filings")) == 1


# --- the workflow ------------------------------------------------------------------------------------------------


def test_the_workflow_runs_make_release_for_both_kinds_of_tag() -> None:
    flow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    assert flow[True]["push"]["tags"] == ["data-*", "v*"]  # `on` is true in YAML 1.1
    runs = [step["run"] for step in flow["jobs"]["release"]["steps"] if "run" in step]
    assert "make release" in runs
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "--tag '$(TAG)'" in makefile and "tests.proof dist" in makefile
