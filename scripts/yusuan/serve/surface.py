"""What every answer passes through: the headers of a public site, the access log, the statistics, faults."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime

from yusuan.serve.exchange import Application, Message, Receive, Scope, Send
from yusuan.serve.metrics import Metrics
from yusuan.serve.protocol import GoneClientError

ACCESS = logging.getLogger("yusuan.access")
_LOG = logging.getLogger("yusuan.serve")
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", _CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Content-Location, Retry-After, X-Truncated"),
)


class Surface:
    """The outermost application."""

    def __init__(self, app: Application, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and write it down."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        seen = {"status": 0, "bytes": 0}

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        scope["yusuan.route"] = "other"
        try:
            await self.app(scope, receive, noted)
        except GoneClientError:
            pass
        except Exception:
            _LOG.exception("fault at %s", scope["path"])
            if seen["status"]:
                raise  # the connection is closed: what was sent is not whole
            seen["status"] = 500
            await _fault(noted)
        finally:
            self._note(scope, seen["status"] or 499, seen["bytes"], time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        """`status` 499 is a client that left before its answer."""
        route, method = scope["yusuan.route"], scope["method"]
        known = method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self.metrics.requests.labels(route, known, str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        self.metrics.sent.inc(size)
        if ACCESS.isEnabledFor(logging.INFO):
            ACCESS.info("%s", _line(scope, status, size, seconds))


async def _fault(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": b"a fault of this server; it has been logged\n"})


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """A line of the combined log format, with the seconds it took. What a client sent cannot break out of it."""
    headers = dict(scope["headers"])
    target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    client = scope["client"][0] if scope["client"] else "-"
    when = datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    request = f"{_safe(scope['method'].encode())} {_safe(target)} HTTP/{scope['http_version']}"
    referer, agent = (_safe(headers.get(name, b"-")) for name in (b"referer", b"user-agent"))
    return f'{client} - - [{when}] "{request}" {status} {size} "{referer}" "{agent}" {seconds:.3f}'


def _safe(data: bytes) -> str:
    text = data[:2000].decode("ascii", "backslashreplace")
    return "".join(c if c.isprintable() and c not in '"\\' else f"\\x{ord(c):02x}" for c in text)
