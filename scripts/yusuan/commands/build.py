"""`yusuan build`: check, emit and publish in one go; the site is replaced in one step or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from yusuan.commands.options import language, language_option, package_option
from yusuan.finding import Severity, worst
from yusuan.package import open_package

_language = language


@click.command("build")
@click.option("--url", default="", help="Address that the site will be served at; the package's own id by default.")
@click.option(
    "--no-site", is_flag=True, help="Only check and emit; a site needs npm once, for the scripts of its pages."
)
@package_option
@language_option
def command(url: str, no_site: bool, package_path: Path | None, language: str | None) -> None:
    """Hold the package against its promises, write its graph and its site. Exit code 1 where a must is broken."""
    from yusuan.check import check_package
    from yusuan.commands.publish import publish
    from yusuan.emit import emit_graph

    package = open_package(package_path)
    spoken = _language(language)
    findings = check_package(package)
    for finding in findings:
        if finding.status == "open" and finding.severity is Severity.MUST:
            click.echo(f"{finding.rule}: {finding.message if spoken == 'zh' else finding.message_en} ({finding.place})")
    known = sum(finding.status != "open" for finding in findings)
    click.echo(f"check: {len(findings) - known} open, {known} reviewed")
    if worst(findings) is Severity.MUST:
        sys.exit(1)
    target = package.build / "graph.nq"
    click.echo(f"emit: {emit_graph(package, target)} statements → {target}")
    if not no_site:
        click.echo(f"publish: {publish(package, package.build / 'site', url, target)}")
