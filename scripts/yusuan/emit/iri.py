"""IRIs and literals in one place, for Python and for SQL: no cell text can break out of either."""

from __future__ import annotations

from urllib.parse import quote

PATH_SAFE = "/;~"
"""Reserved characters that identifiers of this package hold on purpose."""


def encode(text: str) -> str:
    """Cell text as part of an IRI: percent-encoded UTF-8, but for `/`, `;`, `~` and the first `#`."""
    head, mark, tail = text.partition("#")
    return quote(head, safe=PATH_SAFE) + (mark and "#" + quote(tail, safe=PATH_SAFE))


def escape(text: str) -> str:
    """Cell text inside the quotes of an N-Triples literal."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


MACROS = r"""
CREATE OR REPLACE MACRO iri_part(x) AS replace(replace(replace(url_encode(x), '%2F', '/'), '%3B', ';'), '%7E', '~');
CREATE OR REPLACE MACRO iri(x) AS CASE
  WHEN regexp_full_match(x, '[A-Za-z0-9_./;~-]*(#[A-Za-z0-9_./;~-]*)?') THEN x
  WHEN strpos(x, '#') = 0 THEN iri_part(x)
  ELSE concat(iri_part(left(x, strpos(x, '#') - 1)), '#', iri_part(substr(x, strpos(x, '#') + 1))) END;
CREATE OR REPLACE MACRO literal(x) AS CASE WHEN NOT regexp_matches(x, '[\x00-\x1f"\\]') THEN x
  ELSE replace(replace(replace(replace(replace(
    x, '\', '\\'), '"', '\"'), chr(10), '\n'), chr(13), '\r'), chr(9), '\t') END;
"""
"""`encode` and `escape` for DuckDB, equal to the functions above by test."""
