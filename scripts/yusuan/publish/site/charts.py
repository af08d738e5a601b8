"""Charts as Vega-Lite specifications, with the rows they draw inside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Spec = dict[str, Any]

_BAR: Spec = {"type": "bar", "cornerRadiusEnd": 2}


def bars(rows: Sequence[Mapping[str, object]], category: str, value: str, unit: str, group: str = "") -> Spec:
    """Horizontal bars, one a category in the order of the rows; side by side and coloured by a `group`."""
    encoding = _horizontal(rows, category, value, unit)
    encoding["tooltip"] = [{"field": name} for name in ([category, group, value] if group else [category, value])]
    if group:
        encoding["yOffset"] = {"field": group, "sort": None}
        encoding["color"] = _colour(group, rows)
    return _spec(rows, _BAR, encoding, {"height": {"step": 14 if group else 24}})


def marked(rows: Sequence[Mapping[str, object]], category: str, value: str, unit: str, group: str) -> Spec:
    """Horizontal bars, one a row, coloured by a group that their names tell already."""
    encoding = _horizontal(rows, category, value, unit)
    encoding["tooltip"] = [{"field": category}, {"field": value}]
    encoding["color"] = _colour(group, rows) | {"legend": None}
    return _spec(rows, _BAR, encoding, {"height": {"step": 18}})


def _horizontal(rows: Sequence[Mapping[str, object]], category: str, value: str, unit: str) -> Spec:
    order = list(dict.fromkeys(str(row[category]) for row in rows))
    return {
        "y": {"field": category, "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 300}},
        "x": {"field": value, "type": "quantitative", "title": unit, "axis": {"tickCount": 5}},
    }


def stacked(rows: Sequence[Mapping[str, object]], across: str, value: str, part: str, unit: str) -> Spec:
    """Upright bars of parts on top of each other, over years or filings in the order of the rows."""
    order = list(dict.fromkeys(str(row[across]) for row in rows))
    encoding: Spec = {
        "x": {
            "field": across,
            "type": "nominal",
            "sort": order,
            "title": None,
            "axis": {"labelAngle": 0},
            "scale": {"paddingInner": 0.45, "paddingOuter": 0.25},
        },
        "y": {"field": value, "type": "quantitative", "title": unit, "stack": "zero"},
        "color": _colour(part, rows),
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": [{"field": name} for name in (across, part, value)],
    }
    return _spec(rows, {"type": "bar"}, encoding, {"height": 300})


def shares(rows: Sequence[Mapping[str, object]], category: str, value: str, part: str, unit: str) -> Spec:
    """Horizontal bars of equal length divided by shares."""
    order = list(dict.fromkeys(str(row[category]) for row in rows))
    encoding: Spec = {
        "y": {"field": category, "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 220}},
        "x": {"field": value, "type": "quantitative", "stack": "normalize", "title": None, "axis": {"format": ".0%"}},
        "color": _colour(part, rows),
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": [{"field": category}, {"field": part}, {"field": value, "title": unit}],
    }
    return _spec(rows, {"type": "bar"}, encoding, {"height": {"step": 24}})


def _colour(field: str, rows: Sequence[Mapping[str, object]]) -> Spec:
    domain = list(dict.fromkeys(str(row[field]) for row in rows))
    legend = {"title": None, "orient": "top", "columns": 4, "labelLimit": 220}
    return {"field": field, "type": "nominal", "scale": {"domain": domain}, "legend": legend}


def _spec(rows: Sequence[Mapping[str, object]], mark: Spec, encoding: Spec, size: Spec) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        **size,
        "data": {"values": list(rows)},
        "mark": mark,
        "encoding": encoding,
    }
