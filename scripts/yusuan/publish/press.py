"""Everything in its order: data first, then what describes them, then the pages; swapped in as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from yusuan.package import Package
from yusuan.pages.frame import assets
from yusuan.pages.source import open_graph
from yusuan.publish import (
    citation,
    dcat,
    dumps,
    schema_org,
    to_datapackage,
    to_parquet,
    to_sqlite,
    to_xlsx,
    vendor,
    void,
)
from yusuan.publish.publication import Notes, Publication
from yusuan.publish.site import codes, departments, downloads, filings, overview, projects, questions, things
from yusuan.publish.site.names import Names
from yusuan.publish.site.shell import ASSETS, Site
from yusuan.publish.tree import staged

Told = Callable[[str], None]


def publish_package(
    package: Package,
    graph: Path,
    prefixes: Mapping[str, str],
    library: Sequence[Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
    target: Path,
    url: str = "",
    notes: Notes | None = None,
    told: Told = lambda _: None,
) -> Publication:
    """Write the site of a package to `target`, as a whole or not at all.

    `graph` is the package's graph as N-Quads; `library` the questions of the query page, `rules` what the checks
    promise; `url` where the site will stand (the package's base by default); `notes` what changed since the release
    before. `told` hears of each step.
    Raises YusuanError.
    """
    with staged(target) as out:
        publication = Publication(package, graph, out, url.rstrip("/") + "/" if url else package.base, notes)
        try:
            _data(publication, prefixes, told)
            _site(publication, prefixes, library, rules, told)
        finally:
            publication.close()
    publication.out = target
    return publication


def _data(publication: Publication, prefixes: Mapping[str, str], told: Told) -> None:
    told("tables")
    to_datapackage.write_datapackage(publication)
    to_parquet.write_parquet(publication)
    to_sqlite.write_sqlite(publication)
    to_xlsx.write_xlsx(publication)
    told("graph")
    dumps.write_dumps(publication, prefixes)
    told("descriptions")
    dcat.write_catalogue(publication)
    base = publication.package.base
    examples = publication.rows(
        "SELECT 'department/' || min(id) AS path FROM departments UNION SELECT 'filing/' || min(id) FROM filings"
    )
    void.write_void(publication, prefixes, [base + row["path"] for row in examples if row["path"]])
    schema_org.write_schema_org(publication)
    schema_org.write_croissant(publication)
    citation.write_citation(publication)


def _site(
    publication: Publication,
    prefixes: Mapping[str, str],
    library: Sequence[Mapping[str, Any]],
    rules: Sequence[Mapping[str, Any]],
    told: Told,
) -> None:
    told("pages")
    vendor.copy_vendored(publication)
    for name, (content, _) in assets().items():
        publication.path(f"assets/{name}").write_bytes(content)
    for path in ASSETS:
        shutil.copyfile(path, publication.path(f"assets/{path.name}"))
    publication.write(".nojekyll", "")
    site = Site(publication, open_graph(publication.graph, prefixes, publication.package.base), rules)
    names = Names.load(publication)
    overview.write_home(site, names)
    departments.write_departments(site, names)
    filings.write_filings(site, names)
    projects.write_projects(site, names)
    codes.write_codes(site, names)
    overview.write_findings(site, names)
    overview.write_rules(site, names)
    overview.write_compare(site, names)
    overview.write_changes(site)
    overview.write_search(site, names)
    downloads.write_downloads(site)
    questions.write_questions(site, library, prefixes)
    told("linked data")
    things.write_things(site)
