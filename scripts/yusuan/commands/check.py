"""`yusuan check`: schemas, then rules; findings with their places."""

from __future__ import annotations

import os
import re
import sys
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan import __version__
from yusuan.commands.cluster import Cluster, Opened, engine_options, opened
from yusuan.commands.options import address_option, language, language_option
from yusuan.commands.output import write_whole
from yusuan.errors import PackageError
from yusuan.finding import Severity, worst
from yusuan.package import open_package

if TYPE_CHECKING:
    from yusuan.check import Known
    from yusuan.finding import Finding
    from yusuan.package import Package

_COLOURS = {Severity.MUST: "red", Severity.SHOULD: "yellow", Severity.INFO: "blue"}
_FIGURE = re.compile(r"-?[0-9][0-9,.]*(?: ?(?:万元|亿元|千元|元|%|yuan))")
SUMMARY = 200
"""Findings told in the summary of a step, which a code host cuts at one MiB."""

_language = language


@click.command("check")
@address_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "sarif", "markdown"]),
    default="text",
    show_default=True,
)
@click.option("--rule", "codes", multiple=True, help="Only this rule; may be given again.")
@click.option("--filing", default="", help="Only findings of this filing.")
@click.option("--list", "listing", is_flag=True, help="Show the rules.")
@click.option(
    "--since",
    metavar="REV",
    help="Only what was not wrong at this git revision (a folder or an archive will do): what a change brings.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write the findings to as SARIF as well, for code scanning.",
)
@click.option("--reviewed", is_flag=True, help="Show in text what a reviewer has settled too.")
@click.option("--save", is_flag=True, help="Write the findings into the package.")
@engine_options
@language_option
def command(
    address: str | None,
    style: str,
    codes: tuple[str, ...],
    filing: str,
    listing: bool,
    since: str | None,
    report: Path | None,
    reviewed: bool,
    save: bool,
    cluster: Cluster | None,
    language: str | None,
) -> None:
    """Hold the package against its schemas and rules. Exit code 1 where a must is broken."""
    from yusuan.check import finding_rows

    spoken = _language(language)
    if listing:
        _list(open_package(None if address is None else Path(address)), spoken)
        return
    if since is not None and (save or cluster is not None):
        raise click.UsageError(
            "--since tells what a change brings; it goes neither with --save nor with --engine spark"
        )
    with opened(address, cluster) as work:
        package = work.package
        if save:
            package.refuse_installed()
        findings = _findings(work, codes, filing, since)
        if save:
            package.write({"findings": finding_rows(findings, package.rows("findings"))})
        if report:
            write_whole(report, [_sarif(package, findings, spoken), "\n"])
        _show(package, findings, style, spoken, reviewed)
    if worst(findings) is Severity.MUST:
        sys.exit(1)


def _list(package: Package, spoken: str) -> None:
    from yusuan.check import load_rules

    for rule in load_rules(package.file("schemas", "rules")):
        click.echo(f"{rule.kind:>2} {rule.severity.value:<6} {rule.code:<32} {rule.promise(spoken)}")


def _findings(work: Opened, codes: tuple[str, ...], filing: str, since: str | None) -> list[Finding]:
    from yusuan.check import check_package, located, rules_broken, schema_findings

    if work.spark is None:
        before = None if since is None else _before(work.package, since, codes)
        return check_package(work.package, codes, filing, before)
    from yusuan.spark import check_parts, package_at

    schemas = None if codes else schema_findings
    rules = partial(rules_broken, codes=codes)
    found = check_parts(work.spark, work.package, work.address, schemas, rules, work.parts)
    if found is not None:
        return located((finding for finding in found if not filing or finding.filing == filing), work.package)
    with package_at(work.spark, work.address, whole=True) as package:
        return check_package(package, codes, filing)


def _before(package: Package, since: str, codes: tuple[str, ...]) -> Known | None:
    """What was wrong at a revision; nothing where there was no package yet, or none that could be read."""
    from yusuan.check import findings_before
    from yusuan.diff import open_earlier

    with open_earlier(since, package.root) as earlier:
        if earlier is None:
            return None
        try:
            return findings_before(earlier, codes)
        except PackageError as error:
            click.echo(f"{since} cannot be checked, so every finding is told: {error.message}", err=True)
            return None


def _show(package: Package, findings: list[Finding], style: str, spoken: str, reviewed: bool) -> None:
    from yusuan.check import as_github, as_json, as_markdown

    if style == "json":
        click.echo(as_json(findings))
    elif style == "sarif":
        click.echo(_sarif(package, findings, spoken))
    elif style == "markdown":
        click.echo(as_markdown(findings, spoken))
    elif style == "github":
        for line in as_github(findings, spoken, _folder(package)):
            click.echo(line)
        if page := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(page).open("a", encoding="utf-8") as file:
                file.write(as_markdown(findings, spoken, SUMMARY) + "\n")
    else:
        _print(package, findings, spoken, reviewed)


def _sarif(package: Package, findings: list[Finding], spoken: str) -> str:
    from yusuan.check import as_sarif, load_rules

    rules = load_rules(package.file("schemas", "rules"))
    return as_sarif(findings, rules, __version__, spoken, _folder(package))


def _folder(package: Package) -> str:
    """Where the package lies in its repository, as a code host names its files."""
    from yusuan.diff import folder_in_repository

    return folder_in_repository(package.root)


def _print(package: Package, findings: list[Finding], spoken: str, reviewed: bool) -> None:
    """Findings grouped by filing and severity; with `reviewed` those that are dealt with too, and said to be so."""
    from yusuan.check import summary

    names = {row["id"]: row["name"] for row in package.rows("departments")} if findings else {}
    filings = {row["id"]: row for row in package.rows("filings")} if findings else {}
    order = list(Severity)
    shown = [finding for finding in findings if reviewed or finding.status == "open"]
    ordered = sorted(shown, key=lambda f: (f.filing, f.status != "open", order.index(f.severity)))
    for filing, group in groupby(ordered, key=lambda f: f.filing):
        row = filings.get(filing)
        click.secho(filing or "package", bold=True, nl=not row)
        if row:
            click.echo(f"  {names.get(row['department'], '')} {row['year']}")
        for finding in group:
            settled = "" if finding.status == "open" else f" ({finding.status})"
            click.secho(f"  {finding.severity.value:<6} ", fg=None if settled else _COLOURS[finding.severity], nl=False)
            click.echo(f"{finding.rule}{settled}: {_FIGURE.sub(_strong, finding.said(spoken))}")
            for mark, place in (("", finding.place), ("cf. ", finding.other_source)):
                if place:
                    click.secho(f"         {mark}{place}", dim=True)
    click.echo(summary(findings))


def _strong(figure: re.Match[str]) -> str:
    return click.style(figure.group(), bold=True)
