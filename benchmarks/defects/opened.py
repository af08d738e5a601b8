"""An opened filing with what it reads to: every printed figure beside the row it became."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from benchmarks.defects.planting import Token
from benchmarks.defects.redundancy import Redundancy

from yusuan.package import Row
from yusuan.read.filing import FilingRows
from yusuan.read.grid import Document, Span
from yusuan.read.text import FIGURE


@dataclass
class Opened:
    """One clean filing. `agencies` are other departments' names, `codes` the codes there are."""

    documents: Sequence[Document]
    rows: FilingRows
    agencies: Sequence[str]
    codes: Sequence[str]
    random: Random

    def __post_init__(self) -> None:
        self.known = Redundancy(self.rows)
        self.tokens = list(self._tokens())
        self.year = int(self.rows.cover.year)
        self.items_of: dict[Span, list[Row]] = defaultdict(list)
        for token in self.tokens:
            if token.resource == "line_items" and token.row in self.known.items:
                self.items_of[token.span].append(self.known.items[token.row])

    def misspelt(self, text: str) -> str:
        """A name with one character another, outside brackets."""
        plain = re.sub("[（(][^（）()]*[)）]", lambda inside: "-" * len(inside[0]), text)
        i = self.random.choice([i for i, char in enumerate(plain) if "一" <= char <= "鿿"])
        return text[:i] + self.random.choice([c for c in self._letters if c not in text]) + text[i + 1 :]

    @cached_property
    def _letters(self) -> list[str]:
        return sorted({c for row in self.known.items.values() for c in row["label"] if "一" <= c <= "鿿"})

    def _tokens(self) -> Iterator[Token]:
        """Figures in reading order, which is the order of the ledger."""
        ledger = defaultdict(list)
        for row in self.rows.working["ledger"]:
            ledger[row["file_name"]].append(row)
        for at, document in enumerate(self.documents):
            rows = iter(ledger[document.file_name])
            for span in document.spans():
                for found in FIGURE.finditer(span.text):
                    row = next(rows)
                    yield Token(at, span, found.start(), found.end(), row["class"], row["resource"], row["row"])
