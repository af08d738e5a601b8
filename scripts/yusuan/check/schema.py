"""Every resource held to its Table Schema: types, constraints, keys, spelling.

DuckDB proves resources valid (see `proof`) or names the rows it cannot prove, and Frictionless says what is wrong
with these. A file that is not plain CSV, or a schema without a proof, is Frictionless' own from first to last row.
Either way the verdicts are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from yusuan.check.proof import RESERVED, Key, Proof, Reference, prove
from yusuan.engine import PLAIN, is_big, text_tables
from yusuan.errors import PackageError
from yusuan.finding import Finding, Severity
from yusuan.package import Package, Resource, Row
from yusuan.twin import as_csv

if TYPE_CHECKING:
    from frictionless import Report

MOST_ERRORS = 10_000
"""Errors told of one resource."""

KEYS = frozenset({"primary-key", "unique-error", "foreign-key"})
"""Errors of a value among others, which may be misspelt as well."""

_BATCH = 1000


def _own(name: str) -> str:
    """A column of our own beside those of a resource."""
    return f'"{RESERVED}{name}"'


LINE, VALUE, EARLIER = map(_own, ("line", "value", "earlier"))


@dataclass(frozen=True)
class Verdict:
    """One error: its resource and type, the row (the header is 1; None where it is of no row), the fields it is of.

    `zh` and `en` say it.
    """

    resource: str
    type: str
    line: int | None
    fields: tuple[str, ...]
    zh: str
    en: str
    found: str = ""
    row_key: str = ""


def schema_findings(package: Package) -> list[Finding]:
    """What is wrong with the package by its schemas, in resource and line order."""
    return [_finding(package, verdict) for verdict in verdicts(package)]


def _finding(package: Package, verdict: Verdict) -> Finding:
    zh, en = "数据包", "package"
    if verdict.resource:
        at = package.resource(verdict.resource).said(verdict.line) if verdict.line else ("第 ? 行", "line ?")
        of = f" {', '.join(verdict.fields)}" if verdict.fields else ""
        zh, en = (f"{verdict.resource} {place}{of}" for place in at)
    return Finding(
        rule=f"schema-{verdict.type}",
        severity=Severity.MUST,
        message=f"{zh}：{verdict.zh}",
        message_en=f"{en}: {verdict.en}",
        resource=verdict.resource,
        row_key=verdict.row_key,
        line=verdict.line,
        found=verdict.found,
    )


def verdicts(package: Package) -> list[Verdict]:
    """Every error of the package's resources, at most MOST_ERRORS of each."""
    proofs = {name: prove(package, resource) for name, resource in package.resources.items()}
    if broken := None in proofs.values() and list(_descriptor_errors(package)):
        return broken
    found: list[Verdict] = []
    wanted: dict[str, set[tuple[str, ...]]] = {name: set() for name in package.resources}
    for reference in (r for proof in proofs.values() if proof for r in proof.references):
        wanted[reference.resource].add(reference.referenced)
    known: dict[tuple[str, tuple[str, ...]], str] = {}
    with duckdb.connect() as connection:
        counts = text_tables(connection, package)
        for name, resource in package.resources.items():
            proof = proofs[name]
            apart = proof is None or any(
                proofs[r.resource] is None or r.resource not in counts for r in proof.references
            )
            told = None
            if proof is not None and not apart and name in counts:
                told = _Trial(connection, resource, proof, proofs, counts[name], sorted(wanted[name]), known).verdicts()
            found.extend(asked_of_frictionless(package, resource) if told is None else told)
    return found


