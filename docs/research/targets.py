"""绩效目标是否可以衡量 · What do departments promise to achieve, and can it be measured.

`python docs/research/targets.py [FOLDER]`.
"""

import sys

from chart import draw

import yusuan

data = yusuan.open()
indicators = data.table("indicators")
levels = data.table("indicator_levels").set_index("id")["name"]
indicators["level"] = indicators["level2_standard"].map(levels).fillna("（非标准）")
indicators["has number"] = indicators["value"].notna()
indicators["has operator"] = indicators["operator"] != ""

measured = indicators.groupby("level").agg(
    indicators=("id", "size"), numbers=("has number", "sum"), operators=("has operator", "sum")
)
measured["numbers %"] = (100 * measured["numbers"] / measured["indicators"]).round(0)
print("各级次指标及其可量化程度 · indicators by level, and how many are numbers\n")
print(measured.sort_values("indicators", ascending=False).to_string())

percent = indicators[indicators["unit"] == "百分比"]
print("\n百分比目标的分布 · targets in percent\n")
print(percent.groupby(["operator", "value"]).size().rename("indicators").to_string())

projects = indicators[indicators["project"] != ""].groupby("project").size().describe()
print(f"\n每个项目平均 {projects['mean']:.1f} 个指标 · indicators a project, on average")

chart = {
    "title": "绩效指标：有数值与无数值 · indicators with and without a number",
    "mark": "bar",
    "encoding": {
        "y": {"field": "level", "type": "nominal", "title": None, "sort": "-x"},
        "x": {"aggregate": "count", "type": "quantitative", "title": "指标数 · indicators"},
        "color": {"field": "has number", "type": "nominal", "title": "有数值 · number"},
    },
}
draw(chart, indicators[["level", "has number"]], "targets", sys.argv[1:])
