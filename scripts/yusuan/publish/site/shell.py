"""The shell of every page: templates of this room over those of things, words in two languages, relative addresses."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from yusuan.engine import source
from yusuan.errors import YusuanError
from yusuan.pages import words as page_words
from yusuan.pages.addresses import FILES, Addresses
from yusuan.pages.frame import Frame
from yusuan.pages.render import Renderer
from yusuan.pages.source import Graph
from yusuan.pages.words import Names as GraphNames
from yusuan.publish.publication import Publication

HERE = Path(__file__).parent
LANGUAGES = ("zh", "en")
MENU = ("departments", "codes", "compare", "findings", "query", "search", "data")
ASSETS = sorted((HERE / "assets").iterdir())
_LONGEST_NAME = 200


@cache
def words(language: str) -> Mapping[str, str]:
    """The words of the site and of pages of things, in a language."""
    with (HERE / "words.csv").open(encoding="utf-8", newline="") as file:
        own = {row["key"]: row[language] for row in csv.DictReader(file)}
    return {**page_words.words(language), **own}


@dataclass
class View:
    """One page as it is seen: from where, in which language."""

    addresses: Addresses
    language: str

    @property
    def said(self) -> Mapping[str, str]:
        """The words of its language."""
        return words(self.language)

    def to(self, kind: str, *names: str, fragment: str = "") -> str:
        """The address of a thing's page, as `department`, `310107-czj`; a fragment is encoded."""
        path = "/".join([kind, *(quote(name, safe="/;~") for name in names)])
        mark = "#" + quote(fragment, safe=";~/=&,:.") if fragment else ""
        return self.addresses.path(path, self.addresses.endings.page[self.language]) + mark

    def file(self, path: str) -> str:
        """The address of a file that is the same in both languages."""
        return self.addresses.other(quote(path, safe="/;~."))

    def money(self, amount: Decimal | float | None) -> str:
        """An amount for reading: 1.25 亿元, 355.4 万元; ¥125.0 million."""
        if amount is None:
            return "—"
        value = float(amount)
        if self.language == "zh":
            scale, unit = next((s, u) for s, u in ((1e8, "亿元"), (1e4, "万元"), (0, "元")) if abs(value) >= s)
            return f"{_plain(value / scale if scale else value, 2)} {unit}"
        scale, unit = next((s, u) for s, u in ((1e9, " billion"), (1e6, " million"), (0, "")) if abs(value) >= s)
        return f"¥{_plain(value / scale if scale else value, 2)}{unit}"

    def scaled(self, amount: Decimal | float | None) -> str:
        """An amount in the unit of tables: 万元, or million yuan."""
        return "" if amount is None else self.written(self.number(amount))

    def written(self, number: float) -> str:
        """A number that is in the unit of tables already."""
        return _plain(number, 2 if self.language == "zh" else 3, fixed=True)

    def number(self, amount: Decimal | float) -> float:
        """An amount as a number in the unit of tables, for charts."""
        return round(float(amount) / (1e4 if self.language == "zh" else 1e6), 6)

    def rate(self, new: Decimal | float | None, old: Decimal | float | None) -> str:
        """A rate of change with its sign; empty where there is no base."""
        if new is None or not old:
            return ""
        change = (float(new) - float(old)) / abs(float(old)) * 100
        return f"{'+' if change > 0 else '−' if change < 0 else ''}{abs(change):.1f}%"


def _plain(value: float, places: int, fixed: bool = False) -> str:
    text = f"{abs(value):,.{places}f}"
    if not fixed and "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("−" if value < 0 and text.strip("0.,") else "") + text


class Site:
    """Writes pages of one publication."""

    def __init__(self, publication: Publication, graph: Graph, rules: Sequence[Mapping[str, Any]]) -> None:
        self.publication = publication
        self.graph = graph
        self.names: dict[str, GraphNames] = {}
        self.rules = {str(rule["code"]): rule for rule in rules}
        self.frame = Frame(graph.base, FILES, templates=_templates())
        self.renderer = Renderer(graph, self.frame)
        self.version = hashlib.sha256(b"".join(path.read_bytes() for path in ASSETS)).hexdigest()[:8]
        publication.connection.execute((HERE / "views.sql").read_text(encoding="utf-8"))
        self._printed()

    def _printed(self) -> None:
        """The figures as text, as their CSV has them, for the CSV of each page."""
        rows = source(self.publication.package.resource("line_items"))
        self.publication.connection.execute(f"CREATE TABLE printed AS SELECT * FROM {rows}")

    def rule(self, view: View, code: str) -> str:
        """What a rule promises, in a sentence; its code where it is none of the rules."""
        return str(self.rules.get(code, {}).get(f"promise_{view.language}") or code)

    def views(self, path: str) -> Iterator[View]:
        """The page at a path (encoded, without an ending), in each language."""
        for language in LANGUAGES:
            yield View(self.frame.addresses(path, language), language)

    def parts(self, path: str, shown: Iterable[str]) -> list[str]:
        """Fragments of a page that the graph names and the page does not show as such, decoded and sorted."""
        start = f"{self.graph.base}{path}#"
        subjects = {q.subject.value for q in self.graph.page(start[:-1]) if isinstance(q.subject, NamedNode)}
        named = {unquote(iri.removeprefix(start)) for iri in subjects if iri.startswith(start)}
        return sorted(named - {name.partition("#")[2] for name in shown})

    def write(self, view: View, template: str, **given: object) -> None:
        """Fill a template in and write the page, with its title in the search index where it is given."""
        menu = [(view.said[f"menu-{name}"], view.to(name)) for name in MENU]
        about = self.publication.about
        given = {"data": False, "parts": (), **given}
        html = self.frame.page(
            template, view.addresses, view=view, said=view.said, menu=menu, about=f"{about.name} {about.version}",
            base_iri=self.graph.base, rule_of=partial(self.rule, view), version_of_site=self.version, **given,
        )  # fmt: skip
        path = (view.addresses.here or "index") + FILES.page[view.language]
        self.publication.path(file_name(path)).write_bytes(html)

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows of a query over the tables and views."""
        return self.publication.rows(query, *values)

    def write_json(self, path: str, value: object) -> None:
        """Write data for the site's scripts."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=float)
        self.publication.write(path, text + "\n")


def file_name(path: str) -> str:
    """The file of an address: its path decoded, as web hosts do. Raises YusuanError where a disk cannot hold it."""
    parts = [unquote(part) for part in path.split("/")]
    for part in parts:
        if part in {"", ".", ".."} or "/" in part or "\0" in part or len(part.encode()) > _LONGEST_NAME:
            raise YusuanError("no file can have this name; publish needs identifiers that are names", path)
    return "/".join(parts)


def _templates() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "templates").glob("*.html"))}
