"""Hostile, broken and misnamed files: each is one clear line in a moment, never a traceback and never a hang."""

from __future__ import annotations

import io
import random
import struct
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tests.office_files import W, docx_with, number, page, record, shared, xls_with, xlsx_with, zip_of
from yusuan.errors import DocumentError
from yusuan.read.compound import compound_of
from yusuan.read.open_document import open_document

SECONDS = 5.0
LAUGHS = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "哈哈哈哈">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
TABLE = "<table><tr>"
NOISE = random.Random(1).randbytes(20_000)
WORD = docx_with("<w:p><w:r><w:t>部门预算</w:t></w:r></w:p>")
BOOK = xlsx_with('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>')
CUT_OFF = record(6, struct.pack("<HHHd6xH", 0, 0, 0, 1.5, 60_000) + b"\x44")
"""A formula longer than its record."""
OLD_BOOK = xls_with([number((0, 0), 1.0), number((0, 1), 2.0)])


def document_xml(text: str) -> bytes:
    return zip_of({"[Content_Types].xml": "<Types/>", "word/document.xml": text})


def lying_zip() -> bytes:
    """A zip whose directory says that a file is smaller than it unpacks to."""
    data = zip_of({"word/document.xml": b"<a>" + b" " * 50_000_000})
    place = data.rindex(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", 1000) + data[place + 4 :]


def locked_zip() -> bytes:
    data = bytearray(WORD)
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("xl/workbook.xml"), "<a/>")
        archive.writestr(ZipInfo("xl/Workbook.xml"), "<b/>")
    return out.getvalue()


def span_in_word(value: str) -> bytes:
    return docx_with(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{value}"/></w:tcPr><w:p><w:r><w:t>预算</w:t></w:r></w:p></w:tc>'
        "</w:tr></w:tbl>"
    )


def repeated_text() -> bytes:
    """A workbook in which a million cells show one long text."""
    cells = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 100_001))
    return xlsx_with(cells, texts=["预算" * 16_000])


