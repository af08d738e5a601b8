"""A read-only SPARQL endpoint and linked data over HTTP, each query in a process of its own within limits."""

from __future__ import annotations

from yusuan.serve.describe import Description, facts
from yusuan.serve.limits import Limits
from yusuan.serve.queries import Queries
from yusuan.serve.site import Here, Release, Site
from yusuan.serve.start import Listening, serve
from yusuan.serve.things import health_job, page_job
from yusuan.serve.worker import Do, Workshop

__all__ = [
    "Description",
    "Do",
    "Here",
    "Limits",
    "Listening",
    "Queries",
    "Release",
    "Site",
    "Workshop",
    "facts",
    "health_job",
    "page_job",
    "serve",
]
