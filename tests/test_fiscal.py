"""ColumnTypes of the Fiscal Data Package: those of the shipped schemas fit, and each way not to fit is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.fiscal import faults
from yusuan.package import Package

CODED = (
    "functional-classification:generic", "functional-classification:cofog", "economic-classification:generic",
    "administrative-classification:generic", "activity:generic:program", "fin-source:generic", "expenditure-type",
    "value-kind",
)  # fmt: skip
CODE: dict[str, Any] = {"dataType": "string", "unique": True}
TAXONOMY: dict[str, dict[str, Any]] = {
    **{f"{name}:code": CODE for name in CODED},
    **{f"{name}:label": {"dataType": "string", "labelOf": f"{name}:code"} for name in CODED},
    "geo-source:generic:code": CODE,
    "geo-source:generic:title": {"dataType": "string", "labelOf": "geo-source:generic:code"},
    "phase:id": CODE,
    "phase:label": {"dataType": "string", "labelOf": "phase:id"},
    "direction": CODE,
    "budget-line-id": CODE,
    "value": {"dataType": "number"},
    "value-currency:code": CODE,
    "date:fiscal-year": {"dataType": "integer", "unique": True},
    "date:fiscal:activity-start": {"dataType": "date", "unique": True},
    "date:fiscal:activity-end": {"dataType": "date", "unique": True},
}
"""What the standard taxonomy of budgets says of its types that the columns here are of, or of one below."""


def test_every_column_of_the_shipped_schemas_fits(shipped: Package) -> None:
    assert faults(shipped, TAXONOMY) == []


def test_columns_of_resources_that_may_be_left_out_have_types_too(shipped: Package) -> None:
    for path in shipped.file("schemas", "tables").glob("*.json"):
        for field in json.loads(path.read_text(encoding="utf-8"))["fields"]:
            assert field.get("columnType"), (path.stem, field["name"])


Schema = dict[str, Any]


def _field(schema: Schema, name: str) -> dict[str, Any]:
    return next(field for field in schema["fields"] if field["name"] == name)


@pytest.mark.parametrize(
    ("resource", "column", "type_", "said"),
    [
        ("line_items", "fund", None, "line_items: fund has no columnType"),
        ("line_items", "label", "tekst:label", "tekst:label is neither in the taxonomy nor defined here"),
        ("line_items", "year", "date:fiscal-year", "year is year, but date:fiscal-year wants integer"),
        ("line_items", "heading", "text:label", "another column is of text:label too"),
        ("line_items", "table_id", "filing:code:table", "table_id is of filing:code:table, but refers to tables.id"),
        ("statements", "label", "table:label", "label is a label of table:code, which no column is of"),
        ("tables", "id", "text:id", "id is the key, but its ColumnType is not unique"),
    ],
)
def test_a_type_that_does_not_fit_is_found(
    resource: str, column: str, type_: str | None, said: str, small: Package, copy_of: Callable[[Package], Package]
) -> None:
    package = copy_of(small)
    path = next(package.root / r["schema"] for r in package.descriptor["resources"] if r["name"] == resource)
    schema = json.loads(path.read_text(encoding="utf-8"))
    field = _field(schema, column)
    field.pop("columnType")
    if type_ is not None:
        field["columnType"] = type_
    path.write_text(json.dumps(schema), encoding="utf-8")
    found = faults(Package(package.root), TAXONOMY)
    assert [fault for fault in found if said in fault], found


def test_definitions_that_nobody_needs_are_found(small: Package, copy_of: Callable[[Package], Package]) -> None:
    package = copy_of(small)
    path: Path = package.root / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["columnTypes"] += [{"name": "colour", "dataType": "string"}, {"name": "value", "dataType": "string"}]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    found = faults(Package(package.root), TAXONOMY)
    assert "columnTypes: no column is of colour" in found
    assert "columnTypes: value is in the taxonomy already" in found


def test_an_amount_says_its_currency(shipped: Package) -> None:
    for name in ("line_items", "statements", "project_years"):
        (currency,) = shipped.resource(name).schema["extraFields"]
        assert (currency["columnType"], currency["constant"]) == ("value-currency:code", "CNY")
