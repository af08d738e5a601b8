"""A department: its years side by side, what it gets and spends, why that changed, who works there, its projects."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from yusuan.publish.site import charts
from yusuan.publish.site.downloads import write_figures
from yusuan.publish.site.flows import flows
from yusuan.publish.site.names import Names
from yusuan.publish.site.pivot import Pivot, pivot
from yusuan.publish.site.shell import Site, View

MOST_PARTS = 7
"""Parts of a stacked bar; the rest are one part."""

_COUNTED = "s.measure = 'count' AND s.basis = '' AND s.unit IN ('人', '名', '')"
_STAFF = "(s.subject LIKE 'headcount%' OR s.subject LIKE 'establishment%')"


def write_departments(site: Site, names: Names) -> None:
    """A page a department, in both languages, and its figures as CSV."""
    for department in site.rows("SELECT * FROM departments ORDER BY id"):
        _write(site, names, department)


def _write(site: Site, names: Names, department: dict[str, Any]) -> None:
    path = f"department/{department['id']}"
    filings = site.rows("SELECT * FROM overview WHERE department = ? ORDER BY year, phase", department["id"])
    keys = [filing["id"] for filing in filings]
    asked = ", ".join("?" * len(keys)) or "NULL"
    found = {
        name: pivot(site.rows(f"SELECT * FROM {view} WHERE filing IN ({asked})", *keys), key, keys)
        for name, view, key in (
            ("classes", "classes", "class"),
            ("economics", "economics", "class"),
            ("natures", "natures_of", "nature"),
            ("three_public", "three_public", "item"),
        )
    }
    latest = keys[-1] if keys else ""
    incomes = site.rows("SELECT * FROM incomes WHERE filing = ? ORDER BY amount DESC, fund, item", latest)
    by_id = {filing["id"]: filing for filing in filings}
    given: dict[str, Any] = {
        "department": department,
        "filings": filings,
        "by_id": by_id,
        "units": site.rows("SELECT id, name, scope FROM departments WHERE parent = ? ORDER BY id", department["id"]),
        "incomes": incomes,
        "flows": flows(
            [(row["item"] or row["fund"], row["amount"]) for row in incomes],
            [(line.key, line.amounts[-1]) for line in _of(found["classes"], latest)],
        ),
        "changes": _changes(site, keys),
        "staff": pivot(
            site.rows(
                "SELECT subject, filing, max(value) AS amount FROM statements s WHERE "
                f"filing IN ({asked}) AND {_STAFF} AND {_COUNTED} GROUP BY ALL",
                *keys,
            ),
            "subject",
            keys,
        ),
        "projects": _projects(site, department["id"]),
        "findings": site.rows(f"SELECT * FROM findings WHERE filing IN ({asked}) ORDER BY filing, rule, id", *keys),
        "sections": site.rows(
            "SELECT * FROM sections WHERE filing = "
            "(SELECT max(filing) FROM sections s JOIN filings f ON f.id = s.filing WHERE f.department = ?) "
            "ORDER BY ordinal, name",
            department["id"],
        ),
        **found,
    }
    write_figures(site, path, "department = ?", department["id"])
    for view in site.views(path):
        given["charts"] = _charts(view, names, found, by_id)
        site.write(
            view,
            "department.html",
            title=department["name"],
            names=names,
            data=True,
            path=path,
            parts=site.parts(path, ()),
            **given,
        )


def _of(found: Pivot, filing: str) -> list[Any]:
    """Lines that have an amount in the last column, where that is the filing's."""
    if not found.columns or found.columns[-1] != filing:
        return []
    return [line for line in found.lines if line.amounts[-1]]


def _changes(site: Site, filings: Sequence[str]) -> list[dict[str, Any]]:
    """Stated changes with a reason, the last filing first."""
    if not filings:
        return []
    marks = ", ".join("?" * len(filings))
    return site.rows(
        f"SELECT * FROM statements WHERE filing IN ({marks}) AND measure IN ('change', 'rate') AND reason <> '' "
        "QUALIFY row_number() OVER (PARTITION BY filing, form, function, economic, item, project, nature "
        "ORDER BY measure, position) = 1 ORDER BY year DESC, filing DESC, position",
        *filings,
    )


def _projects(site: Site, department: str) -> list[dict[str, Any]]:
    return site.rows(
        "SELECT p.id, p.name, count(DISTINCT i.id) AS targets, max(y.amount) AS amount "
        "FROM projects p LEFT JOIN indicators i ON i.project = p.id LEFT JOIN project_years y ON y.project = p.id "
        "WHERE p.department = ? GROUP BY p.id, p.name ORDER BY amount DESC NULLS LAST, p.name",
        department,
    )


def label(view: View, filing: dict[str, Any]) -> str:
    """A filing in a word or two: 2025 预算."""
    return f"{filing['year']} {view.said['phase-' + filing['phase']]}"


def named(view: View, filing: dict[str, Any]) -> str:
    """A filing's department in words, told apart from the 单位 of the same name."""
    return str(filing["name"]) if filing["scope"] == "部门" else f"{filing['name']} ({view.said['scope-unit']})"


def parts(view: View, names: Names, scheme: str, found: Pivot, columns: Sequence[str]) -> list[dict[str, object]]:
    """Rows of a stacked chart: the largest concepts, and the others as one part."""
    rows: list[dict[str, object]] = []
    for order, line in enumerate(found.lines[:MOST_PARTS]):
        name = names.of(scheme, line.key, view.language)
        rows += _amounts(view, columns, line.amounts, name, order)
    rest = found.lines[MOST_PARTS:]
    if rest:
        sums = tuple(sum((line.amounts[i] or Decimal(0) for line in rest), Decimal(0)) for i in range(len(columns)))
        rows += _amounts(view, columns, sums, view.said["others"], MOST_PARTS)
    return rows


def _amounts(
    view: View, columns: Sequence[str], amounts: Sequence[Decimal | None], name: str, order: int
) -> list[dict[str, object]]:
    return [
        {"filing": column, "part": name, "amount": view.number(amount), "order": order}
        for column, amount in zip(columns, amounts, strict=True)
        if amount
    ]


def _charts(view: View, names: Names, found: dict[str, Pivot], filings: dict[str, Any]) -> dict[str, charts.Spec]:
    """The charts of a department; one that would show nothing is left out."""
    unit, made = view.said["unit-of-tables"], {}
    for name, scheme in (("classes", "function"), ("three_public", "item")):
        columns = [label(view, filings[key]) for key in found[name].columns]
        rows = parts(view, names, scheme, found[name], columns)
        if rows and len(columns) > 1:
            made[name] = charts.stacked(rows, "filing", "amount", "part", unit)
        elif rows:
            made[name] = charts.bars(rows, "part", "amount", unit)
    columns = [label(view, filings[key]) for key in found["economics"].columns]
    rows = parts(view, names, "economic", found["economics"], columns)
    if rows:
        made["economics"] = charts.bars(rows, "part", "amount", unit, "filing" if len(columns) > 1 else "")
    return made
