"""Standard disclosure forms as data: which titles a form goes by and how its rows and columns read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from yusuan.errors import PackageError
from yusuan.package import read_csv
from yusuan.read.text import fold

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TITLE_END = re.compile(r"(?:表|表[（(\[—-].{1,40}[）)\]]|表（?续）?|续表|目标|明细)$")
_NO_TITLE = re.compile(r"[。；;！]|^(?:注|备注|说明|附注)[:：]|具体|详见|如下|见附|反映|^本表|填列")
_NUMBER = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十0-9]+[）)]?[、.．:：]|附?表[一二三四五六七八九十0-9]+(?:-[0-9]+)*[:：、]?"
    r"|(?:预算)?(?:公开|财决)[0-9]+表[:：]?|附件[0-9一二三四五六七八九十]*[:：]?|[0-9]{1,2}(?=[^0-9年])[.、．]?)+"
)
_YEAR = re.compile(r"^.{0,40}?(?:20[0-9]{2})(?:年度?|年[一-龥]{0,2}年度?)")


@dataclass(frozen=True)
class TitlePattern:
    """A title must hold every word of `every` and none of `never`.

    Where `only` is given, nothing else may stand in it but these words, behind the name of an agency at most.
    """

    every: tuple[str, ...]
    never: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def matches(self, key: str, agency: re.Pattern[str]) -> bool:
        """Whether a folded title is of this pattern; `agency` is how the name of an agency or a place ends."""
        return self.announces(key) and (not self.only or self._plain(key, agency))

    def announces(self, key: str) -> bool:
        """Whether a folded heading speaks of what titles of this pattern name, whatever else it says."""
        return all(word in key for word in self.every) and not any(word in key for word in self.never)

    def _plain(self, key: str, agency: re.Pattern[str]) -> bool:
        words = sorted({*self.every, *self.only}, key=len, reverse=True)
        rest = re.sub(f"(?:{'|'.join(map(re.escape, words))}|[（）()、])+$", "", key)
        return not rest or bool(agency.search(rest))


@dataclass(frozen=True)
class Form:
    """One standard form. `rows` are the lists its labels are looked up in, in that order.

    `columns` gives, for the folded header of a label column, the one list that its labels are looked up in.
    """

    id: str
    kind: str
    rank: int
    titles: tuple[TitlePattern, ...]
    headings: tuple[TitlePattern, ...] = ()
    headers: tuple[TitlePattern, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    partition: tuple[str, ...] = ()
    project: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


class Forms:
    """All forms of a folder, most specific first; `lookups` has the words that names of agencies end with."""

    def __init__(self, folder: Path, lookups: Path) -> None:
        endings = [row["pattern"] for row in read_csv(lookups / "cover-words.csv") if row["kind"] in {"organ", "place"}]
        self._agency = re.compile(f"(?:{'|'.join(endings)})(?:[（(].{{1,8}}[）)])?$")
        self.all = tuple(sorted((_load(path) for path in sorted(folder.glob("*.yaml"))), key=lambda form: form.rank))
        self.by_id = {form.id: form for form in self.all}

    def of_title(self, key: str) -> Form | None:
        """The form a folded title names, or None."""
        return next((form for form in self.all if any(title.matches(key, self._agency) for title in form.titles)), None)

    def of_header(self, cells: Iterable[str]) -> Form | None:
        """The one form whose header these folded cells are, for a table whose title names none; else None."""
        key = f"|{'|'.join(cells)}|"
        found = [form for form in self.all if any(pattern.announces(key) for pattern in form.headers)]
        return found[0] if len(found) == 1 else None

    def of_heading(self, key: str) -> Form | None:
        """The form whose matter a folded heading of the prose announces, or None."""
        for form in self.all:
            if any(pattern.announces(key) for pattern in (*form.headings, *form.titles)):
                return form
        return None


def reduce_title(text: str) -> str:
    """A folded title without number, agency and year before it: the part that names the form."""
    key = _NUMBER.sub("", fold(text).strip("《》\"'")).strip("《》\"'")
    while len(rest := _NUMBER.sub("", _YEAR.sub("", key, count=1))) >= 3 and rest != key:
        key = rest
    return key


def looks_like_title(text: str) -> bool:
    """Whether a line reads like the title of a table."""
    key = fold(text)
    return 3 <= len(key) <= 60 and bool(_TITLE_END.search(key.strip("《》"))) and not _NO_TITLE.search(key)


def _load(path: Path) -> Form:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
        return Form(
            id=value["form"],
            kind=value["kind"],
            rank=value["rank"],
            titles=_patterns(value["title"]),
            headings=_patterns(value.get("heading", [])),
            headers=_patterns(value.get("header", [])),
            defaults=value.get("defaults", {}),
            rows=tuple(value.get("rows", ())),
            partition=tuple(value.get("partition", ())),
            project=value.get("project", ""),
            columns={fold(header): rows for header, rows in value.get("columns", {}).items()},
        )
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise PackageError(f"not a form: {error}", str(path)) from None


def _patterns(items: Sequence[Mapping[str, Any]]) -> tuple[TitlePattern, ...]:
    return tuple(
        TitlePattern(*(tuple(fold(word) for word in item.get(words, ())) for words in ("all", "none", "only")))
        for item in items
    )
