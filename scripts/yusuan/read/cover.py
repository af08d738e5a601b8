"""Who disclosed, for which year and phase: found in the document itself, or an error that says what is in doubt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from yusuan.errors import DocumentError
from yusuan.package import read_csv
from yusuan.read.grid import Document, Grid, Paragraph
from yusuan.read.layout import Layout
from yusuan.read.text import fold, squeeze
from yusuan.read.vocabulary import Vocabulary

_CAPTIONED = re.compile(
    r"[^:：]*[:：](?:[\[（]?[0-9]{3,12}[\]）]?-?)?(?P<name>[一-龥（）·、]{4,40}?)"
    r"(?=(?:金额)?单位[:：]|20[0-9]{2}|$|（?(?:公章|盖章))"
)
"""A caption that names the agency, by its number too where it has one."""
_PART = re.compile(r"第[一二三四]部分(?P<name>[一-龥（）·、]{4,40}?)(?:部门|单位)*(?:概况|20[0-9]{2}年)")
_SUBJECT = re.compile(
    r"(?:20[0-9]{2}年度?，?)?(?P<name>[一-龥（）·、]{4,40}?)(?:部门|单位)?(?:20[0-9]{2}年度?)(?:部门)?"
    r"(?:财政拨款|一般公共预算|收入|支出|收、支|收支|预算|决算)"
)
_YEAR = re.compile(r"(20[0-9]{2})年")
_PUBLISHED = re.compile(r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日")


_HEADER_ROWS = 3
_COVER_LINES = 6
"""How many of the first lines, single and joined, can be the cover."""


class CoverWords:
    """The words that covers are made of: what names of agencies end with, what stands around them, what is no name."""

    def __init__(self, folder: Path, vocabulary: Vocabulary) -> None:
        self.caption = vocabulary.caption
        words: dict[str, list[str]] = defaultdict(list)
        for row in read_csv(folder / "cover-words.csv"):
            words[row["kind"]].append(row["pattern"])
        kinds = {kind: f"(?:{'|'.join(patterns)})" for kind, patterns in words.items()}
        organ = rf"(?P<name>[一-龥（）·、]{{2,40}}?{kinds['organ']}(?:（[一-龥、]{{2,20}}）)?)"
        matter = f"{kinds['before']}*(?:预算|决算){kinds['after']}*"
        self.cover = re.compile(f"(?:关于)?(?:20[0-9]{{2}}年度?)?{organ}(?:关于)?(?:20[0-9]{{2}}年?度?)?{matter}")
        self.titled = re.compile(f"{organ}20[0-9]{{2}}年度?[一-龥（）]*表")
        self._own = re.compile(f"{kinds['own']}$")
        self._unnamed = re.compile(kinds["unnamed"])

    def is_name(self, name: str) -> bool:
        """Whether a text can be the name of an agency."""
        return 3 <= len(name) <= 40 and not self._unnamed.match(name)

    def whole(self, name: str) -> str:
        """A name without the mark that it is the agency's own account."""
        return self._own.sub("", name)

    def captioned(self, line: str) -> str:
        """The agency a folded caption names, or the empty string."""
        found = _CAPTIONED.match(line) if self.caption(line) == "agency" else None
        return found["name"] if found and self.is_name(found["name"]) else ""


@dataclass(frozen=True)
class Cover:
    """Facts of a filing as its documents give them; `names` are all names of the agency met, likeliest first."""

    names: tuple[str, ...]
    year: int
    phase: str
    scope: str
    title: str
    published: str

    def with_part(self, other: Cover) -> Cover:
        """The cover of a filing that has this part and another, whichever came first."""
        return replace(self, title=told(self.title, other.title), published=told(self.published, other.published))


def told(*texts: str) -> str:
    """Of what several parts of a filing say, the shortest that says anything."""
    return min(filter(None, texts), key=lambda text: (len(text), text), default="")


