"""A package published: the site, and everything a portal or a tool can take."""

from __future__ import annotations

from yusuan.publish.press import publish_package
from yusuan.publish.publication import Notes, Publication
from yusuan.publish.to_parquet import write_parquet_package
from yusuan.publish.tree import TreeError, staged

__all__ = ["Notes", "Publication", "TreeError", "publish_package", "staged", "write_parquet_package"]
