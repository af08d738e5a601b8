"""“三公”经费的变化与构成 · How has 三公 spending moved over the years, and what is it spent on.

Budgets only, so that years compare: `python docs/research/three_public.py [FOLDER]`.
"""

import sys

from chart import draw

import yusuan

data = yusuan.open()
items = data.ask("three-public-by-item")
items = items[(items["phase_en"] == "approved") & ~items["item_en"].isin(["meetings", "training"])]

by_year = items.pivot_table(index="agency", columns="year", values="amount", aggfunc="sum")
print("“三公”经费预算（元） · 三公 budgets, yuan\n")
print(by_year.to_string(na_rep="", float_format="{:,.0f}".format))

several = by_year[by_year.notna().sum(axis="columns") > 1]
first, last = several.bfill(axis="columns").iloc[:, 0], several.ffill(axis="columns").iloc[:, -1]
change = (100 * (last / first - 1)).round(1).sort_values()
print("\n首末两年相比（%） · last year against the first, percent\n")
print(change.to_string())

shares = items.groupby("item")["amount"].sum().sort_values(ascending=False)
print("\n各项占比（%） · share of each item, percent\n")
print((100 * shares / shares.sum()).round(1).to_string())

chart = {
    "title": "“三公”经费预算（万元） · 三公 budgets, ten thousand yuan",
    "transform": [{"calculate": "datum.amount / 10000", "as": "wan"}],
    "width": 420,
    "mark": {"type": "line", "point": True},
    "encoding": {
        "x": {
            "field": "year",
            "type": "quantitative",
            "title": None,
            "axis": {"format": "d"},
            "scale": {"zero": False},
        },
        "y": {"aggregate": "sum", "field": "wan", "type": "quantitative", "title": "万元"},
        "color": {"field": "agency", "type": "nominal", "title": None},
    },
}
kept = items[items["agency"].isin(several.index)]
draw(chart, kept[["agency", "year", "amount"]], "three_public", sys.argv[1:])
