"""Documents into rows of a data package."""

from __future__ import annotations

from yusuan.read.batch import Report, read_documents

__all__ = ["Report", "read_documents"]
