"""Amounts of concepts over filings, as a table and as rows of a chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Line:
    """A concept with one amount a column, None where a filing has none."""

    key: str
    amounts: tuple[Decimal | None, ...]

    @property
    def total(self) -> Decimal:
        """The sum over the columns, for sorting."""
        return sum((amount for amount in self.amounts if amount is not None), Decimal(0))


@dataclass(frozen=True)
class Pivot:
    """Concepts down, filings across."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def totals(self) -> tuple[Decimal | None, ...]:
        """The sum of each column; None for an empty one."""
        found = []
        for index in range(len(self.columns)):
            amounts = [line.amounts[index] for line in self.lines]
            known = [amount for amount in amounts if amount is not None]
            found.append(sum(known, Decimal(0)) if known else None)
        return tuple(found)

    def __bool__(self) -> bool:
        return bool(self.lines)


def pivot(rows: Iterable[Mapping[str, Any]], key: str, columns: Sequence[str], column: str = "filing") -> Pivot:
    """Rows with an `amount` as a pivot; columns without any amount are left out, concepts come largest first."""
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in rows:
        cell = found[str(row[key])]
        cell[row[column]] = cell.get(row[column], Decimal(0)) + row["amount"]
    used = tuple(name for name in columns if any(name in cells for cells in found.values()))
    lines = [Line(name, tuple(cells.get(column) for column in used)) for name, cells in found.items()]
    return Pivot(used, tuple(sorted(lines, key=lambda line: (-line.total, line.key))))
