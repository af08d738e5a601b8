"""Documents into rows of a data package."""

from __future__ import annotations

from yusuan.read.batch import Report, read_documents
from yusuan.read.parts import PartReader

__all__ = ["PartReader", "Report", "read_documents"]
