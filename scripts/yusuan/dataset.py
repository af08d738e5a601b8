"""A package for people who program: tables as DataFrames, findings, the graph, answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.package import Package, open_package, read_csv

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from yusuan.finding import Finding

_DTYPES = {"integer": "Int64", "year": "Int64"}


class Dataset:
    """A data package opened; `package` has the resources as plain rows."""

    def __init__(self, path: Path | None = None) -> None:
        self.package: Package = open_package(path)

    def __repr__(self) -> str:
        return f"Dataset({str(self.package.root)!r})"

    def table(self, name: str) -> pd.DataFrame:
        """A resource as a DataFrame: text as text, numbers as float64, integers and years as Int64, dates as dates.

        An empty text cell is the empty string; an empty number or date is missing. Exact decimals are in the CSV.
        """
        import pandas as pd

        resource = self.package.resource(name)
        frame = pd.DataFrame(self.package.rows(name), columns=list(resource.fields), dtype="object")
        for field in resource.schema["fields"]:
            column = field["name"]
            if field["type"] == "number":
                frame[column] = pd.to_numeric(frame[column].replace("", None))
            elif field["type"] in _DTYPES:
                frame[column] = pd.to_numeric(frame[column].replace("", None)).astype(_DTYPES[field["type"]])
            elif field["type"] == "date":
                frame[column] = pd.to_datetime(frame[column].replace("", None))
        return frame

    def check(self) -> list[Finding]:
        """Every finding of schemas and rules."""
        from yusuan.check import check_package

        return check_package(self.package)

    def graph(self) -> rdflib.Graph:
        """The graph in rdflib, all named graphs together. Meant for packages of thousands of rows, not millions."""
        import rdflib

        from yusuan.emit import graph_lines

        graph = rdflib.Graph()
        graph.parse(data="\n".join(graph_lines(self.package, named=False)), format="nt")
        for row in read_csv(self.package.file("ontology", "prefixes.csv")):
            graph.bind(row["prefix"], row["iri"])
        return graph

    def query(self, sparql: str) -> pd.DataFrame:
        """The answer to SPARQL as a DataFrame of text; the prefixes of the package are known."""
        import pandas as pd

        from yusuan.emit import graph_lines
        from yusuan.query import ask, load_store

        prefixes = {row["prefix"]: row["iri"] for row in read_csv(self.package.file("ontology", "prefixes.csv"))}
        answer = ask(load_store(graph_lines(self.package)), sparql, prefixes)
        return pd.DataFrame(list(answer.rows), columns=list(answer.columns))
