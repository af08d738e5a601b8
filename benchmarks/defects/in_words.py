"""Defects in words: headings, captions, reasons and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.defects.in_tables import UNIT, total_shared
from benchmarks.defects.opened import Opened
from benchmarks.defects.planting import MARKS, Spot

from yusuan.read.grid import Paragraph, Span

NUMBERS = ("联系电话：13812345678", "身份证号：11010519491231002X")
"""A mobile number and the identity number that GB 11643 gives as its example."""
_HEADING = re.compile("20[0-9]{2}年度?.{0,30}(?:预算|决算|收入|支出|收支|经费).{0,12}(?:表|说明|情况)[0-9.…·]*$")
_AGENCY = re.compile("(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：]")
_TITLED = re.compile("(?:预算|决算|概况|说明|情况)[表书]?[0-9.…·]*$")


def reasons(opened: Opened) -> Iterator[Spot]:
    """A reason that was never written."""
    for at, document in enumerate(opened.documents):
        for block in document.blocks:
            if not isinstance(block, Paragraph):
                continue
            found = re.search("原因(?:主要)?是[：:]?([^。；;]{4,})", block.span.text)
            if found:
                mark = opened.random.choice(MARKS)
                text = block.span.text[: found.start(1)] + mark + block.span.text[found.end(1) :]
                yield Spot("reason left open", True, at, {block.span: text})


def lists(opened: Opened) -> Iterator[Spot]:
    """A name left out of a list whose number is told."""
    for resource in ("sections", "units"):
        names = opened.rows.rows[resource]
        told = [s for s in opened.known.said.values() if s["subject"] == resource and s["measure"] == "count"]
        eligible = any(Decimal(s["value"]) == len(names) for s in told)
        for row in names:
            for at, document in enumerate(opened.documents):
                for span in document.spans():
                    if f"{row['name']}、" in span.text:
                        text = span.text.replace(f"{row['name']}、", "", 1)
                        yield Spot("name left out of a list", eligible, at, {span: text})


def words(opened: Opened, at: int, span: Span) -> Iterator[Spot]:
    """Years and agencies of headings, units of captions, and numbers that are nobody's business."""
    text, key = span.text, span.key
    years = re.findall("20[0-9]{2}年", text)
    alone = len(years) == 1 and len(key) < 60 and not re.search("[。；;]|上年|比较|截至", key)
    if alone and int(years[0][:4]) == opened.year and _HEADING.search(key):
        year = opened.year + opened.random.choice((-1, 1, -2))
        yield Spot("year of a heading", True, at, {span: text.replace(years[0], f"{year}年")})
    if found := UNIT.search(text):
        changed = text[: found.start(1)] + ("元" if found[1] == "万元" else "万元") + text[found.end(1) :]
        yield Spot("unit of a table", total_shared(opened, at, span), at, {span: changed})
    name = opened.rows.department["name"]
    other = opened.random.choice([agency for agency in opened.agencies if agency != name])
    if name not in text or len(key) >= 60:
        pass
    elif _AGENCY.match(key):
        yield Spot("agency named", True, at, {span: text.replace(name, other)})
    elif years and not re.search("[。；;，]|.第.部分", key) and _TITLED.search(key):
        yield Spot("agency of a heading", True, at, {span: text.replace(name, other)})
    if len(key) > 60 and key.endswith("。"):
        yield Spot("personal number", True, at, {span: text.rstrip() + opened.random.choice(NUMBERS) + "。"})
