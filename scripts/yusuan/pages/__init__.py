"""Things of the graph as pages: what is said of one, in words, with links both ways, in Chinese and English."""

from __future__ import annotations

from yusuan.pages.addresses import CHOSEN, FILES, NEGOTIATED, Endings
from yusuan.pages.render import Renderer, assets
from yusuan.pages.source import Graph, open_graph

__all__ = ["CHOSEN", "FILES", "NEGOTIATED", "Endings", "Graph", "Renderer", "assets", "open_graph"]
