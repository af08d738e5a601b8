"""An old Word document (doc, rtf, Word 2003 XML), through LibreOffice; one without tables also through catdoc."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from yusuan.errors import DocumentError
from yusuan.read.compound import MAGIC, Compound
from yusuan.read.decode import decode
from yusuan.read.flow import flow
from yusuan.read.from_docx import read_docx
from yusuan.read.grid import Block
from yusuan.read.limits import check_xml

PATIENCE = 120
"""Seconds a conversion may take."""

_RTF = b"{\\rtf"
_WORD, _ENCRYPTED = 0xA5EC, 0x0100
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{}" oor:op="fuse">'
    "<value>true</value></prop></item>\n"
)
_FORBIDDEN = ("BlockUntrustedRefererLinks", "DisableMacrosExecution", "DisableActiveContent")
"""Settings of LibreOffice by which a document fetches nothing and runs nothing."""


def read_doc(data: bytes, name: str) -> list[Block]:
    """Blocks of an old Word document. Raises DocumentError where it is locked, damaged or nothing here converts it."""
    _check(data, name)
    if office := shutil.which("soffice") or shutil.which("libreoffice"):
        return read_docx(_to_docx(office, data, name), name)
    if (catdoc := shutil.which("catdoc")) and data.startswith(MAGIC):
        return flow(_to_text(catdoc, data, name), name)
    raise DocumentError("an old Word document; install LibreOffice (soffice) to read it, or save it as docx", name)


def _check(data: bytes, name: str) -> None:
    """Raise DocumentError for a document that is locked or cut off."""
    if data.startswith(MAGIC):
        stream = Compound(data, name).stream("WordDocument")
        if len(stream) < 32 or struct.unpack_from("<H", stream)[0] != _WORD:
            raise DocumentError("damaged, or of a Word before Word 97; save it as docx", name)
        if struct.unpack_from("<H", stream, 10)[0] & _ENCRYPTED:
            raise DocumentError("protected by a password; save it without one", name)
    elif data.startswith(_RTF) and not data.rstrip(b"\0 \t\r\n\x1a").endswith(b"}"):
        raise DocumentError("truncated: the document ends before its last bracket", name)
    elif not data.startswith(_RTF):
        check_xml(data, "the document", name)


def _to_docx(office: str, data: bytes, name: str) -> bytes:
    """The document as LibreOffice writes it as docx, in a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        settings = _PROFILE.format("".join(_SETTING.format(setting) for setting in _FORBIDDEN))
        (profile / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
        source = home / "document.doc"
        source.write_bytes(data)
        arguments = [
            office, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(source),
        ]  # fmt: skip
        _run(arguments, name)
        converted = home / "out" / "document.docx"
        if not converted.is_file():
            raise DocumentError("damaged: LibreOffice cannot open it", name)
        return converted.read_bytes()


def _to_text(catdoc: str, data: bytes, name: str) -> list[str]:
    """The lines of a document as catdoc gives them.

    Raises DocumentError where it has tables: catdoc drops blank cells, so that figures would change their columns.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.doc"
        source.write_bytes(data)
        text = decode(_run([catdoc, "-w", "-d", "utf-8", str(source)], name), name)
    if "\t" in text:
        raise DocumentError(
            "has tables, which catdoc does not keep whole; install LibreOffice (soffice), or save it as docx", name
        )
    return text.split("\n")


def _run(arguments: Sequence[str], name: str) -> bytes:
    """What a program writes. It is ended, with all it started, when it takes too long."""
    with subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            _end(process)
            raise DocumentError(f"not converted within {PATIENCE} seconds; save it as docx", name) from None
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