def repeated_text_in_old_book() -> bytes:
    return xls_with([shared((n, 0), 0) for n in range(60_000)], ["预算" * 1_500])


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "empty file"),
    "blank": ("a.txt", lambda: b" \r\n\0\0", "empty file"),
    "noise": ("a.txt", lambda: NOISE, "UTF-8|binary|no Chinese"),
    "noise-named-pdf": ("a.pdf", lambda: NOISE, r"named \.pdf but is not"),
    "noise-named-doc": ("a.doc", lambda: NOISE, r"named \.doc but is not"),
    "noise-after-zip-magic": ("a.docx", lambda: b"PK\x03\x04" + NOISE, "damaged or truncated zip"),
    "noise-after-ole-magic": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "damaged or truncated"),
    "noise-after-pdf-magic": ("a.pdf", lambda: b"%PDF-1.7\n" + NOISE, "PDF|no text"),
    "truncated-docx": ("a.docx", lambda: WORD[: len(WORD) // 2], "damaged or truncated zip"),
    "truncated-xlsx": ("a.xlsx", lambda: BOOK[: len(BOOK) // 2], "damaged or truncated zip"),
    "truncated-xls": ("a.xls", lambda: OLD_BOOK[: len(OLD_BOOK) // 2], "damaged or truncated"),
    "truncated-rtf": ("a.doc", lambda: b"{\\rtf1 {a} b", "truncated"),
    "empty-zip": ("a.docx", lambda: zip_of({}), "an archive"),
    "archive": ("a.docx", lambda: zip_of({"a.txt": "预算"}), "an archive"),
    "web-page-named-docx": ("a.docx", lambda: page("<p>预算</p>"), r"named \.docx but holds a web page"),
    "word-named-xlsx": ("a.xlsx", lambda: WORD, r"named \.xlsx but holds a Word document"),
    "workbook-named-doc": ("a.doc", lambda: BOOK, r"named \.doc but holds a workbook"),
    "text-named-docx": ("a.docx", lambda: "部门预算".encode(), r"named \.docx but is not"),
    "pdf-named-html": ("a.html", lambda: b"%PDF-1.7", r"named \.html but holds a PDF"),
    "binary-workbook": ("a.xlsx", lambda: zip_of({"xl/workbook.bin": b"1"}), "xlsb"),
    "opendocument": ("a.docx", lambda: zip_of({"content.xml": "<a/>"}), "OpenDocument"),
    "web-archive": ("a.doc", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related", "web archive"),
    "strict": (
        "a.docx", lambda: zip_of({"word/document.xml": "<a/>", "_rels/.rels": '<a b="http://purl.oclc.org/ooxml/"/>'}),
        "Strict",
    ),
    "altchunk": ("a.docx", lambda: docx_with("<w:altChunk/>"), "altChunk"),
    "zip-bomb": ("a.docx", lambda: document_xml("<a>" + " " * 60_000_000 + "</a>"), "zip bomb"),
    "zip-bomb-in-a-picture": ("a.docx", lambda: zip_of({"word/a.png": bytes(80_000_000)}), "zip bomb"),
    "lying-zip": ("a.docx", lying_zip, "damaged"),
    "many-files": ("a.docx", lambda: zip_of({f"word/{n}": "" for n in range(6_000)}), "files in the zip"),
    "a-file-twice": ("a.xlsx", twice, "twice"),
    "locked-zip": ("a.docx", locked_zip, "protected by a password"),
    "encrypted-package": ("a.docx", lambda: compound_of({"EncryptedPackage": b"", "EncryptionInfo": b""}), "protected"),
    "encrypted-doc": (
        "a.doc", lambda: compound_of({"WordDocument": b"\xec\xa5" + bytes(8) + b"\x00\x01"}), "protected",
    ),
    "encrypted-xls": ("a.xls", lambda: xls_with([]).replace(record(0x41E, b"")[:2], b"\x2f\x00", 1), "protected"),
    "old-word": ("a.doc", lambda: compound_of({"WordDocument": bytes(100)}), "Word before Word 97"),
    "slides": ("a.doc", lambda: compound_of({"PowerPoint Document": b"1"}), "slides"),
    "nothing-in-ole": ("a.doc", lambda: compound_of({"Contents": b"1"}), "without a document"),
    "laughs-in-word": ("a.docx", lambda: document_xml(f"{LAUGHS}]><w:document {W}>&j;</w:document>"), "entities"),
    "laughs-in-book": ("a.xlsx", lambda: zip_of({"xl/workbook.xml": f"{LAUGHS}]><a>&j;</a>"}), "entities"),
    "laughs-in-utf-16": (
        "a.docx", lambda: zip_of({"word/document.xml": f"{LAUGHS}]><a>&j;</a>".encode("utf-16")}), "entities|not XML",
    ),
    "laughs-in-word-2003": (
        "a.doc", lambda: f"{LAUGHS}]><a b='http://schemas.microsoft.com/office/word/2003/wordml'/>".encode(),
        "entities",
    ),
    "deep-word": ("a.docx", lambda: docx_with("<w:p>" + "<w:r>" * 150 + "</w:r>" * 150 + "</w:p>"), "empty"),
    "too-deep-word": ("a.docx", lambda: document_xml("<a>" * 100_000), "damaged"),
    "wide-word": ("a.docx", lambda: span_in_word("1000000000"), "a cell over 1000000000 columns"),
    "deep-page": ("a.html", lambda: page("<div>" * 5_000 + "预算"), "nested too deep"),
    "deep-tables": ("a.html", lambda: page("<table><tr><td>" * 5_000 + "预算"), "nested too deep"),
    "wide-page": ("a.html", lambda: page(f"{TABLE}<td colspan=1000000000>预算"), "a cell over 1000000000 columns"),
    "wide-page-in-doc": ("a.doc", lambda: page(f"{TABLE}<td colspan=1000000000>预算"), "over 1000000000 columns"),
    "tall-page": ("a.html", lambda: page(f"{TABLE}<td rowspan=99999999999999999999>预算"), "a cell over 999"),
    "spans-in-page": ("a.html", lambda: page(f"{TABLE}<td>预算<td>1" + "<tr><td colspan=1000>1" * 2_000), "cells"),
    "many-rows-in-page": ("a.html", lambda: page(f"{TABLE}<td colspan=999>预算<td>1" + "<tr><td>1" * 5_000), "cells"),
    "nothing-shown": ("a.html", lambda: page("<script>预算的</script>"), "empty"),
    "far-cell": ("a.xlsx", lambda: xlsx_with('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>'), "1048576 rows"),
    "far-cell-in-old-book": ("a.xls", lambda: xls_with([number((0, 0), 1.0), number((65535, 255), 2.0)]), "65536 rows"),
    "bad-cell-name": ("a.xlsx", lambda: xlsx_with('<c r="$$$"><v>1</v></c>'), "no such cell"),
    "repeated-text": ("a.xlsx", repeated_text, "characters"),
    "repeated-text-in-old-book": ("a.xls", repeated_text_in_old_book, "characters"),
    "no-sheet": ("a.xlsx", lambda: zip_of({"xl/workbook.xml": "<workbook/>"}), "damaged"),
    "nothing-in-book": ("a.xlsx", lambda: xlsx_with(""), "empty"),
    "cut-off-formula": ("a.xls", lambda: xls_with([CUT_OFF, number((0, 1), 2.0)]), "damaged workbook"),
    "no-records": ("a.xls", lambda: compound_of({"Workbook": bytes(5000)}), "damaged|empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_one_clear_line(case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name, make, message = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(make())
    began = time.perf_counter()
    with pytest.raises(DocumentError, match=message) as caught:
        open_document(path)
    assert time.perf_counter() - began < SECONDS
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert capfd.readouterr() == ("", "")


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    chance = random.Random(2)
    for name, data in {"a.docx": WORD, "a.xlsx": BOOK, "a.xls": OLD_BOOK}.items():
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 20)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path = tmp_path / name
            path.write_bytes(bytes(broken))
            try:
                open_document(path)
            except DocumentError as error:
                assert "\n" not in str(error)
