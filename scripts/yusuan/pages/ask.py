"""The page to ask: an editor with our prefixes, and the library of questions with their parameters."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yusuan.pages.answer import Question, forms
from yusuan.pages.frame import Frame


def ask_page(
    frame: Frame,
    language: str,
    questions: Mapping[str, Question],
    prefixes: Mapping[str, str],
    query: str = "",
    editor: bool = False,
) -> bytes:
    """The page as HTML. `editor` says whether the editor's files are among the assets; else a plain box is there."""
    addresses = frame.addresses("sparql", language)
    listed = list(forms(questions, language))
    first = next(iter(questions.values()), None)
    settings = {
        "prefixes": dict(prefixes),
        "endpoint": "sparql",
        "language": language,
        "base": frame.base,
        "query": query or (first.text if first else ""),
        "given": bool(query),
    }
    return frame.page(
        "ask.html",
        addresses,
        data=False,
        questions=listed,
        query=settings["query"],
        settings=json.dumps(settings, ensure_ascii=False).replace("<", "\\u003c"),
        editor=editor,
    )
