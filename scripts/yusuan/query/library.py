"""Named questions: SPARQL files with titles, descriptions, cubes and parameters in their first comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yusuan.errors import QueryError
from yusuan.package import read_csv

_HEADER = re.compile(
    r"^# (?P<key>title|description|cube|param|column)(?:-(?P<language>zh|en|as))?(?: (?P<name>\w+))?: (?P<text>.*)$"
)
_VALUES = r"VALUES \?{name} \{{ (?P<default>.*?) \}}"
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: the variable it binds, what it means, its default as SPARQL, and its form.

    The default UNDEF leaves it open; `form` is a term of the kind that may be given.
    """

    name: str
    zh: str
    en: str
    default: str
    form: str

    @property
    def value(self) -> str:
        """The default as a person would give it; empty where the parameter is open."""
        if self.default.startswith("<"):
            return self.default[1:-1].removeprefix(self.form[1:-1].rpartition("/")[0] + "/")
        if self.default.startswith('"'):
            return self.default[1 : self.default.rindex('"')]
        return "" if self.default == "UNDEF" else self.default


@dataclass(frozen=True)
class Question:
    """A named question. Its text runs as it stands, on the defaults.

    `cubes` are the cubes it asks, by the ends of their IRIs; `columns` says in two languages what each column is.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    cubes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Mapping[str, str]]
    text: str

    @property
    def selected(self) -> tuple[str, ...]:
        """Names of the columns of the answer, in order."""
        head = re.search(r"^SELECT (?:DISTINCT )?(.*?) WHERE", self.text, re.MULTILINE | re.DOTALL)
        outer = re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))* AS (\?\w+)\)", r"\1", head[1]) if head else ""
        return tuple(re.findall(r"\?(\w+)", outer))

    def bind(self, given: Mapping[str, str]) -> str:
        """The text with parameters in place of defaults. Raises QueryError for an unknown or unfit one."""
        text = self.text
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in known:
                said = ", ".join(known) or "none"
                raise QueryError(f"no parameter {name!r}; this question takes {said}", self.name)
            pattern = re.compile(_VALUES.format(name=re.escape(name)))
            term = _term(value, known[name].form, f"{self.name}: {name}")
            text = pattern.sub(lambda _, name=name, term=term: f"VALUES ?{name} {{ {term} }}", text, count=1)  # type: ignore[misc]
        return text


def load_questions(folder: Path) -> dict[str, Question]:
    """All questions of a folder by name. Words for columns that several share stand in its `columns.csv`."""
    shared = folder / "columns.csv"
    words = {row["column"]: {"zh": row["zh"], "en": row["en"]} for row in read_csv(shared)} if shared.is_file() else {}
    return {path.stem: _load(path, words) for path in sorted(folder.glob("*.rq"))}


def _load(path: Path, shared: Mapping[str, Mapping[str, str]]) -> Question:
    text = path.read_text(encoding="utf-8")
    said: dict[str, dict[str, dict[str, str]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = _HEADER.match(line)
        if found is not None:
            named = said.setdefault(found["key"], {}).setdefault(found["name"] or "", {})
            named[found["language"] or ""] = found["text"].strip()
    cubes = said.get("cube", {}).get("", {}).get("", "")
    return Question(
        name=path.stem,
        title=said.get("title", {}).get("", {}),
        description=said.get("description", {}).get("", {}),
        cubes=tuple(cubes.split(", ")) if cubes else (),
        parameters=tuple(_parameter(name, words, text, path) for name, words in said.get("param", {}).items()),
        columns={**_shared_columns(text, shared), **said.get("column", {})},
        text=text,
    )


def _parameter(name: str, words: Mapping[str, str], text: str, path: Path) -> Parameter:
    found = re.search(_VALUES.format(name=re.escape(name)), text)
    if found is None:
        raise QueryError(f"parameter {name} has no VALUES ?{name} {{ … }} in the text", str(path))
    default = found["default"]
    return Parameter(name, words.get("zh", ""), words.get("en", ""), default, words.get("as", default))


def _shared_columns(text: str, shared: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Words for those variables of a text that several questions share."""
    return {name: words for name, words in shared.items() if re.search(rf"\?{name}\b", text)}


def _term(value: str, form: str, place: str) -> str:
    """A given value as a SPARQL term of a form: IRI, number or text."""
    if form.startswith("<"):
        iri = value if "://" in value else form[1:-1].rpartition("/")[0] + "/" + value
        if not _IRI.fullmatch(iri):
            raise QueryError(f"{value!r} is no identifier", place)
        return f"<{iri}>"
    if re.fullmatch(_NUMBER, form):
        if not re.fullmatch(_NUMBER, value):
            raise QueryError(f"{value!r} is no number", place)
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    suffix = form[form.rindex('"') + 1 :]
    return f'"{escaped}"{suffix}'
