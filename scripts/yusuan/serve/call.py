"""One request and the way to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from yusuan.serve import media
from yusuan.serve.exchange import Receive, Scope, Send, gzipped
from yusuan.serve.limits import KIB
from yusuan.serve.protocol import GoneClientError, HttpError


@dataclass
class Call:
    """One request and the way to answer it."""

    scope: Scope
    receive: Receive
    send: Send
    path: str
    language: str = "zh"
    chosen: bool = False

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """The request's headers by lower-case name; repeated ones joined by commas."""
        found: dict[str, str] = {}
        for name, value in self.scope["headers"]:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            found[key] = f"{found[key]}, {text}" if key in found else text
        return found

    @property
    def spoken(self) -> str:
        """The language, and whether the client named it itself: links of a page then keep it."""
        return self.language + "!" * self.chosen

    @property
    def wants_gzip(self) -> bool:
        """Whether the client takes gzip."""
        return media.takes_gzip(self.headers.get("accept-encoding"))

    async def body(self, limit: int) -> bytes:
        """The body of the request. Raises HttpError where it is larger than the limit."""
        size = self.headers.get("content-length", "0")
        parts, total = [], int(size) if size.isdigit() else 0
        while total <= limit:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise GoneClientError
            parts.append(message.get("body", b""))
            total = max(total, sum(map(len, parts)))
            if not message.get("more_body"):
                return b"".join(parts)
        raise HttpError(413, f"at most {limit} bytes", headers={"Connection": "close"})

    async def start(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the head."""
        raw = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": raw})

    def packed(self, content: bytes, headers: dict[str, str]) -> bytes:
        """The content as it is sent: compressed where that pays and the client takes it; the headers then say so."""
        if len(content) <= KIB or not self.wants_gzip:
            return content
        headers["Content-Encoding"] = "gzip"
        return gzipped(content)

    async def whole(self, status: int, content: bytes, headers: dict[str, str], gzip: bool = True) -> None:
        """Send an answer that is all here."""
        if gzip:
            content = self.packed(content, headers)
        headers["Content-Length"] = str(len(content))
        await self.start(status, headers)
        await self.send({"type": "http.response.body", "body": content, "more_body": False})

    async def text(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Send one line for a person."""
        said = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **(headers or {})}
        await self.whole(status, (message.rstrip("\n") + "\n").encode(), said)

    async def unchanged(self, tag: str, headers: Mapping[str, str]) -> bool:
        """Answer 304 where the client has this already."""
        known = [part.strip().removeprefix("W/") for part in self.headers.get("if-none-match", "").split(",")]
        if tag not in known and "*" not in known:
            return False
        await self.start(304, {**headers, "ETag": tag})
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})
        return True
