"""The figures of a package as the peers of emission want them: a CSV with a column a triple, its description, RML.

Every cell is a whole IRI or a literal's text, made and encoded here, empty where there is no triple: so a peer has less
to do than yusuan, which joins, encodes and decides.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from yusuan.emit import sql
from yusuan.emit.mapping import GraphMapping, Triple, load_mapping
from yusuan.emit.write import prepare
from yusuan.engine import connect, quoted
from yusuan.package import Package, open_package

VIEW = "figures"
"""The view whose triples are emitted: every printed amount."""


def figures_only(package: Package) -> GraphMapping:
    """The mapping of a package with the triples of its figures and nothing else."""
    mapping = load_mapping(package)
    return replace(mapping, triples=tuple(t for t in mapping.triples if t.view == VIEW), terms=())


def flatten(package: Package, folder: Path) -> None:
    """Write `figures.csv`, `columns.json` and `mapping.ttl` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    mapping = figures_only(package)
    described = [_described(mapping, triple, f"c{n}") for n, triple in enumerate(mapping.triples)]
    cells = [_whole(mapping, mapping.triples[0].subject)]
    cells += [
        f"{_cell(mapping, t)} AS {d['column']}"
        for t, d in zip(mapping.triples, described, strict=True)
        if "column" in d
    ]
    with connect(package) as connection:
        prepare(connection, package, mapping)
        connection.execute(
            f"COPY (SELECT {cells[0]} AS subject, {', '.join(cells[1:])} FROM {VIEW}) "
            f"TO {quoted(str(folder / 'figures.csv'))} (HEADER, DELIMITER ',')"
        )
    (folder / "columns.json").write_text(json.dumps(described, ensure_ascii=False, indent=1), encoding="utf-8")
    (folder / "mapping.ttl").write_text("\n".join(_rml(described)) + "\n", encoding="utf-8")


def _whole(mapping: GraphMapping, pieces: Any, as_: str = "iri") -> str:
    prefix, rest = sql.resource(mapping, pieces, as_)
    return f"concat({quoted(prefix)}, {rest})"


def _cell(mapping: GraphMapping, triple: Triple) -> str:
    made = _whole(mapping, triple.object, triple.as_) if triple.as_ in ("iri", "curie") else sql.text(triple)
    return f"CASE WHEN {sql.condition(triple)} THEN {made} END"


def _described(mapping: GraphMapping, triple: Triple, column: str) -> dict[str, str]:
    """What a column is: its property, and what its cells are; the value itself where it never varies."""
    found = {"property": mapping.expand(triple.predicate)}
    if triple.as_.startswith("@"):
        found["language"] = triple.as_[1:]
    elif triple.as_ not in ("iri", "curie"):
        found["datatype"] = "" if triple.as_ == "xsd:string" else mapping.expand(triple.as_)
    if triple.as_ == "curie" and not triple.when and not any(piece.is_column for piece in triple.object):
        found["value"] = mapping.expand(triple.object[0].text)
    else:
        found["column"] = column
    return found


def _rml(described: list[dict[str, str]]) -> Iterator[str]:
    yield "@prefix rr: <http://www.w3.org/ns/r2rml#> ."
    yield "@prefix rml: <http://semweb.mmlab.be/ns/rml#> ."
    yield "@prefix ql: <http://semweb.mmlab.be/ns/ql#> ."
    yield "<#figures> a rr:TriplesMap ;"
    yield '  rml:logicalSource [ rml:source "figures.csv" ; rml:referenceFormulation ql:CSV ] ;'
    yield '  rr:subjectMap [ rml:reference "subject" ; rr:termType rr:IRI ]'
    for column in described:
        if "value" in column:
            made = f"rr:constant <{column['value']}>"
        elif "language" in column:
            made = f'rml:reference "{column["column"]}" ; rr:language "{column["language"]}"'
        elif column.get("datatype"):
            made = f'rml:reference "{column["column"]}" ; rr:datatype <{column["datatype"]}>'
        else:
            kind = "Literal" if "datatype" in column else "IRI"
            made = f'rml:reference "{column["column"]}" ; rr:termType rr:{kind}'
        yield f"  ; rr:predicateObjectMap [ rr:predicate <{column['property']}> ; rr:objectMap [ {made} ] ]"
    yield "."


def main() -> None:
    """Flatten the figures of a package into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    flatten(open_package(given.package), given.folder)


if __name__ == "__main__":
    main()
