"""Questions to the graph: named ones from `ontology/queries`, and free SPARQL."""

from __future__ import annotations

from yusuan.query.answer import Answer
from yusuan.query.endpoint import ask_endpoint
from yusuan.query.library import Question, load_questions
from yusuan.query.prologue import Prologue, load_prologue
from yusuan.query.run import ask, load_store
from yusuan.query.tables import load_tables, rows_of

__all__ = [
    "Answer",
    "Prologue",
    "Question",
    "ask",
    "ask_endpoint",
    "load_prologue",
    "load_questions",
    "load_store",
    "load_tables",
    "rows_of",
]
