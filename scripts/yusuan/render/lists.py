"""The lists that stand side by side in a table, told from its line items: rows, columns, and what belongs together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby, pairwise

from yusuan.package import Row
from yusuan.render.groups import Groups
from yusuan.render.printed import Path

_BETWEEN = " / "
_CODE = re.compile(r"[0-9]+")
_TOTALS = frozenset({"total", "current", "subtotal"})
"""First parts of the keys of rows that total a list."""


@dataclass(eq=False)
class Run:
    """Amounts of one printed row in one list: what labels it, and its line items by header path."""

    code: tuple[str, ...]
    names: tuple[str, ...]
    project: str
    unit: str
    spans: bool
    """Whether its label begins in the list to the left: a total of both lists."""
    items: dict[Path, Row] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    """Labels of rows without a figure that must stand before it for it to mean what it does."""

    @property
    def first(self) -> Row:
        """Its first amount."""
        return next(iter(self.items.values()))

    @property
    def key(self) -> list[str]:
        """The parts of the identifier of its first amount."""
        return self.first["id"].partition("#")[2].split(";")

    @property
    def position(self) -> int:
        """Position of its first amount."""
        return int(self.first["position"])

    @property
    def is_total(self) -> bool:
        """Whether it has no code and adds up others."""
        roles = {item["role"] for item in self.items.values()}
        return roles <= {"total", "subtotal"} and not any(map(_CODE.fullmatch, self.code))

    @property
    def totals_list(self) -> bool:
        """Whether it adds up its whole list, and no group of it."""
        return all(item["id"].partition("#")[2].split(";")[0] in _TOTALS for item in self.items.values())

    @property
    def word(self) -> str:
        """The word that stands for code and name together, as 合计 does; else the empty string."""
        return self.code[0] if len(self.code) == 1 and not _CODE.fullmatch(self.code[0]) else ""


@dataclass(eq=False)
class Part:
    """One list of a table: the label columns its rows need, then its columns of amounts."""

    values: list[Path]
    runs: list[Run]
    prefix: Path = ()
    first: int = 0
    """The column it begins at."""

    @property
    def codes(self) -> int:
        """How many columns its codes take."""
        return max((len(run.code) for run in self.runs), default=0)

    @property
    def names(self) -> int:
        """How many columns its names take: one beside a code that stands without."""
        return max((len(run.names) for run in self.runs), default=0)

    @property
    def has_project(self) -> bool:
        """Whether a column names projects."""
        return any(run.project for run in self.runs)

    @property
    def has_unit(self) -> bool:
        """Whether a column names units."""
        return any(run.unit for run in self.runs)

    @property
    def labels(self) -> int:
        """Number of columns before the amounts."""
        return self.codes + self.names + self.has_project + self.has_unit

    @property
    def name_at(self) -> int:
        """The column of its first name."""
        return self.first + self.has_unit + self.codes

    @property
    def value_at(self) -> int:
        """The column of its first amount."""
        return self.first + self.labels


def lists_of(
    items: Sequence[Row], sums: Sequence[Row], names: Mapping[str, Sequence[str]], balances: Mapping[str, str]
) -> list[Part]:
    """The lists of a table from left to right.

    Line items come in reading order; `names` are the names each project goes by, `balances` those of items.
    """
    runs = _runs(items, sums, names)
    together = _headings_together(runs, sums)
    members: dict[Path, list[Run]] = defaultdict(list)
    for run in runs:
        for piece in _cut(run, together):
            members[together[next(iter(piece.items))]].append(piece)
    lists = [found for group in members.values() for found in _told_apart(group, sums)]
    parts = [Part(_ordered([list(run.items) for run in found]), found) for found in lists]
    parts.sort(key=lambda part: part.runs[0].position)
    for part in parts:
        _lead(part.runs, balances)
    return _side_by_side(parts, sums)


def _runs(items: Sequence[Row], sums: Sequence[Row], names: Mapping[str, Sequence[str]]) -> list[Run]:
    """Line items gathered into rows of one list: as long as labels are the same and no column comes again."""
    spanning = _spanning(items, sums)
    runs: list[Run] = []
    before: tuple[object, ...] = ()
    for item in items:
        path = tuple(item["heading"].split(_BETWEEN))
        same = (item["code_printed"], item["label"], item["project"], item["row_unit"], item["id"] in spanning)
        if not runs or same != before or path in runs[-1].items:
            runs.append(_run(item, item["id"] in spanning, names.get(item["project"], ())))
        runs[-1].items[path] = item
        before = same
    return runs


def _spanning(items: Sequence[Row], sums: Sequence[Row]) -> set[str]:
    """Wholes that total two lists: their terms down the rows are of two partitions, or stand in another column."""
    headings = {item["id"]: item["heading"] for item in items}
    down = [row for row in sums if row["axis"] == "row"]
    return {row["whole"] for row in down if row["partition"] != "1"} | {
        row["whole"] for row in down if headings.get(row["whole"]) != headings.get(row["part"])
    }


def _run(item: Row, spans: bool, known: Sequence[str]) -> Run:
    """The labels of a row taken apart again."""
    code = tuple(item["code_printed"].split())
    if not all(_CODE.fullmatch(piece) for piece in code):
        code = (item["code_printed"],)
    label, project = item["label"], ""
    if item["project"]:
        label, _, last = label.rpartition(_BETWEEN)
        project = next((name for name in known if name.replace(_BETWEEN, "/") == last), last)
    if label == item["row_unit"] or (label == item["code_printed"] and not _CODE.fullmatch(label)):
        label = ""
    names = tuple(label.split(_BETWEEN)) if label else ()
    return Run(code, names, project, item["row_unit"], spans)


def _headings_together(runs: Sequence[Run], sums: Sequence[Row]) -> dict[Path, Path]:
    """For each heading one that stands for its group: those that rows of one list have together.

    A total beside another of the same name says nothing where no other row has both: it is a total of two lists.
    """
    at = {item["id"]: path for run in runs for path, item in run.items.items()}
    groups = Groups(path for run in runs for path in run.items)
    for row in sums:
        if row["axis"] == "column":
            groups.join((at[row["whole"]], at[row["part"]]))
    own: set[Path] = set()
    for run in runs:
        if not run.is_total:
            own.update(run.items)
    for left, right in _companions(runs):
        groups.join((left, right))
    for run in runs:
        for left, right in pairwise(run.items):
            alike = run.items[left]["direction"] == run.items[right]["direction"]
            if not {left, right} & own or (alike and not {left, right} <= own):
                groups.join((left, right))
    for left, right in _neighbours(runs):
        groups.join((left, right))
    return {path: groups.root(path) for path in groups.above}


def _companions(runs: Sequence[Run]) -> Iterator[tuple[Path, Path]]:
    """Headings next to each other in a row that is no total.

    Of revenue and of expenditure they are companions where most rows have both: the lists of a balance can have a
    row of one name.
    """
    pairs: Counter[tuple[Path, Path]] = Counter()
    alone: Counter[Path] = Counter()
    directions: dict[Path, set[str]] = defaultdict(set)
    for run in runs:
        if not run.is_total:
            pairs.update(pairwise(run.items))
            alone.update(list(run.items))
        for path, item in run.items.items():
            directions[path].add(item["direction"])
    for (left, right), count in pairs.items():
        if directions[left] == directions[right] or 2 * count > max(alone[left], alone[right]):
            yield left, right


def _neighbours(runs: Sequence[Run]) -> Iterator[tuple[Path, Path]]:
    """Headings under one heading and of one direction, which are of one list although no row has both."""
    said: dict[Path, tuple[Path, frozenset[str], bool]] = {}
    for path in dict.fromkeys(path for run in runs for path in run.items):
        found = [run.items[path] for run in runs if path in run.items]
        is_other = any(row["role"] == "alternative" for row in found)
        said[path] = (path[:-1], frozenset(row["direction"] for row in found), is_other)
    for left, right in combinations(said, 2):
        if said[left] == said[right]:
            yield left, right


def _cut(run: Run, together: Mapping[Path, Path]) -> Iterator[Run]:
    """A row cut where its headings are of another group."""
    for _, found in groupby(run.items.items(), key=lambda pair: together[pair[0]]):
        yield replace(run, items=dict(found))


def _told_apart(runs: Sequence[Run], sums: Sequence[Row]) -> list[list[Run]]:
    """Rows under the same headings told apart into lists, by what their sums add up and what they leave out."""
    of = {item["id"]: run for run in runs for item in run.items.values()}
    groups = Groups(runs)
    apart: list[tuple[Run, Run]] = []
    for terms in _terms(sums, of).values():
        partitions = [terms[number] for number in sorted(terms)]
        for found in partitions:
            groups.join(found)
        apart += [(a[0], b[0]) for a, b in pairwise(partitions)]
    for row in sums:
        if row["axis"] == "row" and (whole := of.get(row["whole"])) is not None and not whole.spans:
            groups.join((whole, of[row["part"]]))
    for identifier, terms in _terms(sums, of).items():
        if of[identifier].spans:
            groups.join((of[identifier], terms[max(terms)][0]))
    apart += _apart(runs, groups)
    lists: list[list[Run]] = []
    for group in groups.all():
        against = {groups.root(b if groups.root(a) is group[0] else a) for a, b in apart
                   if group[0] in (groups.root(a), groups.root(b))}  # fmt: skip
        fitting = [found for found in lists if not any(groups.root(run) in against for run in found)]
        if fitting:
            fitting[0].extend(group)
        else:
            lists.append(list(group))
    return [sorted(found, key=lambda run: run.position) for found in lists]


def _terms(sums: Sequence[Row], of: Mapping[str, Run]) -> dict[str, dict[str, list[Run]]]:
    """For each whole the rows of its terms down the rows, by partition."""
    out: dict[str, dict[str, list[Run]]] = defaultdict(lambda: defaultdict(list))
    for row in sums:
        if row["axis"] == "row" and row["whole"] in of and row["part"] in of:
            out[row["whole"]][row["partition"]].append(of[row["part"]])
    return out


def _apart(runs: Sequence[Run], groups: Groups[Run]) -> Iterator[tuple[Run, Run]]:
    """Rows that cannot be of one list: one splits the money another way, or a total leaves the other out."""
    roles = {id(run): {item["role"] for item in run.items.values()} for run in runs}
    for one in runs:
        for other in runs:
            if groups.root(one) is groups.root(other):
                continue
            if "alternative" in roles[id(one)] and "item" in roles[id(other)]:
                yield one, other
            leaves = roles[id(other)] & {"item", "alternative"}
            if leaves and one.totals_list and not one.spans and set(one.items) & set(other.items):
                yield one, other


def _side_by_side(parts: list[Part], sums: Sequence[Row]) -> list[Part]:
    """Lists in the order of their first rows; a list goes right before the one that has the total of both."""
    home = {item["id"]: part for part in parts for run in part.runs for item in run.items.values()}
    totals = {item["id"] for part in parts for run in part.runs if run.spans for item in run.items.values()}
    left: dict[int, Part] = {}
    for row in sums:
        if row["axis"] == "row" and row["whole"] in totals and home[row["part"]] is not home[row["whole"]]:
            left[id(home[row["whole"]])] = home[row["part"]]
    out: list[Part] = []
    followers = {id(part) for part in left.values()}
    for part in parts:
        if id(part) in followers:
            continue
        chain = [part]
        while (before := left.get(id(chain[0]))) is not None and before not in chain:
            chain.insert(0, before)
        out.extend(found for found in chain if found not in out)
    return out + [part for part in parts if part not in out]


def _lead(runs: Sequence[Run], balances: Mapping[str, str]) -> None:
    """Give funds that split a balance the rows they need before them where those had no figure.

    A fund is a part of a balance where it stands below it and stood once before, above it.
    """
    above: Run | None = None
    met: set[str] = set()
    for run in runs:
        row, fund = run.first, run.first["fund"]
        if row["role"] == "of-which" and run.key[0] == row["item"] and fund and run.names:
            if above is None or above.first["item"] != row["item"]:
                above = run
                run.before = [balances[row["item"]]]
            if fund not in met:
                above.before.insert(0, run.names[-1])
            met.add(fund)
        elif run.key[0] == row["item"]:
            above = run
        elif run.is_total or not fund or row["function"] or row["nature"] or row["economic"]:
            above = None
        elif above is None:
            met.add(fund)


def _ordered(sequences: Sequence[Sequence[Path]], level: int = 0) -> list[Path]:
    """All headings in an order that keeps that of every row, those of one group side by side where that can be."""
    groups = [[path[: level + 1] for path in sequence] for sequence in sequences]
    order, is_whole = _sorted(groups)
    if not is_whole:
        return _sorted(sequences)[0]
    out: list[Path] = []
    for group in order:
        inside = [[path for path in sequence if path[: level + 1] == group] for sequence in sequences]
        deeper = any(len(path) > level + 1 for sequence in inside for path in sequence)
        out.extend(_ordered(inside, level + 1) if deeper else [group])
    return out


def _sorted(sequences: Sequence[Sequence[Path]]) -> tuple[list[Path], bool]:
    """Paths in an order that keeps that of every sequence, by first appearance else; and whether there is one."""
    first: dict[Path, int] = {}
    after: dict[Path, set[Path]] = defaultdict(set)
    for sequence in sequences:
        for path in sequence:
            first.setdefault(path, len(first))
        for above, below in pairwise(sequence):
            if above != below:
                after[below].add(above)
    out: list[Path] = []
    is_whole = True
    while len(out) < len(first):
        left = [path for path in first if path not in out]
        ready = [path for path in left if not (after[path] - set(out))]
        is_whole &= bool(ready)
        last = out[-1] if out else ()
        out.append(min(ready or left[:1], key=lambda path: (-shared(path, last), first[path])))
    return out, is_whole


def shared(one: Path, other: Path) -> int:
    """How many first texts two paths share."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
