"""The mapping compiled to SQL: one n-ary concat a row writes all its triples as N-Quads."""

from __future__ import annotations

from collections.abc import Sequence

from yusuan.emit.mapping import GraphMapping, Piece, Triple


def select(mapping: GraphMapping, view: str, triples: Sequence[Triple], named: bool = True) -> str:
    """A query over a view that gives, for each row, its lines of N-Quads in one text.

    Without `named` the lines are N-Triples: all graphs together.
    """
    return f'SELECT concat({", ".join(_line(mapping, triple, named) for triple in triples)}) FROM "{view}"'


def _line(mapping: GraphMapping, triple: Triple, named: bool) -> str:
    """One line, or the empty text where a column it needs is empty or its condition fails."""
    parts = [_text("<"), *_reference(mapping, triple.subject), _text(f"> <{mapping.expand(triple.predicate)}> ")]
    parts.extend(_object(mapping, triple))
    graph = mapping.graph(triple.graph) if named else ""
    parts.append(_text(f" <{graph}> ." if graph else " ."))
    line = f"concat({', '.join(parts)}, chr(10))"
    needed = [f"coalesce(CAST(\"{column}\" AS VARCHAR), '') <> ''" for column in triple.columns]
    if triple.when:
        needed.append(f"({triple.when})")
    return f"CASE WHEN {' AND '.join(needed)} THEN {line} ELSE '' END" if needed else line


def _reference(mapping: GraphMapping, pieces: Sequence[Piece]) -> list[str]:
    first = pieces[0]
    absolute = not first.is_column and first.text.startswith(("http://", "https://"))
    out = [] if absolute else [_text(mapping.base)]
    for piece in pieces:
        out.append(f'iri(CAST("{piece.text}" AS VARCHAR))' if piece.is_column else _text(piece.text))
    return out


def _object(mapping: GraphMapping, triple: Triple) -> list[str]:
    if triple.as_ == "iri":
        return [_text("<"), *_reference(mapping, triple.object), _text(">")]
    if triple.as_ == "curie":
        prefix, _, name = triple.object[0].text.partition(":")
        parts = [_text(f"<{mapping.prefixes[prefix]}{name}")]
        parts.extend(f'iri("{p.text}")' if p.is_column else _text(p.text) for p in triple.object[1:])
        return [*parts, _text(">")]
    value = [f'literal(CAST("{p.text}" AS VARCHAR))' if p.is_column else _text(p.text) for p in triple.object]
    if triple.as_ == "xsd:decimal":
        value = [f"decimal_text({value[0]})"]
    if triple.as_.startswith("@"):
        suffix = f'"{triple.as_}'
    elif triple.as_ == "xsd:string":
        suffix = '"'
    else:
        suffix = f'"^^<{mapping.expand(triple.as_)}>'
    return [_text('"'), *value, _text(suffix)]


def _text(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


MACROS = r"""
CREATE OR REPLACE MACRO decimal_text(x) AS CASE WHEN strpos(x, '.') = 0 THEN concat(x, '.0')
  ELSE regexp_replace(regexp_replace(x, '0+$', ''), '[.]$', '.0') END;
"""
"""Canonical xsd:decimal of a number's text: no trailing zeros, at least one decimal place."""
