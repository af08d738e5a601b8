"""`yusuan release`: archives of the data, what changed since the last release, checksums."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from yusuan import __version__
from yusuan.commands.options import language, language_option, package_option
from yusuan.finding import Severity, worst
from yusuan.package import Package, open_package

if TYPE_CHECKING:
    from yusuan.release import Changelog

NOTES = "NOTES.md"
_language = language


@click.command("release")
@click.option(
    "--to", "target", type=click.Path(path_type=Path, file_okay=False), default=Path("dist"), show_default=True,
    help="Folder to write to; what lies in it already goes into the checksums too.",
)  # fmt: skip
@click.option("--since", help="Release to compare with: folder, archive or revision; by default the newest tag data-*.")
@click.option("--tag", help="Tag that this is made for: refused where it is not that of this data or this code.")
@click.option("--no-site", is_flag=True, help="Leave the site out; it needs npm once, for the scripts of its pages.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Changes told of each kind.")
@package_option
@language_option
def command(
    target: Path,
    since: str | None,
    tag: str | None,
    no_site: bool,
    most: int,
    package_path: Path | None,
    language: str | None,
) -> None:
    """Release the data: CSV, Parquet and N-Quads in archives, the site, what changed, SHA-256 checksums.

    The version is that of datapackage.json. Exit code 1 where a must is broken; then nothing is written.
    """
    from yusuan.check import check_package
    from yusuan.release import SUMS, checksums

    spoken = _language(language)
    package = open_package(package_path)
    changelog = _held(package, tag)
    earlier = since or _earlier(package)
    changed = _changed(package, earlier, spoken, most) if earlier else ""
    if worst(check_package(package)) is Severity.MUST:
        click.echo("check: a must is broken; `yusuan check` tells which")
        sys.exit(1)
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".release-", dir=target) as folder:
        made = Path(folder) / "made"
        archives = _archives(package, Path(folder), made, earlier, site=not no_site)
        notes = _notes(package, changelog, changed, archives, spoken)
        (made / NOTES).write_text(notes, encoding="utf-8")
        written = [path.replace(target / path.name) for path in (*archives, made / NOTES)]
    files = [path for path in target.iterdir() if path.is_file() and path.name != SUMS]
    (target / SUMS).write_text(checksums(files), encoding="utf-8")
    for path in (*written, target / SUMS):
        click.echo(f"release: {path}")


def _held(package: Package, tag: str | None) -> Changelog | None:
    """The newest section of the changelog, once version and tag are found to be those of a release to be made."""
    from yusuan.diff import compare_since
    from yusuan.release import ReleaseError, hold_tag, own_tag, read_changelog, tag_is_known, version_of

    version = version_of(package)
    path = package.root / "CHANGELOG.md"
    changelog = read_changelog(path)
    if tag:
        hold_tag(tag, version, __version__, bool(changelog and changelog.unreleased), str(path))
    if tag_is_known(package.root, version):
        with compare_since(f"git:{own_tag(version)}", package) as told:
            if not told.same:
                raise ReleaseError(f"not the data of {own_tag(version)}: raise the version", str(package.root))
    return changelog


def _earlier(package: Package) -> str:
    """The release before this one as a side of a comparison; empty where there is none."""
    from yusuan.release import earlier_tag, version_of

    tag = earlier_tag(package.root, version_of(package))
    return tag and f"git:{tag}"


def _changed(package: Package, earlier: str, spoken: str, most: int) -> str:
    """What changed since an earlier release, as Markdown."""
    from yusuan.diff import compare_since, markdown

    with compare_since(earlier, package) as told:
        return markdown(told, spoken, most)


def _archives(package: Package, work: Path, made: Path, earlier: str, *, site: bool) -> list[Path]:
    """The archives of the package, in the folder `made`; what they are made of stands in `work` meanwhile."""
    from yusuan.commands.publish import publish
    from yusuan.emit import emit_graph
    from yusuan.release import version_of, write_archives

    graph, tree = work / "graph.nq", work / "site"
    emit_graph(package, graph)
    if site:
        publish(package, tree, graph=graph, since=earlier)
    made.mkdir()
    stem = f"{package.descriptor['name']}-data-{version_of(package)}"
    return write_archives(package, graph, tree if site else None, made, stem)


def _notes(package: Package, changelog: Changelog | None, changed: str, archives: list[Path], spoken: str) -> str:
    from yusuan.release import release_notes, version_of

    facts = [resource for resource in package.resources.values() if resource.kind == "fact"]
    counts = [(r.title if spoken == "zh" else r.name, len(package.rows(r.name))) for r in facts]
    title = str(package.descriptor.get("title") or package.descriptor["name"])
    return release_notes(title, version_of(package), __version__, counts, changelog, changed, archives, spoken)
