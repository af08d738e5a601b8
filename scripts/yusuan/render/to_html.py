"""A filing as one web page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from yusuan.render.printed import FIGURE, HEAD, Box, Printed, PrintedFiling

_STYLE = """
body { font-family: serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { text-align: center; }
h2 { margin: 3rem 0 .5rem; font-size: 1.2rem; }
.unit { text-align: right; margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .2rem .5rem; }
thead th { text-align: center; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print { table { page-break-inside: auto; } tr { page-break-inside: avoid; } }
"""


def write_html(filing: PrintedFiling) -> bytes:
    """A UTF-8 page: headings, tables with their header marked, no script."""
    body = [f"<p>{escape(line)}</p>" for line in filing.opening]
    for table in filing.tables:
        body.extend(_table(table.noted()))
    body += [f"<p>{escape(line)}</p>" for line in filing.closing]
    head = f'<meta charset="utf-8">\n<title>{escape(filing.name)}</title>\n<style>{_STYLE}</style>'
    page = ["<!DOCTYPE html>", '<html lang="zh-CN">', f"<head>\n{head}\n</head>", "<body>", *body, "</body>", "</html>"]
    return ("\n".join(page) + "\n").encode()


def _table(table: Printed) -> Iterator[str]:
    if table.title:
        yield f"<h2>{escape(table.title)}</h2>"
    if table.unit:
        yield f'<p class="unit">单位：{escape(table.unit)}</p>'
    yield "<table>"
    for number, line in enumerate(table.lines()):
        if number in {0, table.head}:
            yield "<thead>" if number < table.head else "</thead><tbody>" if table.head else "<tbody>"
        yield f"<tr>{''.join(map(_cell, line))}</tr>"
    yield "</tbody></table>"


def _cell(box: Box) -> str:
    tag = "th" if box.kind == HEAD else "td"
    looks = [f'rowspan="{box.rows}"'] if box.rows > 1 else []
    looks += [f'colspan="{box.columns}"'] if box.columns > 1 else []
    looks += ['class="figure"'] if box.kind == FIGURE else []
    return f"<{' '.join([tag, *looks])}>{escape(box.text)}</{tag}>"
