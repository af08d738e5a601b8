"""Named questions: SPARQL files with titles, descriptions and parameters in their first comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yusuan.errors import QueryError

_HEADER = re.compile(
    r"^# (?P<key>title|titel|description|param)(?:-(?P<language>zh|en))?(?: (?P<name>[a-z_]+))?: (?P<text>.*)$"
)
_VALUES = r"VALUES \?{name} \{{ (?P<default>.*?) \}}"
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: the variable it binds, what it means, its default as SPARQL."""

    name: str
    zh: str
    en: str
    default: str


@dataclass(frozen=True)
class Question:
    """A named question. Its text runs as it stands, on the defaults."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, given: Mapping[str, str]) -> str:
        """The text with parameters in place of defaults. Raises QueryError for an unknown or unfit one."""
        text = self.text
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in known:
                said = ", ".join(known) or "none"
                raise QueryError(f"no parameter {name!r}; this question takes {said}", self.name)
            pattern = re.compile(_VALUES.format(name=re.escape(name)))
            term = _term(value, known[name].default, f"{self.name}: {name}")
            text = pattern.sub(lambda _, name=name, term=term: f"VALUES ?{name} {{ {term} }}", text, count=1)  # type: ignore[misc]
        return text


def load_questions(folder: Path) -> dict[str, Question]:
    """All questions of a folder by name."""
    return {path.stem: _load(path) for path in sorted(folder.glob("*.rq"))}


def _load(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    title: dict[str, str] = {}
    description: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = _HEADER.match(line)
        if found is None:
            continue
        language = found["language"] or ""
        if found["key"] == "param":
            words.setdefault(found["name"], {})[language] = found["text"]
        else:
            (title if found["key"] == "title" else description)[language] = found["text"]
    parameters = []
    for name, said in words.items():
        default = re.search(_VALUES.format(name=re.escape(name)), text)
        if default is None:
            raise QueryError(f"parameter {name} has no VALUES ?{name} {{ … }} in the text", str(path))
        parameters.append(Parameter(name, said.get("zh", ""), said.get("en", ""), default["default"]))
    return Question(path.stem, title, description, tuple(parameters), text)


def _term(value: str, default: str, place: str) -> str:
    """A given value as a SPARQL term of the kind its default is: IRI, number or text."""
    if default.startswith("<"):
        iri = value if "://" in value else default[1:-1].rpartition("/")[0] + "/" + value
        if not _IRI.fullmatch(iri):
            raise QueryError(f"{value!r} is no identifier", place)
        return f"<{iri}>"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", default):
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            raise QueryError(f"{value!r} is no number", place)
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    suffix = default[default.rindex('"') + 1 :]
    return f'"{escaped}"{suffix}'
