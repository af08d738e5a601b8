"""A release held against its promises: `python -m tests.proof dist`, as in `make release`. Exit code 1 if one breaks.

The checksums hold and leave no file out; the archives of the data say the same as each other; the wheel, installed in
an environment that has nothing else, outside of the checkout, does the main job and builds the graph of the release.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.answers import FOLDER as ANSWERS
from tests.conftest import HERE, SMALL
from yusuan.package import Package, open_package
from yusuan.release import SUMS

QUESTION = "change-from-last-year"


class Unproved(Exception):  # noqa: N818 - it is a verdict, not a mishap
    """A promise of the release that does not hold."""


def hold(promise: str, holds: bool) -> None:
    """Raise Unproved where a promise does not hold."""
    if not holds:
        raise Unproved(promise)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hold_sums(dist: Path) -> int:
    """Every file of the release has its checksum, and it holds; gives how many there are."""
    lines = (dist / SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
    there = {path.name for path in dist.iterdir()} - {SUMS}
    hold(f"{SUMS} names what is there: {sorted(there ^ told.keys())}", there == told.keys())
    for name, sum_ in told.items():
        hold(f"the checksum of {name}", digest(dist / name) == sum_)
    return len(told)


def one(dist: Path, pattern: str) -> Path:
    """The one file of a kind."""
    found = sorted(dist.glob(pattern))
    hold(f"one file {pattern}, not {len(found)}", len(found) == 1)
    return found[0]


def data_archives(dist: Path) -> tuple[Path, Path, Path]:
    """The archives of the data: CSV, Parquet, N-Quads."""
    parquet = one(dist, "*-data-*-parquet.zip")
    return parquet.with_name(parquet.name.replace("-parquet.zip", ".zip")), parquet, one(dist, "*-data-*.nq.gz")


def unpacked(archive: Path, folder: Path) -> Path:
    """What a zip holds, under the one folder it names."""
    with zipfile.ZipFile(archive) as file:
        hold(f"{archive.name} is whole", file.testzip() is None)
        tops = {name.partition("/")[0] for name in file.namelist()}
        hold(f"{archive.name} has one folder, {archive.stem}", tops == {archive.stem})
        file.extractall(folder)
    return folder / archive.stem


def hold_alike(package: Package, other: Package) -> int:
    """Two packages have the same rows, cell for cell; gives their number."""
    hold("both have the same tables", package.resources.keys() == other.resources.keys())
    count = 0
    for name in package.resources:
        rows = package.rows(name)
        hold(f"{name} is the same in both", rows == other.rows(name))
        count += len(rows)
    return count


def hold_site(archive: Path) -> int:
    """The site is whole files under one folder, its home among them; gives their number."""
    top = archive.name.removesuffix(".tar.gz")
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    hold(f"{archive.name} has plain files in {top}", all(m.isfile() and m.name.startswith(f"{top}/") for m in members))
    names = {member.name.removeprefix(f"{top}/") for member in members}
    hold("the site has its home and its data", {"index.html", "datapackage.json"} <= names)
    return len(names)


class Clean:
    """An environment with nothing but the wheel and what it asks for, in a folder of its own."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder
        self.wheel = wheel
        self.bin = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.endswith("_proxy")}
        self.environment = {**kept, **pip, "HOME": str(folder), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUTF8": "1"}
        venv.create(folder / "venv", with_pip=True)

    def install(self, extra: str = "") -> None:
        """Install the wheel, with an extra of it."""
        command = [str(self.bin / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        constraints = HERE.parent / "constraints.txt"
        named = f"{self.wheel}[{extra}]" if extra else str(self.wheel)
        subprocess.run(
            [*command, "-c", str(constraints), named], check=True, cwd=self.folder, env=_with_home(self.environment)
        )

    def yusuan(self, *arguments: str, code: int = 0) -> str:
        """What a verb prints, run from the folder."""
        done = subprocess.run(
            [str(self.bin / "yusuan"), *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        hold(f"yusuan {' '.join(arguments)}: {done.stdout}{done.stderr}", done.returncode == code)
        return done.stdout

    def installed(self) -> Mapping[str, str]:
        """The files of the installed package with their digests."""
        (root,) = (self.folder / "venv").rglob("site-packages/yusuan")
        files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {str(path.relative_to(root)): digest(path) for path in files}


def _with_home(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment with the person's own home: pip has its settings and its cache there."""
    return {**environment, "HOME": os.environ.get("HOME", environment["HOME"])}


def main_job(clean: Clean, archive: Path, graph: Path) -> Iterator[str]:
    """The main job from the wheel alone; gives what it did, step by step."""
    before = clean.installed()
    version = clean.yusuan("--version").split()[-1]
    hold(f"the wheel is of version {version}", f"-{version}-" in clean.wheel.name)
    yield f"yusuan {version} in an environment of its own"
    said = clean.yusuan("build", "--no-site").strip().splitlines()
    built = Path(said[-1].partition(" → ")[2])
    with gzip.open(graph) as file:
        hold("the graph of the wheel is that of the release", digest(built) == hashlib.sha256(file.read()).hexdigest())
    yield from said
    answer = clean.yusuan("query", QUESTION, "--format", "csv").splitlines()
    hold(f"the answer to {QUESTION}", answer == (ANSWERS / f"{QUESTION}.csv").read_text("utf-8").splitlines())
    yield f"query {QUESTION}: as pinned"
    data = unpacked(archive, clean.folder)
    yield f"check {data.name}: {clean.yusuan('check', '--package', str(data)).strip().splitlines()[-1]}"
    compared = clean.yusuan("diff", str(archive), "--language", "en")
    hold("the archive is what the wheel holds", "Nothing changed." in compared)
    clean.install("read")
    shutil.copy(SMALL, clean.folder / "document.txt")
    clean.yusuan("read", "document.txt", "--into", "own")
    yield f"read, check: {clean.yusuan('check', '--package', 'own').strip().splitlines()[-1]}"
    clean.yusuan("read", "document.txt", code=2)
    hold("what is installed is as it was", clean.installed() == before)


def prove(dist: Path) -> Iterator[str]:
    """Each promise as it is found to hold. Raises Unproved."""
    yield f"{hold_sums(dist)} checksums"
    archive, parquet, graph = data_archives(dist)
    with tempfile.TemporaryDirectory(prefix="yusuan-proof-") as folder:
        work = Path(folder)
        packages = (open_package(unpacked(path, work)) for path in (archive, parquet))
        yield f"{hold_alike(*packages):,} rows, CSV and Parquet alike"
        yield f"{hold_site(one(dist, '*-site.tar.gz')):,} files of the site"
        clean = Clean(work, one(dist, "*.whl"))
        clean.install()
        yield from main_job(clean, archive, graph)


def main() -> None:
    """Prove the release in a folder."""
    try:
        for line in prove(Path(sys.argv[1]).resolve()):
            sys.stdout.write(f"proved: {line}\n")
    except Unproved as error:
        sys.exit(f"not proved: {error}")


if __name__ == "__main__":
    main()