class _Trial:
    """One resource before its proof."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        resource: Resource,
        proof: Proof,
        proofs: Mapping[str, Proof | None],
        rows: int,
        wanted: Sequence[tuple[str, ...]],
        known: dict[tuple[str, tuple[str, ...]], str],
    ) -> None:
        self.connection = connection
        self.resource = resource
        self.proof = proof
        self.proofs = proofs
        self.rows = rows
        self.wanted = wanted
        self.known = known

    def verdicts(self) -> list[Verdict] | None:
        """Errors in line order; None where the file cannot be trusted to be read as Frictionless reads it."""
        try:
            counts = self._counts()
        except duckdb.Error:
            return None
        rows, suspects, odd = counts[:3]
        if rows != self.rows or odd:
            return None
        found: list[Verdict] = []
        if suspects:
            found.extend(self._suspects())
        rest = iter(counts[3:])
        for key in self.proof.keys:
            if next(rest) != rows:
                found.extend(self._twice(key))
        for reference in self.proof.references:
            if next(rest):
                found.extend(self._dangling(reference))
        return sorted(found, key=lambda verdict: verdict.line or 0)[:MOST_ERRORS]

    def _counts(self) -> list[int]:
        """Rows, suspects, odd rows; of each key the rows that are as they should; of each reference dangling rows."""
        proof = self.proof
        # Every column is read, so that bytes which are not UTF-8 are met in all of them.
        every = f"CASE WHEN coalesce({', '.join(map(_column, self.resource.fields))}) IS NULL THEN 1 END"
        told = {"suspect": proof.suspect, "odd": proof.odd, "empty": every}
        told |= {f"dangling {n}": f"NOT {self._known(r)}" for n, r in enumerate(proof.references)}
        counts = ["count(*)", *(f"count(*) FILTER ({_own(name)})" for name in ("suspect", "odd"))]
        table = self._table()
        for n, key in enumerate(proof.keys):
            name = _own(f"key {n}")
            told[f"key {n}"] = proof.together(key.fields)
            if key.primary and is_big(self.resource):
                told[f"key {n}"], table = self._ascends(key)
                counts.append(f"count(*) FILTER ({name})")
            elif key.primary:
                counts.append(f"count(DISTINCT {name})")
            else:
                counts.append(f"count(DISTINCT {name}) + count(*) - count({name})")
        counts.extend(f"count(*) FILTER ({_own(f'dangling {n}')})" for n in range(len(proof.references)))
        counts.append(f"count({_own('empty')})")
        row = self.connection.execute(f"SELECT {', '.join(counts)} FROM ({self._digest(told, table)})").fetchone()
        return [int(value) for value in row or ()]

    def _ascends(self, key: Key) -> tuple[str, str]:
        """SQL that is true of a row whose key comes after that of the row before, and the table it is asked of.

        Packages are in the order of their primary keys: then none is twice or empty, which needs no memory. Texts are
        compared by their bytes.
        """
        cells = [self.proof.cells[name] for name in key.fields]
        value = f"row({', '.join(cells)})" if len(cells) > 1 else cells[0]
        good = f"{cells[0]} IS NOT NULL AND ({EARLIER} IS NULL OR {value} > {EARLIER})"
        return good, f"(SELECT *, lag({value}) OVER () AS {EARLIER} FROM {self._table()})"

    def _digest(self, told: Mapping[str, str], table: str) -> str:
        """SQL of these values of every row of a table. What others refer to in a big file is kept beside them."""
        names = {fields: f"known {n}" for n, fields in enumerate(self.wanted)}
        kept = is_big(self.resource) and bool(names)
        if kept:
            told = {**told, **{name: self.proof.together(fields) for fields, name in names.items()}}
        columns = ", ".join(f"{value} AS {_own(name)}" for name, value in told.items())
        query = f"SELECT {columns} FROM {table}"
        if not kept:
            return query
        own = _own(self.resource.name)
        self.connection.execute(f"CREATE TEMP TABLE {own} AS {query}")
        for fields, name in names.items():
            self.known[self.resource.name, fields] = f"SELECT {_own(name)} FROM {own} WHERE {_own(name)} IS NOT NULL"
        return f"SELECT * FROM {own}"

    def _table(self, name: str | None = None) -> str:
        return f"text.{_column(name or self.resource.name)}"

    def _known(self, reference: Reference) -> str:
        """SQL that is false where a reference dangles. Nothing is in an empty list, not even null, so null is apart."""
        other = self.proofs[reference.resource]
        assert other is not None
        key = other.together(reference.referenced)
        together = self.proof.together(reference.fields)
        known = self.known.get((reference.resource, reference.referenced)) or (
            f"SELECT {key} FROM {self._table(reference.resource)} WHERE {key} IS NOT NULL"
        )
        return f"({together} IS NULL OR {together} IN ({known}))"

    def _lines(self, columns: str) -> str:
        return f"(SELECT {columns}, row_number() OVER () + 1 AS {LINE} FROM {self._table()})"

    def _suspects(self) -> list[Verdict]:
        """What Frictionless says of each suspect row, and what is misspelt in it."""
        cursor = self.connection.execute(f"SELECT * FROM {self._lines('*')} WHERE {self.proof.suspect} ORDER BY {LINE}")
        found: list[Verdict] = []
        while len(found) < MOST_ERRORS and (batch := cursor.fetchmany(_BATCH)):
            lines = [int(row[-1]) for row in batch]
            rows = [["" if cell is None else str(cell) for cell in row[:-1]] for row in batch]
            found.extend(_of_rows(self.resource, lines, rows))
        return found

    def _twice(self, key: Key) -> Iterator[Verdict]:
        """Rows whose key an earlier row has, and of a primary key rows that have none."""
        together = self.proof.together(key.fields)
        names = ", ".join(map(_column, self.resource.fields))
        empty = f"UNION ALL SELECT NULL, {LINE}, {names} FROM {self._lines('*')} WHERE {together} IS NULL"
        rows = self.connection.execute(
            f"SELECT lag({LINE}) OVER (PARTITION BY {VALUE} ORDER BY {LINE}) AS {EARLIER}, {LINE}, {names} "
            f"FROM (SELECT *, {together} AS {VALUE} FROM {self._lines('*')}) "
            f"WHERE {VALUE} IN (SELECT {together} FROM {self._table()} GROUP BY ALL HAVING count(*) > 1) "
            f"QUALIFY {EARLIER} IS NOT NULL {empty if key.primary else ''} ORDER BY {LINE} LIMIT {MOST_ERRORS}"
        ).fetchall()
        for earlier, line, *cells in rows:
            value = self._value(key.fields, cells)
            told = ("主键为空", "the primary key is empty")
            if earlier:
                zh, en = self.resource.said(earlier)
                told = (f"“{value}”与{zh}相同", f"“{value}” is the same as in {en}")
            yield self._verdict("primary-key" if key.primary else "unique-error", line, key.fields, told, cells)

    def _dangling(self, reference: Reference) -> Iterator[Verdict]:
        rows = self.connection.execute(
            f"SELECT * FROM (SELECT *, {self._known(reference)} AS {VALUE} FROM {self._lines('*')}) "
            f"WHERE NOT {VALUE} ORDER BY {LINE} LIMIT {MOST_ERRORS}"
        ).fetchall()
        for row in rows:
            cells, line = row[:-2], row[-2]
            value = self._value(reference.fields, cells)
            names = ", ".join(reference.referenced)
            told = (
                f"“{value}”不在 {reference.resource} 的 {names} 中",
                f"“{value}” is not in {names} of {reference.resource}",
            )
            yield self._verdict("foreign-key", line, reference.fields, told, cells)

    def _value(self, fields: Iterable[str], cells: Sequence[str | None]) -> str:
        row = dict(zip(self.resource.fields, cells, strict=True))
        return ", ".join(row[name] or "" for name in fields)

    def _verdict(
        self, type_: str, line: int, fields: tuple[str, ...], told: tuple[str, str], cells: Sequence[str | None]
    ) -> Verdict:
        row = {name: cell or "" for name, cell in zip(self.resource.fields, cells, strict=True)}
        key = _key_of(self.resource, row)
        return Verdict(self.resource.name, type_, line, fields, *told, self._value(fields, cells), key)


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _key_of(resource: Resource, row: Row) -> str:
    return resource.key_of(row) if "primaryKey" in resource.schema else ""


def _of_rows(resource: Resource, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> list[Verdict]:
    """What Frictionless says of these rows of a resource by themselves, without keys; and what is misspelt."""
    from frictionless import Resource as FrictionlessResource

    schema = {name: resource.schema[name] for name in ("fields", "missingValues") if name in resource.schema}
    one = FrictionlessResource.from_descriptor(
        {"name": resource.name, "type": "table", "data": [list(resource.fields), *rows], "schema": schema}
    )
    told = []
    for task in one.validate(limit_errors=0).tasks:
        for error in task.errors:
            number = getattr(error, "row_number", None)
            told.append(_worded(error, lines[number - 2] if number else None, resource))
    numbered = ((line, dict(zip(resource.fields, cells, strict=True))) for line, cells in zip(lines, rows, strict=True))
    return [*told, *_misspelt(resource, numbered, told)]


def asked_of_frictionless(package: Package, resource: Resource) -> list[Verdict]:
    """What Frictionless says of a whole resource, row by row; and what is misspelt. Slow, and the authority."""
    from frictionless import Package as FrictionlessPackage
    from frictionless import system

    if any(other.format != "csv" for other in package.resources.values()):
        with as_csv(package) as twin:
            return asked_of_frictionless(twin, twin.resource(resource.name))
    with system.use_context(trusted=False):
        whole = FrictionlessPackage.from_descriptor(_descriptor(package), basepath=str(package.root))
        try:
            report: Report = whole.get_resource(resource.name).validate(limit_errors=MOST_ERRORS)
        except re.error as error:
            raise PackageError(f"a pattern of its schema is not a regular expression: {error}", resource.name) from None
    found = [_worded(e, getattr(e, "row_number", None), resource) for task in report.tasks for e in task.errors]
    found.extend(_worded(error, None) for error in report.errors)
    try:
        rows = package.rows(resource.name)
    except PackageError:
        if not found:
            raise
        return found
    found.extend(_misspelt(resource, enumerate(rows, 2), found[:]))
    return sorted(found, key=lambda verdict: verdict.line or 0)[:MOST_ERRORS]


def _descriptor_errors(package: Package) -> Iterator[Verdict]:
    """What is wrong with the schemas themselves."""
    from frictionless import FrictionlessException
    from frictionless import Package as FrictionlessPackage

    try:
        FrictionlessPackage.from_descriptor(_descriptor(package), basepath=str(package.root))
    except FrictionlessException as exception:
        for error in exception.to_errors():
            yield Verdict("", error.type, None, (), error.message, error.message)


def _descriptor(package: Package) -> dict[str, Any]:
    """The package as Frictionless takes it. The dialect is said, since it would guess it from the first lines."""
    return {
        "name": "package",
        "resources": [
            {
                "name": resource.name,
                "type": "table",
                "path": str(resource.path.relative_to(package.root.resolve())),
                "scheme": "file",
                "format": "csv",
                "encoding": "utf-8",
                "dialect": {
                    "csv": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
                },
                "schema": {key: value for key, value in resource.schema.items() if key != "$schema"},
            }
            for resource in package.resources.values()
        ],
    }


def _worded(error: Any, line: int | None, resource: Resource | None = None) -> Verdict:
    """An error of Frictionless as a verdict."""
    field = getattr(error, "field_name", "")
    fields = tuple(getattr(error, "field_names", ())) or ((field,) if field else ())
    if resource and error.type == "primary-key":
        fields = resource.key
    note = error.note or error.title
    found = str(getattr(error, "cell", "") or "")
    return Verdict(resource.name if resource else "", error.type, line, fields, note, note, found)


def _misspelt(resource: Resource, rows: Iterable[tuple[int, Row]], told: Iterable[Verdict]) -> Iterator[Verdict]:
    """Cells that Frictionless takes for values though they are not spelt as such, or are of their pattern in part."""
    missing = resource.schema.get("missingValues", [""])
    wrong = {(verdict.line, verdict.fields) for verdict in told if verdict.type not in KEYS}
    spellings = []
    for field in resource.schema.get("fields", []):
        plain = PLAIN.get(field.get("type", ""))
        pattern = plain or field.get("constraints", {}).get("pattern")
        if pattern is not None:
            what = ("不是普通十进制数字", "not plain decimal digits") if plain else ("不合其格式", "not of its pattern")
            spellings.append((field["name"], re.compile(pattern), what))
    for line, row in rows:
        for name, pattern, (zh, en) in spellings:
            cell = row[name]
            if cell not in missing and (line, (name,)) not in wrong and not pattern.fullmatch(cell):
                told_as = (f"{cell!r} {zh}", f"{cell!r} is {en}")
                yield Verdict(resource.name, "lexical", line, (name,), *told_as, cell, _key_of(resource, row))
