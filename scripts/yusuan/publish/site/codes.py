"""A code: every agency and year that uses it, the codes under it, its names over the years; and all codes."""

from __future__ import annotations

from typing import Any

from yusuan.publish.site import charts
from yusuan.publish.site.departments import label, named
from yusuan.publish.site.downloads import write_figures
from yusuan.publish.site.names import CODED, Names
from yusuan.publish.site.shell import Site, View

MOST_FORMS = 4
_CHART_ROWS = 40


def write_codes(site: Site, names: Names) -> None:
    """A page a concept of the classifications, in both languages, and the page of all of them."""
    filings = {row["id"]: row for row in site.rows("SELECT * FROM overview ORDER BY department, year, phase")}
    site.rows("CREATE OR REPLACE TABLE uses AS " + _uses(names))
    totals: dict[tuple[str, str], Any] = {}
    for scheme in CODED:
        for concept in names.rows.get(scheme, {}):
            totals[scheme, concept] = _write(site, names, filings, scheme, concept)
    for view in site.views("codes"):
        site.write(view, "codes.html", title=view.said["menu-codes"], names=names, totals=totals, schemes=CODED)


def _uses(names: Names) -> str:
    """Each own figure under each of its concepts and all above them."""
    parts = []
    for scheme in CODED:
        column = "economic" if scheme == "government-economic" else scheme
        kept = {"government-economic": "LIKE '5%'", "economic": "NOT LIKE '5%'"}.get(scheme, "<> ''")
        parts.append(
            f"SELECT '{scheme}' AS scheme, {column} AS leaf, filing, form, table_id, sum(amount) AS amount, "
            f"count(*) AS n FROM own WHERE {column} <> '' AND {column} {kept} "
            f"AND NOT ('{scheme}' IN ('fund', 'nature') AND direction = '') "
            f"GROUP BY ALL"
        )
    return (
        "WITH RECURSIVE leaves AS (" + " UNION ALL ".join(parts) + "), "
        "chain AS (SELECT scheme, id AS leaf, id AS concept FROM names UNION "
        "SELECT c.scheme, c.leaf, n.parent FROM chain c JOIN names n ON n.scheme = c.scheme AND n.id = c.concept "
        "WHERE n.parent <> '') "
        "SELECT l.*, c.concept FROM leaves l JOIN chain c USING (scheme, leaf)"
    )


def _write(site: Site, names: Names, filings: dict[str, Any], scheme: str, concept: str) -> dict[str, Any]:
    path = f"code/{scheme}/{concept}"
    rows = site.rows(
        "SELECT form, filing, any_value(table_id) AS table_id, sum(amount) AS amount, sum(n) AS n FROM uses "
        "WHERE scheme = ? AND concept = ? GROUP BY form, filing ORDER BY form, filing", scheme, concept,
    )  # fmt: skip
    by_form: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_form.setdefault(row["form"], []).append(row)
    forms = sorted(by_form, key=lambda form: (-len(by_form[form]), form))[:MOST_FORMS]
    years = sorted({(filings[row["filing"]]["year"], filings[row["filing"]]["phase"]) for row in rows})
    given = {
        "scheme": scheme,
        "concept": concept,
        "row": names.rows[scheme][concept],
        "forms": [(form, _matrix(by_form[form], filings)) for form in forms],
        "years": years,
        "above": names.above(scheme, concept),
        "below": names.below(scheme, concept),
        "former": site.rows(
            "SELECT * FROM code_names WHERE scheme = ? AND concept = ? ORDER BY first_year NULLS FIRST, kind, name",
            scheme, concept,
        ),
        "names": names,
        "amounts": {
            row["concept"]: row["filings"]
            for row in site.rows(
                "SELECT concept, count(DISTINCT filing) AS filings FROM uses WHERE scheme = ? GROUP BY concept", scheme
            )
        } if names.below(scheme, concept) else {},
    }  # fmt: skip
    column = "economic" if scheme == "government-economic" else scheme
    leaves = site.rows("SELECT DISTINCT leaf FROM uses WHERE scheme = ? AND concept = ?", scheme, concept)
    chosen = f"{column} IN ({', '.join('?' * len(leaves))})" if leaves else "false"
    write_figures(site, path, chosen, *(row["leaf"] for row in leaves))
    for view in site.views(path):
        title = names.of(scheme, concept, view.language)
        chart = _chart(view, by_form[forms[0]], filings) if forms else None
        site.write(
            view, "code.html", title=title, data=True, path=path, parts=site.parts(path, ()), chart=chart, **given
        )
    return {"filings": len({row["filing"] for row in rows}), "figures": sum(row["n"] for row in rows)}


def _matrix(
    rows: list[dict[str, Any]], filings: dict[str, Any]
) -> list[tuple[dict[str, Any], dict[tuple[int, str], Any]]]:
    """Departments down, years across: each cell the amount and the table it stands in."""
    found: dict[str, tuple[dict[str, Any], dict[tuple[int, str], Any]]] = {}
    for row in rows:
        filing = filings[row["filing"]]
        _, cells = found.setdefault(filing["department"], (filing, {}))
        cells[filing["year"], filing["phase"]] = row
    return sorted(found.values(), key=lambda item: -max(cell["amount"] for cell in item[1].values()))


def _chart(view: View, rows: list[dict[str, Any]], filings: dict[str, Any]) -> charts.Spec | None:
    """The largest departments, each with its filings in order of time; nothing for one amount alone."""
    most: dict[str, Any] = {}
    for row in rows:
        department = filings[row["filing"]]["department"]
        most[department] = max(most.get(department, row["amount"]), row["amount"])
    ordered = sorted(rows, key=lambda row: (-most[filings[row["filing"]]["department"]], row["filing"]))
    shown = [
        {
            "bar": f"{named(view, filings[row['filing']])} {label(view, filings[row['filing']])}",
            "filing": label(view, filings[row["filing"]]),
            "amount": view.number(row["amount"]),
        }
        for row in ordered[:_CHART_ROWS]
        if row["amount"]
    ]
    return charts.marked(shown, "bar", "amount", view.said["unit-of-tables"], "filing") if len(shown) > 1 else None
