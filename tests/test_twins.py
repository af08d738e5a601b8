"""The founding document in other formats: a web page, a Word document and an old one give the very same rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.conftest import FOUNDING, needs_shared, read_into
from tests.office_files import page, saved
from yusuan.package import Package, open_package
from yusuan.read import from_doc
from yusuan.read.filing import FACTS
from yusuan.read.flat import unflatten
from yusuan.read.grid import CharOrigin, Grid, Span
from yusuan.read.header import is_header
from yusuan.read.knowledge import Knowledge
from yusuan.read.layout import lay_out
from yusuan.read.open_document import open_document

PLACES = {"source", "document", "sha256", "file_name", "media_type"}
"""Fields that say where a fact was read, not what it is."""


def pieces() -> list[str | Grid]:
    """Paragraphs of the founding document and its tables with the spans of their headers, in order."""
    known = Knowledge.of(open_package())
    layout = lay_out(open_document(FOUNDING), known.forms, known.vocabulary, known.is_name)
    found: list[tuple[int, str | Grid]] = [(offset(p.span), p.span.text) for p in layout.prose]
    for table in layout.tables:
        for span in (table.title, *table.captions, *table.notes):
            if span is not None:
                found.append((offset(span), span.text))
        grid = unflatten(table.grid, lambda cell: is_header(cell, known.word), known.word)
        found.append((min(offset(cell.span) for cell in grid.cells()), grid))
    return [piece for _, piece in sorted(found, key=lambda item: item[0])]


def offset(span: Span) -> int:
    assert isinstance(span.origin, CharOrigin)
    return span.origin.offset


def web_page(_: Path) -> bytes:
    out = []
    for piece in pieces():
        if isinstance(piece, str):
            out.append(f"<p>{piece}</p>")
            continue
        rows = (
            "".join(f"<td rowspan={c.row_span} colspan={c.column_span}>{c.span.text}</td>" for c in row)
            for row in piece.rows
        )
        out.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return page("\n".join(out), "gb18030", "gb2312")


def word_document(_: Path) -> bytes:
    document = docx.Document()
    for piece in pieces():
        if isinstance(piece, str):
            document.add_paragraph(piece)
            continue
        table = document.add_table(len(piece.rows), piece.width)
        cells: list[Any] = [row.cells for row in table.rows]
        for row, line in enumerate(piece.rows):
            for cell in line:
                first = cells[row][cell.column]
                first.text = cell.span.text.strip("\n")
                last = cells[min(len(cells), row + cell.row_span) - 1][cell.column + cell.column_span - 1]
                if cell.row_span * cell.column_span > 1:
                    first.merge(last)
    return saved(document)


def old_document(folder: Path) -> bytes:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; this test makes and reads an old Word document with it")
    source = folder / "twin.docx"
    source.write_bytes(word_document(folder))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    from_doc._run([office, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(source)], "")
    return (folder / "twin.doc").read_bytes()


def facts(package: Package) -> dict[str, list[dict[str, str]]]:
    return {
        name: [{field: value for field, value in row.items() if field not in PLACES} for row in package.rows(name)]
        for name in FACTS
    }


@needs_shared
@pytest.mark.parametrize(("name", "make"), [("a.html", web_page), ("a.docx", word_document), ("a.doc", old_document)])
def test_the_founding_document_in_another_format(name: str, make: Any, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make(tmp_path))
    assert facts(read_into(tmp_path / "other", path)) == facts(read_into(tmp_path / "text", FOUNDING))
