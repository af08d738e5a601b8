"""A package into its graph."""

from __future__ import annotations

from yusuan.emit.cube_tables import write_cube_tables
from yusuan.emit.parts import fact_lines, list_lines
from yusuan.emit.write import FORMATS, emit_graph, graph_file, graph_lines

__all__ = ["FORMATS", "emit_graph", "fact_lines", "graph_file", "graph_lines", "list_lines", "write_cube_tables"]
