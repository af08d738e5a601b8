"""Reviewed corrections of a source: what is printed wrong is read as it should be, and stays visible as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from yusuan.errors import DocumentError
from yusuan.package import Row
from yusuan.read.filing import FilingRows
from yusuan.read.grid import Block, Document, Grid, Origin, Span


@dataclass(frozen=True)
class CorrectedOrigin:
    """The place of a span in which `printed` characters from `start` were put right with `corrected` others."""

    origin: Origin
    start: int
    printed: int
    corrected: int

    def cite(self, start: int, end: int) -> str:
        """The fragment of the characters as they are printed."""
        return self.origin.cite(self._at(start, self.start), self._at(end, self.start + self.printed))

    def _at(self, position: int, inside: int) -> int:
        if position <= self.start:
            return position
        if position >= self.start + self.corrected:
            return position - self.corrected + self.printed
        return inside


def corrected(documents: Sequence[Document], fixes: Iterable[Row]) -> list[Document]:
    """The documents with their corrections made.

    `fixes` are rows of that resource; those of other documents are left. Raises DocumentError where what is said to
    be printed does not stand at its place.
    """
    found = list(documents)
    for fix in fixes:
        for index, document in enumerate(found):
            if fix["place"].partition("#")[0] == document.file_name:
                found[index] = _corrected(document, fix)
    return found


def _corrected(document: Document, fix: Row) -> Document:
    fragment = fix["place"].partition("#")[2]
    for span in document.spans():
        start = span.text.find(fix["printed"])
        while start >= 0:
            end = start + len(fix["printed"])
            if span.cite(start, end) == fragment:
                text = span.text[:start] + fix["corrected"] + span.text[end:]
                origin = CorrectedOrigin(span.origin, start, end - start, len(fix["corrected"]))
                return _with(document, span, Span(text, origin))
            start = span.text.find(fix["printed"], start + 1)
    raise DocumentError(
        f"a correction in data/fixes says that {fix['printed']!r} is printed at {fragment}, but it is not; "
        "give place and text as a row or a finding gives them",
        document.file_name,
    )


def _with(document: Document, old: Span, new: Span) -> Document:
    def block(of: Block) -> Block:
        if not isinstance(of, Grid):
            return replace(of, span=new) if of.span is old else of
        if all(cell.span is not old for cell in of.cells()):
            return of
        rows = tuple(tuple(replace(c, span=new) if c.span is old else c for c in row) for row in of.rows)
        return replace(of, rows=rows)

    return replace(document, blocks=tuple(map(block, document.blocks)))


def keep_print(result: FilingRows, fixes: Iterable[Row]) -> None:
    """Give the rows read at corrected places what is printed there as `printed`."""
    by_place = {fix["place"]: fix for fix in fixes}
    for rows in result.rows.values():
        for row in rows:
            fix = by_place.get(row.get("source", ""))
            if fix is not None and row.get("printed"):
                row["printed"] = _print_of(row["printed"], fix)


def _print_of(printed: str, fix: Row) -> str:
    """What of the printed text is the figure: the text without what stands around the figure in the corrected one."""
    head, _, tail = fix["corrected"].partition(printed)
    text = fix["printed"]
    if not text.startswith(head) or not text.endswith(tail) or len(head) + len(tail) >= len(text):
        return text
    return text[len(head) : len(text) - len(tail)]
