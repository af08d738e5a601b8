"""The process that holds the graph in memory: it forks a worker in milliseconds, kills one, and tells of each death.

It has one thread, so that a fork is safe, and nothing of a client reaches it. Workers share its memory. Messages
are lines of JSON; the socket of a new worker comes with the message that asks for it.
"""

from __future__ import annotations

import array
import contextlib
import gc
import json
import logging
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yusuan.errors import YusuanError
from yusuan.serve.limits import Limits
from yusuan.serve.worker import Workshop, work

_SPACE = socket.CMSG_SPACE(64 * array.array("i").itemsize)


def start_nursery(load: Callable[[], Workshop], limits: Limits) -> tuple[int, socket.socket]:
    """Fork the nursery; gives its process id and the server's end of its control socket.

    Call it while the process has one thread.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    code = 1
    try:
        ours.close()
        Nursery(theirs, limits).run(load)
        code = 0
    except KeyboardInterrupt:
        code = 0
    finally:
        os._exit(code)


def wait_ready(control: socket.socket) -> dict[str, Any]:
    """What the nursery says of the graph it has loaded. Raises YusuanError where it could not."""
    line = b""
    while not line.endswith(b"\n"):
        part = control.recv(1 << 20)
        if not part:
            raise YusuanError("the process that loads the graph ended; it may be too large for this machine's memory")
        line += part
    said: dict[str, Any] = json.loads(line)
    if "error" in said:
        raise YusuanError(said["error"])
    return said


_AFTER_SERVER = 2  # workers come after the server, which has little to do and everybody waits for
_LAST = 19  # heavy jobs take what is left


class Nursery:
    """The loop of the nursery process."""

    def __init__(self, control: socket.socket, limits: Limits) -> None:
        self.control = control
        self.limits = limits
        self.children: dict[int, int] = {}  # process id → the server's number for it
        self.buffer = b""
        self.sockets: list[int] = []
        self.wake, self.woken = socket.socketpair()

    def run(self, load: Callable[[], Workshop]) -> None:
        """Load, say so, then serve until the server has gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            workshop = load()
        except YusuanError as error:
            self._say({"error": str(error)})
            return
        self._say(workshop.about())
        _hush()
        gc.collect()
        gc.freeze()
        self.wake.setblocking(False)
        signal.set_wakeup_fd(self.wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            self._loop(workshop)
        finally:
            for pid in self.children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _say(self, message: dict[str, Any]) -> None:
        self.control.sendall(json.dumps(message).encode() + b"\n")

    def _loop(self, workshop: Workshop) -> None:
        while True:
            ready, _, _ = select.select([self.control, self.woken], [], [])
            if self.woken in ready:
                self.woken.recv(4096)
                self._reap()
            if self.control in ready and not self._obey(workshop):
                return

    def _reap(self) -> None:
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            killed = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            self._say({"died": self.children.pop(pid), "signal": killed})

    def _obey(self, workshop: Workshop) -> bool:
        data, ancillary, _, _ = self.control.recvmsg(1 << 16, _SPACE)
        if not data:
            return False
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                found = array.array("i")
                found.frombytes(payload[: len(payload) - len(payload) % found.itemsize])
                self.sockets.extend(found)
        *lines, self.buffer = (self.buffer + data).split(b"\n")
        for line in lines:
            self._do(json.loads(line), workshop)
        return True

    def _do(self, message: dict[str, int], workshop: Workshop) -> None:
        if "fork" in message:
            self._fork(message["fork"], self.sockets.pop(0), workshop)
            return
        number = message.get("kill", message.get("slow"))
        pid = next((pid for pid, known in self.children.items() if known == number), 0)
        if not pid:
            return  # it has died already, and that has been told
        if "kill" in message:
            os.kill(pid, signal.SIGKILL)
        else:
            with contextlib.suppress(OSError):  # it has died, or this system does not let us
                os.setpriority(os.PRIO_PROCESS, pid, _LAST)

    def _fork(self, number: int, descriptor: int, workshop: Workshop) -> None:
        pid = os.fork()
        if pid:
            self.children[pid] = number
            os.close(descriptor)
            self._say({"born": number, "pid": pid})
            return
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            with contextlib.suppress(OSError):
                os.nice(_AFTER_SERVER)
            for own in (self.control, self.wake, self.woken):
                own.close()
            work(socket.socket(fileno=descriptor), workshop, self.limits)
            code = 0
        finally:
            os._exit(code)


def _hush() -> None:
    """Let only our log speak: libraries that abort for want of memory print pages, and the server tells the reason."""
    stream = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    sys.stderr = stream
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(stream)
