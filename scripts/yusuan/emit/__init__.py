"""A package into its graph."""

from __future__ import annotations

from yusuan.emit.cube_tables import write_cube_tables
from yusuan.emit.write import FORMATS, emit_graph, graph_file, graph_lines

__all__ = ["FORMATS", "emit_graph", "graph_file", "graph_lines", "write_cube_tables"]