def read_cover(
    documents: Sequence[Document],
    layouts: Sequence[Layout],
    words: CoverWords,
    year: int | None = None,
    phase: str | None = None,
) -> Cover:
    """The cover facts of the documents of one filing; `year` and `phase` override what they say.

    Raises DocumentError where the agency, the year or the phase cannot be told.
    """
    place = documents[0].file_name
    heads = list(_heads(documents, layouts))
    titles = [table.heading for layout in layouts for table in layout.tables if table.form is not None]
    above = list(_above(layouts))
    names = (
        tuple(_names(layouts, heads, words)) or tuple(_names(layouts, above, words)) or tuple(_subjects(layouts, words))
    )
    if not names:
        raise DocumentError("no name of a department found in it; give --department", place)
    return Cover(
        names=names,
        year=year or _year([*heads, *titles], above, place),
        phase=phase or _phase(heads, titles, [*above, *_headers(layouts)], place),
        scope=_scope(heads, titles),
        title=_title(heads),
        published=_published(documents),
    )


def _paragraphs(documents: Iterable[Document]) -> Iterator[str]:
    """The lines outside tables, those in a frame of one column among them."""
    for document in documents:
        for block in document.blocks:
            if isinstance(block, Paragraph) and block.span.key:
                yield block.span.text
            elif isinstance(block, Grid) and block.width == 1:
                yield from (cell.span.text for cell in block.cells() if cell.key)


def _heads(documents: Sequence[Document], layouts: Sequence[Layout]) -> Iterator[str]:
    """Short lines that read like covers and headings; of a cover in several lines also all of them together."""
    for document in documents:
        first = [fold(text) for text in _paragraphs([document])][:4]
        for count in (4, 3, 2):
            joined = "".join(first[:count])
            if len(joined) <= 60 and _YEAR.search(joined) and re.search("预算|决算", joined):
                yield joined
    for text in _paragraphs(documents):
        key = fold(text)
        if len(key) <= 60 and not re.search(r"[。；，]", key):
            yield key


def _above(layouts: Sequence[Layout]) -> Iterator[str]:
    """The lines that stand above tables: in a workbook without a cover the only ones to name agency and year."""
    for layout in layouts:
        for table in layout.tables:
            spans = [*([table.title] if table.title else []), *table.captions]
            if table.form is None:
                alone = ([cell for cell in row if cell.span.key] for row in table.grid.rows[:_COVER_LINES])
                spans += [cells[0].span for cells in alone if len(cells) == 1]
            for span in spans:
                yield from (fold(line) for line in span.text.split("\n") if line.strip())


def _names(layouts: Sequence[Layout], heads: Sequence[str], words: CoverWords) -> Iterator[str]:
    """Names of the agency, most often met first: captions of tables, then covers and parts."""
    votes = _captioned(layouts, words)
    for key in heads:
        line = key.replace('"', "")
        if name := words.captioned(key):
            votes[name] += 3
        for found, weight in (
            (_PART.match(key), 3), (words.cover.fullmatch(line), 2), (words.titled.fullmatch(line), 1),
        ):  # fmt: skip
            if found and words.is_name(found["name"]):
                votes[found["name"]] += weight
    names: Counter[str] = Counter()
    for name, count in votes.items():
        names[words.whole(name)] += count
    yield from sorted(names, key=lambda name: (-names[name], -len(name), name))


def _captioned(layouts: Sequence[Layout], words: CoverWords) -> Counter[str]:
    """The agencies that captions of tables name, in one cell or in the cell beside, and how often."""
    votes: Counter[str] = Counter()
    for layout in layouts:
        for table in layout.tables:
            for caption in table.captions:
                for line in [caption.key, *map(fold, caption.text.split("\n"))]:
                    if name := words.captioned(line):
                        votes[name] += 1
            keys = [caption.key for caption in table.captions]
            for label, value in pairwise(keys):
                if label.endswith((":", "：")) and words.caption(label) == "agency" and words.is_name(value):
                    votes[value] += 1
    return votes


