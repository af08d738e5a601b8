"""The home page, the findings of all filings, and the pages that find and compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from yusuan.publish.site import charts
from yusuan.publish.site.departments import MOST_PARTS, label
from yusuan.publish.site.downloads import described
from yusuan.publish.site.names import CODED, Names
from yusuan.publish.site.sheet import place_words
from yusuan.publish.site.shell import Site, View

_SHOWN = 12


def write_home(site: Site, names: Names) -> None:
    """What is inside, at a glance: agencies by year, money, findings."""
    filings = site.rows("SELECT * FROM overview ORDER BY region, department, year, phase")
    given = {
        "filings": filings,
        "grid": _grid(filings),
        "columns": sorted({filing["year"] for filing in filings}, reverse=True),
        "most": max((filing["expenditure"] or 0 for filing in filings), default=0),
        "counts": site.rows(
            "SELECT (SELECT count(*) FROM line_items) AS figures, (SELECT count(*) FROM statements) AS statements, "
            "(SELECT count(*) FROM tables) AS tables, "
            "(SELECT count(*) FROM findings WHERE status <> 'fixed') AS findings, "
            "(SELECT count(*) FROM indicators) AS indicators, (SELECT count(*) FROM projects) AS projects"
        )[0],
        "findings": site.rows(
            "SELECT x.*, d.name, f.year, f.phase FROM findings x JOIN filings f ON f.id = x.filing "
            "JOIN departments d ON d.id = f.department WHERE x.severity <> 'info' "
            "ORDER BY f.year DESC, abs(TRY_CAST(x.difference AS DOUBLE)) DESC NULLS LAST, x.id LIMIT 6"
        ),
        "names": names,
        "schema_org": described(site),
    }
    for view in site.views(""):
        chart, table = _composition(site, view, names, filings)
        site.write(view, "home.html", title=view.said["site"], chart=chart, table=table, **given)
    for view in site.views("departments"):
        site.write(view, "departments.html", title=view.said["menu-departments"], **given)


def _grid(filings: Sequence[dict[str, Any]]) -> list[tuple[str, list[tuple[dict[str, Any], dict[int, list[Any]]]]]]:
    """Regions, their departments, and each department's filings by year."""
    regions: dict[str, dict[str, tuple[dict[str, Any], dict[int, list[Any]]]]] = defaultdict(dict)
    for filing in filings:
        _, years = regions[filing["region"]].setdefault(filing["department"], (filing, defaultdict(list)))
        years[filing["year"]].append(filing)
    return [(region, list(found.values())) for region, found in sorted(regions.items())]


def _composition(
    site: Site, view: View, names: Names, filings: Sequence[dict[str, Any]]
) -> tuple[charts.Spec | None, dict[str, dict[str, float]]]:
    """What each department's last filing spends on: drawn as shares, and the amounts by filing and part."""
    last = {filing["department"]: filing for filing in filings if filing["scope"] == "部门" and filing["expenditure"]}
    chosen = sorted(last.values(), key=lambda filing: -filing["expenditure"])[:_SHOWN]
    classes = {filing["id"]: site.rows("SELECT * FROM classes WHERE filing = ?", filing["id"]) for filing in chosen}
    sums: dict[str, Any] = defaultdict(int)
    for filing in chosen:
        for row in classes[filing["id"]]:
            sums[row["class"]] += row["amount"] / filing["expenditure"]
    order = {key: index for index, key in enumerate(sorted(sums, key=lambda key: -sums[key])[:MOST_PARTS])}
    rows = [
        {
            "department": f"{filing['name']} {label(view, filing)}",
            "part": names.of("function", row["class"], view.language) if row["class"] in order else view.said["others"],
            "amount": view.number(row["amount"]),
            "order": order.get(row["class"], MOST_PARTS),
        }
        for filing in chosen
        for row in classes[filing["id"]]
        if row["amount"] > 0
    ]
    rows.sort(key=lambda row: int(str(row["order"])))
    positions = [f"{filing['name']} {label(view, filing)}" for filing in chosen]
    table: dict[str, dict[str, float]] = {position: {} for position in positions}
    for row in rows:
        told = table[str(row["department"])]
        told[str(row["part"])] = told.get(str(row["part"]), 0) + float(str(row["amount"]))
    if not rows:
        return None, {}
    spec = charts.shares(rows, "department", "amount", "part", view.said["unit-of-tables"])
    spec["encoding"]["y"]["sort"] = positions
    return spec, table


def write_findings(site: Site, names: Names) -> None:
    """All findings, by kind and by agency."""
    findings = site.rows(
        "SELECT x.*, f.department, d.name, f.year, f.phase FROM findings x JOIN filings f ON f.id = x.filing "
        "JOIN departments d ON d.id = f.department ORDER BY f.year DESC, x.filing, x.severity, x.rule, x.id"
    )
    cross: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    departments: dict[str, str] = {}
    for finding in findings:
        cross[finding["rule"]][finding["department"]] += 1
        departments[finding["department"]] = finding["name"]
    for view in site.views("findings"):
        site.write(
            view, "findings.html", title=view.said["menu-findings"], findings=findings, cross=cross,
            departments=dict(sorted(departments.items())), names=names, place_words=place_words,
        )  # fmt: skip


