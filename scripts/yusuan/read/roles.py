"""What part a figure of the prose plays among those of its form: that of the printed amount it repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from yusuan.package import Row
from yusuan.read.forms import Forms

_SAID = ("function", "economic", "nature", "item", "project", "fund")
_STRICT = ("function", "economic", "nature", "item")


def assign_roles(statements: Sequence[Row], items: Sequence[Row], forms: Forms) -> None:
    """Set the role of every statement of a filing that speaks of a form, from the line items of the filing."""
    by_form: dict[str, list[Row]] = defaultdict(list)
    for item in items:
        by_form[item["form"]].append(item)
    for row in statements:
        row["role"] = _role(row, by_form[row["form"]], forms) if row["form"] and not row["subject"] else ""


def _role(row: Row, items: Sequence[Row], forms: Forms) -> str:
    form = forms.by_id.get(row["form"])
    defaults = dict(form.defaults) if form else {}
    said = {name: row[name] for name in _SAID if row[name] and defaults.get(name) != row[name]}
    roles = [item["role"] for item in items if item["year"] == row["year"] and _same(item, row, said, defaults)]
    if roles:
        return "total" if not said and "total" in roles else roles[0]
    return "item" if len(said.get("function", "")) == 7 else "subtotal" if said else "total"


def _same(item: Row, row: Row, said: dict[str, str], defaults: dict[str, str]) -> bool:
    """Whether a line item has the coordinates a statement says, and the form's own where it says none."""
    if any(item[name] != value for name, value in said.items()):
        return False
    if any(name not in said and item[name] != defaults.get(name, "") for name in _STRICT):
        return False
    return not row["direction"] or item["direction"] in {row["direction"], ""}
