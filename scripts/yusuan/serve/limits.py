"""What one query, one answer and one connection may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

KIB, MIB = 1024, 1024 * 1024


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _bound(value: float, says: str) -> Any:
    return field(default=value, metadata={"says": says})


@dataclass(frozen=True)
class Limits:
    """Bounds of the service; sizes in bytes, times in seconds. Each says what it is.

    A query starts on one of `short` workers. After `patience` it is a long one: it gives its place to the next and runs
    on beside at most `long` others, at low priority once it has worked for all of that time, and its worker is not used
    again. Where there are too many long ones, the one that has run longest ends.
    """

    request_bytes: int = _bound(128 * KIB, "of a query, by GET or POST")
    query_seconds: float = _bound(10.0, "a query may take")
    page_seconds: float = _bound(30.0, "to make the page of a thing")
    query_memory: int = _bound(512 * MIB, "bytes a query may use")
    answer_bytes: int = _bound(32 * MIB, "of an answer before compression")
    hold_bytes: int = _bound(
        256 * KIB, "an answer up to this size is sent whole, with its length; a longer one streams"
    )
    spool_bytes: int = _bound(512 * MIB, "of all answers together that wait on disk for slow readers")
    keep_bytes: int = _bound(64 * MIB, "of answers kept in memory to be sent again")
    patience: float = _bound(0.25, "seconds after which a query counts as long")
    short: int = field(default_factory=lambda: max(2, 2 * _cores()), metadata={"says": "workers for plain queries"})
    long: int = field(default_factory=lambda: max(4, 4 * _cores()), metadata={"says": "long queries at once"})
    queue: int = _bound(128, "queries that wait for a worker")
    queue_seconds: float = _bound(5.0, "a query waits for a worker")
    connections: int = _bound(1000, "open at once")
    head_seconds: float = _bound(10.0, "for the head of a request to come")
    body_seconds: float = _bound(10.0, "for its body")
    idle_seconds: float = _bound(15.0, "a connection may rest between requests")
    stall_seconds: float = _bound(20.0, "a client may take no byte of its answer")
    stop_seconds: float = _bound(10.0, "for answers under way when the service ends")
    reuse: int = _bound(200, "jobs a worker does before a fresh one takes its place")
