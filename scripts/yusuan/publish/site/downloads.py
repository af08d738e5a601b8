"""The figures of one page as CSV, and the page of all downloads."""

from __future__ import annotations

import json

from yusuan.publish.publication import Download
from yusuan.publish.schema_org import dataset
from yusuan.publish.site.shell import Site, file_name


def write_figures(site: Site, path: str, where: str, *values: object) -> None:
    """Write `<path>.csv`: rows of line_items that a condition on its texts chooses, as the data package has them."""
    target = str(site.publication.path(file_name(path) + ".csv")).replace("'", "''")
    query = f"SELECT * FROM printed WHERE {where} ORDER BY id"
    site.publication.connection.execute(f"COPY ({query}) TO '{target}' (HEADER, DELIMITER ',')", list(values))


def write_downloads(site: Site) -> None:
    """The page of everything to take, with the dataset described for search engines."""
    publication = site.publication
    sizes = {download.path: publication.size_and_hash(download.path)[0] for download in publication.downloads}
    by_resource: dict[str, list[Download]] = {resource.name: [] for resource in publication.resources}
    for download in publication.downloads:
        if download.resource:
            by_resource[download.resource].append(download)
    counts = {name: site.rows(f'SELECT count(*) AS n FROM "{name}"')[0]["n"] for name in by_resource}
    for view in site.views("data"):
        site.write(
            view, "data.html", title=view.said["menu-data"], resources=publication.resources, by_resource=by_resource,
            whole=[download for download in publication.downloads if not download.resource], sizes=sizes, counts=counts,
            about_data=publication.about, schema_org=described(site),
            since=publication.notes.since if publication.notes else "",
        )  # fmt: skip


def described(site: Site) -> str:
    """The dataset as JSON-LD that may stand in a page: no text of it can close the element it stands in."""
    text = json.dumps(dataset(site.publication), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
