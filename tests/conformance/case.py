"""What the judges look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from tests.conformance.judges import MissingJudgeError
from tests.conftest import SHARED
from yusuan.emit import emit_graph, graph_file
from yusuan.package import Package
from yusuan.query import Prologue, load_prologue, load_store
from yusuan.query.integrity import normalise

Row = tuple[str, str, list[str]]
"""What was judged, what of it (a number of things), and the objections."""


@dataclass
class Case:
    """What the judges look at: a package, its graph in a store, and a folder for their tools."""

    package: Package
    tools: Path

    @cached_property
    def prologue(self) -> Prologue:
        """The base and prefixes of the package."""
        return load_prologue(self.package)

    @cached_property
    def store(self) -> ox.Store:
        """The graph with what the Data Cube vocabulary lets be left out, and OpenBudgets' terms beside it."""
        with graph_file(self.package) as path:
            store = load_store(path)
        normalise(store, self.integrity / "cube", self.prologue)
        return store

    @property
    def integrity(self) -> Path:
        """The folder of promises about graphs."""
        return self.package.file("ontology", "integrity")

    def emitted(self, view: str, suffix: str) -> Path:
        """A view of the package in a file."""
        path = self.tools / f"{view}{suffix}"
        self.tools.mkdir(parents=True, exist_ok=True)
        emit_graph(self.package, path, ordered=False, view=view)
        return path

    def suite(self, *parts: str) -> Path:
        """A file or folder of the shared suites. Raises MissingJudgeError where they are not here."""
        path = SHARED.joinpath("suites", *parts)
        if not path.exists():
            raise MissingJudgeError(f"{'/'.join(parts)}: the shared suites (../shared/suites) are not here")
        return path
