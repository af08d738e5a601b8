"""The answer to a query as a page: a table that is written row by row, with the way to a chart and to other formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol
from urllib.parse import urlencode

import pyoxigraph as ox
from markupsafe import escape

from yusuan.pages.render import Renderer
from yusuan.pages.words import words

_ROWS = b"<!--rows-->"
_FORMATS = (("CSV", "csv"), ("JSON", "json"), ("XML", "xml"), ("TSV", "tsv"))


class Parameter(Protocol):
    """A parameter of a question as pages need it."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the names say it
    @property
    def zh(self) -> str: ...  # noqa: D102
    @property
    def en(self) -> str: ...  # noqa: D102
    @property
    def default(self) -> str: ...  # noqa: D102


class Question(Protocol):
    """A named question as pages need it."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the names say it
    @property
    def title(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def description(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def parameters(self) -> Sequence[Parameter]: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


class AnswerPage:
    """Writes one answer: `begin`, rows, `end`, or `boolean` alone. `cut` closes it where it has to end early."""

    def __init__(
        self,
        renderer: Renderer,
        language: str,
        query: str,
        question: Question | None = None,
        given: Mapping[str, str] | None = None,
    ) -> None:
        path = f"question/{question.name}" if question else "sparql"
        addresses = renderer.frame.addresses(path, language)
        self._reader = renderer.reader(addresses)
        asked = dict(given or {})
        bare = f"{question.name}.{{}}?{urlencode(asked)}" if question else "sparql?{}"
        downloads = [
            (name, bare.format(suffix) if question else bare.format(urlencode({"query": query, "format": suffix})))
            for name, suffix in _FORMATS
        ]
        said = words(language)
        self._frame = renderer.frame
        self._addresses = addresses
        self._shown = {
            "title": question.title[language] if question else said["answer"],
            "description": question.description.get(language, "") if question else "",
            "name": question.name if question else "",
            "query": query,
            "parameters": fields(question, language, asked) if question else (),
            "downloads": downloads,
        }
        self._no_rows = said["no-rows"]
        self._columns = 1
        self._count = 0
        self.cut: bytes | None = self._parts(())[2]

    def _parts(self, columns: Sequence[str], answer: str = "") -> tuple[bytes, bytes, bytes]:
        """The page before its rows, after them, and after them where there should be more."""
        said, found = self._shown, []
        for truncated in (False, True):
            page = self._frame.page(
                "answer.html",
                self._addresses,
                data=False,
                columns=columns,
                answer=answer,
                truncated=truncated,
                **said,
            )
            found.append(page.partition(_ROWS))
        return found[0][0], found[0][2], found[1][2]

    def begin(self, names: Sequence[str]) -> bytes:
        """The page up to the rows."""
        self._columns = len(names)
        head, self._tail, _ = self._parts(names)
        return head

    def row(self, values: Sequence[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]) -> bytes:
        """One row."""
        self._count += 1
        return f"<tr>{''.join(map(self._cell, values))}</tr>\n".encode()

    def _cell(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
        if term is None:
            return "<td></td>"
        if not isinstance(term, ox.NamedNode | ox.Literal):
            return f"<td>{escape(str(term))}</td>"
        value = self._reader.value(term)
        if value.is_number:
            return f'<td class="number" data-value="{escape(term.value)}">{escape(value.text)}</td>'
        if value.href:
            return f'<td><a href="{escape(value.href)}" title="{escape(value.hint)}">{escape(value.text)}</a></td>'
        return f"<td>{escape(value.text)}</td>"

    def end(self) -> bytes:
        """The page from the rows on."""
        if self._count:
            return self._tail
        return f'<tr><td colspan="{max(1, self._columns)}">{escape(self._no_rows)}</td></tr>'.encode() + self._tail

    def boolean(self, value: bool) -> bytes:
        """The whole page of a yes or no."""
        answer = words(self._addresses.language)["true" if value else "false"]
        return b"".join(self._parts((), answer)[:2])


def fields(question: Question, language: str, given: Mapping[str, str]) -> list[dict[str, str]]:
    """The inputs of a question's form: name, label and value, which is the default where none is given."""
    return [
        {
            "name": parameter.name,
            "label": parameter.zh if language == "zh" else parameter.en,
            "value": given.get(parameter.name, plain(parameter.default)),
        }
        for parameter in question.parameters
    ]


def plain(term: str) -> str:
    """The text of a SPARQL term as a person would give it."""
    if term.startswith("<"):
        return term.strip("<>")
    if term.startswith('"'):
        return term[1 : term.rindex('"')].replace('\\"', '"').replace("\\\\", "\\")
    return term


def forms(questions: Mapping[str, Question], language: str) -> Iterator[dict[str, object]]:
    """Every question as its form needs it, by title."""
    for question in sorted(questions.values(), key=lambda question: question.title[language]):
        yield {
            "name": question.name,
            "title": question.title[language],
            "description": question.description.get(language, ""),
            "fields": fields(question, language, {}),
        }
