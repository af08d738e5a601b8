"""A filing as plain text: a line a row, cells after tabs, blank where a merged cell reaches."""

from __future__ import annotations

from collections.abc import Iterator

from yusuan.render.printed import Printed, PrintedFiling


def write_txt(filing: PrintedFiling) -> bytes:
    """UTF-8 text with LF line ends, as a spreadsheet saves it."""
    lines = [*filing.opening, ""]
    for table in filing.tables:
        lines += [*_table(table.noted()), ""]
    lines += filing.closing
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _table(table: Printed) -> Iterator[str]:
    yield from filter(None, (table.title, table.unit and f"单位：{table.unit}"))
    for line in table.lines():
        texts = [""] * table.width
        for box in line:
            texts[box.column] = box.text
        yield "\t" + "\t".join(texts)
