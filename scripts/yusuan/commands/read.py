"""`yusuan read`: documents into rows of the package."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yusuan.commands.cluster import Cluster, engine_options
from yusuan.commands.options import language, language_option
from yusuan.errors import MissingExtraError
from yusuan.package import DESCRIPTOR, create_package, open_package

if TYPE_CHECKING:
    from yusuan.read import PartReader, Report

WORDS = {
    "zh": {
        "rows": "行", "forms": "表", "coverage": "数字覆盖", "unknown": "未能理解", "unexplained": "未解释的数字",
        "nothing": "没有可读的文件",
    },
    "en": {
        "rows": "rows", "forms": "forms", "coverage": "numbers bound", "unknown": "not understood",
        "unexplained": "unexplained numbers", "nothing": "no file to read",
    },
}  # fmt: skip


@click.command("read")
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--into", type=click.Path(path_type=str, file_okay=False), help="Package to read into; made if new.")
@click.option("--department", help="Identifier of the department, where the document leaves it in doubt.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Fiscal year, where the document leaves it in doubt.")
@click.option("--phase", type=click.Choice(["budget", "final"]), help="Budget or final account, likewise.")
@click.option(
    "--with-text", is_flag=True, help="Keep the prose in the package too, for a publisher of its own documents."
)
@click.option(
    "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read; the rows are the same."
)
@click.option("--replace", is_flag=True, help="Put a document in the place of another one of the same filing.")
@engine_options
@language_option
def command(
    documents: tuple[str, ...],
    into: str | None,
    department: str | None,
    year: int | None,
    phase: str | None,
    with_text: bool,
    jobs: int,
    replace: bool,
    cluster: Cluster | None,
    language: str | None,
) -> None:
    """Read DOCUMENTS (or folders of them) into the package."""
    try:
        from yusuan.read import PartReader
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"reading needs {error.name}; install it with: pip install 'yusuan[read]'") from None
    if cluster is None:
        given = {"department": department, "year": year, "phase": phase, "replace": replace, "with_text": with_text}
        reports = _here([Path(document) for document in documents], None if into is None else Path(into), jobs, given)
    elif into is None or with_text or replace or jobs > 1:
        raise click.UsageError("a cluster reads --into a new package, without --jobs, --replace and --with-text")
    else:
        reports = _on(cluster, PartReader(department, year, phase), documents, into)
    words = WORDS[_language(language)]
    for report in reports:
        _print(report, words)
    if not reports:
        raise click.ClickException(words["nothing"])
    if any(report.error is not None for report in reports):
        sys.exit(2)


def _here(documents: list[Path], into: Path | None, jobs: int, given: dict[str, Any]) -> list[Report]:
    """Documents read in this process, or in some of this machine; a package made for nothing is taken away again."""
    from yusuan.read import read_documents

    made = into is not None and not (into / DESCRIPTOR).is_file()
    package = create_package(into) if into is not None and made else open_package(into)
    package.refuse_installed()
    reports = read_documents(documents, package, jobs=jobs, progress=_progress, **given)
    if made and into is not None and reports and all(report.error is not None for report in reports):
        shutil.rmtree(into)
    return reports


def _on(cluster: Cluster, reader: PartReader, documents: tuple[str, ...], into: str) -> list[Report]:
    """Documents read on a cluster."""
    with cluster.session() as spark:
        from yusuan.spark import address_of, read_parts

        return read_parts(spark, reader, [address_of(text) for text in documents], address_of(into), cluster.parts)


_language = language


def _progress(path: Path) -> None:
    if sys.stderr.isatty():
        click.echo(f"… {path.name}", err=True)


def _print(report: Report, words: dict[str, str]) -> None:
    if report.error is not None:
        click.echo(f"Error: {report.error}", err=True)
        return
    click.secho(f"{report.path.name} → {report.filing}", bold=True)
    known = [form for form in report.forms if form != "unknown"]
    click.echo(f"  {words['forms']}: {len(known)}/{len(report.forms)}")
    click.echo(f"  {words['rows']}: " + ", ".join(f"{name} {count}" for name, count in report.counts.items()))
    parts = [f"{kind} {bound}/{total}" for kind, (bound, total) in report.coverage.items()]
    click.echo(f"  {words['coverage']}: " + ", ".join(parts))
    missing = sum(total - bound for bound, total in report.coverage.values())
    if missing:
        click.secho(f"  {words['unexplained']}: {missing}", fg="yellow")
    for place, text in report.unknown:
        click.secho(f"  {words['unknown']}: {place} {text}", fg="yellow")
