"""A package into its graph."""

from __future__ import annotations

from yusuan.emit.write import FORMATS, emit_cube_link, emit_graph, graph_file, graph_lines

__all__ = ["FORMATS", "emit_cube_link", "emit_graph", "graph_file", "graph_lines"]
