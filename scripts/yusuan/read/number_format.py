"""A number as its spreadsheet cell shows it, and with every figure it holds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from yusuan.figures import plain

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<digit>[0#?])|(?P<mark>[.,%@;/]|E[+-])|(?P<other>.)",
    re.I | re.S,
)
_CURRENCY = str.maketrans("", "", "￥¥")
_CONDITION = re.compile(r"[<>=]")
_NEGATIVE = re.compile(r"[-－−(（]")
_THOUSAND = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+$)")
_FINEST = Decimal("1e-10")
"""A fen in hundreds of millions of yuan: what is smaller is the noise of binary fractions."""

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
}  # fmt: skip
"""Codes of the formats that files name by number only (ECMA-376, 18.8.30), General and dates left out."""


def exact(value: float) -> Decimal:
    """The decimal a binary number stands for: 15 significant digits, as a spreadsheet keeps them."""
    number = Decimal(format(value, ".15g"))
    return number.quantize(_FINEST) if number and number.adjusted() < 15 and abs(number) < 10**15 else number


def shown(value: float, code: str = "") -> str:
    """The text of a number in a cell of that format: its signs, commas, percent, zeros and words.

    No decimal is rounded away, whatever the format shows; a format of another kind is left aside.
    """
    number = exact(value)
    sections = _sections(code)
    index = 0 if number > 0 or len(sections) == 1 else 1 if number < 0 else 2 if len(sections) > 2 else 0
    section = sections[index]
    if section is None:
        return plain(number)
    text = section.fill(abs(number))
    if number < 0 and (index == 0 or not _NEGATIVE.search(text)):
        return "-" + text
    return text


def shown_date(value: datetime.date | datetime.time | datetime.timedelta, code: str = "") -> str:
    """A date as 2020年1月22日, without the day where its format shows none; times as they are written."""
    if not isinstance(value, datetime.date):
        return str(value)
    letters = "".join(token["other"] or "" for token in _TOKEN.finditer(code)).lower()
    day = f"{value.day}日" if "d" in letters or "y" not in letters else ""
    clock = value.strftime(" %H:%M") if isinstance(value, datetime.datetime) and (value.hour or value.minute) else ""
    return f"{value.year}年{value.month}月{day}{clock}"


@dataclass(frozen=True)
class _Section:
    """How one section of a format shows a number: words around it, a shift of its point, digits it must have.

    `decimals` are those after the point that are shown even where they are zero; `grouped` says that commas stand
    between thousands.
    """

    before: str
    after: str
    shift: int = 0
    digits: int = 0
    decimals: int = 0
    grouped: bool = False
    shows_zero: bool = True
    shows_number: bool = True

    def fill(self, number: Decimal) -> str:
        """The text of a number without sign."""
        if not self.shows_number:
            return self.before
        units, _, rest = plain(number.scaleb(self.shift)).partition(".")
        units, rest = units.zfill(self.digits), rest.ljust(self.decimals, "0")
        if self.grouped:
            units = _THOUSAND.sub(",", units)
        text = units + "." * bool(rest) + rest if number or self.shows_zero else ""
        return self.before + text + self.after


_PLAIN = _Section("", "")


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section | None, ...]:
    """The sections of a format: above zero, below zero, zero, text; None for one of another kind."""
    tokens = list(_TOKEN.finditer(code))
    if not code or any(_CONDITION.search(token["bracket"] or "") for token in tokens):
        return (_PLAIN,)
    sections: list[list[re.Match[str]]] = [[]]
    for token in tokens:
        if token["mark"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_section(section) for section in sections)


def _section(tokens: list[re.Match[str]]) -> _Section | None:
    if any(token["mark"] in {"@", "/"} or (token["mark"] or "")[:1] in {"E", "e"} for token in tokens):
        return None
    pieces = list(_pieces(tokens))
    kinds = "".join(kind for kind, _ in pieces)
    words = [word.translate(_CURRENCY) for _, word in pieces]
    if not re.search("[0#?G]", kinds):
        return _Section("".join(words).strip(), "", shows_number=False)
    found = re.fullmatch(r"(w*)(G|[0#?,]*)((?:[.|][0#?,]*)?)([w%]*)", kinds)
    if found is None:
        return None
    before, whole, fraction, after = found.groups()
    figures = (whole + fraction).replace("G", "")
    shift = 2 * kinds.count("%") - 3 * (len(figures) - len(figures.rstrip(",")))
    shift -= len(re.findall("[0#?]", fraction)) if fraction.startswith("|") else 0
    return _Section(
        "".join(words[: len(before)]),
        "".join(words[len(kinds) - len(after) :]),
        shift,
        whole.count("0"),
        fraction.count("0"),
        "," in whole.rstrip(","),
        bool(re.search("[0G]", kinds)),
    )


def _pieces(section: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    """A letter for the kind of each token and its words: a digit as it is, w words, G general, | a written point.

    A point that is only written between digits (0!.0000) shifts the number: it shows yuan as ten thousands of yuan.
    """
    for index, token in enumerate(section):
        word = token["quoted"] or token["escaped"] or token["other"]
        if token["digit"]:
            yield token["digit"], ""
        elif token["general"]:
            yield "G", ""
        elif token["mark"]:
            yield token["mark"], "%" if token["mark"] == "%" else ""
        elif (
            word == "." and 0 < index < len(section) - 1 and section[index - 1]["digit"] and section[index + 1]["digit"]
        ):
            yield "|", ""
        elif word is not None:
            yield "w", word
        elif (token["bracket"] or "").startswith("$"):
            yield "w", (token["bracket"] or "")[1:].partition("-")[0]
