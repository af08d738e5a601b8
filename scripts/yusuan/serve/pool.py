"""The workers as the server sees them: leased to one job at a time, replaced when they die, bounded in number."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from yusuan.serve import wire
from yusuan.serve.limits import Limits
from yusuan.serve.metrics import Metrics

_STEP = 0.05
_LOG = logging.getLogger("yusuan.serve")
_REASONS: dict[int, str] = {
    signal.SIGALRM: "time",
    signal.SIGABRT: "memory",
    signal.SIGSEGV: "depth",
    signal.SIGBUS: "depth",
}


class BusyError(Exception):
    """No worker is to be had in time."""


class GoneError(Exception):
    """A worker died at its job: `reason` is time, memory, depth, busy or fault."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Worker:
    """One worker process and the stream to it."""

    def __init__(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, died: asyncio.Future[int]
    ) -> None:
        self.number = number
        self.reader = reader
        self.writer = writer
        self.died = died
        self.killed_for = ""
        self.is_long = False
        self.usable = True

    async def frames(self, job: dict[str, Any]) -> AsyncIterator[tuple[bytes, Any]]:
        """Do a job; its frames up to the last. Raises GoneError where the worker dies first."""
        try:
            self.writer.write(wire.pack(wire.JOB, job))
            while True:
                kind, payload = await wire.read(self.reader)
                if kind == wire.END:
                    said = json.loads(payload)
                    self.usable = not said["retire"]
                    yield kind, said
                    return
                yield kind, json.loads(payload) if kind == wire.HEAD else payload
        except (asyncio.IncompleteReadError, ConnectionError):
            self.usable = False
            raise GoneError(await self._reason()) from None

    async def _reason(self) -> str:
        try:
            ended_by = await asyncio.wait_for(asyncio.shield(self.died), 2.0)
        except TimeoutError:
            return self.killed_for or "fault"
        return self.killed_for or ("memory" if ended_by == signal.SIGKILL else _REASONS.get(ended_by, "fault"))


