"""Every place of a clean filing where a defect can be planted, kind by kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from random import Random

from benchmarks.defects.figures import digit, others, value_of, yuan
from benchmarks.defects.planting import Spot, Token
from benchmarks.defects.redundancy import Redundancy, letters

from yusuan.package import Row
from yusuan.read.filing import FilingRows
from yusuan.read.grid import Cell, Document, Furniture, Grid, Paragraph, Span
from yusuan.read.text import FIGURE, fold

UP, DOWN = ("增加", "增长", "上升", "提高"), ("减少", "下降", "降低")
MEASURES = {
    "level": "an amount", "count": "a count", "change": "a change", "rate": "a rate", "share": "a share",
    "completion": "a completion rate",
}  # fmt: skip
MARKS = ("XX", "××", "XXX", "**", "____", "ＸＸ")
NUMBERS = ("联系电话：13812345678", "身份证号：11010519491231002X")
"""A mobile number and the identity number that GB 11643 gives as its example."""
_HEADING = re.compile(
    "20[0-9]{2}年度?.{0,30}(?:预算|决算|收入|支出|收支|经费).{0,12}(?:表|说明|情况)[0-9.…·]*$"
)  # fmt: skip
_UNIT = re.compile("单位[:：]\\s*(万元|元)")
_AGENCY = re.compile("(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：]")
_TITLED = re.compile("(?:预算|决算|概况|说明|情况)[表书]?[0-9.…·]*$")
_ROLES = frozenset({"item", "part", "subtotal"})


@dataclass
class Spots:
    """The spots of one clean filing. `agencies` are other departments' names, `codes` the codes there are."""

    documents: Sequence[Document]
    rows: FilingRows
    agencies: Sequence[str]
    codes: Sequence[str]
    random: Random

    def __post_init__(self) -> None:
        self.known = Redundancy(self.rows)
        self.tokens = list(self._tokens())
        self.year = int(self.rows.cover.year)
        self.items_of: dict[Span, list[Row]] = defaultdict(list)
        for token in self.tokens:
            if token.resource == "line_items" and token.row in self.known.items:
                self.items_of[token.span].append(self.known.items[token.row])

    def all(self) -> Iterator[Spot]:
        """Every spot."""
        for token in self.tokens:
            if token.resource == "line_items" and token.row in self.known.items:
                yield from self._amount(token, self.known.items[token.row])
            elif token.resource == "statements" and token.row in self.known.said:
                yield from self._statement(token, self.known.said[token.row])
            elif token.resource == "indicators":
                yield from self._target(token)
            elif token.resource == "project_years":
                yield from self._of_project(token)
        for at, document in enumerate(self.documents):
            for block in document.blocks:
                if isinstance(block, Grid):
                    yield from self._rows(at, block)
                    yield from self._columns(at, block)
            for span in document.spans():
                yield from self._words(at, span)
            yield from self._tables(at)
        yield from self._reasons()
        yield from self._lists()

    def _tokens(self) -> Iterator[Token]:
        """Figures in reading order, which is the order of the ledger."""
        ledger = defaultdict(list)
        for row in self.rows.working["ledger"]:
            ledger[row["file_name"]].append(row)
        for at, document in enumerate(self.documents):
            rows = iter(ledger[document.file_name])
            for span in document.spans():
                for found in FIGURE.finditer(span.text):
                    row = next(rows)
                    yield Token(at, span, found.start(), found.end(), row["resource"], row["row"])

    def _in(self, token: Token, kind: str, eligible: bool, text: str) -> Spot:
        """A spot where a figure of the text is another."""
        return Spot(kind, eligible, token.document, {token.span: token.written(text)})

    # --- figures of tables

    def _amount(self, token: Token, item: Row) -> Iterator[Spot]:
        value = value_of(token.printed)
        if value is None or value == 0:
            return
        slips = [*others(token.printed, self.random), ("figure left out", "")]
        for slip, text in slips:
            new = yuan(value_of(text) or Decimal(0), item["unit"])
            eligible = self.known.contradicts({item["id"]: new})
            yield self._in(token, f"{slip} in a table" if text else f"{slip} of a table", eligible, text)
        eligible = self.known.contradicts({item["id"]: -Decimal(item["amount"])})
        yield self._in(token, "sign in a table", eligible, f"-{token.printed}")

    def _columns(self, at: int, grid: Grid) -> Iterator[Spot]:
        """Figures one below the other, and side by side, in each other's place."""
        single = {cell.span: own[0] for cell in grid.cells() if len(own := self.items_of.get(cell.span, [])) == 1}
        rows = [{cell.column: cell.span for cell in row if cell.span in single} for row in grid.rows]
        for row, below in pairwise(rows):
            for column in sorted(row.keys() & below.keys()):
                pair = (row[column], below[column])
                yield from self._exchanged("figures of two rows changed over", at, single, [pair])
        for column, beside in pairwise(sorted(set().union(*rows))):
            pairs = [(row[column], row[beside]) for row in rows if column in row and beside in row]
            if len(pairs) >= 2:
                yield from self._exchanged("columns changed over", at, single, pairs)

    def _exchanged(
        self, kind: str, at: int, items: Mapping[Span, Row], pairs: Sequence[tuple[Span, Span]]
    ) -> Iterator[Spot]:
        texts: dict[Span, str] = {}
        changed: dict[str, Decimal] = {}
        for one, other in pairs:
            texts |= {one: other.text, other: one.text}
            changed[items[one]["id"]] = Decimal(items[other]["amount"])
            changed[items[other]["id"]] = Decimal(items[one]["amount"])
        if any(Decimal(self.known.items[one]["amount"]) != new for one, new in changed.items()):
            yield Spot(kind, self.known.contradicts(changed), at, texts)

    # --- figures of the prose

    def _statement(self, token: Token, row: Row) -> Iterator[Spot]:
        value = value_of(token.printed)
        measure = row["measure"]
        if value is None or value == 0 or value != value_of(row["printed"].rstrip("%")) or measure not in MEASURES:
            return
        if row["subject"] == "goal":
            text = digit(token.printed, self.random)
            if text is not None and (new := value_of(text)) is not None:
                yield self._in(token, "figure of a goal", self.known.aimed(row, new), text)
            return
        for slip, text in others(token.printed, self.random):
            new = value_of(text)
            if new is not None:
                yield self._in(token, f"{slip} of {MEASURES[measure]} in the prose", self.known.follows(row, new), text)
        yield self._in(token, "placeholder", True, self.random.choice(MARKS))
        unit, after = row["unit"], token.span.text[token.end :]
        if measure == "level" and unit in {"万元", "元"} and after.startswith(unit):
            text = token.span.text[: token.end] + ("元" if unit == "万元" else "万元") + after[len(unit) :]
            yield Spot("unit in the prose", self.known.printed_for(row) is not None, token.document, {token.span: text})
        if measure == "level" and row["year"] == str(self.year):
            yield from self._year(token, row)
        if measure in {"change", "rate"}:
            yield from self._direction(token, row)

    def _year(self, token: Token, row: Row) -> Iterator[Spot]:
        """The year named before an amount of the filing's own year, in its clause."""
        clause = re.search(f"{self.year}年[^。；;，,0-9]*$", token.span.text[: token.start])
        if clause is None:
            return
        at = clause.start()
        text = token.span.text[:at] + str(self.year + self.random.choice((-1, 1, -2, -3))) + token.span.text[at + 4 :]
        eligible = self.known.printed_for(row) is not None
        yield Spot("year in the prose", eligible, token.document, {token.span: text})

    def _direction(self, token: Token, row: Row) -> Iterator[Spot]:
        """The word before a change or a rate turned round."""
        before = token.span.text[max(0, token.start - 4) : token.start]
        for word, opposite in [*((w, DOWN) for w in UP), *((w, UP) for w in DOWN)]:
            if before.rstrip("了为约 ").endswith(word):
                at = token.span.text.rindex(word, 0, token.start)
                text = token.span.text[:at] + opposite[0] + token.span.text[at + len(word) :]
                eligible = self.known.turned(row, token.span.text, "|".join(UP + DOWN))
                yield Spot("direction word", eligible, token.document, {token.span: text})
                return

    # --- performance forms

    def _target(self, token: Token) -> Iterator[Spot]:
        indicator = next((row for row in self.rows.rows["indicators"] if row["id"] == token.row), None)
        if indicator is None or not indicator["value"] or value_of(token.printed) != Decimal(indicator["value"]):
            return
        text = digit(token.printed, self.random)
        new = value_of(text) if text is not None else None
        if text is not None and new is not None:
            yield self._in(token, "target of an indicator", self.known.unmet(indicator, new), text)

    def _of_project(self, token: Token) -> Iterator[Spot]:
        """The money of a project in its performance form, where a table prints it too."""
        project, value = token.row.rpartition("|")[2], value_of(token.printed)
        text = digit(token.printed, self.random)
        if text is None or value is None or value == 0 or value_of(text) is None:
            return
        tabled = {Decimal(item["amount"]) for item in self.known.items.values() if item["project"] == project}
        eligible = bool(tabled & {value, value * 10000})
        yield self._in(token, "money of a performance form", eligible, text)

    # --- rows, codes and names

    def _rows(self, at: int, grid: Grid) -> Iterator[Spot]:
        reached = 0
        for index, row in enumerate(grid.rows):
            items = [item for cell in row for item in self.items_of.get(cell.span, [])]
            free = index >= reached and all(cell.row_span == 1 for cell in row)
            reached = max([reached, *(cell.row + cell.row_span for cell in row if cell.row_span > 1)])
            if not items:
                continue
            if free and all(item["role"] in _ROLES for item in items) and any(Decimal(i["amount"]) for i in items):
                eligible = self.known.misses(items)
                yield Spot("row dropped", eligible, at, grid=grid, row=index)
                yield Spot("row printed twice", eligible, at, grid=grid, row=index, twice=True)
            yield from self._coded(at, row, items)
            yield from self._named(at, row, items[0])

    def _coded(self, at: int, row: Sequence[Cell], items: Sequence[Row]) -> Iterator[Spot]:
        item = items[0]
        code = item["function"] or item["economic"]
        if not item["code_printed"] or not item["label"] or not code.isdigit():
            return
        again = any(
            (other["function"], other["economic"]) == (item["function"], item["economic"])
            and fold(other["label"]) == fold(item["label"])
            and other["table_id"] != item["table_id"] and other["code_printed"] and Decimal(other["amount"])
            for other in self.known.items.values()
        )  # fmt: skip
        used = {o["function"] for o in self.known.items.values()} | {o["economic"] for o in self.known.items.values()}
        for cell in row:
            if cell.span.text.strip() == code == item["code_printed"]:
                text = digit(code, self.random)
                if text is not None and text not in used:
                    yield Spot("digit of a code", again, at, {cell.span: text})
                of_kind = [c for c in self.codes if len(c) == len(code) and c[:3] == code[:3] and c not in used]
                if of_kind:
                    yield Spot("another code", again, at, {cell.span: self.random.choice(of_kind)})
            elif cell.key == fold(item["label"]) and len(cell.key) >= 4:
                yield Spot("name of a code", again, at, {cell.span: self._misspelt(cell.span.text)})

    def _named(self, at: int, row: Sequence[Cell], item: Row) -> Iterator[Spot]:
        """The name of a project that the filing names elsewhere too."""
        project = next((p for p in self.rows.rows["projects"] if p["id"] == item["project"]), None)
        if project is None:
            return
        for cell in row:
            if cell.key == fold(project["name"]) and len(cell.key) >= 6:
                spans = (span for document in self.documents for span in document.spans())
                again = any(span is not cell.span and cell.key in span.key for span in spans)
                yield Spot("name of a project", again, at, {cell.span: self._misspelt(cell.span.text)})

    @cached_property
    def _letters(self) -> list[str]:
        return sorted(letters(self.known.items.values(), "label"))

    def _misspelt(self, text: str) -> str:
        """A name with one character another."""
        i = self.random.choice([i for i, char in enumerate(text) if "一" <= char <= "鿿"])
        return text[:i] + self.random.choice([c for c in self._letters if c not in text]) + text[i + 1 :]

    # --- whole tables

    def _tables(self, at: int) -> Iterator[Spot]:
        """A table with its title left out: one whose grand total another table prints, or the prose tells."""
        blocks = self.documents[at].blocks
        for place, block in enumerate(blocks):
            after = next((b for b in blocks[place + 1 :] if isinstance(b, Grid)), None)
            if not isinstance(block, Grid) or block.continues or (after is not None and after.continues):
                continue
            items = [item for cell in block.cells() for item in self.items_of.get(cell.span, [])]
            tables = {item["table_id"] for item in items}
            if len(tables) != 1 or any(i["table_id"] in tables and i not in items for i in self.known.items.values()):
                continue
            title = next(row["title"] for row in self.rows.rows["tables"] if row["id"] in tables)
            above = self._title_above(blocks[:place], fold(title))
            totals = [item for item in items if item["role"] == "total" and Decimal(item["amount"])]
            told = any(row["form"] == items[0]["form"] and Decimal(row["value"]) for row in self.known.said.values())
            eligible = bool(above) and (told or any(self.known.also_printed(total) for total in totals))
            yield Spot("table left out", eligible, at, gone=(*above, block))

    @staticmethod
    def _title_above(blocks: Sequence[Paragraph | Furniture | Grid], title: str) -> list[Paragraph]:
        """The paragraphs between a table and what stands before it, where one of them is its title."""
        found: list[Paragraph] = []
        for block in reversed(blocks):
            if not isinstance(block, Paragraph) or len(found) > 6 or "。" in block.span.text:
                return []
            found.insert(0, block)
            if title and title in block.span.key:
                return found
        return []

    # --- words

    def _reasons(self) -> Iterator[Spot]:
        """A reason that was never written."""
        for at, document in enumerate(self.documents):
            for block in document.blocks:
                if not isinstance(block, Paragraph):
                    continue
                found = re.search("原因(?:主要)?是[：:]?([^。；;]{4,})", block.span.text)
                if found:
                    mark = self.random.choice(MARKS)
                    text = block.span.text[: found.start(1)] + mark + block.span.text[found.end(1) :]
                    yield Spot("reason left open", True, at, {block.span: text})

    def _lists(self) -> Iterator[Spot]:
        """A name left out of a list whose number is told."""
        for resource in ("sections", "units"):
            names = self.rows.rows[resource]
            told = [s for s in self.known.said.values() if s["subject"] == resource and s["measure"] == "count"]
            eligible = any(Decimal(s["value"]) == len(names) for s in told)
            for row in names:
                for at, document in enumerate(self.documents):
                    for span in document.spans():
                        if f"{row['name']}、" in span.text:
                            text = span.text.replace(f"{row['name']}、", "", 1)
                            yield Spot("name left out of a list", eligible, at, {span: text})

    def _words(self, at: int, span: Span) -> Iterator[Spot]:
        text, key = span.text, span.key
        years = re.findall("20[0-9]{2}年", text)
        alone = len(years) == 1 and len(key) < 60 and not re.search("[。；;]|上年|比较|截至", key)
        if alone and int(years[0][:4]) == self.year and _HEADING.search(key):
            year = self.year + self.random.choice((-1, 1, -2))
            yield Spot("year of a heading", True, at, {span: text.replace(years[0], f"{year}年")})
        if found := _UNIT.search(text):
            changed = text[: found.start(1)] + ("元" if found[1] == "万元" else "万元") + text[found.end(1) :]
            yield Spot("unit of a table", self._table_shared(at, span), at, {span: changed})
        name = self.rows.department["name"]
        other = self.random.choice([agency for agency in self.agencies if agency != name])
        if name not in text or len(key) >= 60:
            pass
        elif _AGENCY.match(key):
            yield Spot("agency named", True, at, {span: text.replace(name, other)})
        elif years and not re.search("[。；;，]", key) and _TITLED.search(key):
            yield Spot("agency of a heading", True, at, {span: text.replace(name, other)})
        if len(key) > 60 and key.endswith("。"):
            yield Spot("personal number", True, at, {span: text.rstrip() + self.random.choice(NUMBERS) + "。"})

    def _table_shared(self, at: int, span: Span) -> bool:
        """A table under this caption prints a grand total that another table prints too."""
        after: list[Row] = []
        begun = False
        for one in self.documents[at].spans():
            if begun and _UNIT.search(one.text):
                break
            begun = begun or one is span
            after.extend(self.items_of.get(one, []) if begun else [])
        own = [item for item in self.known.items.values() if after and item["table_id"] == after[0]["table_id"]]
        totals = [item for item in own if item["role"] == "total" and Decimal(item["amount"])]
        return any(o["role"] == "total" for total in totals for o in self.known.also_printed(total))