def write_rules(site: Site, names: Names) -> None:
    """A page a rule: what it promises, and where it was broken."""
    codes = sorted({*site.rules, *(row["rule"] for row in site.rows("SELECT DISTINCT rule FROM findings"))})
    for code in codes:
        path = f"rule/{code}"
        findings = site.rows(
            "SELECT x.*, d.name, f.year, f.phase FROM findings x JOIN filings f ON f.id = x.filing "
            "JOIN departments d ON d.id = f.department WHERE x.rule = ? ORDER BY f.year DESC, x.filing, x.id",
            code,
        )
        for view in site.views(path):
            site.write(
                view, "rule.html", title=site.rule(view, code), code=code, rule=site.rules.get(code, {}),
                findings=findings, names=names, path=path, data=code in {row["rule"] for row in findings},
            )  # fmt: skip


def write_changes(site: Site) -> None:
    """What changed since the release before, as a page and as files; nothing where that was not asked for."""
    notes = site.publication.notes
    if notes is None:
        return
    for name, text in notes.files.items():
        site.publication.write(name, text)
    for view in site.views("changes"):
        title = view.said["changes-since"].format(version=notes.since)
        site.write(view, "changes.html", title=title, lines=notes.lines[view.language], files=sorted(notes.files))


def write_search(site: Site, names: Names) -> None:
    """The search page and its index: departments, filings, projects and codes that figures use."""
    entries: list[list[str]] = []
    for row in site.rows("SELECT * FROM departments ORDER BY id"):
        region = names.of("region", row["region"], "zh")
        entries.append(["department", row["name"], f"{region} {row['other_names']}".strip(), f"department/{row['id']}"])
    for row in site.rows("SELECT * FROM overview ORDER BY id"):
        entries.append(["filing", f"{row['name']} {row['year']}", row["phase"], f"filing/{row['id']}"])
    for row in site.rows(
        "SELECT p.*, d.name AS who FROM projects p JOIN departments d ON d.id = p.department ORDER BY p.id"
    ):
        entries.append(["project", row["name"], row["who"], f"project/{row['id']}"])
    for scheme in CODED:
        for concept, row in names.rows.get(scheme, {}).items():
            english = row.get("name_en", "")
            code = concept if concept[:1].isdigit() else ""
            entries.append([scheme, f"{code} {row['name']}".strip(), english, f"code/{scheme}/{concept}"])
    site.write_json("search.json", entries)
    for view in site.views("search"):
        kinds = {kind: view.said[kind] for kind in ("department", "filing", "project")}
        kinds |= {scheme: view.said[f"scheme-{scheme}"] for scheme in CODED}
        site.write(view, "search.html", title=view.said["menu-search"], kinds=kinds)


def write_compare(site: Site, names: Names) -> None:
    """The page that puts agencies, years and a code side by side, with one file of amounts a form."""
    filings = site.rows("SELECT * FROM overview ORDER BY department, year, phase")
    place = {filing["id"]: index for index, filing in enumerate(filings)}
    amounts = site.rows(
        "SELECT form, scheme, concept, filing, sum(amount) AS amount FROM uses GROUP BY ALL "
        "UNION ALL SELECT form, 'total', '', filing, sum(amount) FROM own WHERE direction <> '' "
        "GROUP BY form, filing, direction HAVING direction = 'expenditure' OR form = 'revenue' ORDER BY ALL"
    )
    forms: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in amounts:
        forms[row["form"]][f"{row['scheme']}:{row['concept']}"][place[row["filing"]]] = float(row["amount"])
    for form, found in forms.items():
        codes = [[key, *_named(names, key), sorted(cells.items())] for key, cells in sorted(found.items())]
        site.write_json(f"compare/{form}.json", codes)
    ranks = {
        row["form"]: row["rank"] for row in site.rows("SELECT form, rank FROM scopes WHERE direction = 'expenditure'")
    }
    covered = {
        form: len({place for key in found if key.startswith("function:") for place in found[key]})
        for form, found in forms.items()
    }
    widest = min(forms, key=lambda form: (-covered[form], ranks.get(form, len(ranks) + 1), form), default="")
    known = [[f["id"], f["department"], f["name"], f["year"], f["phase"], f["scope"]] for f in filings]
    site.write_json("compare/filings.json", known)
    for view in site.views("compare"):
        listed = [(form, names.of("form", form, view.language)) for form in sorted(forms)]
        site.write(view, "compare.html", title=view.said["menu-compare"], forms=listed, widest=widest)


def _named(names: Names, key: str) -> tuple[str, str]:
    scheme, _, concept = key.partition(":")
    code = f"{concept} " if concept[:1].isdigit() else ""
    if not concept:
        return "", ""
    return code + names.of(scheme, concept, "zh"), code + names.of(scheme, concept, "en")
