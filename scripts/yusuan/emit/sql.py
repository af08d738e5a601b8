"""The mapping compiled to SQL: one n-ary concat a row writes all its triples as N-Quads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from yusuan.emit.mapping import GraphMapping, Piece, Triple


def select(
    mapping: GraphMapping, view: str, triples: Sequence[Triple], named: bool = True, ordered: bool = True
) -> str:
    """A query over a view: for each row its lines of N-Quads with their line ends, as bytes; of some rows none.

    Rows come by subject, or `ordered` being false in any order. Without `named` the lines are N-Triples: all graphs
    together. Every column is made text once, and encoded once, before the lines are put together from them.
    """
    columns = list(dict.fromkeys(p.text for t in triples for p in (*t.subject, *t.object) if p.is_column))
    text = ", ".join(f"coalesce(CAST({_name(c)} AS VARCHAR), '') AS {_name(TEXT + c)}" for c in columns)
    rows = f"SELECT *, {text} FROM {_name(view)}"
    if ordered:
        subject = ", ".join(_name(TEXT + p.text) if p.is_column else _text(p.text) for p in triples[0].subject)
        others = ", ".join(_name(TEXT + column) for column in columns)
        rows += f" ORDER BY concat({subject}), {others}"
    made: dict[str, str] = {}
    lines = ", ".join(_line(mapping, triple, named, made) for triple in triples)
    pieces = ", ".join(("*", *(f"{made[name]} AS {_name(name)}" for name in made)))
    return f"SELECT encode(concat({lines})) FROM (SELECT {pieces} FROM ({rows}))"


TEXT = "text:"
"""What the name of a column begins with that is another's value as text, empty where there is none."""


def condition(triple: Triple) -> str:
    """What must hold for a triple to be: its columns are filled, and its own condition."""
    needed = [f"coalesce({_cast(column)}, '') <> ''" for column in dict.fromkeys(triple.columns)]
    if triple.when:
        needed.append(f"({triple.when})")
    return " AND ".join(needed)


def _line(mapping: GraphMapping, triple: Triple, named: bool, made: dict[str, str]) -> str:
    """One line with its end, or the empty text where a column it needs is empty or its condition fails.

    `made` gets the columns that the line is put together from: their names and how they are made.
    """
    parts = [_text("<"), *_reference(mapping, triple.subject), _text(f"> <{mapping.expand(triple.predicate)}> ")]
    parts.extend(_object(mapping, triple))
    graph = mapping.graph(triple.graph) if named else ""
    parts.append(_text(f" <{graph}> .\n" if graph else " .\n"))
    line = f"concat({', '.join(_joined(parts, made))})"
    needed = [f"{_name(TEXT + column)} <> ''" for column in dict.fromkeys(triple.columns)]
    if triple.when:
        needed.append(f"({triple.when})")
    return f"CASE WHEN {' AND '.join(needed)} THEN {line} ELSE '' END" if needed else line


def _joined(parts: Sequence[str], made: dict[str, str]) -> Iterator[str]:
    """The parts with fixed texts that stand together as one, and what has to be made of a column as a column."""
    for fixed, group in groupby(parts, key=lambda part: part.startswith("'")):
        if fixed:
            yield _text("".join(part[1:-1].replace("''", "'") for part in group))
            continue
        for part in group:
            name = f"made:{part}"
            made[name] = part
            yield _name(name)


def resource(mapping: GraphMapping, pieces: Sequence[Piece], as_: str = "iri") -> tuple[str, str]:
    """What all IRIs of a template begin with, and SQL for the rest of one, encoded; nothing is left of a constant."""
    first = pieces[0]
    if as_ == "curie":
        head = mapping.expand(first.text)
    elif not first.is_column and first.text.startswith(("http://", "https://")):
        head = first.text
    else:
        head = mapping.base + ("" if first.is_column else first.text)
    rest = [_part(piece, _cast(piece.text)) for piece in (pieces if first.is_column else pieces[1:])]
    if rest:
        return head, f"concat({', '.join(rest)})"
    cut = max(head.rfind("/"), head.rfind("#")) + 1
    return head[:cut], _text(head[cut:])


def text(triple: Triple) -> str:
    """SQL for the text of a literal."""
    value = [_cast(p.text) if p.is_column else _text(p.text) for p in triple.object]
    return f"decimal_text({value[0]})" if triple.as_ == "xsd:decimal" else f"concat({', '.join(value)})"


def _reference(mapping: GraphMapping, pieces: Sequence[Piece]) -> list[str]:
    first = pieces[0]
    absolute = not first.is_column and first.text.startswith(("http://", "https://"))
    out = [] if absolute else [_text(mapping.base)]
    out.extend(_part(piece, _name(TEXT + piece.text)) for piece in pieces)
    return out


def _part(piece: Piece, value: str) -> str:
    """A piece of an IRI; `value` is SQL of the text of the column that it is."""
    if not piece.is_column:
        return _text(piece.text)
    return value if piece.is_encoded else f"iri({value})"


def _object(mapping: GraphMapping, triple: Triple) -> list[str]:
    if triple.as_ == "iri":
        return [_text("<"), *_reference(mapping, triple.object), _text(">")]
    if triple.as_ == "curie":
        prefix, _, name = triple.object[0].text.partition(":")
        parts = [_text(f"<{mapping.prefixes[prefix]}{name}")]
        parts.extend(_part(piece, _name(TEXT + piece.text)) for piece in triple.object[1:])
        return [*parts, _text(">")]
    value = [f"literal({_name(TEXT + p.text)})" if p.is_column else _text(p.text) for p in triple.object]
    if triple.as_ == "xsd:decimal":
        value = [f"decimal_text({value[0]})"]
    if triple.as_.startswith("@"):
        suffix = f'"{triple.as_}'
    elif triple.as_ == "xsd:string":
        suffix = '"'
    else:
        suffix = f'"^^<{mapping.expand(triple.as_)}>'
    return [_text('"'), *value, _text(suffix)]


def _cast(column: str) -> str:
    return f"CAST({_name(column)} AS VARCHAR)"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


MACROS = r"""
CREATE OR REPLACE MACRO decimal_text(x) AS CASE WHEN strpos(x, '.') = 0 THEN concat(x, '.0')
  WHEN ends_with(rtrim(x, '0'), '.') THEN concat(rtrim(x, '0'), '0') ELSE rtrim(x, '0') END;
"""
"""Canonical xsd:decimal of a number's text: no trailing zeros, at least one decimal place."""
