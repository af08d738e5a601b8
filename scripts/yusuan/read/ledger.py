"""Every numeric token of a document, bound to the row it became or listed as unexplained."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from yusuan.package import Row
from yusuan.read.grid import Document, Furniture, Span
from yusuan.read.lexicon import Lexicon
from yusuan.read.text import FIGURE

FIELDS = ("filing", "file_name", "source", "token", "class", "resource", "row")
QUANTITIES = ("amount", "share", "rate", "completion", "change", "count", "number")
"""Classes of tokens that are quantities: each must become a row."""
SHIPPED = (*QUANTITIES, "target")
"""Classes whose coverage the package states."""
UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Binding:
    """A stretch of a span that a row accounts for."""

    start: int
    end: int
    kind: str
    resource: str
    row: str


@dataclass
class Ledger:
    """Bindings collected while a document is read."""

    bindings: dict[Span, list[Binding]] = field(default_factory=lambda: defaultdict(list))

    def bind(
        self, span: Span, kind: str, resource: str = "", row: str = "", start: int = 0, end: int | None = None
    ) -> None:
        """Say that characters `start` to `end` of a span became a row, or are of a class that needs none."""
        self.bindings[span].append(Binding(start, len(span.text) if end is None else end, kind, resource, row))

    def rows(self, document: Document, filing: str, lexicon: Lexicon) -> Iterator[Row]:
        """One row a numeric token, in reading order.

        The class of a token is that of its binding; of an unbound one, that of the number it is by the words
        around it. A quantity without a row is `unexplained`; other unbound classes need no row.
        """
        furniture = {block.span for block in document.blocks if isinstance(block, Furniture)}
        for span in document.spans():
            if not FIGURE.search(span.text):
                continue
            classes = _classes(span, lexicon)
            for found in FIGURE.finditer(span.text):
                binding = self._best(span, found.start(), found.end())
                if binding is None and span in furniture:
                    binding = Binding(0, 0, "page", "", "")
                kind = binding.kind if binding else _class_at(classes, found.start(), found.end())
                row = binding.row if binding else UNEXPLAINED if kind in QUANTITIES else ""
                yield {
                    "filing": filing, "file_name": document.file_name,
                    "source": document.source(span.cite(found.start(), found.end())),
                    "token": found.group(), "class": kind, "resource": binding.resource if binding else "", "row": row,
                }  # fmt: skip

    def _best(self, span: Span, start: int, end: int) -> Binding | None:
        """The narrowest binding that covers a token; one with a row before one without."""
        covering = [b for b in self.bindings.get(span, ()) if b.start <= start and end <= b.end]
        return min(covering, key=lambda b: (not b.row, b.end - b.start), default=None)


def _classes(span: Span, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    folded = span.folded
    found = []
    for token in lexicon.tokens(folded.text):
        kind = {"money": "amount", "percent": "share", "bare": "number"}.get(token.kind, token.kind)
        if kind in lexicon.noise or kind in QUANTITIES:
            found.append((*folded.source(token.start, token.end), kind))
        elif token.kind in {"term", "basis", "function"} and re.search("[0-9]", token.text):
            found.append((*folded.source(token.start, token.end), "threshold" if token.kind == "term" else "date"))
    return found


def _class_at(classes: Iterable[tuple[int, int, str]], start: int, end: int) -> str:
    return next((kind for a, b, kind in classes if a <= start and end <= b), "number")


def coverage(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[int, int]]:
    """For each class the number of tokens explained and the number of tokens."""
    total: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for row in rows:
        total[row["class"]] += 1
        missing[row["class"]] += row["row"] == UNEXPLAINED
    return {kind: (total[kind] - missing[kind], total[kind]) for kind in sorted(total)}
