"""The service started and ended: the nursery first, then the server that listens, until a signal or a fault."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import uvicorn

from yusuan.errors import YusuanError
from yusuan.serve.app import App
from yusuan.serve.connection import patient
from yusuan.serve.limits import KIB, Limits
from yusuan.serve.metrics import Metrics
from yusuan.serve.nursery import start_nursery, wait_ready
from yusuan.serve.pool import Pool
from yusuan.serve.site import Release, Site
from yusuan.serve.surface import Surface
from yusuan.serve.worker import Workshop

_HEAD = 64 * KIB


@dataclass(frozen=True)
class Listening:
    """Where the service listens, and which proxies it believes (addresses, or `*`)."""

    host: str
    port: int
    proxies: str = ""


def listen(at: Listening) -> socket.socket:
    """The socket. Raises YusuanError where the address cannot be had."""
    try:
        found = socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        sock = socket.socket(family, kind, protocol)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(1024)
    except OSError as error:
        raise YusuanError(f"cannot listen: {error.strerror or error}", f"{at.host}:{at.port}") from None
    return sock


def serve(
    at: Listening,
    limits: Limits,
    load: Callable[[], Workshop],
    show: Callable[[Mapping[str, Any], str], tuple[Site, Release]],
    ready: Callable[[str], None],
) -> None:
    """Serve until told to end. `load` runs in the process that holds the graph; `show` is given what it said of it.

    `show` and `ready` are given the address of the service. Raises YusuanError.
    """
    if threading.active_count() > 1:
        raise YusuanError("the service must be started before any thread")
    sock = listen(at)
    nursery, control = start_nursery(load, limits)
    try:
        said = wait_ready(control)
        address = _address(sock)
        site, release = show(said, address)
        metrics = Metrics()
        metrics.release.labels(release.tag, release.version).set(1)
        _Service(at, limits, control, metrics, site, release).run(sock, lambda: ready(address))
    finally:
        control.close()
        _end(nursery)


class _Service:
    """The server process."""

    def __init__(
        self, at: Listening, limits: Limits, control: socket.socket, metrics: Metrics, site: Site, release: Release
    ) -> None:
        self.failed = False
        pool = Pool(control, limits, metrics, self._fail)
        app = App(site, release, pool, limits, metrics)
        protocol = patient(limits, metrics)
        config = uvicorn.Config(
            Surface(app, metrics),
            http=protocol,
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(at.proxies),
            forwarded_allow_ips=at.proxies or None,
            timeout_keep_alive=int(limits.idle_seconds),
            timeout_graceful_shutdown=int(limits.stop_seconds),
            h11_max_incomplete_event_size=limits.request_bytes * 3 + _HEAD,
        )
        self.server = uvicorn.Server(config)
        app.connections = lambda: len(self.server.server_state.connections)

    def _fail(self) -> None:
        self.failed = True
        self.server.should_exit = True

    def run(self, sock: socket.socket, ready: Callable[[], None]) -> None:
        """Serve until a signal. Raises YusuanError where the service ended for another reason."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)  # uvicorn ends gracefully, then raises it again for us

        async def main() -> None:
            telling = asyncio.create_task(self._tell(ready))
            await self.server.serve(sockets=[sock])
            telling.cancel()

        asyncio.run(main())
        if self.failed:
            raise YusuanError("the process that holds the graph has ended; start the service again")

    async def _tell(self, ready: Callable[[], None]) -> None:
        while not self.server.started:
            await asyncio.sleep(0.01)
        ready()


def _address(sock: socket.socket) -> str:
    host, port = sock.getsockname()[:2]
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _end(pid: int) -> None:
    """Wait for the nursery to end itself; end it where it does not."""
    for _ in range(100):
        if os.waitpid(pid, os.WNOHANG)[0]:
            return
        threading.Event().wait(0.05)
    logging.getLogger("yusuan.serve").warning("the process that holds the graph did not end by itself")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
