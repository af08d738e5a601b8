"""A comparison as RDF: one change set (purl.org/vocab/changeset) a change, what was said and what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from yusuan.diff.compare import Comparison
from yusuan.diff.kinds import Change
from yusuan.errors import PackageError
from yusuan.package import read_csv

MAPPING = ("ontology", "changes.csv")
"""Resource and column of a change → the thing it is said of, the property, and how a value is written."""

Text = Callable[[str], str]


def rdf_lines(comparison: Comparison, encode: Text, escape: Text) -> Iterator[str]:
    """Lines of N-Triples with their line ends. `encode` makes a part of an IRI of a text, `escape` one of a literal.

    A change of a thing that has no page of its own is told of the package.
    """
    package = comparison.new.package
    prefixes = {row["prefix"]: row["iri"] for row in read_csv(package.file("ontology", "prefixes.csv"))}
    rows = read_csv(package.file(*MAPPING))
    subjects = {row["resource"]: row["subject"] for row in rows}
    properties = {(row["resource"], row["column"]): (row["predicate"], row["as"]) for row in rows}

    def name(curie: str) -> str:
        prefix, _, local = curie.partition(":")
        if prefix not in prefixes:
            raise PackageError(f"unknown prefix in {curie!r}", "/".join(MAPPING))
        return f"<{prefixes[prefix]}{local}>"

    def value(text: str, as_: str) -> str:
        if as_ == "xsd:decimal" and "." not in text:
            text += ".0"
        quoted = f'"{escape(text)}"'
        return f"{quoted}{as_}" if as_.startswith("@") else f"{quoted}^^{name(as_)}" if as_ else quoted

    def statement(node: str, about: str, predicate: str, text: str, as_: str) -> Iterator[str]:
        yield f"{node} {name('rdf:type')} {name('rdf:Statement')} .\n"
        yield f"{node} {name('rdf:subject')} {about} .\n"
        yield f"{node} {name('rdf:predicate')} {name(predicate)} .\n"
        yield f"{node} {name('rdf:object')} {value(text, as_)} .\n"

    def lines(change: Change) -> Iterator[str]:
        node = (
            "_:c"
            + sha256("\0".join((change.kind, change.resource, change.row_key, change.column)).encode()).hexdigest()
        )
        path = subjects.get(change.resource)
        if path and change.row_key.startswith(f"{change.filing}#"):
            path = "filing/{row_key}"  # a fragment of its filing's page
        thing = path.replace("{row_key}", encode(change.row_key)) if path else ""
        about = f"<{package.base}{thing}>"
        yield f"{node} {name('rdf:type')} {name('cs:ChangeSet')} .\n"
        yield f"{node} {name('cs:subjectOfChange')} {about} .\n"
        yield f'{node} {name("dcterms:type")} "{escape(change.kind)}" .\n'
        yield f"{node} {name('cs:changeReason')} {value(change.message, '@zh-Hans')} .\n"
        yield f"{node} {name('cs:changeReason')} {value(change.message_en, '@en')} .\n"
        if change.filing:
            yield f"{node} {name('ys:filing')} <{package.base}filing/{encode(change.filing)}> .\n"
        predicate, as_ = properties.get((change.resource, change.column), ("", ""))
        for side, text in (("removal", change.old), ("addition", change.new)):
            if predicate and text:
                yield f"{node} {name(f'cs:{side}')} {node}{side[0]} .\n"
                yield from statement(f"{node}{side[0]}", about, predicate, text, as_)

    for change in comparison.all_changes():
        yield from lines(change)
