"""What a filing says of its own organisation: internal sections, units covered, glossary terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yusuan.read.grid import Cell, Span
from yusuan.read.knowledge import Knowledge
from yusuan.read.passages import Passage
from yusuan.read.text import fold, squeeze

_SECTIONS = re.compile(
    r"(?:下设|内设|设有|设)[^。；]{0,16}?(?:机构|科室|处室|部门|科|处)[^。；：:]{0,14}?(?:包括|分别是|分别为|为|有|即|具体包括)?[：:]"
    r"([^。；\n]+)"
)
_TERM = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?|[0-9]{1,2}[、.．])?\s*([^：:，。；]{2,30}?)[：:]"
)
_ETC = re.compile(r"等?\s*[0-9一二三四五六七八九十]*\s*个?(?:内设)?(?:机构|科室|处室|部门)?$")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")


@dataclass(frozen=True, eq=False)
class Named:
    """A name in a list, with its other names and its place in the span."""

    name: str
    other_names: tuple[str, ...]
    span: Span
    start: int
    end: int


def sections(passage: Passage) -> Iterator[Named]:
    """Internal sections listed in a passage after 下设… : or 内设机构包括: ."""
    found = _SECTIONS.search(passage.span.text)
    if found is None or passage.kind != "structure":
        return
    for start, end in _split(found.group(1)):
        text = found.group(1)[start:end]
        name = squeeze(_BRACKETS.sub("", text))
        name = _ETC.sub("", name) if "等" in name else name
        others = [squeeze(part) for inside in _BRACKETS.findall(text) for part in inside.split("、")]
        if 2 <= len(fold(name)) <= 24:
            yield Named(name, tuple(others), passage.span, found.start(1) + start, found.start(1) + end)


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a list: cut at 、 and ， outside brackets."""
    depth = start = 0
    for index, char in enumerate(text):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        elif char in "、，" and not depth:
            yield start, index
            start = index + 1
    yield start, len(text)


def term(passage: Passage) -> Named | None:
    """The glossary term that a passage explains."""
    if passage.kind != "glossary":
        return None
    found = _TERM.match(passage.span.text)
    if found is None or passage.key.endswith(("：", ":")):
        return None
    name = squeeze(found.group(1))
    if name[0] in '“"' and name[-1] in '”"' and len(re.findall('[“”"]', name)) == 2:
        name = name[1:-1]
    return Named(name, (), passage.span, 0, len(passage.span.text))


def coordinates_of_term(name: str, knowledge: Knowledge) -> dict[str, str]:
    """Form, item, fund and nature that a glossary term names, as far as its very words do."""
    word = knowledge.vocabulary.word(fold(name))
    found = {k: v for k, v in (word.coordinates if word else {}).items() if k in {"item", "fund", "nature"}}
    if word is not None and word.form:
        found["form"] = word.form
    return found


def units(rows: Sequence[Sequence[Cell]]) -> Iterator[Named]:
    """Units listed in a table whose header names them: 序号 | 单位名称 | 备注."""
    column = None
    for row in rows:
        keys = [cell.key for cell in row]
        if column is None:
            column = next((c.column for c in row if re.fullmatch(r"(?:预算)?单位名称", c.key)), None)
            if column is None and any(keys):
                return
            continue
        cell = next((c for c in row if column in c.columns), None)
        if cell is not None and cell.key:
            text = cell.span.line
            name = squeeze(_BRACKETS.sub("", text))
            others = tuple(squeeze(part) for part in _BRACKETS.findall(text))
            yield Named(name, others, cell.span, 0, len(cell.span.text))
