"""A project: its money over the years, the documents it rests on, its targets."""

from __future__ import annotations

from typing import Any

from yusuan.publish.site.downloads import write_figures
from yusuan.publish.site.names import Names
from yusuan.publish.site.sheet import place_words
from yusuan.publish.site.shell import Site


def write_projects(site: Site, names: Names) -> None:
    """A page a project, in both languages, and its figures as CSV."""
    query = (
        "SELECT p.*, d.name AS department_name FROM projects p JOIN departments d ON d.id = p.department ORDER BY p.id"
    )
    for project in site.rows(query):
        path = f"project/{project['id']}"
        given: dict[str, Any] = {
            "project": project,
            "names": names,
            "place_words": place_words,
            "years": site.rows(
                "SELECT y.*, f.year, f.phase FROM project_years y JOIN filings f ON f.id = y.filing WHERE project = ? "
                "ORDER BY f.year, f.phase", project["id"],
            ),
            "figures": site.rows(
                "SELECT l.*, f.phase AS filing_phase FROM line_items l JOIN filings f ON f.id = l.filing "
                "WHERE l.project = ? ORDER BY l.year, l.filing, l.position", project["id"],
            ),
            "indicators": site.rows(
                "SELECT i.*, f.year, f.phase AS filing_phase FROM indicators i JOIN filings f ON f.id = i.filing "
                "WHERE i.project = ? ORDER BY f.year, i.filing, i.ordinal, i.id", project["id"],
            ),
            "links": site.rows(
                "SELECT l.*, p.name FROM project_links l JOIN projects p ON p.id = CASE WHEN l.from_project = ? "
                "THEN l.to_project ELSE l.from_project END WHERE ? IN (l.from_project, l.to_project)",
                project["id"], project["id"],
            ),
            "documents": {row["filing"]: row for row in site.rows("SELECT * FROM documents ORDER BY sha256")},
        }  # fmt: skip
        given["parts"] = site.parts(path, [row["id"] for row in given["indicators"]])
        write_figures(site, path, "project = ?", project["id"])
        for view in site.views(path):
            site.write(view, "project.html", title=project["name"], data=True, path=path, **given)
