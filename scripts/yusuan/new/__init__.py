"""A data package of one's own: the same shape, with its checks on pull requests and its site."""

from __future__ import annotations

from yusuan.new.found import found_package

__all__ = ["found_package"]
