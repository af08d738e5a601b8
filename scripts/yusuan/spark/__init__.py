"""Packages too big for one machine: the same functions, part by part, in the processes of a Spark cluster.

A part of a package is a package: all its lists, and the facts of some departments. What is checked and emitted of it
is checked and emitted by the very functions that one machine runs on a whole package, and handed in by the command.
"""

from __future__ import annotations

from yusuan.spark.check import check_parts
from yusuan.spark.emit import emit_parts
from yusuan.spark.fetch import package_at
from yusuan.spark.files import address_of
from yusuan.spark.read import read_parts
from yusuan.spark.session import session

__all__ = ["address_of", "check_parts", "emit_parts", "package_at", "read_parts", "session"]
