"""Questions to the graph: named ones from `ontology/queries`, and free SPARQL."""

from __future__ import annotations

from yusuan.query.library import Question, load_questions
from yusuan.query.run import Answer, ask, load_store

__all__ = ["Answer", "Question", "ask", "load_questions", "load_store"]
