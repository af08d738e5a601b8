"""One job after another in a process of its own, within limits that the kernel keeps."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from yusuan.serve import wire
from yusuan.serve.limits import Limits

Job = Mapping[str, Any]
_LOG = logging.getLogger("yusuan.serve")


class FullError(Exception):
    """The answer has reached its limit."""


@dataclass(frozen=True)
class Workshop:
    """What the nursery has loaded and every worker shares.

    `jobs` maps a kind of job to the function that answers it; `facts` is what the server is told of the graph.
    """

    store: ox.Store
    jobs: Mapping[str, Do]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def about(self) -> dict[str, Any]:
        """What the server is told once the graph is loaded."""
        return dict(self.facts)


class Reply:
    """The answer to one job, written to the server as it comes."""

    def __init__(self, connection: socket.socket, limit: int) -> None:
        self._connection = connection
        self._limit = limit
        self._sent = 0
        self.begun = False

    @property
    def room(self) -> int:
        """Bytes left until the limit."""
        return self._limit - self._sent

    def head(self, status: int, media_type: str, *, cut: bytes | None = None, **more: object) -> None:
        """Begin. `cut` is what closes the answer where it has to end early; None means that it cannot say so."""
        self.begun = True
        said = {"status": status, "type": media_type, "cut": None if cut is None else cut.decode(), **more}
        self._connection.sendall(wire.pack(wire.HEAD, said))

    def body(self, data: bytes) -> None:
        """More of the answer, ending where it may be cut. Raises FullError in place of passing the limit."""
        if self._sent + len(data) > self._limit:
            raise FullError
        self._sent += len(data)
        if data:
            self._connection.sendall(wire.pack(wire.BODY, data))

    def end(self, cut: str = "", retire: bool = False) -> None:
        """Finish; `cut` says why, where the answer is not whole."""
        self._connection.sendall(wire.pack(wire.END, {"cut": cut, "retire": retire}))

    def refuse(self, status: int, reason: str, message: str) -> None:
        """An error in place of an answer."""
        self.head(status, "text/plain", reason=reason)
        self.body(message.encode())


Do = Callable[[Workshop, Job, Reply], None]
"""Answers a job of one kind."""


def work(connection: socket.socket, workshop: Workshop, limits: Limits) -> None:
    """Answer jobs from a connection until it closes, the limit of jobs is reached, or the kernel ends the process."""
    size = _address_space()
    base = size()
    _confine(base, limits)
    for count in range(1, limits.reuse + 1):
        frame = wire.receive(connection)
        if frame is None:
            return
        job = json.loads(frame[1])
        reply = Reply(connection, limits.answer_bytes)
        signal.setitimer(signal.ITIMER_REAL, job.get("seconds", limits.query_seconds))
        cut = _answer(workshop, job, reply)
        signal.setitimer(signal.ITIMER_REAL, 0)
        retire = count == limits.reuse or size() - base > limits.query_memory // 4 or cut == "memory"
        reply.end(cut, retire)
        if retire:
            return


def _answer(workshop: Workshop, job: Job, reply: Reply) -> str:
    """Do one job; gives why the answer was cut, or nothing."""
    try:
        workshop.jobs[job["kind"]](workshop, job, reply)
    except FullError:
        return "size"
    except MemoryError:
        return "memory"
    except ConnectionError:
        raise  # the server has gone
    except Exception:  # a fault of ours must reach the log, and the client, as what it is
        _LOG.exception("a worker failed at %s", job["kind"])
        if reply.begun:
            return "fault"
        reply.refuse(500, "fault", "a fault of this server; it has been logged")
    return ""


def _confine(base: int, limits: Limits) -> None:
    """No memory beyond the limit, no core file, no new file or connection; first to go when the machine is short."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        limit = base + limits.query_memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _address_space() -> Callable[[], int]:
    """Gives the address space of this process in bytes, from a file opened now; 0 where the system does not say."""
    if sys.platform != "linux":
        return lambda: 0
    descriptor = os.open("/proc/self/statm", os.O_RDONLY)
    return lambda: int(os.pread(descriptor, 256, 0).split()[0]) * resource.getpagesize()
