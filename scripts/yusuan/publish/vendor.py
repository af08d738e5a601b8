"""JavaScript of others that the site brings along: named by a package.json, installed once into a cache, copied in."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from pathlib import Path

from yusuan.package import cache
from yusuan.pages.npm import ModulesError, install, licences
from yusuan.publish.publication import Publication

HERE = Path(__file__).parent / "vendor"
FOLDER = "vendor"
"""Folder of the site that they stand in."""

LICENCES = "licences.txt"


def copy_vendored(publication: Publication) -> None:
    """Copy the files into `vendor/`, with one text of all licences. Installs them when the cache has none."""
    folder = installed()
    for path in sorted(folder.iterdir()):
        publication.path(f"{FOLDER}/{path.name}").write_bytes(path.read_bytes())


def installed() -> Path:
    """The folder of the files in the user's cache, for our lock file; whole or not there.

    Raises MissingExtraError where there is no npm, ModulesError where it fails.
    """
    named = (HERE / "package-lock.json").read_bytes() + (HERE / "files.csv").read_bytes()
    root = cache()
    target = root / f"site-{hashlib.sha256(named).hexdigest()[:16]}"
    if target.is_dir():
        return target
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="site-", dir=root) as made:
        work, kept = Path(made) / "work", Path(made) / "kept"
        work.mkdir()
        kept.mkdir()
        _keep(install(HERE, work, "the site's JavaScript"), kept)
        try:
            kept.rename(target)
        except OSError:  # another run was quicker
            if not target.is_dir():
                raise
    return target


def _keep(modules: Path, kept: Path) -> None:
    """Copy the few files that the site needs, with the changes that their list names."""
    with (HERE / "files.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        data = (modules / row["package"] / row["file"]).read_bytes()
        if row["replace"]:
            if row["replace"].encode() not in data:
                raise ModulesError(f"{row['file']} of {row['package']} has changed; look at vendor/files.csv")
            data = data.replace(row["replace"].encode(), row["with"].encode())
        (kept / row["name"]).write_bytes(data)
    (kept / LICENCES).write_text(licences(modules), encoding="utf-8")
