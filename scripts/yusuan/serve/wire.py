"""Frames between the server and a worker: one byte of kind, four of length, the payload."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

JOB, HEAD, BODY, END = b"J", b"H", b"B", b"E"
_FRAME = struct.Struct("!cI")


def pack(kind: bytes, payload: bytes | dict[str, Any]) -> bytes:
    """A frame; a dictionary goes as JSON."""
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return _FRAME.pack(kind, len(data)) + data


def receive(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """The next frame of a blocking socket, or None where the other side has gone."""
    head = _exactly(connection, _FRAME.size)
    if head is None:
        return None
    kind, length = _FRAME.unpack(head)
    payload = _exactly(connection, length)
    return None if payload is None else (kind, payload)


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    parts = []
    while length:
        part = connection.recv(min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


async def read(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """The next frame of a stream. Raises asyncio.IncompleteReadError where the worker has gone."""
    kind, length = _FRAME.unpack(await reader.readexactly(_FRAME.size))
    return kind, await reader.readexactly(length) if length else b""
