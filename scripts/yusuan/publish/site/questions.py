"""The page that answers SPARQL in the browser, with the library of questions ready to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yusuan.publish.site.shell import Site

DUMP = "dump/graph.nq.gz"


def write_questions(site: Site, questions: Sequence[Mapping[str, Any]], prefixes: Mapping[str, str]) -> None:
    """Write the page; each question has `name`, `title`, `description`, `parameters` and `text`."""
    size = site.publication.size_and_hash(DUMP)[0]
    for view in site.views("query"):
        told = {
            "questions": list(questions),
            "prefixes": dict(prefixes),
            "dump": view.file(DUMP),
            "base": site.graph.base,
        }
        site.write(view, "query.html", title=view.said["menu-query"], questions=questions, told=told, size=size)
