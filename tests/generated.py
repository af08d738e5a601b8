"""Disclosures made up by hypothesis: web pages with tables as many provinces print them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from hypothesis import strategies as st

from tests.office_files import Box, page
from yusuan.package import open_package

B = Box
Rows = list[list[Box]]
Draw = Any

REGIONS = ("浙江省", "贵州省", "兰州市", "昆明市", "成都市", "新疆维吾尔自治区", "上海市徐汇区")
ORGANS = ("教育局", "农业农村局", "文化和旅游局", "审计局", "市场监督管理局", "人民政府办公室")
FUNDS = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "事业收入", "其他收入")
NATURES = ("基本支出", "项目支出", "单位预留机动经费")
NUMERALS = "一二三四五六七八九"
CODED = (
    ("部门收入总表", "function", ("合计", "一般公共预算", "政府性基金", "事业收入", "其他收入")),
    ("部门支出总表", "function", ("合计", "基本支出", "项目支出", "上缴上级支出", "经营支出")),
    ("一般公共预算支出表", "function", ("合计", "基本支出", "项目支出")),
    ("一般公共预算支出表", "function", ("合计", "基本支出/小计", "基本支出/人员经费", "基本支出/公用经费", "项目支出")),
    ("财政拨款支出@phase表（功能科目）", "function", ("金额",)),
    ("一般公共预算基本支出表", "economic", ("一般公共预算基本支出/合计", "一般公共预算基本支出/人员经费",
                               "一般公共预算基本支出/公用经费")),
    ("财政拨款基本支出@phase表（经济科目）", "economic", ("金额",)),
    ("政府性基金预算支出表", "function", ("上年预算数", "本年预算数")),
    ("机关运行经费支出@phase表", "economic", ("机关运行经费支出",)),
    ("支出@phase表", "function", ("本年支出合计", "基本支出", "项目支出", "年初预算数", "决算数")),
)  # fmt: skip
ITEMS = (
    "因公出国（境）费",
    "公务用车购置及运行费",
    "其中：公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
    "会议费",
    "培训费",
)
ODD = ("１２３．４", "（5.00）", "(1,234.5)", "−3.2", "－7", "12万元", "3,000元", "0.00", "-0.5", "00.10", "1.123456")
"""Figures that are printed in other ways than most."""
LABELS = (
    "其他支出",
    "某某专项",
    "其中：基本工资",
    "20101 人大事务",
    "1.办公费",
    "（一）公用经费",
    "（1）补助 / 奖励",
    "A类",
    "说明事项",
)
"""Row labels that are no name of a list, or more than one."""
MIDDLE, LEAVES = ("办公设备购置费", "印刷业务费", "物业管理"), ("台式计算机", "打印机（A4）", "PC服务器", "家具用具")
COVERED = ("市信息中心", "市档案馆（参公）", "市服务中心（二级）（自收自支）", "机关本级")
TARGETS = (
    "≥95%", "95%", "100", "不少于3次", "2.5", "12万元", "15.5万人次", "2020年11月30日前", "2020年1月-2020年12月",
    "3-5天", "保障", "≤10个工作日", "长期", "10%以上", "",
)  # fmt: skip


@dataclass(frozen=True)
class Disclosure:
    """A made disclosure as a web page."""

    agency: str
    html: bytes


@cache
def codes(scheme: str) -> tuple[tuple[str, str], ...]:
    """Codes with their names, of a list of the package."""
    name = {"function": "functions", "economic": "department_economics"}[scheme]
    return tuple((row["code"], row["name"]) for row in open_package().rows(name) if "~" not in row["id"])


@st.composite
def disclosures(draw: Draw) -> Disclosure:
    """A disclosure of one to four tables."""
    agency = draw(st.sampled_from(REGIONS)) + draw(st.sampled_from(ORGANS))
    year, phase = draw(st.integers(2016, 2026)), draw(st.sampled_from(("预算", "决算")))
    scope = draw(st.sampled_from(("部门", "单位")))
    cover = draw(st.sampled_from((f"{year}年{scope}{phase}", f"{agency}{year}年度{scope}{phase}公开")))
    parts = [f"<p>{cover}</p><p>编制{scope}：{agency}</p>"]
    makers = (coded, coded, balance, balance, three_public, names, projects, by_unit, twins, fund, account, blank,
              units, performance)  # fmt: skip
    for _ in range(draw(st.integers(1, 4))):
        parts.append(draw(draw(st.sampled_from(makers))()).replace("@phase", phase).replace("@year", str(year)))
    return Disclosure(agency, page("\n".join(parts)))


def table(title: str, unit: str, rows: Rows, note: str = "") -> str:
    """A table of a page with its title, its unit and its note."""
    lines = "".join(
        "<tr>"
        + "".join(f'<td rowspan="{b.row_span}" colspan="{b.column_span}">{escape(b.text)}</td>' for b in row)
        + "</tr>"
        for row in rows
    )
    said = f"<p>单位：{unit}</p>" if unit else ""
    named = f"<h2>{title}</h2>" if title else ""
    return f"{named}{said}<table>{lines}</table>" + (f"<p>{note}</p>" if note else "")


@st.composite
def figures(draw: Draw, count: int) -> list[str]:
    """Printed figures of one row, some blank; at least one is there."""
    decimals, commas = draw(st.sampled_from((0, 1, 2))), draw(st.booleans())
    out = []
    for _ in range(count):
        value = draw(st.integers(-99, 9_999_999)) if draw(st.integers(0, 9)) else 0
        text = f"{value / 10**decimals:{',' if commas else ''}.{decimals}f}"
        odd = draw(st.sampled_from(ODD)) if draw(st.integers(0, 5)) == 5 else text
        out.append(draw(st.sampled_from((text, odd, text, "", "-"))))
    if not any(out) or set(out) <= {"", "-"}:
        out[draw(st.integers(0, count - 1))] = "12"
    return out


def header(paths: list[str], labels: list[Box], depth: int) -> Rows:
    """The rows of a header: labels reach down, columns of one group stand under it."""
    rows: Rows = [list(labels)] + [[] for _ in range(depth - 1)]
    if depth == 1:
        rows[0] += [B(path) for path in paths]
        return rows
    groups: list[list[str]] = []
    for path in paths:
        if groups and "/" in path and groups[-1][0].partition("/")[0] == path.partition("/")[0]:
            groups[-1].append(path)
        else:
            groups.append([path])
    for group in groups:
        top, slash, _ = group[0].partition("/")
        rows[0].append(B(top, 1 if slash else depth, len(group)))
        rows[1] += [B(path.partition("/")[2]) for path in group if slash]
    return rows


@st.composite
def coded(draw: Draw) -> str:
    """A list with codes: one column of them or three, cumulative or not, a total first or last, merged or not."""
    title, scheme, paths = draw(st.sampled_from(CODED))
    columns = draw(st.sampled_from((1, 1, 3))) if scheme == "function" else draw(st.sampled_from((1, 1, 2)))
    depth = 2 if columns > 1 or any("/" in path for path in paths) else 1
    labels = [B("科目编码", depth if columns == 1 else 1, columns), B("科目名称", depth)]
    rows = header(list(paths), labels, depth)
    if columns > 1:
        rows[1] = [*(B(word) for word in ("类", "款", "项")[:columns]), *rows[1]]
    body: Rows = []
    for code, name in draw(st.lists(st.sampled_from(codes(scheme)), min_size=1, max_size=6, unique=True)):
        pieces = [code[:3], code[3:5], code[5:7]]
        printed = [code] if columns == 1 else pieces[:columns]
        body.append([*map(B, printed), B(name), *map(B, draw(figures(len(paths))))])
    for label in draw(st.lists(st.sampled_from(LABELS), max_size=1)):
        body.append([B("")] * columns + [B(label), *map(B, draw(figures(len(paths))))])
    total = draw(st.sampled_from(("none", "merged", "name", "both")))
    cells = {
        "merged": [B("合计", 1, columns + 1)], "name": [B("")] * columns + [B("合计")],
        "both": [B("合计")] + [B("")] * (columns - 1) + [B("合计")],
    }  # fmt: skip
    if total != "none":
        body.insert(draw(st.sampled_from((0, len(body)))), [*cells[total], *map(B, draw(figures(len(paths))))])
    return table(title, draw(st.sampled_from(("元", "万元"))), [*rows, *body])


@st.composite
def entries(draw: Draw, kind: str) -> list[str]:
    """Labels of one list of a balance, numbered or not, its total last."""
    known = {
        "revenue": FUNDS, "nature": NATURES,
        "function": tuple(name for code, name in codes("function") if len(code) == 3),
    }[kind]  # fmt: skip
    chosen = draw(st.lists(st.sampled_from((*known, *LABELS)), min_size=1, max_size=4, unique=True))
    numbered = draw(st.booleans())
    return [f"{NUMERALS[i]}、{name}" if numbered else name for i, name in enumerate(chosen)]


@st.composite
def balance(draw: Draw) -> str:
    """Revenue beside one or two lists of expenditure, totals of each or of both."""
    title = draw(st.sampled_from(("部门收支总表", "收支@phase总表", "财政拨款收支总表", "收入支出@phase总表")))
    amount = draw(st.sampled_from(("金额", "预算数", "@phase数")))
    kinds = draw(st.sampled_from((("revenue", "function"), ("revenue", "nature"), ("revenue", "nature", "function"),
                                  ("revenue", "function", "nature"))))  # fmt: skip
    split = draw(st.booleans())
    words = {"revenue": "项目", "nature": "支出用途", "function": "功能分类"}
    lists = [draw(entries(kind)) for kind in kinds]
    height = max(map(len, lists))
    body: Rows = []
    for index in range(height):
        row = []
        for found in lists:
            label = found[index] if index < len(found) else ""
            row += [B(label), B(draw(figures(1))[0] if label else "")]
        body.append(row)
    words_of_total = draw(
        st.sampled_from((("收入总计", "支出总计"), ("总计", "总计"), ("本年收入合计", "本年支出合计")))
    )
    last = [B(words_of_total[0]), B(draw(figures(1))[0])]
    if len(kinds) == 3 and draw(st.booleans()):
        last += [B(words_of_total[1], 1, 3), B(draw(figures(1))[0])]
    else:
        last += [box for _ in kinds[1:] for box in (B(words_of_total[1]), B(draw(figures(1))[0]))]
    body.append(last)
    width = 2 * (len(kinds) - 1)
    if split:
        head = [[B("收入", 1, 2), B("支出", 1, width)], [B("项目", 2), B(amount, 2)], []]
        for kind in kinds[1:]:
            head[1].append(B(words[kind], 1, 2))
            head[2] += [B("项目"), B(amount)]
    else:
        head = [[B("收入", 1, 2), B("支出", 1, width)], [box for kind in kinds for box in (B(words[kind]), B(amount))]]
    return table(title, draw(st.sampled_from(("元", "万元"))), [*head, *body])


@st.composite
def three_public(draw: Draw) -> str:
    """三公经费: one row under a header of items, or a row an item."""
    title = draw(st.sampled_from(("一般公共预算“三公”经费支出表", "财政拨款三公经费支出情况表", "表七", "")))
    if draw(st.booleans()):
        paths = ["合计", "因公出国（境）费", "公务用车购置及运行费/小计", "公务用车购置及运行费/公务用车购置费",
                 "公务用车购置及运行费/公务用车运行维护费", "公务接待费"]  # fmt: skip
        return table(title, "万元", [*header(paths, [], 2), list(map(B, draw(figures(6))))])
    columns = draw(st.sampled_from((("预算数",), ("上年预算数", "本年预算数"), ("预算数", "决算数"))))
    chosen = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=6, unique=True))
    rows = [[B(label), *map(B, draw(figures(len(columns))))] for label in ["合计", *chosen]]
    return table(title, "万元", [[B("项目"), *map(B, columns)], *rows])


@st.composite
def names(draw: Draw) -> str:
    """A purchase list printed by levels: a name of an upper level is not repeated."""
    rows: Rows = [[B("合计"), B(""), B(""), B(draw(figures(1))[0])]]
    for top in draw(st.lists(st.sampled_from(("货物A", "工程B", "服务C")), min_size=1, max_size=3, unique=True)):
        rows.append([B(top), B(""), B(""), B(draw(figures(1))[0])])
        for middle in draw(
            st.lists(st.sampled_from(("办公设备购置费", "印刷业务费", "物业管理")), max_size=2, unique=True)
        ):
            rows.append([B(""), B(middle), B(""), B(draw(figures(1))[0])])
            for leaf in draw(
                st.lists(st.sampled_from(("台式计算机", "打印机（A4）", "PC服务器", "家具用具")), max_size=2)
            ):
                rows.append([B(""), B(""), B(leaf), B(draw(figures(1))[0])])
    return table("政府采购@phase表", "万元", [[B("采购品目大类"), B("专项名称"), B("采购物品名称"), B("总计")], *rows])


@st.composite
def projects(draw: Draw) -> str:
    """Projects by code and name, split by economic class."""
    rows: Rows = []
    for number in range(draw(st.integers(1, 4))):
        code, name = draw(st.sampled_from([pair for pair in codes("function") if len(pair[0]) == 7]))
        project = draw(st.sampled_from(("信息化建设经费", "办公楼维修 / 保洁经费", "宣传工作经费"))) + NUMERALS[number]
        rows.append([B(code), B(name), B(project), *map(B, draw(figures(3)))])
    head = [B("科目编码"), B("科目名称"), B("项目名称"), B("合计"), B("商品和服务支出"), B("资本性支出")]
    return table("项目支出@phase表", draw(st.sampled_from(("元", "万元"))), [head, *rows])


@st.composite
def by_unit(draw: Draw) -> str:
    """A row for every unit, with or without a code and a name beside it."""
    title, paths = draw(st.sampled_from((
        ("部门收入总表", ("合计", "一般公共预算", "事业收入")), ("部门支出总表", ("合计", "基本支出", "项目支出")),
        ("一般公共预算“三公”经费支出表", ("合计", "因公出国（境）费", "公务接待费")),
    )))  # fmt: skip
    is_coded = draw(st.booleans())
    rows: Rows = [[B("单位名称"), *([B("科目编码"), B("科目名称")] if is_coded else []), *map(B, paths)]]
    for name in draw(st.lists(st.sampled_from((*COVERED, "合计")), min_size=1, max_size=4, unique=True)):
        pair = draw(st.sampled_from(codes("function"))) if is_coded else ()
        rows.append([B(name), *map(B, pair), *map(B, draw(figures(len(paths))))])
    return table(title, "万元", rows)


@st.composite
def twins(draw: Draw) -> str:
    """Two lists with codes side by side under headings of the same words, a total under each or none."""
    paths = draw(st.sampled_from((("决算数",), ("金额",))))
    lists = []
    for first in ("301", "302"):
        known = [pair for pair in codes("economic") if pair[0].startswith(first)]
        lists.append(draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True)))
    rows: Rows = [[box for _ in lists for box in (B("科目编码"), B("科目名称"), *map(B, paths))]]
    for index in range(max(map(len, lists))):
        rows.append([])
        for found in lists:
            there = index < len(found)
            rows[-1] += [*map(B, found[index] if there else ("", ""))]
            rows[-1] += map(B, draw(figures(len(paths))) if there else [""] * len(paths))
    words = draw(st.sampled_from(((), ("人员经费合计", "公用经费合计"), ("合计", "合计"))))
    if words:
        rows.append([box for word in words for box in (B(word, 1, 2), *map(B, draw(figures(len(paths)))))])
    return table("一般公共预算基本支出@phase表", draw(st.sampled_from(("元", "万元"))), rows)


@st.composite
def fund(draw: Draw) -> str:
    """A fund account: carried over, revenue, expenditure, carried on, in one list."""
    rows: Rows = [
        [
            B("科目编码", 2),
            B("科目名称", 2),
            B("年初结转和结余", 2),
            B("本年收入", 2),
            B("本年支出", 1, 3),
            B("年末结转和结余", 2),
        ],
        [B("小计"), B("基本支出"), B("项目支出")],
    ]
    for pair in draw(st.lists(st.sampled_from(codes("function")), min_size=1, max_size=4, unique=True)):
        rows.append([*map(B, pair), *map(B, draw(figures(6)))])
    return table("政府性基金预算财政拨款收入支出@phase表", "万元", rows)


@st.composite
def account(draw: Draw) -> str:
    """A final account of appropriations: funds listed again under what was carried over."""
    funds = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    labels = [f"{NUMERALS[i]}、{name}" for i, name in enumerate(funds)]
    labels += ["本年收入合计", "年初财政拨款结转和结余", *funds, "总计"]
    functions = [name for code, name in codes("function") if len(code) == 3]
    right = [f"{NUMERALS[i]}、{name}" for i, name in enumerate(functions[: len(labels) - 3])]
    right += ["本年支出合计", "年末财政拨款结转和结余", "总计"]
    head = [
        [B("收入", 1, 2), B("支出", 1, 3)],
        [B("项目"), B("决算数"), B("项目"), B("合计"), B("一般公共预算财政拨款")],
    ]
    body: Rows = []
    for one, other in zip(labels, right, strict=True):
        figure = draw(figures(1))[0] if draw(st.booleans()) else ""
        both = draw(figures(2)) if draw(st.booleans()) else ["", ""]
        body.append([B(one), B(figure), B(other), *map(B, both)])
    return table("财政拨款收入支出@phase总表", "万元", [*head, *body])


@st.composite
def blank(draw: Draw) -> str:
    """A form without a figure, with or without a word about it."""
    title = draw(st.sampled_from(("政府性基金预算支出表", "国有资本经营预算支出表", "一般公共预算“三公”经费支出表")))
    note = draw(st.sampled_from(("", "注：本部门无政府性基金预算安排，故本表为空表。", "本单位无国有资本经营预算。")))
    rows = [[B("科目编码"), B("科目名称"), B("合计"), B("基本支出"), B("项目支出")], [B("")] * 5]
    return table(title, draw(st.sampled_from(("", "万元"))), rows, note)


@st.composite
def units(draw: Draw) -> str:
    """The units that a filing covers."""
    chosen = draw(st.lists(st.sampled_from(COVERED), min_size=1, max_size=4, unique=True))
    rows = [[B(str(number)), B(name)] for number, name in enumerate(chosen, 1)]
    return table("所属单位构成表", "", [[B("序号"), B("单位名称")], *rows])


@st.composite
def performance(draw: Draw) -> str:
    """The form of one project: facts, then indicators with or without columns for signs, units and results."""
    extra = draw(st.sampled_from(((), ("指标符号",), ("计量单位",), ("分值", "实际完成值", "得分"))))
    project = draw(st.sampled_from(("信息化建设经费一", "基层农技推广项目")))
    width = 4 + len(extra)
    rows: Rows = [[B("项目名称"), B(project, 1, width - 1)]]
    if draw(st.booleans()):
        rows.append([B("资金总额（万元）"), B("120.5"), B("其中：财政拨款"), B("100", 1, width - 3)])
    rows.append([B("一级指标"), B("二级指标"), B("三级指标"), B("指标值"), *map(B, extra)])
    values = {"指标符号": ("≥", "=", "≤", ""), "计量单位": ("%", "人次", "万元", "次", ""), "分值": ("10", "5"),
              "实际完成值": ("98%", "", "完成"), "得分": ("10", "4.5", "")}  # fmt: skip
    for number in range(draw(st.integers(1, 5))):
        levels = draw(st.sampled_from((("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"),
                                       ("满意度指标", "服务对象满意度指标"), ("", ""), ("", "时效指标"))))  # fmt: skip
        name = draw(st.sampled_from(("培训人数", "维护成本（万元）", "合格率（%）", "群众满意度", "完成时间")))
        cells = [*levels, f"{name}{NUMERALS[number]}" if draw(st.booleans()) else name, draw(st.sampled_from(TARGETS))]
        rows.append([*map(B, cells), *(B(draw(st.sampled_from(values[word]))) for word in extra)])
    return table("项目支出绩效目标表", "万元", rows)
