"""Registers that give identifiers once and for ever: departments with their regions, projects."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from yusuan.errors import DocumentError
from yusuan.package import Row, read_csv
from yusuan.read.cover import Cover
from yusuan.read.lexicon import fold_pattern
from yusuan.read.slug import digest, slug
from yusuan.read.text import fold

_COUNTRY = "100000"


@dataclass
class Regions:
    """Administrative divisions by name, official and short."""

    rows: Mapping[str, Row]
    bodies: re.Pattern[str]
    """Bodies named before their place: 中共某市委."""
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, rows: Iterable[Row], folder: Path) -> Regions:
        """Regions of a package, with the short names that the lookups derive."""
        words = [(re.compile(row["pattern"]), row["replacement"]) for row in read_csv(folder / "region-words.csv")]
        bodies = [row["pattern"] for row in read_csv(folder / "cover-words.csv") if row["kind"] == "body"]
        regions = cls({row["code"]: row for row in rows}, re.compile("|".join(bodies)))
        for code, row in regions.rows.items():
            for name in {row["name"], _short(row["name"], words)}:
                regions.by_name[name].append(code)
        return regions

    def find(self, name: str) -> tuple[str, str] | None:
        """The region a folded agency name begins with and the rest of the name; None where it is in doubt."""
        body = found.group() if (found := self.bodies.match(name)) else ""
        name = name[len(body) :]
        code, rest = self._longest(name, None)
        while code:
            deeper, shorter = self._longest(rest, code)
            if not deeper:
                break
            code, rest = deeper, shorter
        return (code, body + rest) if code else None

    def _longest(self, text: str, within: str | None) -> tuple[str, str]:
        for length in range(min(len(text) - 1, 15), 1, -1):
            codes = [
                code for code in self.by_name.get(text[:length], []) if within is None or self._inside(code, within)
            ]
            if len(codes) == 1:
                return codes[0], text[length:]
            if len(codes) > 1 and within is None:
                return "", text
        return "", text

    def _inside(self, code: str, outer: str) -> bool:
        step = self.rows[code]["parent"]
        while step:
            if step == outer:
                return True
            step = self.rows[step]["parent"]
        return False


def _short(name: str, words: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """The short name of a region: without the peoples an autonomous one is named for."""
    for pattern, replacement in words:
        name = pattern.sub(replacement, name)
    return name


@dataclass
class Departments:
    """The departments known, and how a new one gets its identifier."""

    regions: Regions
    folder: Path
    rows: dict[str, Row] = field(default_factory=dict)

    def resolve(self, cover: Cover, place: str, given: str | None = None) -> Row:
        """The department of a cover; a new row where it is not known. Raises DocumentError where in doubt."""
        if given is not None:
            if given in self.rows:
                return self.rows[given]
            raise DocumentError(f"no department {given!r} in departments.csv; add its row first", place)
        for name in cover.names:
            if (known := self._known(name, cover.scope)) is not None:
                return known
        for name in cover.names:
            if (found := self.regions.find(name)) is not None:
                return self._new(name, cover, *found)
        for name in cover.names:
            if self._matches("central-organs.csv", name):
                return self._new(name, cover, _COUNTRY, name)
        raise DocumentError(f"the region of {cover.names[0]} is in doubt; give --department", place)

    def _known(self, name: str, scope: str) -> Row | None:
        for row in self.rows.values():
            names = {fold(row["name"]), *(fold(other) for other in row["other_names"].split("|") if other)}
            if row["scope"] == scope and name in names:
                return row
        return None

    def _new(self, name: str, cover: Cover, region: str, rest: str) -> Row:
        apart = cover.scope == "单位" and self._is_organ(name)
        base = f"{region}-{slug(rest)}"
        identifier = base + ("-unit" if apart else "")
        if identifier in self.rows:
            identifier = f"{base}-{digest(name)}" + ("-unit" if apart else "")
        row: Row = {
            "id": identifier, "name": name, "region": region, "scope": cover.scope, "level": self._level(name, region),
            "parent": "", "other_names": "", "first_year": "", "last_year": "", "successor": "",
        }  # fmt: skip
        self.rows[identifier] = row
        return row

    def _is_organ(self, name: str) -> bool:
        return self._matches("organs.csv", name)

    def _matches(self, lookup: str, name: str) -> bool:
        return any(re.fullmatch(fold_pattern(row["pattern"]), name) for row in read_csv(self.folder / lookup))

    def _level(self, name: str, region: str) -> str:
        for row in read_csv(self.folder / "levels.csv"):
            if re.fullmatch(fold_pattern(row["pattern"]), name):
                return row["level"]
        return self.regions.rows[region]["level"]


@dataclass
class Projects:
    """The projects of one department: one name one project, other names joined on evidence."""

    department: str
    rows: dict[str, Row] = field(default_factory=dict)
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def get(self, name: str) -> Row:
        """The project of that name, made if it is new. A clash of slugs adds four hex digits of the name."""
        if (known := self.known(name)) is not None:
            return known
        identifier = f"{self.department}-{slug(name)}"
        if identifier in self.rows:
            identifier = f"{identifier}-{digest(name)}"
        row: Row = {"id": identifier, "department": self.department, "name": name, "other_names": ""}
        self.rows[identifier] = row
        return row

    def known(self, name: str) -> Row | None:
        """The project that goes by a name, compared without white space and width."""
        key = fold(name)
        for row in self.rows.values():
            if key in {fold(row["name"]), *(fold(other) for other in row["other_names"].split("|") if other)}:
                return row
        return None

    def nearly(self, name: str, amount: Decimal | None, taken: Iterable[str]) -> Row | None:
        """The one project with the same amount whose name is much alike; its other names then hold this one.

        `taken` are projects that go by their own names in the same list, so cannot be meant.
        """
        near = []
        for row in self.rows.values():
            if row["id"] in set(taken) or amount is None or self.amounts.get(row["id"]) != amount:
                continue
            ratio = difflib.SequenceMatcher(None, fold(name), fold(row["name"])).ratio()
            if ratio >= 0.6:
                near.append((ratio, row))
        near.sort(key=lambda pair: -pair[0])
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        row = near[0][1]
        row["other_names"] = "|".join(sorted({*filter(None, row["other_names"].split("|")), name}))
        return row
