"""The mapping compiled to SQL: one n-ary concat a row writes all its triples as N-Quads."""

from __future__ import annotations

from collections.abc import Sequence

from yusuan.emit.mapping import GraphMapping, Piece, Triple


def select(
    mapping: GraphMapping, view: str, triples: Sequence[Triple], named: bool = True, ordered: bool = True
) -> str:
    """A query over a view: for each row that says something, its lines of N-Quads in one text.

    Rows come by subject, or `ordered` being false in any order. Without `named` the lines are N-Triples: all graphs
    together.
    """
    lines = ", ".join(_line(mapping, triple, named) for triple in triples)
    text = f"rtrim(concat({lines}), chr(10)) AS t"
    source = f'FROM "{view}" WHERE {_says_something(triples)}'
    if not ordered:
        return f"SELECT {text} {source}"
    key = ", ".join(_reference(mapping, triples[0].subject))
    return f"SELECT t FROM (SELECT concat({key}) AS k, {text} {source}) ORDER BY k, t"


def _says_something(triples: Sequence[Triple]) -> str:
    """The condition that at least one of the triples holds, from the fewest of their conditions that say so.

    It is asked of the columns: a condition on the text would make the database build every text twice.
    """
    least = [
        one
        for one in triples
        if not any(
            (other.when in ("", one.when) and set(other.columns) < set(one.columns))
            or (set(other.columns) == set(one.columns) and other.when == "" != one.when)
            for other in triples
        )
    ]
    return " OR ".join(dict.fromkeys(f"({needed})" for triple in least if (needed := condition(triple))))


def condition(triple: Triple) -> str:
    """What must hold for a triple to be: its columns are filled, and its own condition."""
    needed = [f"coalesce(CAST(\"{column}\" AS VARCHAR), '') <> ''" for column in dict.fromkeys(triple.columns)]
    if triple.when:
        needed.append(f"({triple.when})")
    return " AND ".join(needed)


def _line(mapping: GraphMapping, triple: Triple, named: bool) -> str:
    """One line, or the empty text where a column it needs is empty or its condition fails."""
    parts = [_text("<"), *_reference(mapping, triple.subject), _text(f"> <{mapping.expand(triple.predicate)}> ")]
    parts.extend(_object(mapping, triple))
    graph = mapping.graph(triple.graph) if named else ""
    parts.append(_text(f" <{graph}> ." if graph else " ."))
    line = f"concat({', '.join(parts)}, chr(10))"
    needed = condition(triple)
    return f"CASE WHEN {needed} THEN {line} ELSE '' END" if needed else line


def resource(mapping: GraphMapping, pieces: Sequence[Piece], as_: str = "iri") -> tuple[str, str]:
    """What all IRIs of a template begin with, and SQL for the rest of one, encoded; nothing is left of a constant."""
    first = pieces[0]
    if as_ == "curie":
        head = mapping.expand(first.text)
    elif not first.is_column and first.text.startswith(("http://", "https://")):
        head = first.text
    else:
        head = mapping.base + ("" if first.is_column else first.text)
    rest = [_part(piece) for piece in (pieces if first.is_column else pieces[1:])]
    if rest:
        return head, f"concat({', '.join(rest)})"
    cut = max(head.rfind("/"), head.rfind("#")) + 1
    return head[:cut], _text(head[cut:])


def text(triple: Triple) -> str:
    """SQL for the text of a literal."""
    value = [f'CAST("{p.text}" AS VARCHAR)' if p.is_column else _text(p.text) for p in triple.object]
    return f"decimal_text({value[0]})" if triple.as_ == "xsd:decimal" else f"concat({', '.join(value)})"


def _reference(mapping: GraphMapping, pieces: Sequence[Piece]) -> list[str]:
    first = pieces[0]
    absolute = not first.is_column and first.text.startswith(("http://", "https://"))
    out = [] if absolute else [_text(mapping.base)]
    out.extend(_part(piece) for piece in pieces)
    return out


def _part(piece: Piece) -> str:
    if not piece.is_column:
        return _text(piece.text)
    column = f'CAST("{piece.text}" AS VARCHAR)'
    return column if piece.is_encoded else f"iri({column})"


def _object(mapping: GraphMapping, triple: Triple) -> list[str]:
    if triple.as_ == "iri":
        return [_text("<"), *_reference(mapping, triple.object), _text(">")]
    if triple.as_ == "curie":
        prefix, _, name = triple.object[0].text.partition(":")
        parts = [_text(f"<{mapping.prefixes[prefix]}{name}")]
        parts.extend(_part(piece) for piece in triple.object[1:])
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