class Pool:
    """Leases workers. `stopped` is called when the nursery has gone, without which nothing can be answered."""

    def __init__(self, control: socket.socket, limits: Limits, metrics: Metrics, stopped: Callable[[], None]) -> None:
        self.limits = limits
        self.metrics = metrics
        self._control = control
        self._stopped = stopped
        self._numbers = itertools.count(1)
        self._living: dict[int, asyncio.Future[int]] = {}  # each future gives the signal that ended the worker
        self._pids: dict[int, int] = {}
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._places = asyncio.Semaphore(limits.short)
        self._long: list[Worker] = []  # those with a long query, the longest first
        self.waiting = 0
        self._buffer = b""

    async def start(self) -> None:
        """Listen to the nursery and make the first workers."""
        self._control.setblocking(False)
        asyncio.get_running_loop().add_reader(self._control, self._listen)
        for _ in range(self.limits.short):
            await self._spawn()

    def stop(self) -> None:
        """End all workers, and the nursery with them."""
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()  # the nursery ends its workers when it reads the end of this

    @contextlib.asynccontextmanager
    async def lease(self, kind: str) -> AsyncIterator[Worker]:
        """A worker for one job; a fresh one takes its place where it dies or is left in the middle of it.

        A query is watched; other kinds of job do a bounded work of our own making. Raises BusyError where the queue is
        full or the wait too long.
        """
        await self._place()
        worker: Worker | None = None
        try:
            worker = await self._taken()
            worker.usable = False  # until its last frame has come
            watch = asyncio.create_task(self._watch(worker)) if kind == "query" else None
            try:
                yield worker
            finally:
                if watch is not None:
                    watch.cancel()
        finally:
            self._give_back(worker)

    async def _place(self) -> None:
        if self._places.locked() and self.waiting >= self.limits.queue:
            raise BusyError
        self.waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self.limits.queue_seconds)
        except TimeoutError:
            raise BusyError from None
        finally:
            self.waiting -= 1

    async def _taken(self) -> Worker:
        while True:
            try:
                worker = await asyncio.wait_for(self._idle.get(), self.limits.queue_seconds)
            except TimeoutError:
                raise BusyError from None
            await asyncio.sleep(0)  # so that the end of a worker that has gone is seen
            if not worker.died.done() and not worker.reader.at_eof():
                return worker
            self._spawn_soon()

    def _give_back(self, worker: Worker | None) -> None:
        if worker is None or not worker.is_long:
            self._places.release()
        if worker is None:
            return
        if worker.is_long:
            self._long.remove(worker)
            self._end(worker)
        elif worker.usable and not worker.died.done():
            self._idle.put_nowait(worker)
        else:
            self._end(worker)
            self._spawn_soon()

    def _end(self, worker: Worker) -> None:
        if not worker.died.done():
            self._tell({"kill": worker.number})
        worker.writer.close()

    async def _watch(self, worker: Worker) -> None:
        """Keep a query out of the way of others: by its work it loses priority, by its time it leaves its place.

        On a machine that is short of time a plain query takes long too, but it does not work much: it is left alone.
        """
        pid, loop = self._pids.get(worker.number), asyncio.get_running_loop()
        began, since, is_heavy = _worked(pid), loop.time(), False
        while True:
            await asyncio.sleep(_STEP)
            took = loop.time() - since
            work = took if began is None else (_worked(pid) or began) - began
            if not is_heavy and work >= self.limits.patience:
                is_heavy = True
                self._tell({"slow": worker.number})
            if took < self.limits.patience:
                continue
            if not worker.is_long and len(self._long) < self.limits.long:
                self._grow_long(worker)
            if worker.is_long and is_heavy:
                return
            if is_heavy and not any(one.killed_for for one in self._long):
                oldest = self._long[0]  # it has had the most; what comes now may be shorter
                oldest.killed_for = "busy"
                self._tell({"kill": oldest.number})

    def _grow_long(self, worker: Worker) -> None:
        """A query that takes its time leaves its place to the next one."""
        self._long.append(worker)
        worker.is_long = True
        self._places.release()
        self._spawn_soon()

    def _spawn_soon(self) -> None:
        task = asyncio.get_running_loop().create_task(self._spawn())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _spawn(self) -> None:
        ours, theirs = socket.socketpair()
        number = next(self._numbers)
        died = self._living[number] = asyncio.get_running_loop().create_future()
        with theirs:
            self._tell({"fork": number}, theirs.fileno())
        ours.setblocking(False)
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        worker = Worker(number, reader, writer, died)
        self.metrics.workers_started.inc()
        self._idle.put_nowait(worker)

    def _tell(self, message: dict[str, int], descriptor: int | None = None) -> None:
        data = json.dumps(message).encode() + b"\n"
        try:
            if descriptor is None:
                self._control.sendall(data)
            else:
                socket.send_fds(self._control, [data], [descriptor])
        except OSError:
            _LOG.critical("the process that holds the graph has gone")
            self._stopped()

    def _listen(self) -> None:
        try:
            data = self._control.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            asyncio.get_running_loop().remove_reader(self._control)
            _LOG.critical("the process that holds the graph has gone")
            self._stopped()
            return
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "born" in said:
                self._pids[said["born"]] = said["pid"]
                continue
            self._pids.pop(said["died"], None)
            died = self._living.pop(said["died"], None)
            if died is not None and not died.done():
                died.set_result(said["signal"])

    def counts(self) -> dict[str, int]:
        """Workers by what they do."""
        idle = self._idle.qsize()
        return {"idle": idle, "long": len(self._long), "busy": max(0, len(self._living) - idle - len(self._long))}


def _worked(pid: int | None) -> float | None:
    """Seconds of the processor that a process has had; None where the system does not say."""
    if pid is None:
        return None
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_bytes().split()[0]) / 1e9
    except (OSError, ValueError, IndexError):
        return None
