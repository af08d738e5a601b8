"""Things of the graph as pages: what is said of one, in words, with links both ways, in Chinese and English."""

from __future__ import annotations

from yusuan.pages.addresses import CHOSEN, FILES, NEGOTIATED, Endings
from yusuan.pages.answer import AnswerPage
from yusuan.pages.ask import ask_page
from yusuan.pages.editor import editor_files, install_editor
from yusuan.pages.frame import Frame, assets
from yusuan.pages.render import Renderer
from yusuan.pages.source import Graph, open_graph

__all__ = [
    "CHOSEN",
    "FILES",
    "NEGOTIATED",
    "AnswerPage",
    "Endings",
    "Frame",
    "Graph",
    "Renderer",
    "ask_page",
    "assets",
    "editor_files",
    "install_editor",
    "open_graph",
]
