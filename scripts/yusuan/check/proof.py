"""A Table Schema compiled to SQL that proves rows valid.

The SQL only has to be right when it says that a row is valid: a row it does not prove is a suspect, and Frictionless
itself is asked about it. So every condition is the narrow one. A schema that uses what is not written here has no
proof, and Frictionless checks its resource whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from yusuan.engine import PLAIN, quoted
from yusuan.package import Package, Resource

_SCHEMA_KEYS = {
    "$schema", "title", "description", "extraFields", "fields", "primaryKey", "foreignKeys", "missingValues",
}  # fmt: skip
_TOLD = ("title", "description", "rdfType", "columnType")
_FIELD_KEYS = {"name", "type", "constraints", *_TOLD}
"""What a schema may say; `columnType` and `extraFields`, the Fiscal Data Package's, hold cells to nothing."""

_NAME = re.compile(r"[a-z0-9_.-]+")

RESERVED = "yusuan:"
"""Columns whose names begin so are our own."""

_ONE_SPELLING = {
    "number": "0|-?(0[.][0-9]*[1-9]|[1-9][0-9]{0,30}([.][0-9]*[1-9])?)",
    "integer": "0|-?[1-9][0-9]{0,30}",
    "year": "[1-9][0-9]{3}",
    "date": PLAIN["date"],
}
"""Spellings in which equal values have equal texts, as keys of these types need."""

_SHORT = {"number": "-?[0-9]{1,18}([.][0-9]{1,10})?", "integer": "-?[0-9]{1,18}"}
"""Numbers that fit the type they are compared in exactly; longer ones are suspects."""

_COMPARED = {"number": "DECIMAL(38,10)", "integer": "BIGINT", "year": "BIGINT", "date": "DATE"}

_CONSTRAINTS = {
    "string": {"required", "unique", "pattern", "enum", "minLength", "maxLength"},
    **{kind: {"required", "unique", "enum", "minimum", "maximum"} for kind in PLAIN},
}

_SAFE_PATTERN = re.compile(
    r"(?:[^\\.\[\](){}?*+|^$]|\\[.\[\](){}?*+|^$\\/-]|\[\^?(?:[^\\\[\]^]|\\[.\[\](){}?*+|^$\\/-])+\]"
    r"|\((?!\?)|\)|[|^$]|[?*+](?![?*+{])|\{[0-9]{1,2}(?:,(?:[0-9]{1,3})?)?\}(?![?*+{]))*"
)
"""Patterns that mean the same to Python and to RE2: no dot, no class by letter, no lookaround, no lazy quantifier."""


@dataclass(frozen=True)
class Key:
    """Fields whose values together occur once; `primary` also must not be all empty."""

    fields: tuple[str, ...]
    primary: bool


