"""A connection that does not wait for ever: each step of a request has its time, and their number is bounded."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from yusuan.serve.limits import Limits
from yusuan.serve.metrics import Metrics

_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 27\r\n"
    b"Connection: close\r\n\r\nthe request took too long.\n"
)
_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def patient(limits: Limits, metrics: Metrics) -> type[H11Protocol]:
    """The protocol class of a server with these limits."""
    return type("Patient", (_Patient,), {"limits": limits, "metrics": metrics, "idle": {}})


class _Patient(H11Protocol):
    """uvicorn's protocol with a clock on the head, the body, the pause between requests, and the client's reading.

    Where there are too many connections the one that has been waiting longest for its request gives way.
    """

    limits: Limits
    metrics: Metrics
    idle: dict[_Patient, None]  # connections that have no request yet, the oldest first

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._clock: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None
        self._step = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Make room where there is none, and start the clock of the first head."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            oldest = next(iter(self.idle), None)
            self.metrics.slow.labels("crowd").inc()
            if oldest is None:
                transport.write(_FULL)
                transport.close()
            else:
                oldest.transport.abort()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take bytes; the clock goes on until the step they belong to is done."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self.idle.pop(self, None)
        for clock in (self._clock, self._stall):
            if clock is not None:
                clock.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the client to read the rest of the last answer."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._restart_stall()
        else:
            self._watch()

    def timeout_keep_alive_handler(self) -> None:
        """Close after a pause between requests; without ceremony where the last answer was not read."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def pause_writing(self) -> None:
        """The client does not read: it has a while to go on."""
        super().pause_writing()
        self._restart_stall()

    def resume_writing(self) -> None:
        """The client reads again."""
        super().resume_writing()
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None

    def _restart_stall(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
        self._stall = self.loop.call_later(self.limits.stall_seconds, self._too_slow, "answer")

    def _watch(self) -> None:
        """Set the clock of the step we are in, where it is another than before."""
        step = self._now()
        if step == self._step:
            return
        self._step = step
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
        if step == "head":
            self.idle[self] = None
            seconds = self.limits.head_seconds
            if self.cycle is not None:
                seconds += self.limits.idle_seconds
        else:
            self.idle.pop(self, None)
            seconds = self.limits.body_seconds
        if step:
            self._clock = self.loop.call_later(seconds, self._too_slow, step)

    def _now(self) -> str:
        """head: waiting for a request; body: for the rest of it; nothing: it is being answered."""
        if self.cycle is None or self.cycle.response_complete:
            return "head"
        return "body" if self.cycle.more_body else ""

    def _too_slow(self, step: str) -> None:
        self.metrics.slow.labels(step).inc()
        if step == "head" and not self.transport.is_closing() and not self.transport.get_write_buffer_size():
            self.transport.write(_LATE)
            self.transport.close()
            self._restart_stall()
        else:
            self.transport.abort()
