"""Budgets disclosed by Chinese government departments as validated tables and a linked graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.dataset import Dataset

__version__ = "0.1.0"


def open(path: str | Path | None = None) -> Dataset:
    """Open the data package at `path` (the one shipped with this code by default)."""
    from pathlib import Path

    from yusuan.dataset import Dataset

    return Dataset(Path(path) if path is not None else None)
