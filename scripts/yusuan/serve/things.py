"""Jobs that are no query: a page of a thing, and the answer that the service is well."""

from __future__ import annotations

from collections.abc import Mapping

from yusuan.serve.media import GRAPHS
from yusuan.serve.queries import CHUNK
from yusuan.serve.site import Things
from yusuan.serve.worker import Do, Job, Reply, Workshop

_SUFFIX = {format_.name: format_.suffix for format_ in GRAPHS}


def page_job(things: Mapping[bool, Things]) -> Do:
    """Answers jobs of kind page: `things` are those for a language that was found, and for one that was named."""

    def answer(_: Workshop, job: Job, reply: Reply) -> None:
        made, iri, format_ = things[job["chosen"]], job["iri"], job["format"]
        if format_ != "html":
            content = made.data(iri, _SUFFIX[format_])
        elif job["path"]:
            content = made.html(iri, job["language"])
        else:
            content = made.home(job["language"])
        if content is None:
            reply.refuse(404, "missing", iri)
            return
        reply.head(200, job["header"], steady=True)
        for start in range(0, len(content), CHUNK * 4):
            reply.body(content[start : start + CHUNK * 4])

    return answer


def health_job(workshop: Workshop, _: Job, reply: Reply) -> None:
    """Answers jobs of kind health: the store is there and has statements."""
    if any(True for _ in workshop.store):
        reply.head(200, "text/plain")
        reply.body(b"ok\n")
    else:
        reply.refuse(503, "empty", "the graph is empty")
