"""`yusuan check`: schemas, then rules; findings with their places."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan.commands.options import language, language_option, package_option
from yusuan.finding import Severity, worst
from yusuan.package import open_package

if TYPE_CHECKING:
    from yusuan.finding import Finding

_COLOURS = {Severity.MUST: "red", Severity.SHOULD: "yellow", Severity.INFO: "blue"}
_language = language


@click.command("check")
@package_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--rule", "codes", multiple=True, help="Only this rule; may be given again.")
@click.option("--filing", default="", help="Only findings of this filing.")
@click.option("--list", "listing", is_flag=True, help="Show the rules.")
@click.option("--save", is_flag=True, help="Write the findings into the package.")
@language_option
def command(
    package_path: Path | None,
    style: str,
    codes: tuple[str, ...],
    filing: str,
    listing: bool,
    save: bool,
    language: str | None,
) -> None:
    """Hold the package against its schemas and rules. Exit code 1 where a must is broken."""
    from yusuan.check import check_package, finding_rows, load_rules

    package = open_package(package_path)
    spoken = _language(language)
    if listing:
        for rule in load_rules(package.file("schemas", "rules")):
            click.echo(
                f"{rule.kind:>2} {rule.severity.value:<6} {rule.code:<32} {rule.zh if spoken == 'zh' else rule.en}"
            )
        return
    findings = check_package(package, codes, filing)
    if save:
        package.write({"findings": finding_rows(findings, package.rows("findings"))})
    if style == "json":
        click.echo(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, spoken)
    if worst(findings) is Severity.MUST:
        sys.exit(1)


def _print(findings: list[Finding], spoken: str) -> None:
    """Findings grouped by filing, for a person; those a reviewer has dealt with say so and do not count."""
    for filing, group in groupby(sorted(findings, key=lambda f: f.filing), key=lambda f: f.filing):
        click.secho(filing or "package", bold=True)
        for finding in group:
            settled = "" if finding.status == "open" else f" ({finding.status})"
            click.secho(f"  {finding.severity.value:<6} ", fg=None if settled else _COLOURS[finding.severity], nl=False)
            click.echo(f"{finding.rule}{settled}: {finding.message if spoken == 'zh' else finding.message_en}")
            if finding.place:
                click.secho(f"         {finding.place}", dim=True)
    counts = {severity: sum(f.severity is severity and f.status == "open" for f in findings) for severity in Severity}
    click.echo(", ".join(f"{count} {severity.value}" for severity, count in counts.items()))
