"""A filing: its tables as they are printed, what its text says, what the checks found; and each table on its own."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from yusuan.publish.site.downloads import write_figures
from yusuan.publish.site.names import Names
from yusuan.publish.site.sheet import place_words, sheets
from yusuan.publish.site.shell import Site

MOST_FIGURES = 4000
"""Figures of the tables that a filing's page shows; longer ones are on the pages of their own only."""


def write_filings(site: Site, names: Names) -> None:
    """A page a filing and a page a table, in both languages, and the filing's figures as CSV."""
    for filing in site.rows("SELECT * FROM overview ORDER BY id"):
        _write(site, names, filing)


def _write(site: Site, names: Names, filing: dict[str, Any]) -> None:
    path = f"filing/{filing['id']}"
    documents = site.rows("SELECT * FROM documents WHERE filing = ? ORDER BY part, file_name", filing["id"])
    findings = site.rows("SELECT * FROM findings WHERE filing = ? ORDER BY severity, rule, id", filing["id"])
    by_row: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        by_row[finding["row_key"]].append(finding)
    by_place: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in findings:
        by_place[finding["other_source"]].append(finding)
    tables = site.rows("SELECT * FROM tables WHERE filing = ? ORDER BY ordinal NULLS LAST, id", filing["id"])
    for document in documents:
        document["coverage"] = site.rows("SELECT * FROM coverage WHERE document = ? ORDER BY class", document["sha256"])
    given = {"filing": filing, "documents": documents, "names": names, "place_words": place_words, "findings": findings}
    count = 0
    for table in tables:
        rows = site.rows("SELECT * FROM line_items WHERE table_id = ? ORDER BY position, id", table["id"])
        concerned = {
            row["id"]: (*by_row[row["id"]], *(by_place[row["source"]] if row["source"] else ())) for row in rows
        }
        table["figures"] = len(rows)
        table["sheets"] = sheets(rows, concerned)
        table["findings"] = [f for f in findings if f["row_key"].partition("#")[0] == table["id"] or any(
            f in found for found in concerned.values())]  # fmt: skip
        count += len(rows)
        table["here"] = count <= MOST_FIGURES
        _table(site, table, given | {"parts": site.parts(f"table/{table['id']}", [row["id"] for row in rows])})
    statements = site.rows("SELECT * FROM statements WHERE filing = ? ORDER BY position, id", filing["id"])
    indicators = site.rows("SELECT * FROM indicators WHERE filing = ? ORDER BY project, ordinal, id", filing["id"])
    given |= {
        "tables": tables,
        "statements": statements,
        "by_statement": by_row,
        "indicators": indicators,
        "sections": site.rows("SELECT * FROM sections WHERE filing = ? ORDER BY ordinal, name", filing["id"]),
        "covered": site.rows("SELECT * FROM units WHERE filing = ? ORDER BY ordinal, name", filing["id"]),
        "terms": site.rows("SELECT * FROM terms WHERE filing = ? ORDER BY ordinal, term", filing["id"]),
    }
    shown = [row["id"] for row in (*statements, *findings, *indicators)]
    given["parts"] = site.parts(path, shown)
    write_figures(site, path, "filing = ?", filing["id"])
    for view in site.views(path):
        title = f"{filing['name']} {filing['year']} {view.said['phase-' + filing['phase']]}"
        site.write(view, "filing.html", title=title, data=True, path=path, **given)


def _table(site: Site, table: dict[str, Any], given: dict[str, Any]) -> None:
    path = f"table/{table['id']}"
    filing = given["filing"]
    write_figures(site, path, "table_id = ?", table["id"])
    for view in site.views(path):
        form = given["names"].of("form", table["form"], view.language) if table["form"] else table["title"]
        title = f"{form} · {filing['name']} {filing['year']} {view.said['phase-' + filing['phase']]}"
        site.write(view, "table.html", title=title, data=True, path=path, table=table, **given)
