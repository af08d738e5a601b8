"""The pinned answers of the question library on the shipped data; `make answers` shows what changed and keeps it."""

from __future__ import annotations

import sys
from difflib import unified_diff

import pyoxigraph as ox

from tests.conftest import HERE
from yusuan.emit import graph_file
from yusuan.package import Package, format_csv, open_package
from yusuan.query import Answer, ask, load_prologue, load_questions, load_store

FOLDER = HERE / "answers"


def store_of(package: Package) -> ox.Store:
    """The graph of a package in a store."""
    with graph_file(package) as path:
        return load_store(path)


def as_csv(answer: Answer) -> str:
    """An answer as CSV text."""
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    return format_csv(answer.columns, rows)


def answers(package: Package) -> dict[str, str]:
    """What every question answers on its defaults, as CSV text by name."""
    store, prologue = store_of(package), load_prologue(package)
    found = load_questions(package.file("ontology", "queries"))
    return {name: as_csv(ask(store, question.text, prologue)) for name, question in found.items()}


def main() -> None:
    """Keep the answers of the shipped data, showing each difference from those kept before."""
    now = answers(open_package(HERE.parent))
    changed = 0
    for path in sorted(FOLDER.glob("*.csv")):
        if path.stem not in now:
            sys.stdout.write(f"{path.stem}: no such question any more\n")
            path.unlink()
    for name, text in now.items():
        path = FOLDER / f"{name}.csv"
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = unified_diff(before.splitlines(), text.splitlines(), "before", name, n=0, lineterm="")
        difference = "\n".join(lines)
        if difference:
            changed += 1
            sys.stdout.write(difference + "\n")
            path.write_bytes(text.encode())
    sys.stdout.write(f"{len(now)} answers, {changed} changed\n")


if __name__ == "__main__":
    main()