@dataclass(frozen=True)
class Reference:
    """Fields whose values together occur in fields of a resource."""

    fields: tuple[str, ...]
    resource: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What proves a resource, as SQL over its cells as text with empty cells null.

    `suspect` is true of every row whose types or constraints may be broken, `odd` of every row with a key whose text
    does not stand for its value. `cells` gives the SQL of a field's value: null where it is missing.
    """

    suspect: str
    odd: str
    keys: tuple[Key, ...]
    references: tuple[Reference, ...]
    cells: Mapping[str, str]

    def together(self, fields: tuple[str, ...]) -> str:
        """SQL of the values of some fields as one text, null where all are missing; no two tuples have one text."""
        if len(fields) == 1:
            return self.cells[fields[0]]
        parts = []
        for name in fields:
            cell = self.cells[name]
            parts.append(f"CASE WHEN {cell} IS NULL THEN '-' ELSE concat(length({cell}), ':', {cell}) END")
        return f"CASE WHEN {self.missing(fields)} THEN NULL ELSE concat({', '.join(parts)}) END"

    def missing(self, fields: tuple[str, ...]) -> str:
        """SQL that is true where all these fields are missing."""
        return f"coalesce({', '.join(self.cells[name] for name in fields)}) IS NULL"


class _NoProofError(Exception):
    """The schema says something that is not compiled here."""


def prove(package: Package, resource: Resource) -> Proof | None:
    """The proof of a resource, or None where its schema says what SQL is not trusted with."""
    try:
        return _prove(package, resource)
    except _NoProofError:
        return None


def _need(condition: object) -> None:
    if not condition:
        raise _NoProofError


def _prove(package: Package, resource: Resource) -> Proof:
    schema = resource.schema
    fields: list[dict[str, Any]] = schema.get("fields") or []
    _need(_NAME.fullmatch(resource.name) and set(schema) <= _SCHEMA_KEYS and isinstance(fields, list) and fields)
    missing = schema.get("missingValues", [""])
    _need(isinstance(missing, list) and all(isinstance(value, str) for value in missing))
    _need(all(isinstance(field, dict) for field in fields))
    types: dict[str, str] = {field.get("name", ""): field.get("type", "") for field in fields}
    _need(len(types) == len(fields) and all(isinstance(name, str) and name for name in types))
    _need(not any(name.startswith(RESERVED) for name in types))
    cells = {name: _cell(name, missing) for name in types}
    suspect = [condition for field in fields for condition in _field(field, cells[field["name"]])]
    required = any(field.get("constraints", {}).get("required") for field in fields)
    if not required:
        suspect.append(f"coalesce({', '.join(cells.values())}) IS NULL")
    keys = tuple(_keys(schema, fields))
    references = tuple(_references(package, resource))
    odd = []
    for name in dict.fromkeys(name for key in keys for name in key.fields):
        _need(name in types)
        if types[name] != "string":
            odd.append(f"NOT regexp_full_match({cells[name]}, {quoted(_ONE_SPELLING[types[name]])})")
            odd.extend(_no_date(cells[name]) if types[name] == "date" else ())
    return Proof(" OR ".join(suspect), " OR ".join(odd) or "false", keys, references, cells)


def _cell(name: str, missing: list[str]) -> str:
    column = '"' + name.replace('"', '""') + '"'
    value = column if "" in missing else f"coalesce({column}, '')"
    for text in missing:
        if text:
            value = f"nullif({value}, {quoted(text)})"
    return value


def _field(field: Mapping[str, Any], cell: str) -> Iterator[str]:
    """Conditions under which a cell may be wrong; null, so not true, of a missing one."""
    kind: str = field.get("type", "")
    constraints = field.get("constraints", {})
    _need(set(field) <= _FIELD_KEYS and kind in _CONSTRAINTS and isinstance(constraints, dict))
    _need(all(isinstance(field.get(name, ""), str) for name in _TOLD))
    _need(set(constraints) <= _CONSTRAINTS[kind])
    _need(all(isinstance(constraints.get(name, False), bool) for name in ("required", "unique")))
    if constraints.get("required"):
        yield f"{cell} IS NULL"
    bounded = {"minimum", "maximum"} & set(constraints)
    if kind != "string":
        pattern = _SHORT.get(kind, PLAIN[kind]) if bounded else PLAIN[kind]
        yield f"NOT regexp_full_match({cell}, {quoted(pattern)})"
        if kind == "integer" and not bounded:
            yield f"strlen({cell}) > 1000"
    if kind == "date":
        yield from _no_date(cell)
    for name, sign in (("minimum", "<"), ("maximum", ">")):
        if name in constraints:
            value = f"TRY_CAST({cell} AS {_COMPARED[kind]})"
            yield f"{value} {sign} {_bound(kind, constraints[name])}"
    yield from _text(constraints, cell, kind)


def _no_date(cell: str) -> Iterator[str]:
    """Conditions under which what is spelt as a date is none."""
    yield f"TRY_CAST({cell} AS DATE) IS NULL AND {cell} IS NOT NULL"
    yield f"starts_with({cell}, '0000')"


def _text(constraints: Mapping[str, Any], cell: str, kind: str) -> Iterator[str]:
    if "pattern" in constraints:
        pattern = constraints["pattern"]
        _need(isinstance(pattern, str) and _SAFE_PATTERN.fullmatch(pattern))
        try:
            re.compile(pattern)
        except re.error:
            raise _NoProofError from None
        yield f"NOT regexp_full_match({cell}, {quoted(pattern)})"
    if "enum" in constraints:
        values = constraints["enum"]
        whole = kind in ("integer", "year")
        _need(isinstance(values, list) and values)
        _need(all(type(value) is (int if whole else str) for value in values) and kind in ("string", "integer", "year"))
        yield f"{cell} NOT IN ({', '.join(quoted(str(value)) for value in values)})"
    for name, sign in (("minLength", "<"), ("maxLength", ">")):
        if name in constraints:
            _need(type(constraints[name]) is int and 0 <= constraints[name] < 2**31)
            yield f"length({cell}) {sign} {constraints[name]}"


def _bound(kind: str, bound: object) -> str:
    """A minimum or maximum as a literal of the type it is compared in."""
    if kind == "date":
        _need(isinstance(bound, str) and re.fullmatch(PLAIN["date"], bound))
        return f"DATE {quoted(str(bound))}"
    _need(type(bound) is int or (type(bound) is float and kind == "number"))
    text = str(bound)
    _need(re.fullmatch(_SHORT["number" if kind == "number" else "integer"], text))
    try:
        _need(kind != "year" or 0 <= Decimal(text) <= 9999)
    except InvalidOperation:
        raise _NoProofError from None
    return f"CAST({quoted(text)} AS {_COMPARED[kind]})"


def _names(value: object) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    _need(isinstance(names, list | tuple) and names and all(isinstance(name, str) and name for name in names))
    return tuple(names)  # type: ignore[arg-type]


def _keys(schema: Mapping[str, Any], fields: list[dict[str, Any]]) -> Iterator[Key]:
    for field in fields:
        if field.get("constraints", {}).get("unique"):
            yield Key((field["name"],), primary=False)
    if "primaryKey" in schema:
        yield Key(_names(schema["primaryKey"]), primary=True)


def _references(package: Package, resource: Resource) -> Iterator[Reference]:
    foreign = resource.schema.get("foreignKeys", [])
    _need(isinstance(foreign, list))
    for key in foreign:
        _need(isinstance(key, dict) and set(key) == {"fields", "reference"} and isinstance(key["reference"], dict))
        _need(set(key["reference"]) == {"resource", "fields"} and isinstance(key["reference"]["resource"], str))
        name = key["reference"]["resource"] or resource.name
        _need(name in package.resources)
        reference = Reference(_names(key["fields"]), name, _names(key["reference"]["fields"]))
        own = {field["name"]: field["type"] for field in resource.schema["fields"]}
        other = {f.get("name"): f.get("type") for f in package.resources[name].schema.get("fields", [])}
        _need(set(reference.fields) <= set(own) and len(reference.fields) == len(reference.referenced))
        pairs = zip(reference.fields, reference.referenced, strict=True)
        _need(all(own[a] == other.get(b) == "string" for a, b in pairs))
        yield reference
