"""Figures of the prose as statements: what each says, of what, against what, and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from yusuan.read.codes import FUNCTIONS, Codes, Concept, name_key
from yusuan.read.forms import Forms
from yusuan.read.grid import Span
from yusuan.read.lexicon import Lexicon
from yusuan.read.paragraph import Paragraph
from yusuan.read.statement import Context, Statement

_MARKED = re.compile(r"\"?([^（()）]+(?:（[^类款项（）]{1,4}）[^（）]*)*)（([0-9]{0,7})([类款项])）\"?")
_LEVEL = {"类": 1, "款": 2, "项": 3}


class ProseReader:
    """Reads the figures of one filing's prose."""

    def __init__(
        self,
        lexicon: Lexicon,
        codes: Codes,
        forms: Forms,
        subjects: Collection[str],
        year: int,
        phase: str,
        functions: Sequence[str],
    ) -> None:
        self.lexicon = lexicon
        self.codes = codes
        self.forms = forms
        self.subjects = subjects
        self.year = year
        self.phase = "executed" if phase == "final" else "approved"
        self.functions = tuple(functions)

    def read(self, span: Span, context: Context) -> list[Statement]:
        """Statements of one paragraph, in order. `context` learns what later paragraphs need."""
        return Paragraph(self, span, context).run()

    def base(self, context: Context) -> dict[str, str]:
        """Coordinates that hold in a section before any word is read."""
        form = self.forms.by_id.get(context.form)
        defaults = dict(form.defaults) if form else {}
        return {"form": context.form, **defaults, **context.coordinates} if context.form else dict(context.coordinates)

    def function(self, text: str, context: Context) -> Concept | None:
        """The functional concept that marked names mean, settled by all of them together."""
        marked = list(_MARKED.finditer(text))
        names = [(found.group(1).strip('"'), _LEVEL[found.group(3)]) for found in marked]
        if not names and "-" in text:
            names = [(part, level) for level, part in enumerate(text.strip('"').split("-"), start=1)]
        if not names:
            return None
        if marked and (code := self._code_printed([found.group(2) for found in marked])):
            return self.codes.concept(code, names[-1][0], self.year)
        names = self._split_run(names)
        name, level = names[-1]
        above = [self._codes_named(other) for other, _ in names[:-1]]
        if not above and context.function and level > 1:
            above = [{context.function}]
        exact = self._under(self._codes_named(name), above)
        candidates = [c for c in exact if (len(c) - 1) // 2 == level] or list(exact)
        if len(candidates) > 1:
            candidates = [c for c in candidates if c in self.functions] or candidates
        if len(candidates) == 1:
            return self.codes.concept(candidates[0], "", self.year)
        if not candidates and len(names) > 1:
            prefixes = sorted({code for codes in above for code in codes}, key=len)
            near = self.codes.nearly(FUNCTIONS, name, prefixes[-1] if prefixes else "", level) if prefixes else None
            return near
        return None

    @staticmethod
    def _code_printed(parts: Sequence[str]) -> str:
        """The code that marks print piece by piece: 204类, 06款, 01项; nothing where a piece is missing."""
        code = parts[-1] if len(parts[-1]) > 2 else "".join(parts)
        return code if all(parts) and len(code) == 2 * len(parts) + 1 else ""

    def _split_run(self, names: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """A last name that runs two together (人大事务行政运行) taken apart, where both parts are known."""
        name, level = names[-1]
        if self._codes_named(name):
            return names
        for cut in range(2, len(name) - 1):
            above = self._codes_named(name[:cut])
            if above and self._under(self._codes_named(name[cut:]), [above]):
                return [*names[:-1], (name[:cut], level - 1), (name[cut:], level)]
        return names

    def _codes_named(self, name: str) -> set[str]:
        key = name_key(name)
        rows = self.codes.names.get((FUNCTIONS, key)) or self.codes.names.get((FUNCTIONS, f"{key}支出")) or []
        return {row["code"] for row in rows}

    @staticmethod
    def _under(codes: set[str], above: Sequence[set[str]]) -> set[str]:
        for prefixes in above:
            if prefixes:
                codes = {code for code in codes if any(code.startswith(prefix) for prefix in prefixes)}
        return codes
