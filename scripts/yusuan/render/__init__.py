"""Render: the standard forms of a filing written again from its rows, as docx, xlsx, html or txt."""

from __future__ import annotations

from yusuan.render.write import FORMATS, Rendered, render_filing

__all__ = ["FORMATS", "Rendered", "render_filing"]
