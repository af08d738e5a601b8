"""The words of the prose: terms, cues, figures with units, dates and numbers that are no quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from yusuan.figures import units_of_money
from yusuan.package import read_csv
from yusuan.read.text import FIGURE, figure, fold

_MARKED = re.compile(r"\"?((?:[一-龥、，（）()]{2,40}?（[0-9]{0,7}[类款项][）)]\"?){1,3})(?:支出)?")
_PART = r"[一-龥、，（）]{2,40}"
_PATH = re.compile(rf"\"?({_PART}?)(?:-{_PART}?){{1,2}}(?=\"|科目|支出(?!-))(?:支出)?\"?")
_SPAN = re.compile(rf"[多余几]|(?:[-~至到]{FIGURE.pattern})[多余几]?")
_TERM_FIELDS = ("form", "direction", "fund", "nature", "item", "subject")


@dataclass(frozen=True)
class Token:
    """Something the prose says, at a span of the folded text."""

    kind: str
    start: int
    end: int
    text: str
    coordinates: Mapping[str, str] = field(default_factory=dict)
    value: Decimal | None = None
    unit: str = ""
    cue: str = ""


class Lexicon:
    """Finds the tokens of folded prose."""

    def __init__(self, folder: Path, names: Mapping[str, Mapping[str, str]]) -> None:
        self.terms = [
            (re.compile(fold_pattern(row["pattern"])), {k: row[k] for k in _TERM_FIELDS if row[k]})
            for row in read_csv(folder / "terms.csv")
        ]
        self._any_term = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.terms))
        self.cues = [(re.compile(row["pattern"]), row["kind"], row["value"]) for row in read_csv(folder / "cues.csv")]
        self._any_cue = re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _, _ in self.cues))
        changes = {row["word"]: int(row["sign"]) for row in read_csv(folder / "changes.csv")}
        self.changes = changes
        self._change = re.compile("|".join(re.escape(word) for word in sorted(changes, key=len, reverse=True)))
        money = units_of_money(folder)
        counters = {
            fold(row["unit"]): (Decimal(row["factor"]), row["base"]) for row in read_csv(folder / "counters.csv")
        }
        self.units: dict[str, tuple[Decimal, str, str]] = {
            **{unit: (factor, base, "count") for unit, (factor, base) in counters.items()},
            **{unit: (yuan, "元", "money") for unit, yuan in money.items()},
            **dict.fromkeys(("%", "个百分点", "百分点"), (Decimal(1), "百分比", "percent")),
        }
        self._unit = re.compile("|".join(re.escape(unit) for unit in sorted(self.units, key=len, reverse=True)))
        self._names: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
        for name, coordinates in names.items():
            self._names[name[0]].append((name, coordinates))
        for found in self._names.values():
            found.sort(key=lambda pair: -len(pair[0]))
        self.counted = {
            (row["after"], row["subject"], row["unit"]): row["becomes"] for row in read_csv(folder / "counted.csv")
        }
        self.forms_of_funds = {
            (row["direction"], row["fund"]): row["form"] for row in read_csv(folder / "forms-of-funds.csv")
        }
        self.measured = {row["subject"]: row["units"].split("|") for row in read_csv(folder / "measured-in.csv")}
        noise = read_csv(folder / "numbers.csv")
        self._noise_classes = [row["class"] for row in noise]
        self._noise = re.compile("|".join(f"(?P<n{i}>{row['pattern']})" for i, row in enumerate(noise)))

    def fits(self, subject: str, token: Token) -> bool:
        """Whether a figure of this unit can be said of a subject: persons are not counted in 个."""
        known = next((units for name, units in self.measured.items() if f"{subject}-".startswith(f"{name}-")), None)
        return known is None or token.kind not in {"money", "count"} or token.cue in known

    @property
    def noise(self) -> frozenset[str]:
        """Classes of numbers that are no quantity."""
        return frozenset(self._noise_classes)

    def tokens(self, text: str, names_first: bool = False) -> Iterator[Token]:
        """Tokens of a folded text from left to right; each begins where the one before it ends, or later.

        With `names_first` a name of a code list wins over a term of the same length.
        """
        place = 0
        while place < len(text):
            token = self._at(text, place, names_first)
            if token is None:
                place += 1
                continue
            yield token
            place = token.end

    def _at(self, text: str, place: int, names_first: bool) -> Token | None:
        char = text[place]
        if (found := self._noise.match(text, place)) is not None and found.group():
            kind = self._noise_classes[int((found.lastgroup or "n0")[1:])]
            return Token(kind, place, found.end(), found.group())
        if char in "。；！？，、：:;,（）":
            return Token("stop" if char in "。；！？;" else "break", place, place + 1, char)
        return self._function(text, place) or self._word(text, place, names_first) or self._quantity(text, place)

    def _function(self, text: str, place: int) -> Token | None:
        """Names marked 类, 款, 项 (教育支出（类）…（款）…（项）) or joined by dashes (教育支出-…-…)."""
        if place and text[place - 1] not in '"。；，、：:;,（）.0123456789及和的':
            return None
        found = _MARKED.match(text, place)
        if found is None or "。" in found.group():
            found = _PATH.match(text, place)
            if found is None or not self._names_class(found.group(1)):
                return None
        return Token("function", place, found.end(), found.group())

    def _names_class(self, text: str) -> bool:
        """Whether a text is the name of a class of the functional classification, with or without 支出."""
        known = self._names.get(text[:1], ())
        return any(name in {text, f"{text}支出"} and "function" in coordinates for name, coordinates in known)

    def _word(self, text: str, place: int, names_first: bool) -> Token | None:
        """The longest cue, change, name or term at a place; of equal ones the first of these."""
        found: list[Token] = []
        if self._any_cue.match(text, place):
            for pattern, kind, value in self.cues:
                if (hit := pattern.match(text, place)) and hit.group():
                    found.append(Token(kind, place, hit.end(), hit.group(), cue=value))
        if hit := self._change.match(text, place):
            found.append(Token("change", place, hit.end(), hit.group(), cue=str(self.changes[hit.group()])))
        named = [
            Token("term", place, place + len(name), name, coordinates)
            for name, coordinates in self._names.get(text[place], ())
            if text.startswith(name, place)
        ][:1]
        terms: list[Token] = []
        if self._any_term.match(text, place):
            for pattern, coordinates in self.terms:
                if (hit := pattern.match(text, place)) and hit.group():
                    terms.append(Token("term", place, hit.end(), hit.group(), coordinates))
        found.extend([*named, *terms] if names_first else [*terms, *named])
        return max(found, key=lambda token: token.end, default=None)

    def _quantity(self, text: str, place: int) -> Token | None:
        found = FIGURE.match(text, place)
        if found is None:
            return None
        value = figure(found.group())
        unit = self._unit.match(text, found.end()) or self._unit_of_span(text, found.end())
        printed = unit.group() if unit else ""
        factor, base, kind = self.units.get(printed, (Decimal(1), "", "bare"))
        if value is None:
            return None
        end = unit.end() if unit is not None and unit.start() == found.end() else found.end()
        return Token(kind, place, end, found.group(), value=value * factor, unit=printed, cue=base)

    def _unit_of_span(self, text: str, place: int) -> re.Match[str] | None:
        """The unit behind the last figure of a span or behind 多: 2-3期, 100多期."""
        far = _SPAN.match(text, place)
        return self._unit.match(text, far.end()) if far else None


def fold_pattern(pattern: str) -> str:
    """A pattern of a lookup with its groups not captured."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
