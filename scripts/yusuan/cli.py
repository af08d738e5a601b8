"""The command group; each verb is loaded only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from yusuan import __version__
from yusuan.errors import YusuanError

VERBS = {
    "read": "documents into rows of the package",
    "check": "schemas, then rules; findings with their places",
    "emit": "the graph, in the format of the file's suffix",
    "query": "SPARQL over the package's graph, by name or free",
    "serve": "a read-only SPARQL endpoint, linked data, the page to ask",
    "publish": "the site, and the data for portals and tools",
    "diff": "what changed between two packages",
    "new": "an empty package of one's own, with its checks and its site",
    "render": "the standard forms of a filing as docx, xlsx, html or txt",
    "build": "check, emit and publish, in one go",
    "release": "archives of the data, what changed in them, checksums",
}


class Verbs(click.Group):
    """Finds a verb's module by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"yusuan.commands.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; an error of ours becomes one line and exit code 2."""
        try:
            return super().invoke(ctx)
        except YusuanError as error:
            raise click.ClickException(str(error)) from error


click.ClickException.exit_code = 2  # wrong use or unreadable input: the contract's code for all of them


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "YUSUAN"})
@click.version_option(__version__, prog_name="yusuan")
def main() -> None:
    """Budgets disclosed by Chinese government departments: validated tables and a linked graph.

    部门预算、决算公开：经校验的数据表与可查询的知识图谱。
    """
