"""The names of the last release's things; `make iris` makes the list anew, once a release is made.

`tests/iris.txt` has a page a line, below the base, and below it, indented, the things within the page. Places in
documents and provenance are left out: they follow the document. `tests/iris-gone.csv` says of each name that is gone
since what it was and why.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict

from tests.conftest import HERE
from yusuan.emit import graph_lines
from yusuan.package import Package, open_package, read_csv

FILE = HERE / "iris.txt"
GONE = HERE / "iris-gone.csv"
KINDS = ("code", "cube", "department", "filing", "ontology", "project", "region", "rule", "table")


def names(package: Package) -> set[str]:
    """The names of all things of a package, below its base, that a release promises to keep."""
    found = set()
    for line in graph_lines(package, named=False):
        name = line[1 : line.index(">")].removeprefix(package.base)
        if re.split("[/#]", name, maxsplit=1)[0] in KINDS:
            found.add(name)
    return found


def as_text(found: set[str]) -> str:
    """Names as the text of the list."""
    pages: dict[str, list[str]] = defaultdict(list)
    for name in sorted(found):
        page, mark, fragment = name.partition("#")
        pages[page] += [fragment] if mark else []
    return "".join(f"{page}\n" + "".join(f"  {fragment}\n" for fragment in pages[page]) for page in sorted(pages))


def kept() -> set[str]:
    """The names of the list."""
    found = set()
    page = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            found.add(f"{page}#{line[2:]}")
        else:
            page = line
            found.add(page)
    return found


def gone() -> dict[str, str]:
    """Names that are no more, each with the reason."""
    return {row["name"]: row["reason"] for row in read_csv(GONE)}


def main() -> None:
    """Make the list anew, and say what it loses."""
    now = names(open_package(HERE.parent))
    lost = sorted(kept() - now) if FILE.is_file() else []
    sys.stdout.writelines(f"gone: {name}\n" for name in lost)
    FILE.write_bytes(as_text(now).encode())
    sys.stdout.write(f"{len(now)} names, {len(lost)} gone\n")


if __name__ == "__main__":
    main()
