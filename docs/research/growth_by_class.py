"""各部门各类支出的增长 · Which functions of government grew, agency by agency.

Prints the growth of general public budget expenditure by 类 where a department has filed two years running, and draws
it: `python docs/research/growth_by_class.py [FOLDER]` (the folder for `growth_by_class.svg`; none, no picture).
"""

import sys

from chart import draw

import yusuan

data = yusuan.open()
growth = data.ask("growth-by-class").dropna(subset="growth")
growth["function"] = growth["class"] + " " + growth["name"]

table = growth.pivot_table(index=["agency", "year"], columns="function", values="growth")
print("比上年增长（%） · growth on the year before, percent\n")
print(table.round(1).to_string(na_rep=""))

total = growth.groupby(["agency", "year"])[["before", "amount"]].sum()
total["growth"] = (100 * (total["amount"] / total["before"] - 1)).round(1)
print("\n各类合计（元） · all of these classes together, yuan\n")
print(total.sort_values("growth", ascending=False).to_string())

chart = {
    "title": "一般公共预算支出比上年增长（%） · growth of general public budget expenditure",
    "mark": "rect",
    "encoding": {
        "x": {"field": "function", "type": "nominal", "title": None, "axis": {"labelAngle": -40}},
        "y": {"field": "filing", "type": "nominal", "title": None},
        "color": {
            "field": "growth",
            "type": "quantitative",
            "title": "%",
            "scale": {"scheme": "blueorange", "domainMid": 0, "domain": [-60, 60], "clamp": True},
        },
    },
}
growth["filing"] = growth["agency"] + " " + growth["year"].astype(str)
draw(chart, growth[["filing", "function", "growth"]], "growth_by_class", sys.argv[1:])
