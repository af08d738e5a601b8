"""What one query, one answer and one connection may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

KIB, MIB = 1024, 1024 * 1024


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Limits:
    """Bounds of the service; sizes in bytes, times in seconds.

    A query starts on one of `short` workers. After `patience` it is a long one: it gives its place to the next,
    runs on at low priority beside at most `long` others, and its worker is not used again.
    """

    request_bytes: int = 128 * KIB
    query_seconds: float = 10.0
    query_memory: int = 512 * MIB
    answer_bytes: int = 32 * MIB
    hold_bytes: int = 256 * KIB  # an answer up to this size is sent whole, with its length; a longer one streams
    spool_bytes: int = 512 * MIB  # all answers together that wait on disk for slow readers
    patience: float = 0.25
    short: int = field(default_factory=lambda: max(2, 2 * _cores()))
    long: int = field(default_factory=lambda: max(4, 4 * _cores()))
    queue: int = 128
    queue_seconds: float = 5.0
    connections: int = 1000
    head_seconds: float = 10.0
    body_seconds: float = 10.0
    idle_seconds: float = 15.0
    stall_seconds: float = 20.0
    stop_seconds: float = 10.0
    reuse: int = 200  # jobs a worker does before a fresh one takes its place
