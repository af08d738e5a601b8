"""Where a defect can be planted in a filing, and whether the filing itself contradicts it there.

What is eligible is settled on the clean filing, without the rules: a figure that is a term of a sum, that is printed
again for the same thing, or that follows from others printed beside it. What is printed once, with nothing to
contradict it, is not eligible.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from yusuan.package import Row
from yusuan.read.filing import FilingRows
from yusuan.read.grid import Block, Cell, Document, Grid, Span
from yusuan.read.text import FIGURE, fold

YUAN = {"元": 1, "千元": 1000, "万元": 10000, "万": 10000, "百万元": 10**6, "亿元": 10**8, "亿": 10**8}
UP, DOWN = ("增加", "增长", "上升", "提高"), ("减少", "下降", "降低")
COORDINATES = ("form", "direction", "function", "economic", "fund", "nature", "item", "project", "subject")
SHARED = ("year", "phase", "direction", "function", "economic", "fund", "nature", "item", "project", "row_unit")
EXACT = ("form", "year", "phase", "function", "economic", "item", "project")
CODED = ("function", "economic")
HEADING = re.compile(
    "20[0-9]{2}年度?.{0,30}(?:预算|决算|收入|支出|收支|经费).{0,12}(?:表|说明|情况)[0-9.…·]*$"
)  # fmt: skip
AT_LEAST, AT_MOST = re.compile("以上|不少于|不低于|至少|大于|超过"), re.compile("以下|以内|不超过|不高于|小于")
MEASURES = {
    "level": "an amount", "count": "a count", "change": "a change", "rate": "a rate", "share": "a share",
    "completion": "a completion rate",
}  # fmt: skip
MARKS = ("XX", "××", "XXX", "**", "____", "ＸＸ")


@dataclass(frozen=True, eq=False)
class Spot:
    """One defect that can be planted: of a kind, in the text of a span or in a row of a grid."""

    kind: str
    eligible: bool
    document: int
    span: Span | None = None
    text: str = ""
    grid: Grid | None = None
    row: int = 0
    twice: bool = False

    def plant(self, documents: Sequence[Document]) -> list[Document]:
        """The documents with the defect."""
        found = list(documents)
        blocks = tuple(self._block(block) for block in found[self.document].blocks)
        found[self.document] = replace(found[self.document], blocks=blocks)
        return found

    def _block(self, block: Block) -> Block:
        if self.grid is not None:
            return _with_row(block, self.row, self.twice) if block is self.grid and isinstance(block, Grid) else block
        if not isinstance(block, Grid):
            return replace(block, span=self._span(block.span)) if block.span is self.span else block
        if not any(cell.span is self.span for cell in block.cells()):
            return block
        rows = tuple(tuple(replace(cell, span=self._span(cell.span)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    def _span(self, span: Span) -> Span:
        return Span(self.text, span.origin) if span is self.span else span


def _with_row(grid: Grid, index: int, twice: bool) -> Grid:
    """The grid with a row left out, or printed twice."""
    by = 1 if twice else -1
    after = tuple(tuple(replace(cell, row=cell.row + by) for cell in row) for row in grid.rows[index + 1 :])
    kept: tuple[tuple[Cell, ...], ...] = ()
    if twice:
        again = tuple(
            replace(cell, span=Span(cell.span.text, cell.span.origin), row=cell.row + 1) for cell in grid.rows[index]
        )
        kept = (grid.rows[index], again)
    return replace(grid, rows=(*grid.rows[:index], *kept, *after))


@dataclass(frozen=True)
class _Token:
    """A printed figure and the row of a resource that it became."""

    document: int
    span: Span
    start: int
    end: int
    resource: str
    row: str
    in_table: bool

    @property
    def printed(self) -> str:
        return self.span.text[self.start : self.end]

    def written(self, text: str) -> str:
        """The text of its span with another figure."""
        return self.span.text[: self.start] + text + self.span.text[self.end :]


@dataclass
class Spots:
    """The spots of one clean filing."""

    documents: Sequence[Document]
    rows: FilingRows
    agencies: Sequence[str]
    random: Random
    tokens: list[_Token] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.items = {row["id"]: row for row in self.rows.rows["line_items"]}
        self.said = {row["id"]: row for row in self.rows.rows["statements"]}
        self.sums: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for row in self.rows.rows["sums"]:
            self.sums[row["whole"], row["axis"], row["partition"]].append(row["part"])
        self.terms: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for (whole, _, _), parts in self.sums.items():
            if self._holds(whole, parts):
                for one in (whole, *parts):
                    self.terms[one].append((whole, parts))
        self.shared: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.items.values():
            self.shared[tuple(row[name] for name in SHARED)].append(row)
        self.levels: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.said.values():
            if row["measure"] in {"level", "count"}:
                self.levels[_coordinates(row)].append(row)
        self.letters = {c for row in self.items.values() for c in row["label"] if "一" <= c <= "鿿"}
        self.tokens = list(self._tokens())
        self.year = int(self.rows.cover.year)

    def all(self) -> Iterator[Spot]:
        """Every spot."""
        for token in self.tokens:
            if token.resource == "line_items" and token.row in self.items:
                yield from self._amount(token, self.items[token.row])
            elif token.resource == "statements" and token.row in self.said:
                yield from self._statement(token, self.said[token.row])
            elif token.resource == "indicators":
                yield from self._target(token)
        for at, document in enumerate(self.documents):
            for block in document.blocks:
                if isinstance(block, Grid):
                    yield from self._rows(at, block)
            for span in document.spans():
                yield from self._words(at, span)

    def _tokens(self) -> Iterator[_Token]:
        """Figures in reading order, which is the order of the ledger."""
        ledger = defaultdict(list)
        for row in self.rows.working["ledger"]:
            ledger[row["file_name"]].append(row)
        for at, document in enumerate(self.documents):
            cells = {cell.span for block in document.blocks if isinstance(block, Grid) for cell in block.cells()}
            rows = iter(ledger[document.file_name])
            for span in document.spans():
                for found in FIGURE.finditer(span.text):
                    row = next(rows)
                    inside = span in cells
                    yield _Token(at, span, found.start(), found.end(), row["resource"], row["row"], inside)

    # --- figures

    def _amount(self, token: _Token, item: Row) -> Iterator[Spot]:
        value = _value(token.printed)
        if value is None or value == 0:
            return
        for kind, text in (
            ("digit in a table", _digit(token.printed, self.random)),
            ("digits transposed in a table", _transposed(token.printed, self.random)),
            ("figure left out of a table", ""),
        ):
            if text is None:
                continue
            new = _value(text) if text else Decimal(0)
            if new is None or new == value:
                continue
            off = abs(new - value) * YUAN.get(item["unit"], 1)
            yield Spot(kind, self._contradicted(item, off), token.document, token.span, token.written(text))

    def _contradicted(self, item: Row, off: Decimal) -> bool:
        """A sum that it is a term of no longer holds, or it is printed otherwise in another table or in the prose."""
        quantum = _quantum(item)
        if any(off > (len(parts) + 1) * self._coarsest(whole, parts) for whole, parts in self.terms[item["id"]]):
            return True
        for other in self.shared[tuple(item[name] for name in SHARED)]:
            if other["table_id"] != item["table_id"] and other["amount"] == item["amount"]:
                return off > 2 * max(quantum, _quantum(other))
        return False

    def _holds(self, whole: str, parts: Sequence[str]) -> bool:
        if len(parts) < 2 or any(one not in self.items for one in (whole, *parts)):
            return False
        gap = abs(Decimal(self.items[whole]["amount"]) - sum(Decimal(self.items[p]["amount"]) for p in parts))
        return gap <= len(parts) * self._coarsest(whole, parts)

    def _coarsest(self, whole: str, parts: Sequence[str]) -> Decimal:
        return max(_quantum(self.items[one]) for one in (whole, *parts))

    def _statement(self, token: _Token, row: Row) -> Iterator[Spot]:
        value = _value(token.printed)
        measure = row["measure"]
        if value is None or value == 0 or row["subject"] == "goal" or value != _value(row["printed"].rstrip("%")):
            return
        if measure not in MEASURES:
            return
        kind = f"digit of {MEASURES[measure]} in the prose"
        text = _digit(token.printed, self.random)
        new = _value(text) if text else None
        if text is not None and new is not None and new != value:
            yield Spot(kind, self._followed(row, new), token.document, token.span, token.written(text))
        yield Spot(
            "placeholder", True, token.document, token.span, token.written(self.random.choice(MARKS))
        )  # fmt: skip
        unit = row["unit"]
        if measure == "level" and unit in {"万元", "元"} and token.span.text[token.end :].startswith(unit):
            other = "元" if unit == "万元" else "万元"
            changed = token.span.text[: token.end] + other + token.span.text[token.end + len(unit) :]
            yield Spot("unit in the prose", self._printed_for(row) is not None, token.document, token.span, changed)
        if measure in {"change", "rate"}:
            yield from self._direction(token, row)

    def _followed(self, row: Row, new: Decimal) -> bool:
        """The figure follows from others that the filing prints, and with another one it would not."""
        measure = row["measure"]
        value = Decimal(row["value"])
        scale = YUAN.get(row["unit"], 1)
        if measure == "level":
            other = self._printed_for(row)
            return other is not None and abs(new * scale - abs(value)) > 2 * max(_quantum(row), _quantum(other))
        if measure == "count":
            names = self.rows.rows.get(row["subject"], []) if row["subject"] in {"sections", "units"} else []
            return bool(names) and len(names) == int(value) and new == new.to_integral() and new != value
        if measure == "change":
            changed = new * scale * (1 if value > 0 else -1)
            before, level = self._prior(row), self._level(row)
            if level is None:
                return False
            if before is not None and abs(level - before - value) <= 2 * _quantum(row):
                return abs(level - before - changed) > 4 * _quantum(row)
            rate = self._beside(row, "rate")
            return (
                rate is not None
                and self._rate_holds(rate, level, value, 1)
                and not self._rate_holds(rate, level, changed, 3)
            )
        if measure == "rate":
            change, level = self._beside(row, "change"), self._level(row)
            if change is None or level is None:
                return False
            moved = {**row, "value": str(new if value > 0 else -new)}
            by = Decimal(change["value"])
            return self._rate_holds(row, level, by, 1) and not self._rate_holds(moved, level, by, 3)
        if measure == "share":
            level, whole = self._level(row), self._whole(row)
            if level is None or not whole:
                return False
            place = Decimal(1).scaleb(-_decimals(row["printed"]))
            return abs(100 * level / whole - value) <= place and abs(100 * level / whole - new) > 3 * place
        return False

    def _rate_holds(self, rate: Row, level: Decimal, change: Decimal, places: int) -> bool:
        """Whether a rate follows from a level and its change, within so many last places."""
        if level - change <= 0:
            return False
        slack = places * Decimal(1).scaleb(-_decimals(rate["printed"])) + 100 * places * Decimal(100) / (level - change)
        return abs(Decimal(rate["value"]) - 100 * change / (level - change)) <= slack

    def _printed_for(self, row: Row) -> Row | None:
        """Where a table prints the amount that the prose tells, for the same thing."""
        if row["subject"] or not row["form"]:
            return None
        for item in self.items.values():
            same = all(row[name] in {"", item[name]} for name in ("direction", "fund", "nature"))
            exact = all(
                row[name] == item[name] for name in ("form", "year", "phase", "function", "economic", "item", "project")
            )
            if same and exact and not item["row_unit"] and item["amount"] == row["value"]:
                return item
        return None

    def _level(self, row: Row) -> Decimal | None:
        found = [s for s in self.levels[_coordinates(row)] if s["year"] == row["year"] and s["phase"] == row["phase"]]
        if not found:
            return None
        return Decimal(min(found, key=lambda s: abs(int(s["position"]) - int(row["position"])))["value"])

    def _prior(self, row: Row) -> Decimal | None:
        found = [s for s in self.levels[_coordinates(row)] if int(s["year"]) == int(row["year"]) - 1]
        return Decimal(found[0]["value"]) if len(found) == 1 else None

    def _beside(self, row: Row, measure: str) -> Row | None:
        """The statement of another measure of the same thing next to it."""
        found = [
            s
            for s in self.said.values()
            if s["measure"] == measure
            and _coordinates(s) == _coordinates(row)
            and s["basis"] == row["basis"]
            and s["year"] == row["year"]
            and abs(int(s["position"]) - int(row["position"])) <= 2
        ]
        return found[0] if len(found) == 1 else None

    def _whole(self, row: Row) -> Decimal | None:
        found = {
            item["amount"]
            for item in self.items.values()
            if item["role"] == "total"
            and item["form"] == row["share_of"]
            and (item["year"], item["phase"]) == (row["year"], row["phase"])
            and item["direction"] == (row["direction"] or item["direction"])
            and not (item["function"] or item["economic"] or item["item"] or item["fund"] or item["nature"])
        }
        return Decimal(next(iter(found))) if len(found) == 1 else None

    def _direction(self, token: _Token, row: Row) -> Iterator[Spot]:
        """The word before a change or a rate turned round."""
        before = token.span.text[max(0, token.start - 4) : token.start]
        for word, others in [*((w, DOWN) for w in UP), *((w, UP) for w in DOWN)]:
            if before.rstrip("了为约 ").endswith(word):
                at = token.span.text.rindex(word, 0, token.start)
                text = token.span.text[:at] + others[0] + token.span.text[at + len(word) :]
                partner = self._beside(row, "rate" if row["measure"] == "change" else "change")
                level, prior = self._level(row), self._prior(row)
                follows = row["measure"] == "change" and level is not None and prior is not None
                told = partner is not None and Decimal(partner["value"]) * Decimal(row["value"]) > 0
                own = partner is not None and re.search(
                    f"(?:{'|'.join(UP + DOWN)})[了为约]?{re.escape(partner['printed'])}", token.span.text
                )
                yield Spot("direction word", bool((told and own) or follows), token.document, token.span, text)
                return

    def _target(self, token: _Token) -> Iterator[Spot]:
        indicator = next((row for row in self.rows.rows["indicators"] if row["id"] == token.row), None)
        if indicator is None or not indicator["value"] or _value(token.printed) != Decimal(indicator["value"]):
            return
        text = _digit(token.printed, self.random)
        if text is None or _value(text) is None:
            return
        new = Decimal(text)
        eligible = any(
            row["value"] == indicator["value"] and not _met(row["word"], new, Decimal(row["value"]))
            for row in self.said.values()
            if row["subject"] == "goal" and row["project"] == indicator["project"]
            and row["unit"] in {"", "%", indicator["unit"]} and _alike(indicator["level3"], row["label"])
        )  # fmt: skip
        yield Spot("target of an indicator", eligible, token.document, token.span, token.written(text))

    # --- rows, codes and names

    def _rows(self, at: int, grid: Grid) -> Iterator[Spot]:
        by_span: dict[Span, list[Row]] = defaultdict(list)
        for token in self.tokens:
            if token.document == at and token.resource == "line_items" and token.row in self.items:
                by_span[token.span].append(self.items[token.row])
        reached = 0
        for index, row in enumerate(grid.rows):
            items = [item for cell in row for item in by_span.get(cell.span, [])]
            free = index >= reached and all(cell.row_span == 1 for cell in row)
            reached = max([reached, *(cell.row + cell.row_span for cell in row if cell.row_span > 1)])
            if not items:
                continue
            if free and all(item["role"] in {"item", "part", "subtotal"} for item in items):
                yield from self._whole_row(at, grid, index, items)
            yield from self._coded(at, row, items)

    def _whole_row(self, at: int, grid: Grid, index: int, items: Sequence[Row]) -> Iterator[Spot]:
        if not any(Decimal(item["amount"]) for item in items):
            return
        own = {item["id"] for item in items}
        eligible = any(
            whole not in own and sum(part in own for part in parts) == 1 and len(parts) > 2
            and abs(Decimal(item["amount"])) > (len(parts) + 1) * self._coarsest(whole, parts)
            for item in items
            for whole, parts in self.terms[item["id"]]
            if item["id"] != whole
        )  # fmt: skip
        yield Spot("row dropped", eligible, at, grid=grid, row=index)
        yield Spot("row printed twice", eligible, at, grid=grid, row=index, twice=True)

    def _coded(self, at: int, row: Sequence[Cell], items: Sequence[Row]) -> Iterator[Spot]:
        item = items[0]
        code = item["function"] or item["economic"]
        if not item["code_printed"] or not item["label"] or not code.isdigit():
            return
        again = any(
            all(other[name] == item[name] for name in CODED) and fold(other["label"]) == fold(item["label"])
            and other["table_id"] != item["table_id"] and other["code_printed"] and Decimal(other["amount"])
            for other in self.items.values()
        )  # fmt: skip
        known = {other["function"] for other in self.items.values()} | {o["economic"] for o in self.items.values()}
        for cell in row:
            if cell.span.text.strip() == code == item["code_printed"]:
                text = _digit(code, self.random)
                if text is not None and text not in known:
                    yield Spot("code", again, at, cell.span, text)
            elif cell.key == fold(item["label"]) and len(cell.key) >= 4:
                places = [i for i, char in enumerate(cell.span.text) if "一" <= char <= "鿿"]
                letters = sorted(
                    {c for o in self.items.values() for c in o["label"] if "一" <= c <= "鿿"} - set(cell.key)
                )
                i = self.random.choice(places)
                text = cell.span.text[:i] + self.random.choice(letters) + cell.span.text[i + 1 :]
                yield Spot("name of a code", again, at, cell.span, text)

    # --- words

    def _words(self, at: int, span: Span) -> Iterator[Spot]:
        text = span.text
        key = fold(text)
        years = re.findall("20[0-9]{2}年", text)
        heading = (
            len(years) == 1 and len(key) < 60 and HEADING.search(key) and not re.search("[。；;]|上年|比较|截至", key)
        )
        if heading and int(years[0][:4]) == self.year:
            other = self.year + self.random.choice((-1, 1, -2))
            yield Spot("year of a heading", True, at, span, text.replace(years[0], f"{other}年"))
        if found := re.search("单位[:：]\\s*(万元|元)", text):
            other_unit = "元" if found[1] == "万元" else "万元"
            changed = text[: found.start(1)] + other_unit + text[found.end(1) :]
            yield Spot("unit of a table", self._table_shared(at, span), at, span, changed)
        name = self.rows.department["name"]
        if re.match("(?:编制|填报|公开)?(?:部门|单位)(?:名称)?[:：]", key) and fold(name) in key:
            other_name = self.random.choice([agency for agency in self.agencies if agency != name])
            yield Spot("agency named", True, at, span, text.replace(name, other_name))

    def _table_shared(self, at: int, span: Span) -> bool:
        """A table under this caption prints a grand total that another table prints too."""
        after: list[Row] = []
        begun = False
        of_span: dict[Span, list[Row]] = defaultdict(list)
        for token in self.tokens:
            if token.document == at and token.resource == "line_items" and token.row in self.items:
                of_span[token.span].append(self.items[token.row])
        for one in self.documents[at].spans():
            if begun and re.search("单位[:：]\\s*(万元|元)", one.text):
                break
            begun = begun or one is span
            after.extend(of_span.get(one, []) if begun else [])
        if not after:
            return False
        table = after[0]["table_id"]
        return any(
            item["table_id"] == table and item["role"] == "total" and Decimal(item["amount"])
            and any(
                other["table_id"] != table and other["role"] == "total" and other["amount"] == item["amount"]
                for other in self.shared[tuple(item[name] for name in SHARED)]
            )
            for item in self.items.values()
        )  # fmt: skip


def _alike(name: str, other: str) -> bool:
    """Whether most letters of a name stand in another."""
    letters = set(fold(name))
    return len(letters & set(fold(other))) >= 0.6 * len(letters)


def _met(word: str, target: Decimal, goal: Decimal) -> bool:
    """Whether a goal of at least or at most so much is met by another target."""
    return bool((AT_LEAST.search(word) and target > goal) or (AT_MOST.search(word) and target < goal))


def _coordinates(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in COORDINATES)


def _decimals(printed: str) -> int:
    return len(printed.replace("．", ".").partition(".")[2])


def _quantum(row: Mapping[str, str]) -> Decimal:
    """One unit in the last printed place, in yuan."""
    return YUAN.get(row["unit"], 1) * Decimal(1).scaleb(-_decimals(row["printed"]))


def _value(printed: str) -> Decimal | None:
    text = printed.replace(",", "").replace("，", "").replace("．", ".")
    return Decimal(text) if re.fullmatch("[0-9]+([.][0-9]+)?", text) and text.isascii() else None


def _digit(printed: str, random: Random) -> str | None:
    """A figure with one digit another; the first does not become 0."""
    places = [i for i, char in enumerate(printed) if char.isdigit()]
    if not places:
        return None
    i = random.choice(places)
    choices = [d for d in "0123456789" if d != printed[i] and not (d == "0" and i == places[0])]
    return printed[:i] + random.choice(choices) + printed[i + 1 :]


def _transposed(printed: str, random: Random) -> str | None:
    """A figure with two neighbouring digits in each other's place."""
    places = [
        i for i in range(len(printed) - 1)
        if printed[i : i + 2].isdigit() and printed[i] != printed[i + 1] and not (i == 0 and printed[1] == "0")
    ]  # fmt: skip
    if not places:
        return None
    i = random.choice(places)
    return printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :]
