"""A Vega-Lite chart of a DataFrame as SVG, drawn by vl-convert without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"


def draw(chart: dict[str, Any], data: pd.DataFrame, name: str, folders: Sequence[str]) -> None:
    """Draw a chart of the data into `<folder>/<name>.svg`; without a folder, nothing."""
    for folder in folders:
        import vl_convert

        values = json.loads(data.to_json(orient="records", force_ascii=False))
        limits = {"axis": {"labelLimit": 320}, "legend": {"labelLimit": 320}}
        look = {"config": {"font": FONT, "view": {"step": 22}, **limits}, "data": {"values": values}}
        path = Path(folder) / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(vl_convert.vegalite_to_svg({**chart, **look}), encoding="utf-8")
        print(f"\n{path}")