def _subjects(layouts: Sequence[Layout], words: CoverWords) -> Iterator[str]:
    """Where neither captions nor covers name the agency: the names that sentences of the prose begin with."""
    votes: Counter[str] = Counter()
    for layout in layouts:
        for paragraph in layout.prose:
            if (found := _SUBJECT.match(paragraph.span.key)) and words.is_name(found["name"]):
                votes[found["name"]] += 1
    yield from sorted((name for name in votes if votes[name] > 1), key=lambda name: (-votes[name], -len(name), name))


def _year(lines: Iterable[str], above: Sequence[str], place: str) -> int:
    """The year most lines on a budget or an account name; where none does, the one the lines above tables name."""
    votes: Counter[int] = Counter()
    for line in lines:
        if re.search("预算|决算", line) and not re.search("上年|比", line):
            votes.update(int(year) for year in set(_YEAR.findall(fold(line))))
    if not votes:
        votes.update(int(year) for line in above for year in set(_YEAR.findall(line)))
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        said = f"{ranked[0][0]} or {ranked[1][0]}" if len(ranked) > 1 else "none named"
        raise DocumentError(f"the fiscal year is in doubt ({said}); give --year", place)
    return ranked[0][0]


def _headers(layouts: Sequence[Layout]) -> Iterator[str]:
    """The cells of the first rows of all tables."""
    for layout in layouts:
        for table in layout.tables:
            yield from (cell.key for row in table.grid.rows[:_HEADER_ROWS] for cell in row)


def _phase(heads: Sequence[str], titles: Sequence[str], above: Sequence[str], place: str) -> str:
    """The phase most heads and titles name; where they leave it open, that of the words in and above the tables."""
    for lines in ([*heads, *titles], above):
        final = sum("决算" in line for line in lines)
        budget = sum(
            "预算" in line and "决算" not in line and "一般公共预算" not in line.replace("预算表", "") for line in lines
        )
        if final == budget == 0:
            budget = sum("预算" in line for line in lines)
        if final != budget:
            return "final" if final > budget else "budget"
    raise DocumentError("budget or final account is in doubt; give --phase budget or --phase final", place)


def _scope(heads: Sequence[str], titles: Sequence[str]) -> str:
    """部门 or 单位, by what the cover calls it, else the titles; a department where they do not say."""
    for line in heads[:_COVER_LINES]:
        called = {kind for kind in ("部门", "单位") if re.search(f"{kind}(?:综合)?(?:预算|决算)", line)}
        if _YEAR.search(line) and len(called) == 1:
            return called.pop()
    unit = sum(
        bool(
            re.search(r"预算单位(?:[:：]|财务|收入|支出|财政|一般)|级单位预算|单位(?:预算|决算)(?:公开|编制|表)", line)
        )
        for line in [*heads, *titles]
    )
    whole = sum(
        bool(re.search(r"部门(?:预算|决算|财务|收支|收入|支出|财政|一般)|级部门预算|主管部门", line))
        for line in [*heads, *titles]
    )
    return "单位" if unit > whole else "部门"


def _title(heads: Sequence[str]) -> str:
    """The title on the cover: the shortest of the first lines, alone or together, that reads like one."""
    found = [
        line
        for line in heads[:12]
        if _YEAR.search(line)
        and re.search("(?:预算|决算)(?:公开|说明|报告|报表|公开报表)*$", line)
        and not re.match(r"第.部分|[一二三四五六七八九十（(0-9]+[、.．）)]|关于", line)
    ]
    return squeeze(min(found, key=len)) if found else ""


def _published(documents: Sequence[Document]) -> str:
    """The date on the last lines of the document, where one stands alone."""
    for document in documents:
        lines = [fold(text) for text in _paragraphs([document])][-4:]
        for line in reversed(lines):
            if found := _PUBLISHED.fullmatch(line):
                year, month, day = (int(part) for part in found.groups())
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""
