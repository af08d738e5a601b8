"""The prose of a filing into rows: statements, sections, terms, projects with their citations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.figures import plain
from yusuan.package import Row, read_csv
from yusuan.read.citations import citations
from yusuan.read.grid import Document, Span
from yusuan.read.lexicon import Lexicon, fold_pattern
from yusuan.read.passages import Passage
from yusuan.read.performance import PerformanceForm
from yusuan.read.prose import ProseReader
from yusuan.read.slug import slug
from yusuan.read.statement import Context, Statement
from yusuan.read.structure import coordinates_of_term, sections, term
from yusuan.read.targets import TargetReader
from yusuan.read.text import squeeze

if TYPE_CHECKING:
    from yusuan.read.filing import _Filing

_COORDINATES = ("function", "economic", "fund", "nature", "item", "project")
_SILENT = frozenset({"duties", "glossary", "contents"})
_CLASS = {"level": "amount", "score": "count", "period": "count"}


class Narrative:
    """Turns the prose of one filing into rows."""

    def __init__(self, filing: _Filing, lexicon: Lexicon) -> None:
        self.filing = filing
        self.lexicon = lexicon
        knowledge = filing.knowledge
        functions = [row["function"] for row in filing.items() if row["function"]]
        self.prose = ProseReader(
            lexicon, knowledge.codes, knowledge.forms, knowledge.subjects, filing.cover.year, filing.cover.phase,
            sorted(set(functions)),
        )  # fmt: skip
        folder = filing.reader.package.file("schemas", "lookups")
        self._labels = [
            (re.compile(rf"(?:{fold_pattern(row['pattern'])})[：:]"), row["kind"])
            for row in read_csv(folder / "project-labels.csv")
        ]
        self.periods = TargetReader(folder)
        self.seen: Counter[str] = Counter()
        self.listed: list[tuple[Document, Span, str, Decimal | None]] = []
        self.own_names: set[str] = set()

    # --- passages

    def read(self, document: Document, passages: Sequence[Passage]) -> None:
        """Every passage of a document, in order."""
        context = Context()
        label = ""
        for passage in passages:
            if passage.kind == "contents":
                self.filing.ledger.bind(passage.span, "contents")
                continue
            if passage.heading:
                context = self._below(passage, context)
                label = self._label_of(passage)
            context.form = passage.form.id if passage.form else ""
            context.kind = passage.kind
            context.default_subject = "work" if passage.kind == "work" else ""
            self._names(document, passage)
            if passage.kind in _SILENT:
                continue
            if context.form in {"projects", "general-projects"} or passage.kind == "project":
                label = self._project_lines(document, passage, context, label, passages)
                context.default_subject = "work" if label in {"text", "basis"} else ""
            self._statements(document, self.prose.read(passage.span, context), context)

    def _below(self, passage: Passage, before: Context) -> Context:
        """The context under a heading: a class of functions, or the project of a section on projects."""
        context = Context(kind=passage.kind)
        if passage.kind == "project":
            named = re.fullmatch(r"(.{4,60}?)(?:项目)?(?:经费|资金)?(?:情况)?说明", passage.headings[0])
            if named and not re.fullmatch(r"(?:项目|专项)(?:经费|资金)?", named.group(1)):
                context.project = self.filing.projects.get(named.group(1))["id"]
            elif len(passage.headings) > 1:
                context.project = before.project
        concept = self.prose.function(passage.key, context)
        if concept is not None:
            context.function = concept.code
            context.coordinates["function"] = concept.id
        return context

    def _label_of(self, passage: Passage) -> str:
        """What the lines under a heading of a project say, where it is one of the labels of projects."""
        key = f"{passage.headings[-1]}："
        if passage.kind != "project":
            return ""
        return next((kind for pattern, kind in self._labels if pattern.fullmatch(key)), "")

    def _names(self, document: Document, passage: Passage) -> None:
        rows = self.filing.out.rows
        for named in sections(passage):
            key = f"{self.filing.id}|{named.name}"
            if any(row["name"] == named.name for row in rows["sections"]):
                continue
            rows["sections"].append(
                {
                    "filing": self.filing.id, "name": named.name, "other_names": "|".join(named.other_names),
                    "ordinal": str(len(rows["sections"]) + 1),
                    "source": document.source(named.span.cite(named.start, named.end)),
                }
            )  # fmt: skip
            self.filing.ledger.bind(named.span, "name", "sections", key, named.start, named.end)
        if (named_term := term(passage)) is not None:
            if any(row["term"] == named_term.name for row in rows["terms"]):
                return
            at = coordinates_of_term(named_term.name, self.filing.knowledge)
            rows["terms"].append(
                {
                    "filing": self.filing.id, "term": named_term.name, "form": at.get("form", ""),
                    "item": at.get("item", ""), "fund": at.get("fund", ""), "nature": at.get("nature", ""),
                    "ordinal": str(len(rows["terms"]) + 1), "source": document.source(named_term.span.cite_text()),
                }
            )  # fmt: skip

    # --- projects told in lines

    def _project_lines(
        self, document: Document, passage: Passage, context: Context, label: str, passages: Sequence[Passage]
    ) -> str:
        """Labelled lines of a project (项目名称：, 依据：, 规模：); gives the label still open at the end."""
        if passage.heading:
            return label
        text = passage.span.text
        marks = sorted(self._marks(text), key=lambda mark: mark[0])
        pieces = [(0, marks[0][0] if marks else len(text), label)] if label else []
        for index, (_, end, kind) in enumerate(marks):
            stop = marks[index + 1][0] if index + 1 < len(marks) else len(text)
            pieces.append((end, stop, kind))
        for start, stop, kind in pieces:
            self._project_piece(document, passage, context, start, stop, kind, passages)
        return marks[-1][2] if marks else label

    def _marks(self, text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for pattern, kind in self._labels:
            for hit in pattern.finditer(text):
                if not any(a < hit.end() and hit.start() < b for a, b, _ in found):
                    found.append((hit.start(), hit.end(), kind))
        return found

    def _project_piece(
        self,
        document: Document,
        passage: Passage,
        context: Context,
        start: int,
        stop: int,
        kind: str,
        passages: Sequence[Passage],
    ) -> None:
        text = squeeze(passage.span.text[start:stop])
        if not text:
            return
        if kind == "project":
            context.project = self._project(document, passage, text, passages)
        elif context.project and kind in {"basis", "period"}:
            key = f"{self.filing.id}|{context.project}"
            row = self.filing.project_year(context.project, document.source(passage.span.cite_text()))
            if kind == "period":
                self._period(row, text)
                self.filing.ledger.bind(passage.span, "date", "project_years", key, start, stop)
            else:
                self._cite(row, passage.span, start, stop, key)

    def _project(self, document: Document, passage: Passage, name: str, passages: Sequence[Passage]) -> str:
        """The project of a 项目名称 line; a name unknown so far is matched with the amount given below it."""
        projects = self.filing.projects
        known = projects.known(name)
        if known is None:
            following = [p.span.text for p in passages[passages.index(passage) :]][:8]
            amount = self._amount_below(following)
            own = {row["id"] for text in self._names_told(passages) if (row := projects.known(text)) is not None}
            known = projects.nearly(name, amount, own)
        return (known or projects.get(name))["id"]

    def _names_told(self, passages: Sequence[Passage]) -> list[str]:
        found = []
        for passage in passages:
            for start, end, kind in self._marks(passage.span.text):
                if kind == "project":
                    rest = [m[0] for m in self._marks(passage.span.text) if m[0] > start]
                    found.append(squeeze(passage.span.text[end : min(rest, default=len(passage.span.text))]))
        return found

    def _amount_below(self, lines: Sequence[str]) -> Decimal | None:
        for index, line in enumerate(lines):
            for _, end, kind in self._marks(line):
                if kind == "project" and index:
                    return None
                if kind == "amount":
                    figures = [t for t in self.lexicon.tokens(Span(line[end:], _NOWHERE).key) if t.kind == "money"]
                    return figures[0].value if figures else None
        return None

    def _period(self, row: Row, text: str) -> None:
        target = self.periods.read(text, "")
        if target.kind == "period":
            row["starts"], row["ends"] = target.starts, target.ends
        elif target.kind == "deadline" and (named := re.fullmatch(r"(20[0-9]{2})年度?", text)):
            row["starts"], row["ends"] = f"{named.group(1)}-01-01", f"{named.group(1)}-12-31"

    def _cite(self, row: Row, span: Span, start: int, stop: int, key: str) -> None:
        found = [c for c in citations(span) if start <= c.start and c.end <= stop]
        cited = [*filter(None, row["citations"].split("|")), *(c.text.replace("|", "") for c in found)]
        row["citations"] = "|".join(dict.fromkeys(cited))
        for citation in found:
            self.filing.ledger.bind(span, "citation", "project_years", key, citation.start, citation.end)

    # --- goals

    def goal(self, document: Document, form: PerformanceForm) -> None:
        """Figures that the goal text of a performance form promises."""
        if form.goal is None:
            return
        project = self.filing.project_of(form)
        context = Context(
            form=_form_of(form, project),
            kind="goal",
            coordinates={"subject": "goal", **({"project": project} if project else {})},
            project=project,
            default_subject="goal",
        )
        self._statements(document, self.prose.read(form.goal, context), context)

    # --- statements

    def _statements(self, document: Document, found: Sequence[Statement], context: Context) -> None:
        rows = self.filing.out.rows["statements"]
        for statement in found:
            at = statement.coordinates
            if context.kind == "goal":
                at.update({"form": context.form, **context.coordinates})
            elif context.default_subject and not at.get("form"):
                at.setdefault("subject", context.default_subject)
            key = self._key(statement)
            self.seen[key] += 1
            statement.key = key if self.seen[key] == 1 else f"{key};{self.seen[key]}"
            identifier = f"{self.filing.id}#{statement.key}"
            start, end = statement.span.folded.source(statement.start, statement.end)
            rows.append(
                {
                    "id": identifier, "filing": self.filing.id, "position": str(len(rows) + 1),
                    "year": str(statement.year),
                    "as_of": statement.as_of, "phase": statement.phase, "form": at.get("form", ""),
                    "direction": at.get("direction", ""), **{name: at.get(name, "") for name in _COORDINATES},
                    "role": "", "subject": at.get("subject", ""), "measure": statement.measure,
                    "value": plain(statement.value), "printed": statement.printed, "unit": statement.unit,
                    "word": statement.word, "basis": statement.basis, "share_of": statement.share_of,
                    "label": statement.label, "reason": statement.reason,
                    "source": document.source(statement.span.cite(start, end)),
                }
            )  # fmt: skip
            self._bind(statement, identifier)

    def _bind(self, statement: Statement, identifier: str) -> None:
        folded = statement.span.folded
        kind = _CLASS.get(statement.measure, statement.measure)
        for a, b in statement.tokens:
            start, end = folded.source(a, b)
            self.filing.ledger.bind(statement.span, kind, "statements", identifier, start, end)
        for a, b in statement.inside:
            start, end = folded.source(a, b)
            self.filing.ledger.bind(statement.span, "threshold", "statements", identifier, start, end)

    def _key(self, statement: Statement) -> str:
        at = statement.coordinates
        parts = ["s", statement.measure, at.get("form", ""), at.get("direction", "")]
        for name in _COORDINATES:
            value = at.get(name, "")
            parts.append(value.removeprefix(self.filing.department + "-") if name == "project" else value)
        parts.append(at.get("subject", ""))
        if statement.measure in {"change", "rate", "completion"}:
            parts.append(statement.basis)
        if statement.measure == "share":
            parts.append(statement.share_of)
        if statement.year != self.filing.cover.year:
            parts.append(str(statement.year))
        if statement.phase != self.prose.phase:
            parts.append(statement.phase)
        if at.get("subject") in {"goal", "work"} or not at.get("form"):
            parts.append(slug(statement.label)[:24] if statement.label else "")
        return ";".join(part for part in parts if part)


class _Nowhere:
    def cite(self, start: int, end: int) -> str:
        return ""


_NOWHERE = _Nowhere()


def _form_of(form: PerformanceForm, project: str) -> str:
    return "performance-project" if project else "performance-department"
