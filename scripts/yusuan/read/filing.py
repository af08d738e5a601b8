"""One filing read whole: its documents become rows of every resource, and a ledger of every number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from yusuan.figures import plain
from yusuan.package import Package, Row
from yusuan.read.amounts import Amount, AmountReader, Term
from yusuan.read.codes import DEPARTMENT_ECONOMICS, FUNCTIONS, names_for
from yusuan.read.cover import Cover, read_cover
from yusuan.read.forms import Form
from yusuan.read.grid import Document, Grid, Span
from yusuan.read.header import understand
from yusuan.read.knowledge import Knowledge
from yusuan.read.layout import FoundTable, Layout, lay_out
from yusuan.read.ledger import SHIPPED, Ledger, coverage
from yusuan.read.lexicon import Lexicon
from yusuan.read.narrative import Narrative
from yusuan.read.passages import Passage, Sections
from yusuan.read.performance import PerformanceForm, PerformanceReader
from yusuan.read.register import Departments, Projects
from yusuan.read.slug import slug
from yusuan.read.structure import units
from yusuan.read.text import joined

FACTS = (
    "filings", "documents", "coverage", "tables", "line_items", "sums", "statements", "projects", "project_years",
    "indicators", "sections", "units", "terms",
)  # fmt: skip
"""Resources that reading a filing writes."""

_BY_GOVERNMENT = "government-economic"
"""The form whose economic classes are those of the government budget."""
_EVALUATION = ("weight", "actual", "score", "deviation")


@dataclass
class FilingRows:
    """What a filing gave: rows by resource, working rows, and what was not understood."""

    filing: str
    cover: Cover
    department: Row
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    working: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    unknown: list[tuple[str, str]] = field(default_factory=list)
    """What is printed and was not understood: place and words."""
    observed: list[tuple[str, Row]] = field(default_factory=list)


class FilingReader:
    """Reads the documents of one filing."""

    def __init__(self, package: Package, knowledge: Knowledge, departments: Departments) -> None:
        self.package = package
        self.knowledge = knowledge
        self.departments = departments
        self.sections = Sections(package.file("schemas", "lookups"), knowledge.forms)

    def lay_out(self, document: Document) -> Layout:
        """The tables and the prose of a document."""
        return lay_out(document, self.knowledge.forms, self.knowledge.vocabulary, self.knowledge.is_name)

    def cover(
        self,
        documents: Sequence[Document],
        layouts: Sequence[Layout],
        department: str | None = None,
        year: int | None = None,
        phase: str | None = None,
    ) -> tuple[Cover, Row]:
        """Cover facts and department. Raises DocumentError where department, year or phase is in doubt."""
        cover = read_cover(documents, layouts, self.knowledge.cover_words, year, phase)
        return cover, self.departments.resolve(cover, documents[0].file_name, department)

    def read(
        self,
        documents: Sequence[Document],
        layouts: Sequence[Layout],
        cover: Cover,
        owner: Row,
        known: Sequence[Row] = (),
    ) -> FilingRows:
        """All rows of the filing; `known` are line items that other documents of it gave before."""
        return _Filing(self, documents, layouts, cover, owner, known).run()


class _Filing:
    """The state of reading one filing."""

    def __init__(
        self,
        reader: FilingReader,
        documents: Sequence[Document],
        layouts: Sequence[Layout],
        cover: Cover,
        owner: Row,
        known: Sequence[Row],
    ) -> None:
        self.reader = reader
        self.known = known
        self.knowledge = reader.knowledge
        self.documents = documents
        self.layouts = layouts
        self.cover = cover
        self.id = f"{owner['id']}-{cover.year}-{cover.phase}"
        self.department = owner["id"]
        self.out = FilingRows(self.id, cover, owner)
        self.ledger = Ledger()
        self.projects = Projects(self.department, self._known_projects())
        self.amounts: list[tuple[Amount, str]] = []
        self.performance: list[tuple[Document, FoundTable, PerformanceForm]] = []
        self.taken: Counter[str] = Counter()

    def _known_projects(self) -> dict[str, Row]:
        return {
            row["id"]: dict(row) for row in self.reader.package.rows("projects") if row["department"] == self.department
        }

    def run(self) -> FilingRows:
        for document, layout in zip(self.documents, self.layouts, strict=True):
            for table in layout.tables:
                self._table(document, table)
        lexicon = self._lexicon()
        narrative = Narrative(self, lexicon)
        for document, table, form in self.performance:
            narrative.goal(document, form)
            self._indicators(document, table, form)
        for document, layout in zip(self.documents, self.layouts, strict=True):
            passages = list(self.reader.sections.passages(layout.prose))
            narrative.read(document, passages)
            self._passages(document, passages, layout.tables)
            self._goals(document)
        self._identity()
        self.out.rows["projects"] = list(self.projects.rows.values())
        for document, layout in zip(self.documents, self.layouts, strict=True):
            self._captions(layout)
            self._cells(document, layout)
            numbers = list(self.ledger.rows(document, self.id, lexicon))
            self.out.working["ledger"].extend(numbers)
            self.out.rows["coverage"].extend(
                {"document": document.sha256, "class": kind, "printed": str(printed), "bound": str(bound)}
                for kind, (bound, printed) in coverage(numbers).items()
                if kind in SHIPPED
            )
        self.out.observed = [(scheme, row) for (scheme, _), row in self.knowledge.codes.observed.items()]
        return self.out

    def items(self) -> list[Row]:
        """Line items of the filing: of these documents and of those read before."""
        return [*self.out.rows["line_items"], *self.known]

    def _lexicon(self) -> Lexicon:
        codes, year = self.knowledge.codes, self.cover.year
        names = {
            **names_for(codes, DEPARTMENT_ECONOMICS, "economic", year),
            **names_for(codes, FUNCTIONS, "function", year, level=1),
        }
        return Lexicon(self.reader.package.file("schemas", "lookups"), names)

    # --- tables

    def _table(self, document: Document, table: FoundTable) -> None:
        unit = self._unit(table)
        form = table.form
        amounts: tuple[Amount, ...] = ()
        terms: tuple[Term, ...] = ()
        performance: list[PerformanceForm] = []
        variant = ""
        if form is not None and form.kind == "performance" and table.grid.rows:
            performance = self._performance(document, table, unit)
            if len(performance) == 1 and performance[0].project is not None:
                variant = slug(performance[0].project.key)
            if form.rows and (tasks := self._performance_reader().tasks(table.grid)) is not None:
                amounts, terms = self._amounts(document, tasks, form, table.heading, unit)
        elif form is not None and form.kind == "amounts" and table.grid.rows:
            amounts, terms = self._amounts(document, table.grid, form, table.heading, unit)
        elif form is not None and form.kind == "units":
            self._units(document, table)
        elif form is None:
            self._unrecognised(document, table)
        identifier = self._table_id(table, variant)
        notes = [note for note in table.notes if self.knowledge.vocabulary.declares_empty(note.key)]
        filled = (
            bool(amounts) or bool(performance) or (bool(table.grid.rows) and (form is None or form.kind == "units"))
        )
        anchor = table.title or next((cell.span for cell in table.grid.cells()), None)
        self.out.rows["tables"].append(
            {
                "id": identifier, "filing": self.id, "document": document.sha256, "form": form.id if form else "",
                "variant": identifier.partition("/")[2].partition("/")[2], "ordinal": str(table.ordinal),
                "title": table.heading, "unit": unit,
                "filled": "filled" if filled else "declared-empty" if notes else "blank",
                "note": notes[-1].line if notes else "",
                "source": document.source(anchor.cite_text()) if anchor else document.file_name,
            }
        )  # fmt: skip
        for amount in amounts:
            self._amount(document, amount, identifier)
        for term in terms:
            self.out.rows["sums"].append(
                {
                    "whole": f"{identifier}#{term.whole.key}", "part": f"{identifier}#{term.part.key}",
                    "axis": term.axis, "partition": str(term.partition),
                }
            )  # fmt: skip

    def _amounts(
        self, document: Document, grid: Grid, form: Form, title: str, unit: str
    ) -> tuple[tuple[Amount, ...], tuple[Term, ...]]:
        """The amounts of a table and the terms of its sums; what is neither figure nor blank is noted."""
        table = understand(grid, partial(self.knowledge.word, government=form.id == _BY_GOVERNMENT))
        reading = AmountReader(self.knowledge, self.cover.year, self.cover.phase).read(table, form, title, unit)
        for cell in reading.odd:
            self._unknown(document, cell.span)
        return reading.amounts, reading.terms

    def _unit(self, table: FoundTable) -> str:
        """The unit of money in force: of a caption, else of the title, else of a header cell."""
        spans: list[Span] = [*table.captions]
        if table.title is not None:
            spans.append(table.title)
        spans.extend(cell.span for row in table.grid.rows[:4] for cell in row)
        return next((unit for span in spans if (unit := self.knowledge.vocabulary.unit_of(span.key))), "")

    def _table_id(self, table: FoundTable, variant: str) -> str:
        """Filing and form; a variant where the form occurs again, told by its project, else counted."""
        base = f"{self.id}/{table.form.id if table.form else 'unknown'}"
        if table.form is not None and table.form.kind == "performance" and variant:
            base = f"{base}/{variant}"
        self.taken[base] += 1
        return base if self.taken[base] == 1 else f"{base}/{self.taken[base]}"

    def _units(self, document: Document, table: FoundTable) -> None:
        for ordinal, named in enumerate(units(table.grid.rows), 1):
            self.out.rows["units"].append(
                {
                    "filing": self.id, "name": named.name, "department": "", "kind": "|".join(named.other_names),
                    "ordinal": str(ordinal), "source": document.source(named.span.cite_text()),
                }
            )  # fmt: skip
            self.ledger.bind(named.span, "name", "units", f"{self.id}|{named.name}")

    def _unrecognised(self, document: Document, table: FoundTable) -> None:
        if anchor := table.title or next((c.span for c in table.grid.cells() if c.key), None):
            self._unknown(document, anchor)

    def _unknown(self, document: Document, span: Span) -> None:
        self.out.unknown.append((document.source(span.cite_text()), span.line[:60]))

    def _amount(self, document: Document, amount: Amount, table_id: str) -> None:
        identifier = f"{table_id}#{amount.key}"
        at = amount.coordinates
        project = ""
        if amount.row.project:
            row = self.projects.get(amount.row.project)
            project = row["id"]
            self._project_amount(document, amount, project)
        self.out.rows["line_items"].append(
            {
                "id": identifier, "table_id": table_id, "filing": self.id, "department": self.department,
                "year": str(amount.year), "phase": amount.phase, "form": amount.form,
                "direction": at.get("direction", ""), "function": at.get("function", ""),
                "economic": at.get("economic", ""), "fund": at.get("fund", ""), "nature": at.get("nature", ""),
                "item": at.get("item", ""), "project": project, "row_unit": amount.row.row_unit, "role": amount.role,
                "label": amount.row.label, "heading": joined(amount.column.path),
                "code_printed": amount.row.code_printed, "amount": plain(amount.value), "printed": amount.printed,
                "unit": amount.unit, "position": str(amount.position),
                "source": document.source(amount.span.cite_text()),
            }
        )  # fmt: skip
        self.ledger.bind(amount.span, "amount", "line_items", identifier)

    def _project_amount(self, document: Document, amount: Amount, project: str) -> None:
        """The total of a project's row is its amount of the year."""
        is_total = amount.column.is_total or not any(
            other.row is amount.row and other.column.is_total for other, _ in self.amounts
        )
        self.amounts.append((amount, project))
        if is_total and project not in self.projects.amounts:
            self.projects.amounts[project] = amount.value
            row = self.project_year(project, document.source(amount.span.cite_text()))
            row["amount"] = plain(amount.value)
            row["function"] = amount.coordinates.get("function", "")

    def project_year(self, project: str, source: str) -> Row:
        """The row of a project in this filing, made where it is missing."""
        for row in self.out.rows["project_years"]:
            if row["project"] == project:
                return row
        row = {
            "filing": self.id, "project": project, "function": "", "amount": "", "appropriation": "",
            "other_funds": "", "citations": "", "starts": "", "ends": "", "source": source,
        }  # fmt: skip
        self.out.rows["project_years"].append(row)
        return row

    # --- performance

    def _performance_reader(self) -> PerformanceReader:
        package = self.reader.package
        parents = {row["id"]: row["parent"] for row in package.rows("indicator_levels")}
        return PerformanceReader(
            package.file("schemas", "lookups"), self.knowledge.vocabulary, parents, self.cover.year
        )

    def _performance(self, document: Document, table: FoundTable, unit: str) -> list[PerformanceForm]:
        forms = self._performance_reader().read(table.grid, unit)
        self.performance.extend((document, table, form) for form in forms)
        return forms

    def _indicators(self, document: Document, table: FoundTable, form: PerformanceForm) -> None:
        project = self.project_of(form)
        if project:
            self._form_money(document, form, project)
        when = f"{self.cover.year}-{self.cover.phase}"
        for found in form.indicators:
            key = f"{found.standard[1] or slug(found.levels[1] or found.levels[0])};{slug(found.levels[2])}"
            identifier = f"{project}#{when};{key}" if project else f"{self.id}#indicator;{key}"
            self.taken[identifier] += 1
            if self.taken[identifier] > 1:
                identifier = f"{identifier};{self.taken[identifier]}"
            target = found.target
            self.out.rows["indicators"].append(
                {
                    "id": identifier, "filing": self.id, "project": project, "ordinal": str(found.ordinal),
                    "level1": found.levels[0], "level2": found.levels[1], "level3": found.levels[2],
                    "level1_standard": found.standard[0], "level2_standard": found.standard[1],
                    "target": found.target_text, "kind": target.kind, "operator": target.operator,
                    "value": _plain(target.value), "value_upper": _plain(target.value_upper), "unit": target.unit,
                    "starts": target.starts, "ends": target.ends,
                    **{name: found.extra[name].line if name in found.extra else "" for name in _EVALUATION},
                    "source": document.source(found.span.cite_text()),
                }
            )  # fmt: skip
            self.ledger.bind(found.span, "target", "indicators", identifier)
            for span in found.extra.values():
                self.ledger.bind(span, "target", "indicators", identifier)

    def project_of(self, form: PerformanceForm) -> str:
        """The project a performance form is about: by its name, else by a name much alike and the same money."""
        if form.project is None or not form.project.key:
            return ""
        known = self.projects.known(form.project.line)
        if known is None:
            money = form.money.get("money")
            known = self.projects.nearly(form.project.line, money[1] if money else None, ())
        return (known or self.projects.get(form.project.line))["id"]

    def _form_money(self, document: Document, form: PerformanceForm, project: str) -> None:
        row = self.project_year(project, document.source(form.project.cite_text()) if form.project else "")
        for name, column in (("money", "amount"), ("appropriation", "appropriation"), ("other-funds", "other_funds")):
            if name in form.money:
                span, value = form.money[name]
                row[column] = row[column] or plain(value)
                self.ledger.bind(span, "amount", "project_years", f"{self.id}|{project}")
        if "money" in form.money:
            self.projects.amounts.setdefault(project, form.money["money"][1])

    # --- the rest

    def _identity(self) -> None:
        narrative = all(not layout.tables for layout in self.layouts)
        self.out.rows["filings"] = [
            {
                "id": self.id, "department": self.department, "year": str(self.cover.year), "phase": self.cover.phase,
                "title": self.cover.title, "published": self.cover.published,
            }
        ]  # fmt: skip
        for document, layout in zip(self.documents, self.layouts, strict=True):
            recognised = any(table.form is not None for table in layout.tables)
            prose = any(len(paragraph.span.key) > 40 for paragraph in layout.prose)
            part = "whole" if recognised and prose else "tables" if recognised and not narrative else "narrative"
            self.out.rows["documents"].append(
                {
                    "sha256": document.sha256, "filing": self.id, "file_name": document.file_name,
                    "media_type": document.media_type, "part": part, "address": "", "supersedes": "",
                }
            )  # fmt: skip

    def _captions(self, layout: Layout) -> None:
        """Numbers in titles, captions, notes, headers and labels belong to their table."""
        for table in layout.tables:
            for span in [*table.captions, *table.notes, *([table.title] if table.title else [])]:
                self.ledger.bind(span, "caption")
            for cell in table.grid.cells():
                if table.form is None or table.form.kind == "performance" or cell.span in self.ledger.bindings:
                    continue
                code = cell.key.isdigit() or (cell.key[:3].isdigit() and not cell.key.isdigit())
                if code or not cell.key[:1].isdigit():
                    self.ledger.bind(cell.span, "code" if code else "label")
        for _, _, form in self.performance:
            for span in form.labels:
                self.ledger.bind(span, "label")

    def _passages(self, document: Document, passages: Sequence[Passage], tables: Sequence[FoundTable]) -> None:
        """Paragraphs of the prose in reading order, then titles, captions and notes of the tables."""
        told = [
            (passage.kind, passage.form.id if passage.form else "", " / ".join(passage.headings), passage.span)
            for passage in passages
        ]
        for table in tables:
            form = table.form.id if table.form else ""
            around = {"title": [table.title] if table.title else [], "caption": table.captions, "note": table.notes}
            told.extend((kind, form, table.heading, span) for kind, spans in around.items() for span in spans)
        for ordinal, (kind, form, heading, span) in enumerate(told, 1):
            self.out.working["passages"].append(
                {
                    "filing": self.id, "file_name": document.file_name, "ordinal": str(ordinal), "kind": kind,
                    "form": form, "heading": heading, "text": span.line, "source": document.source(span.cite_text()),
                }
            )  # fmt: skip

    def _goals(self, document: Document) -> None:
        """The goal texts of performance forms, after the passages of their document."""
        before = sum(row["file_name"] == document.file_name for row in self.out.working["passages"])
        for where, table, form in self.performance:
            if where is document and form.goal is not None:
                before += 1
                self.out.working["passages"].append(
                    {
                        "filing": self.id, "file_name": document.file_name, "ordinal": str(before), "kind": "goal",
                        "form": table.form.id if table.form else "",
                        "heading": form.project.line if form.project else "", "text": form.goal.line,
                        "source": document.source(form.goal.cite_text()),
                    }
                )  # fmt: skip

    def _cells(self, document: Document, layout: Layout) -> None:
        for table in layout.tables:
            grid: Grid = table.grid
            for cell in grid.cells():
                self.out.working["cells"].append(
                    {
                        "filing": self.id, "file_name": document.file_name, "table_ordinal": str(table.ordinal),
                        "row": str(cell.row + 1), "column": str(cell.column + 1), "row_span": str(cell.row_span),
                        "column_span": str(cell.column_span), "text": cell.span.line,
                        "source": document.source(cell.span.cite_text()),
                    }
                )  # fmt: skip


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
