"""Things of the graph as pages: what is said of one, in words, with links both ways, in Chinese and English."""

from __future__ import annotations

from yusuan.pages.answer import AnswerPage
from yusuan.pages.render import Renderer
from yusuan.pages.source import Graph

__all__ = ["AnswerPage", "Graph", "Renderer"]
