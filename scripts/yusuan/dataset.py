"""A package for people who program: tables as DataFrames, findings, the graph, answers."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.package import Package, open_package

if TYPE_CHECKING:
    import pandas as pd
    import pyoxigraph as ox
    import rdflib

    from yusuan.finding import Finding

_DTYPES = {"integer": "Int64", "year": "Int64"}


class Dataset:
    """A data package opened; `package` has the resources as plain rows.

    The graph is made once, when it is first asked: open the package again after a change of its files.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.package: Package = open_package(path)

    def __repr__(self) -> str:
        return f"Dataset({str(self.package.root)!r})"

    @property
    def tables(self) -> list[str]:
        """Names of the resources, in the package's order."""
        return list(self.package.resources)

    @property
    def questions(self) -> dict[str, str]:
        """Names and English titles of the question library."""
        from yusuan.query import load_questions

        found = load_questions(self.package.file("ontology", "queries"))
        return {name: question.title["en"] for name, question in found.items()}

    def table(self, name: str) -> pd.DataFrame:
        """A resource as a DataFrame: text as text, numbers as float64, integers and years as Int64, dates as dates.

        An empty text cell is the empty string; an empty number or date is missing. Exact decimals are in the CSV.
        """
        import pandas as pd

        resource = self.package.resource(name)
        if resource.format == "parquet":
            from yusuan.twin import frame_of

            frame = frame_of(resource)
        else:
            frame = pd.DataFrame(self.package.rows(name), columns=list(resource.fields), dtype="object")
        kinds = {field["name"]: field["type"] for field in resource.schema["fields"]}
        return _typed(frame, kinds)

    def check(self) -> list[Finding]:
        """Every finding of schemas and rules."""
        from yusuan.check import check_package

        return check_package(self.package)

    def graph(self) -> rdflib.Graph:
        """The graph in rdflib, all named graphs together. Meant for packages of thousands of rows, not millions."""
        import rdflib

        from yusuan.emit import graph_lines
        from yusuan.query import load_prologue

        graph = rdflib.Graph()
        graph.parse(data="\n".join(graph_lines(self.package, named=False)), format="nt")
        for prefix, iri in load_prologue(self.package).prefixes.items():
            graph.bind(prefix, iri)
        return graph

    def query(self, sparql: str) -> pd.DataFrame:
        """The answer to SPARQL as a DataFrame, its columns typed as those of `table`.

        The prefixes of the package are known, and IRIs may be relative to its base: `<cube/revenue>`.
        """
        import pandas as pd

        from yusuan.query import ask, load_prologue

        answer = ask(self._store, sparql, load_prologue(self.package))
        frame = pd.DataFrame(list(answer.rows), columns=list(answer.columns), dtype="object")
        return _typed(frame, dict(zip(answer.columns, answer.kinds, strict=True)))

    def ask(self, question: str, **parameters: str | int | float) -> pd.DataFrame:
        """The answer to a question of the library: `ask("three-public-by-year", department="310107-czj")`."""
        from yusuan.errors import QueryError
        from yusuan.query import load_questions

        found = load_questions(self.package.file("ontology", "queries"))
        if question not in found:
            raise QueryError(f"no question {question!r}; `questions` has their names")
        return self.query(found[question].bind({name: str(value) for name, value in parameters.items()}))

    @cached_property
    def _store(self) -> ox.Store:
        from yusuan.emit import graph_file
        from yusuan.query import load_store

        with graph_file(self.package) as path:
            return load_store(path)


def _typed(frame: pd.DataFrame, kinds: dict[str, str]) -> pd.DataFrame:
    """The same frame of text with each column as its kind says: number, integer, year, date, else text."""
    import pandas as pd

    for column, kind in kinds.items():
        if kind == "number":
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype("float64")
        elif kind in _DTYPES:
            frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(_DTYPES[kind])
        elif kind == "date":
            frame[column] = pd.to_datetime(frame[column].replace("", None))
    return frame
