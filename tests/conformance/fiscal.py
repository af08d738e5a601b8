"""Fiscal Data Package 1.0: the ColumnType of each column, held against a taxonomy and against the columns beside it.

A type that is not known has the properties of those its name begins with, the longest first; one of ours that refers
to a row in a part of its own (the code above, the whole of a sum) begins with `reference`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.conformance.case import Case, Row
from tests.conformance.judges import os_types
from yusuan.package import Package, Resource

Types = Mapping[str, Mapping[str, Any]]
"""Properties (dataType, unique, labelOf, prior) by ColumnType."""

REFERENCE = "reference"


def fiscal(case: Case) -> Iterator[Row]:
    """Fiscal Data Package: the ColumnType of every column, against the taxonomy of os-types and by os-types."""
    figures = case.package.resource("line_items")
    known, _ = os_types(case.tools / "os-types", [])
    named = [{"name": column["name"], "type": str(column["columnType"])} for column in columns(figures)]
    typed = [{**column, "type": column["type"] if column["type"] in known else ""} for column in named]
    _, model = os_types(case.tools / "os-types", typed)
    names = {"labelfor": "labelOf", "uniqueIdentifier": "unique", "parent": "prior"}
    taxonomy = {
        name: {names.get(key, key): value for key, value in properties.items()} for name, properties in known.items()
    }
    count = sum(len(columns(resource)) for resource in case.package.resources.values())
    yield "Fiscal Data Package: every column has a ColumnType that fits", str(count), faults(case.package, taxonomy)
    standard = {column["name"] for column in typed if column["type"]}
    yield "os-types makes a fiscal model of the figures", str(len(standard)), _not_modelled(model, standard)


def _not_modelled(model: dict[str, Any], standard: set[str]) -> list[str]:
    """Errors of a model of os-types, and columns of standard types that it does not hold."""
    if "errors" in model:
        return [str(model["errors"])]
    parts = [part["attributes"] for part in model["model"]["dimensions"].values()] + [model["model"]["measures"]]
    held = {attribute["source"] for part in parts for attribute in part.values()}
    return [f"{name} is not in the model" for name in sorted(standard ^ held)]


def faults(package: Package, taxonomy: Types) -> list[str]:
    """What is wrong with the ColumnTypes of a package, each with its resource and column."""
    own = {item["name"]: item for entry in package.descriptor.get("columnTypes", []) for item in _definitions(entry)}
    known = {**taxonomy, **own}
    wrong = [f"columnTypes: {name} is in the taxonomy already" for name in sorted(set(own) & set(taxonomy))]
    used: set[str] = set()
    for resource in package.resources.values():
        wrong += [f"{resource.name}: {fault}" for fault in _faults(package, resource, known)]
        used |= {str(column.get("columnType")) for column in columns(resource)}
    needed = used | {str(types.get("labelOf")) for name, types in own.items() if _names(name, used)}
    wrong += [f"columnTypes: no column is of {name}" for name in sorted(own) if not _names(name, needed)]
    return wrong


def columns(resource: Resource) -> list[Mapping[str, Any]]:
    """Fields of a resource's schema, and those that its rows share without printing them."""
    return [*resource.schema["fields"], *resource.schema.get("extraFields", [])]


def properties(name: str, known: Types) -> dict[str, Any]:
    """Properties of a type: its own, else of those that its name begins with; empty where none is known."""
    found: dict[str, Any] = {}
    parts = name.split(":")
    for end in range(1, len(parts) + 1):
        found |= known.get(":".join(parts[:end]), {})
    return found


def _definitions(entry: object) -> Iterator[dict[str, Any]]:
    """The definitions of an entry of `columnTypes`: one, a list of them, or an address that is not followed."""
    if isinstance(entry, dict):
        yield entry
    elif isinstance(entry, list):
        yield from entry


def _names(prefix: str, names: set[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ":") for name in names)


def _faults(package: Package, resource: Resource, known: Types) -> Iterator[str]:
    types: dict[str, str] = {}
    for column in columns(resource):
        name, type_ = column["name"], column.get("columnType")
        if not isinstance(type_, str):
            yield f"{name} has no columnType"
            continue
        found = properties(type_, known)
        if not found:
            yield f"{name}: {type_} is neither in the taxonomy nor defined here"
        elif found.get("dataType", column["type"]) != column["type"]:
            yield f"{name} is {column['type']}, but {type_} wants {found['dataType']}"
        if type_ in types.values():
            yield f"{name}: another column is of {type_} too"
        types[name] = type_
    yield from _unlabelled(types, known)
    yield from _astray(package, resource, types)
    if len(resource.key) == 1 and not properties(types.get(resource.key[0], ""), known).get("unique"):
        yield f"{resource.key[0]} is the key, but its ColumnType is not unique"


def _unlabelled(types: Mapping[str, str], known: Types) -> Iterator[str]:
    for name, type_ in types.items():
        code = properties(type_, known).get("labelOf")
        if code and code not in types.values():
            yield f"{name} is a label of {code}, which no column is of"


def _astray(package: Package, resource: Resource, types: Mapping[str, str]) -> Iterator[str]:
    """Columns that refer to a key of another type."""
    for key in resource.schema.get("foreignKeys", []):
        target = package.resource(key["reference"]["resource"] or resource.name)
        wanted = {column["name"]: column.get("columnType", "") for column in columns(target)}
        for name, end in zip(key["fields"], key["reference"]["fields"], strict=True):
            here = types.get(name, "")
            if here.partition(":")[0] != REFERENCE and not _names(wanted[end], {here}):
                yield f"{name} is of {here}, but refers to {target.name}.{end} of {wanted[end]}"
