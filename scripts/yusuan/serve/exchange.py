"""One job sent to a worker and its answer sent to the client: whole where it is small, as it comes where it is not."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from yusuan.serve import wire
from yusuan.serve.limits import Limits
from yusuan.serve.pool import GoneError, Pool
from yusuan.serve.spool import Spool, SpoolRoom

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

STATUS = {"time": 504, "memory": 507, "size": 507, "depth": 400, "busy": 503, "spool": 503, "fault": 500}


@dataclass
class Answer:
    """The head of an answer and its body, which may still be growing.

    `reason` is ok, or why there is an error in place of the answer; `truncated` says why it is not whole.
    """

    spool: Spool
    status: int = 200
    media_type: str = "text/plain"
    cut_tail: bytes | None = None
    steady: bool = False
    truncated: str = ""
    reason: str = "ok"
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.spool.done

    @property
    def may_stream(self) -> bool:
        """Whether it can be sent before its end is known: it has a place to say that it was cut."""
        return self.cut_tail is not None

    async def settle(self) -> None:
        """Wait until it is known whether this is an answer or an error, and whether it streams.

        What cannot be given whole and has no way of saying so becomes an error here.
        """
        await self.begun.wait()
        await self.spool.grown(self.spool.hold if self.may_stream else 1 << 62)
        if self.spool.done and self.spool.cut:
            if self.may_stream and self.spool.cut in {"size", "spool"}:
                self.truncated = self.spool.cut
            else:
                self.status, self.reason = STATUS[self.spool.cut], self.spool.cut


class Exchange:
    """Sends jobs to the pool."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self.pool = pool
        self.limits = limits
        self.room = SpoolRoom(limits)

    @contextlib.asynccontextmanager
    async def answer(self, job: dict[str, Any]) -> AsyncIterator[Answer]:
        """The answer to a job, settled. Raises BusyError. Leaving it early ends the job."""
        answer = Answer(Spool(self.room))
        pump = asyncio.create_task(self._pump(job, answer))
        settle = asyncio.create_task(answer.settle())
        try:
            await asyncio.wait({pump, settle}, return_when=asyncio.FIRST_COMPLETED)
            if pump.done():
                pump.result()  # a BusyError, or a fault of ours
            await settle
            yield answer
        finally:
            for task in (pump, settle):
                task.cancel()
            await asyncio.gather(pump, settle, return_exceptions=True)
            answer.spool.close()

    async def _pump(self, job: dict[str, Any], answer: Answer) -> None:
        """Move frames from the worker to the spool as fast as they come."""
        cut = ""
        try:
            async with self.pool.lease(job["kind"]) as worker:
                async for kind, payload in worker.frames(job):
                    if kind == wire.HEAD:
                        self._begin(answer, payload)
                    elif kind == wire.BODY and not answer.spool.write(payload):
                        cut = "spool"
                        break
                    elif kind == wire.END:
                        cut = payload["cut"]
        except GoneError as gone:
            cut = gone.reason
        answer.spool.finish(cut)
        answer.begun.set()

    def _begin(self, answer: Answer, head: dict[str, Any]) -> None:
        answer.status = head["status"]
        answer.media_type = head["type"]
        answer.cut_tail = None if head["cut"] is None else head["cut"].encode()
        answer.steady = head.get("steady", False)
        answer.truncated = head.get("truncated", "")
        answer.reason = head.get("reason", "ok")
        answer.begun.set()


def etag(*parts: str) -> str:
    """A strong entity tag of what an answer depends on."""
    return '"' + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24] + '"'


def gzipped(data: bytes) -> bytes:
    """Small data compressed; the same bytes for the same input."""
    packer = zlib.compressobj(5, wbits=31)
    return packer.compress(data) + packer.flush()


async def send_body(answer: Answer, send: Send, gzip: bool) -> int:
    """The body as it grows, closed properly where it had to be cut; gives the bytes sent."""
    packer = zlib.compressobj(5, wbits=31) if gzip else None
    sent = 0
    while data := await answer.spool.read():
        out = packer.compress(data) if packer else data
        sent += len(out)
        if out:
            await send({"type": "http.response.body", "body": out, "more_body": True})
    tail = (answer.cut_tail or b"") if answer.spool.cut else b""
    out = packer.compress(tail) + packer.flush() if packer else tail
    await send({"type": "http.response.body", "body": out, "more_body": False})
    return sent + len(out)


async def until_gone(receive: Receive) -> None:
    """Return when the client has left; the request's body must have been read."""
    while (await receive())["type"] != "http.disconnect":
        pass
