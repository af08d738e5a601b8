"""The routes of the service: SPARQL, linked data, questions, the pages to ask, and what an operator looks at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from yusuan.errors import QueryError
from yusuan.serve import media, protocol
from yusuan.serve.call import Call
from yusuan.serve.exchange import Answer, Exchange, Receive, Scope, Send, etag, send_body, until_gone
from yusuan.serve.kept import Kept, Shelf
from yusuan.serve.limits import KIB, Limits
from yusuan.serve.media import GRAPHS, HTML, RESULTS, Format
from yusuan.serve.metrics import Metrics
from yusuan.serve.pool import BusyError, Pool
from yusuan.serve.protocol import HttpError, QueryRequest
from yusuan.serve.site import Here, Release, Site

Handler = Callable[[Call], Awaitable[None]]
LANGUAGES = ("zh", "en")
PAGE_FORMATS = (HTML, *GRAPHS)
_VARY = "Accept, Accept-Language, Accept-Encoding"


class App:
    """The application; `stop` is awaited when the server ends."""

    def __init__(self, site: Site, release: Release, pool: Pool, limits: Limits, metrics: Metrics) -> None:
        self.site = site
        self.release = release
        self.pool = pool
        self.limits = limits
        self.metrics = metrics
        self.exchange = Exchange(pool, limits)
        self.shelf = Shelf(limits.keep_bytes)
        self.connections: Callable[[], int] = lambda: 0
        self.fixed: dict[str, tuple[str, Handler]] = {
            "sparql": ("sparql", self.sparql),
            "health": ("health", self.health),
            "metrics": ("metrics", self.show_metrics),
            "robots.txt": ("file", self.robots),
            ".well-known/void": ("void", self.void),
            "void": ("void", self.void),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        path = scope["path"].removeprefix("/")
        given = re.search(rb"(?:^|&)lang=(zh|en)(?:&|$)", scope["query_string"])
        call = Call(scope, receive, send, path, chosen=given is not None)
        liked = media.language(call.headers.get("accept-language"), LANGUAGES)
        call.language = given[1].decode() if given else liked
        try:
            await self._route(call)
        except HttpError as error:
            await self._refuse(call, error)
        except BusyError:
            self.metrics.queries.labels("busy").inc()
            await self._refuse(call, HttpError(503, "busy; try again in a moment", headers={"Retry-After": "2"}))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.pool.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self.pool.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _route(self, call: Call) -> None:
        method = call.scope["method"]
        route, handler = self.fixed.get(call.path, ("page", self.page))
        if call.path.startswith("assets/"):
            route, handler = "file", self.file
        elif call.path.startswith("question/"):
            route, handler = "question", self.question
        call.scope["yusuan.route"] = route
        allowed = "GET, HEAD, OPTIONS, POST" if route == "sparql" else "GET, HEAD, OPTIONS"
        if method == "OPTIONS":
            await call.start(204, {
                "Allow": allowed, "Access-Control-Allow-Methods": allowed, "Access-Control-Max-Age": "86400",
                "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
            })  # fmt: skip
            await call.send({"type": "http.response.body", "body": b"", "more_body": False})
        elif method not in allowed:
            raise HttpError(405, f"{method} is not answered here; use {allowed}", headers={"Allow": allowed})
        else:
            await handler(call)

    async def _refuse(self, call: Call, error: HttpError) -> None:
        headers = {"Vary": _VARY, **error.headers}
        if media.accepted((RESULTS[0], *GRAPHS, HTML), call.headers.get("accept")) is HTML:
            here = Here(self.site.encode(call.path), call.language, call.chosen)
            page = self.site.error_page(here, error.message, error.reason == "missing")
            headers |= {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
            await call.whole(error.status, page, headers)
        else:
            said = f"nothing is said of {error.message}" if error.reason == "missing" else error.message
            await call.text(error.status, said, headers)

    # SPARQL

    async def sparql(self, call: Call) -> None:
        """The endpoint: a query answered, or without one the page to ask or the description of the service."""
        if call.scope["method"] == "POST":
            body = await call.body(self.limits.request_bytes)
            asked = protocol.from_post(call.scope["query_string"], call.headers.get("content-type", ""), body)
        else:
            asked = protocol.from_get(call.scope["query_string"])
        html = media.accepted((*GRAPHS, *RESULTS), call.headers.get("accept")) is HTML and not asked.format
        if html and call.scope["method"] != "POST":
            page = self.site.ask_page(Here("sparql", call.language, call.chosen), asked.query)
            await self._described(call, {"html": page}, HTML)
        elif asked.query:
            await self._query(call, asked, {})
        else:
            await self.describe(call, self.release.service)

    async def void(self, call: Call) -> None:
        """The description of the dataset."""
        await self.describe(call, self.release.void)

    async def describe(self, call: Call, forms: Mapping[str, bytes]) -> None:
        """A description in the graph format that the client likes best."""
        format_ = media.accepted(GRAPHS, call.headers.get("accept"))
        if format_ is None:
            raise HttpError(406, "the description is there as " + ", ".join(f.types[0] for f in GRAPHS))
        await self._described(call, forms, format_)

    async def _described(self, call: Call, forms: Mapping[str, bytes], format_: Format) -> None:
        gzip = call.wants_gzip
        tag = etag(self.release.tag, call.path, format_.name, call.language, str(gzip), str(len(forms[format_.name])))
        headers = {"Content-Type": format_.header, "Vary": _VARY, "Cache-Control": "public, max-age=600", "ETag": tag}
        if not await call.unchanged(tag, headers):
            await call.whole(200, forms[format_.name], headers)

    async def question(self, call: Call) -> None:
        """A named question: its answer, or with `format=sparql` its text."""
        word, _, suffix = call.path.removeprefix("question/").partition(".")
        asker = self.site.questions.get(word)
        if asker is None:
            raise HttpError(404, f"no question {word!r}")
        given = [pair for pair in protocol.parameters(call.scope["query_string"]) if pair[0] != "lang"]
        chosen = dict(given).get("format", suffix)
        bound = {name: value for name, value in given if name != "format" and value}
        try:
            text = asker.bind(bound)
        except QueryError as error:
            raise HttpError(400, str(error), "malformed") from None
        if chosen == "sparql":
            said = {"Content-Type": "application/sparql-query; charset=utf-8", "Cache-Control": "public, max-age=600"}
            await call.text(200, text, said)
            return
        await self._query(call, QueryRequest(text, (), (), chosen), {"question": word, "given": bound})

    async def _query(self, call: Call, asked: QueryRequest, more: Mapping[str, Any]) -> None:
        accept = call.headers.get("accept")
        results = (media.named(RESULTS, asked.format) if asked.format else None) or media.accepted(RESULTS, accept)
        graph = (media.named(GRAPHS, asked.format) if asked.format else None) or media.accepted(GRAPHS, accept)
        if results is None and graph is None:
            raise HttpError(406, "answers are there as " + ", ".join(f.types[0] for f in (*RESULTS, *GRAPHS)))
        job = {
            "kind": "query", "query": asked.query, "default": asked.default, "named": asked.named,
            "results": results and {"name": results.name, "header": results.header},
            "graph": graph and {"name": graph.name, "header": graph.header},
            "language": call.language, "chosen": call.chosen, **more,
        }  # fmt: skip
        forms = [results.name if results else "", graph.name if graph else "", call.spoken, str(call.wants_gzip)]
        tag = etag(self.release.tag, call.path, asked.query, *asked.default, "|", *asked.named, *forms)
        outcome = await self._do(call, job, tag, {})
        self.metrics.queries.labels(outcome).inc()

    # Linked data

    async def page(self, call: Call) -> None:
        """What is said of the thing that a path names: the path as it is negotiates, with a suffix it does not."""
        path, suffix = call.path, None
        stem, dot, word = call.path.rpartition(".")
        if dot and any(word == format_.suffix for format_ in PAGE_FORMATS):
            path, suffix = stem, next(format_ for format_ in PAGE_FORMATS if format_.suffix == word)
        format_ = suffix or media.accepted(PAGE_FORMATS, call.headers.get("accept"))
        if path == "index" and suffix:
            path = ""
        if format_ is None:
            raise HttpError(406, "pages are there as " + ", ".join(f.types[0] for f in PAGE_FORMATS))
        if not path and format_ is not HTML:
            await self._described(call, self.release.void, format_)
            return
        if len(path) > 2 * KIB:
            raise HttpError(414, "no such page: the address is too long")
        iri = self.site.base + self.site.encode(path)
        job = {
            "kind": "page", "seconds": self.limits.page_seconds,
            "iri": iri, "path": path, "format": format_.name, "header": format_.header,
            "language": call.language, "chosen": call.chosen,
        }  # fmt: skip
        place = f"{self.site.root}/{self.site.encode(path) or 'index'}"
        others = [other for other in PAGE_FORMATS[:3] if other != format_]
        links = [f'<{place}.{other.suffix}>; rel="alternate"; type="{other.types[0]}"' for other in others]
        headers = {"Link": ", ".join([*links, f'<{iri}>; rel="canonical"'])}
        if not suffix:
            headers["Content-Location"] = f"{place}.{format_.suffix}"
        tag = etag(self.release.tag, path, format_.name, call.spoken, str(call.wants_gzip))
        await self._do(call, job, tag, headers)

    async def _do(self, call: Call, job: dict[str, Any], tag: str, headers: dict[str, str]) -> str:
        """A job done and its answer sent; gives how it ended. Ends the job where the client leaves."""
        headers = {"Vary": _VARY, "Cache-Control": "public, max-age=600", **headers}
        if await call.unchanged(tag, headers):
            return "unchanged"
        if kept := self.shelf.get(tag):
            await call.whole(200, kept.content, dict(kept.headers), gzip=False)
            return "kept"
        send = asyncio.create_task(self._send(call, job, tag, headers))
        gone = asyncio.create_task(until_gone(call.receive))
        try:
            await asyncio.wait({send, gone}, return_when=asyncio.FIRST_COMPLETED)
            return send.result() if send.done() else "gone"
        finally:
            for task in (send, gone):
                task.cancel()
            await asyncio.gather(send, gone, return_exceptions=True)

    async def _send(self, call: Call, job: dict[str, Any], tag: str, headers: dict[str, str]) -> str:
        async with self.exchange.answer(job) as answer:
            if answer.reason != "ok":
                await self._failed(call, answer)
                return answer.reason
            headers["Content-Type"] = answer.media_type
            if answer.truncated:
                headers["X-Truncated"] = self._why(answer.truncated)
            if not answer.is_whole or answer.truncated or not answer.steady:
                headers["Cache-Control"] = "no-store" if not answer.steady else "no-cache"
            else:
                headers["ETag"] = tag
            if answer.is_whole and answer.spool.size <= self.limits.hold_bytes:
                tail = (answer.cut_tail or b"") if answer.truncated else b""
                content = call.packed(await answer.spool.read() + tail, headers)
                if "ETag" in headers and answer.status == 200:
                    self.shelf.put(tag, Kept(dict(headers), content))
                await call.whole(answer.status, content, headers, gzip=False)
                return answer.truncated or "ok"
            if call.wants_gzip:
                headers["Content-Encoding"] = "gzip"
            await call.start(answer.status, headers)
            await send_body(answer, call.send, call.wants_gzip)
            return answer.spool.cut or "ok"

    async def _failed(self, call: Call, answer: Answer) -> None:
        if answer.spool.cut:
            raise HttpError(answer.status, self._why(answer.spool.cut), answer.reason,
                            {"Retry-After": "2"} if answer.status == 503 else {})  # fmt: skip
        message = (await answer.spool.read()).decode()
        raise HttpError(answer.status, message, answer.reason)

    def _why(self, cut: str) -> str:
        limits = self.limits
        return {
            "time": f"stopped after {limits.query_seconds:g} s, the most a query may take; ask for less at once",
            "memory": f"stopped: it needs more than {limits.query_memory >> 20} MiB of memory; ask for less at once",
            "size": f"the answer is over {limits.answer_bytes >> 20} MiB; add a LIMIT or ask for less",
            "depth": "the query is nested too deeply",
            "busy": "too many long queries are running; try again in a moment",
            "spool": "too many large answers are being read; try again in a moment",
        }.get(cut, "a fault of this server; it has been logged")

    # For operators

    async def health(self, call: Call) -> None:
        """200 where a worker answers within the time of a plain query, else 503."""
        job = {"kind": "health"}
        try:
            async with asyncio.timeout(self.limits.queue_seconds), self.exchange.answer(job) as answer:
                well = answer.reason == "ok"
        except (BusyError, TimeoutError):
            well = False
        await call.text(200 if well else 503, "ok" if well else "no worker answers")

    async def show_metrics(self, call: Call) -> None:
        """Statistics for Prometheus."""
        for state, count in self.pool.counts().items():
            self.metrics.workers.labels(state).set(count)
        self.metrics.waiting.set(self.pool.waiting)
        self.metrics.spool.set(self.exchange.room.left)
        self.metrics.kept.set(self.shelf.size)
        self.metrics.connections.set(self.connections())
        await call.whole(200, self.metrics.page(), {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def robots(self, call: Call) -> None:
        """Crawlers may read pages, not run queries."""
        await call.text(200, "User-agent: *\nDisallow: /sparql\nDisallow: /question/\nDisallow: /metrics\n")

    async def file(self, call: Call) -> None:
        """A file of the pages. Its address changes when it does."""
        found = self.site.files.get(call.path.removeprefix("assets/"))
        if found is None:
            raise HttpError(404, "no such file")
        content, media_type = found
        tag = etag(str(len(content)), call.path, self.release.tag, str(call.wants_gzip))
        headers = {"Content-Type": media_type, "Cache-Control": "public, max-age=604800", "Vary": "Accept-Encoding"}
        headers["ETag"] = tag
        if not await call.unchanged(tag, headers):
            await call.whole(200, content, headers)
