"""A comparison as JSON, written piece by piece so that millions of changes need no memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from yusuan.diff.compare import Comparison


def json_pieces(comparison: Comparison) -> Iterator[str]:
    """The text of one JSON object: the sides, counts by kind and by resource, and every change."""
    head = {
        "old": {"name": comparison.old.name, "version": comparison.old.version},
        "new": {"name": comparison.new.name, "version": comparison.new.version},
        "same": comparison.same,
        "kinds": {code: count for code, count in comparison.told.items() if count},
        "shape": [english for _, english in comparison.shape],
        "rows": [
            {**asdict(count), "columns": dict(count.columns)}
            for count in comparison.counts
            if count.added or count.removed or count.changed
        ],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "changes": ['
    mark = "\n  "
    for change in comparison.all_changes():
        yield mark + json.dumps(asdict(change), ensure_ascii=False)
        mark = ",\n  "
    yield "\n ]\n}\n"
