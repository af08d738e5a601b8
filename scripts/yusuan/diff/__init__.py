"""What changed between two packages, told as a budget officer would tell it."""

from __future__ import annotations

from yusuan.diff.compare import Comparison, compare, compare_since
from yusuan.diff.kinds import Change, Kind, load_kinds
from yusuan.diff.sides import Side, folder_in_repository, open_earlier, open_side
from yusuan.diff.to_json import json_pieces
from yusuan.diff.to_markdown import markdown
from yusuan.diff.to_rdf import rdf_lines
from yusuan.diff.to_text import text_lines

__all__ = [
    "Change", "Comparison", "Kind", "Side", "compare", "compare_since", "folder_in_repository", "json_pieces",
    "load_kinds", "markdown", "open_earlier", "open_side", "rdf_lines", "text_lines",
]  # fmt: skip
