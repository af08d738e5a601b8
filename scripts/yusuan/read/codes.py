"""Classification codes: which concept a printed code or name means, and the codes met for the first time."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yusuan.package import Package, Row
from yusuan.read.text import fold, squeeze

FUNCTIONS = "function"
DEPARTMENT_ECONOMICS = "economic"
GOVERNMENT_ECONOMICS = "government-economic"
CODE_SCHEMES = {
    FUNCTIONS: "functions",
    DEPARTMENT_ECONOMICS: "department_economics",
    GOVERNMENT_ECONOMICS: "government_economics",
}
"""The code lists: scheme and the resource that holds it."""
_SCHEME_OF_DIGIT = {"2": FUNCTIONS, "3": DEPARTMENT_ECONOMICS, "5": GOVERNMENT_ECONOMICS}
_CODE = re.compile(r"[235][0-9]{2}(?:[0-9]{2}){0,2}")
_WIDTH = {1: 3, 2: 5, 3: 7}


@dataclass(frozen=True)
class Concept:
    """A concept of one of the code lists."""

    scheme: str
    id: str
    code: str
    name: str
    level: int


@dataclass
class Codes:
    """The code lists of a package, by code and by name, with what reading adds to them."""

    concepts: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    known_names: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    observed: dict[tuple[str, str], Row] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> Codes:
        """The code lists of a package."""
        codes = cls()
        for scheme, resource in CODE_SCHEMES.items():
            for row in package.rows(resource):
                codes.concepts[scheme, row["code"]].append(row)
                codes.known_names[scheme, row["id"]].add(name_key(row["name"]))
                codes.names[scheme, name_key(row["name"])].append(row)
        by_id = {(s, row["id"]): row for (s, _), rows in codes.concepts.items() for row in rows}
        for row in package.rows("code_names"):
            concept = by_id.get((row["scheme"], row["concept"]))
            if concept is not None and row["kind"] != "misprint":
                key = name_key(row["name"])
                codes.known_names[row["scheme"], row["concept"]].add(key)
                if concept not in codes.names[row["scheme"], key]:
                    codes.names[row["scheme"], key].append(concept)
        return codes

    def afresh(self) -> Codes:
        """A copy that reading can add to."""

        def copied(of: Mapping[tuple[str, str], Any], kind: type) -> Any:
            return defaultdict(kind, {key: kind(value) for key, value in of.items()})

        return Codes(copied(self.concepts, list), copied(self.names, list), copied(self.known_names, set))

    def concept(self, code: str, name: str, year: int) -> Concept | None:
        """The concept a printed code means, settled by code, name and year together.

        A code that no list holds is noted as observed under the name printed with it. None where the code
        is of no known scheme or shape.
        """
        scheme = scheme_of(code)
        if scheme is None:
            return None
        candidates = self.concepts.get((scheme, code), [])
        if not candidates:
            return self._observe(scheme, code, squeeze(name))
        key = name_key(name)
        return _concept(scheme, max(candidates, key=lambda row: self._fit(scheme, row, key, year)))

    def _fit(self, scheme: str, row: Row, key: str, year: int) -> tuple[bool, bool, str]:
        return key in self.known_names[scheme, row["id"]] and bool(key), in_force(row, year), row["first_year"]

    def _observe(self, scheme: str, code: str, name: str) -> Concept | None:
        if not name:
            return None
        level = (len(code) - 1) // 2
        row: Row = {
            "id": code, "code": code, "name": name, "name_en": "", "parent": "", "level": str(level),
            "first_year": "", "last_year": "", "evidence": "observed",
        }  # fmt: skip
        self.concepts[scheme, code].append(row)
        self.names[scheme, name_key(name)].append(row)
        self.known_names[scheme, code].add(name_key(name))
        self.observed[scheme, code] = row
        return _concept(scheme, row)

    def named(self, scheme: str, name: str, year: int, *, level: int = 0, under: str = "") -> Concept | None:
        """The one concept of that name, at that level and under that code where given; else None."""
        key = name_key(name)
        found = [
            row
            for row in self.names.get((scheme, key), [])
            if (not level or int(row["level"]) == level) and row["code"].startswith(under)
        ]
        current = [row for row in found if in_force(row, year)] or found
        return _concept(scheme, current[0]) if len(current) == 1 else None

    def nearly(self, scheme: str, name: str, under: str, level: int) -> Concept | None:
        """The one concept below `under` whose name is nearest to a misprinted one, if any is near."""
        key = name_key(name)
        near: list[tuple[float, Row]] = []
        for (of, code), rows in self.concepts.items():
            if of == scheme and code.startswith(under) and len(code) == _WIDTH[level]:
                for row in rows:
                    ratio = max(
                        (
                            difflib.SequenceMatcher(None, key, known).ratio()
                            for known in self.known_names[of, row["id"]]
                        ),
                        default=0.0,
                    )
                    if ratio >= 0.75:
                        near.append((ratio, row))
        near.sort(key=lambda pair: (-pair[0], pair[1]["id"]))
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return None
        return _concept(scheme, near[0][1])


def scheme_of(code: str) -> str | None:
    """The list a code belongs to, by its first digit; None where it is no code of these lists."""
    return _SCHEME_OF_DIGIT[code[0]] if _CODE.fullmatch(code) else None


def in_force(row: Row, year: int) -> bool:
    """Whether a concept or name is in force in a year, as far as its years are known."""
    return (not row["first_year"] or int(row["first_year"]) <= year) and (
        not row["last_year"] or year <= int(row["last_year"])
    )


def name_key(name: str) -> str:
    """A name for comparing: folded, without quotes, without a closing 支出 where more than that is left."""
    key = fold(name).replace('"', "").replace("'", "")
    return key[:-2] if key.endswith("支出") and len(key) > 4 else key


def join_code(parts: Iterable[str]) -> str:
    """A code from its printed parts: 208 | 5 | 01 and 208 | 20805 | 2080501 are both 2080501."""
    code = ""
    for part in (re.sub(r"[^0-9]", "", fold(part)) for part in parts):
        if not part:
            continue
        if code and part.startswith(code):
            code = part
        else:
            code += part.zfill(2) if code else part
    return code


def nearest_parent(code: str, known: Iterable[str]) -> str:
    """The longest proper prefix of a code among the known codes, or the empty string."""
    prefixes = [code[:width] for width in (5, 3) if width < len(code)]
    known = set(known)
    return next((prefix for prefix in prefixes if prefix in known), "")


def _concept(scheme: str, row: Row) -> Concept:
    return Concept(scheme, row["id"], row["code"], row["name"], int(row["level"]))


def names_for(codes: Codes, scheme: str, dimension: str, year: int, level: int = 0) -> dict[str, dict[str, str]]:
    """Names of a code list in a year as prose terms: folded name to coordinate."""
    found: dict[str, dict[str, str]] = {}
    for (of, key), rows in codes.names.items():
        current = [row for row in rows if in_force(row, year)]
        if of == scheme and len(current) == 1 and (not level or int(current[0]["level"]) == level):
            for name in (key, f"{key}支出"):
                if len(name) > 1 and (name == key or fold(current[0]["name"]) == name):
                    found[name] = {dimension: current[0]["id"]}
                    found.setdefault(name.replace("的", ""), {dimension: current[0]["id"]})
    return found
