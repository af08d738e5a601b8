"""A service of a package in processes of its own, and plain HTTP to it."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

_START = "import sys; from yusuan.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Reply:
    """An answer: status, headers by lower-case name, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Service:
    """A running service."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.address)
        return parts.hostname or "", parts.port or 0

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request on a connection of its own; `content_type` gives Content-Type."""
        connection = http.client.HTTPConnection(*self.place, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            read = answer.read()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, read)
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, None, **headers)

    def query(self, text: str, *more: tuple[str, str], **headers: str) -> Reply:
        return self.get("/sparql?" + urlencode([("query", text), *more]), **headers)

    def metric(self, line: str) -> float:
        """The value of a line of the statistics; 0 where it is not there yet."""
        found = re.search(rf"^{re.escape(line)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def processes(self) -> list[int]:
        """Process ids of the server's children and their children."""
        return list(_below(self.process.pid))


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _below(child)


@contextmanager
def running(package: Path, folder: Path, **limits: float) -> Iterator[Service]:
    """A service of a package at a free port, ended after use."""
    log = folder / "serve.log"
    bounds = [f"--limit={name}={value}" for name, value in limits.items()]
    command = [
        sys.executable,
        "-c",
        _START,
        "serve",
        "--port",
        "0",
        "--package",
        str(package),
        "--language",
        "en",
        *bounds,
    ]
    with log.open("wb") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        found = re.search(r"at (\S+/) ", line)
        assert found, (line, log.read_text(encoding="utf-8"))
        try:
            yield Service(found[1], process, log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def until(condition: object, seconds: float = 10.0) -> bool:
    """Whether a condition comes true in time."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
