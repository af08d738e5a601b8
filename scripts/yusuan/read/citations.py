"""Documents a text cites: titles in 《》 with their numbers, and numbers that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yusuan.read.grid import Span
from yusuan.read.text import squeeze

_YEAR = r"[\[［【〔﹝（(„]\s*(?:19|20)[0-9]{2}\s*[\]］】〕﹞）)‟]"
_NUMBER = rf"[一-龥A-Za-z]{{1,16}}{_YEAR}\s*第?\s*[0-9]+(?:[-—、][0-9]+)*\s*号|[一-龥]{{2,16}}令\s*第?\s*[0-9]+\s*号"
_TITLE = r"《(?:[^《》]|《[^《》]*》)+》|[“\"][^“”\"，。；]{3,40}(?:方案|规划|计划|意见|办法|通知|条例|纲要|决定)[”\"]"
_ARTICLE = r"第[一二三四五六七八九十百0-9]+条"
_CITATION = re.compile(
    rf"(?P<title>{_TITLE})\s*(?:[（(](?P<inside>[^（）()]*?(?:[0-9]+\s*号|{_YEAR}\s*[0-9]+)[^（）()]*)(?:[）)]|$))?\s*(?:{_ARTICLE})?|(?P<number>{_NUMBER})"
)
_LEAD = re.compile(r"(?:以及|按照|根据|依据|按|和|及|与|、)")


@dataclass(frozen=True)
class Citation:
    """A cited document: its title and number as printed, and where in the span."""

    text: str
    start: int
    end: int


def citations(span: Span) -> Iterator[Citation]:
    """Documents cited in a span, in order. A number right before or after a title in brackets is part of it."""
    for found in _CITATION.finditer(span.text):
        lead = _LEAD.match(found.group())
        start = found.start() + (lead.end() if lead else 0)
        yield Citation(squeeze(span.text[start : found.end()]), start, found.end())
