"""Answers to SELECT and ASK written row by row, in each format of the SPARQL recommendations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Writer(Protocol):
    """One format. `cut` closes an answer that has to end early; None where the format has no place to say so."""

    cut: bytes | None

    def begin(self, names: Sequence[str]) -> bytes:
        """What comes before the rows."""

    def row(self, values: Row) -> bytes:
        """One row; None is an unbound variable."""

    def end(self) -> bytes:
        """What comes after the rows."""

    def boolean(self, value: bool) -> bytes:
        """The whole answer to ASK."""


class Json:
    """SPARQL 1.1 Query Results JSON. A cut answer has a member `truncated` beside `results`."""

    cut: bytes | None = b'\n]},"truncated":true}\n'

    def begin(self, names: Sequence[str]) -> bytes:
        """The head and the opening of the bindings."""
        self._names = names
        self._mark = "\n"
        return f'{{"head":{{"vars":{_json(list(names))}}},"results":{{"bindings":['.encode()

    def row(self, values: Row) -> bytes:
        """One binding."""
        bound = {name: _as_json(v) for name, v in zip(self._names, values, strict=True) if v is not None}
        mark, self._mark = self._mark, ",\n"
        return (mark + _json(bound)).encode()

    def end(self) -> bytes:
        """The closing brackets."""
        return b"\n]}}\n"

    def boolean(self, value: bool) -> bytes:
        """Head and boolean."""
        return f'{{"head":{{}},"boolean":{"true" if value else "false"}}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _as_json(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _as_json(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


class Xml:
    """SPARQL Query Results XML. A cut answer says so in a comment before the end."""

    cut: bytes | None = b"</results><!-- truncated --></sparql>\n"
    _HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'

    def begin(self, names: Sequence[str]) -> bytes:
        """Declaration, variables and the opening of the results."""
        self._names = names
        variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
        return f"{self._HEAD}{variables}</head><results>\n".encode()

    def row(self, values: Row) -> bytes:
        """One result."""
        bound = zip(self._names, values, strict=True)
        cells = (f"<binding name={quoteattr(name)}>{_as_xml(v)}</binding>" for name, v in bound if v is not None)
        return f"<result>{''.join(cells)}</result>\n".encode()

    def end(self) -> bytes:
        """The closing tags."""
        return b"</results></sparql>\n"

    def boolean(self, value: bool) -> bytes:
        """Head and boolean."""
        return f"{self._HEAD}</head><boolean>{'true' if value else 'false'}</boolean></sparql>\n".encode()


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _as_xml(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_xml(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_xml(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{name}>{_as_xml(part)}</{name}>' for name, part in parts.items())}</triple>"
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{_xml(term.value)}</literal>"
    if term.datatype.value != _STRING:
        return f"<literal datatype={quoteattr(_xml(term.datatype.value))}>{_xml(term.value)}</literal>"
    return f"<literal>{_xml(term.value)}</literal>"


class Csv:
    """SPARQL 1.1 Query Results CSV: values only. A cut answer could not say so, so none is given."""

    cut: bytes | None = None

    def begin(self, names: Sequence[str]) -> bytes:
        """The header."""
        return (",".join(names) + "\r\n").encode()

    def row(self, values: Row) -> bytes:
        """One record."""
        return (",".join("" if value is None else _as_csv(value) for value in values) + "\r\n").encode()

    def end(self) -> bytes:
        """Nothing follows the records."""
        return b""

    def boolean(self, value: bool) -> bytes:
        """One column of one value; the recommendation has no form for ASK."""
        return f"answer\r\n{'true' if value else 'false'}\r\n".encode()


def _as_csv(term: Term) -> str:
    text = str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in ',"\r\n') else text


class Tsv:
    """SPARQL 1.1 Query Results TSV: terms as in Turtle. A cut answer could not say so, so none is given."""

    cut: bytes | None = None

    def begin(self, names: Sequence[str]) -> bytes:
        """The header, with question marks."""
        return ("\t".join(f"?{name}" for name in names) + "\n").encode()

    def row(self, values: Row) -> bytes:
        """One record."""
        terms = ("" if value is None else str(value).replace("\t", "\\t") for value in values)
        return ("\t".join(terms) + "\n").encode()

    def end(self) -> bytes:
        """Nothing follows the records."""
        return b""

    def boolean(self, value: bool) -> bytes:
        """One column of one value; the recommendation has no form for ASK."""
        return f"?answer\n{'true' if value else 'false'}\n".encode()


WRITERS: dict[str, Callable[[], Writer]] = {"json": Json, "xml": Xml, "csv": Csv, "tsv": Tsv}
"""Writers by the short name of their format."""
