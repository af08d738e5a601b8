"""What stands before a query of this package: its base, against which `<cube/revenue>` is read, and its prefixes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yusuan.package import Package, read_csv

_DECLARED = re.compile(r"^[^#<\"']*?\b(?:PREFIX\s+([\w-]*):|(BASE)\s*<)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Prologue:
    """The base and the prefixes of a package."""

    base: str
    prefixes: Mapping[str, str]

    def before(self, text: str) -> str:
        """The text from its second line on; the first declares what the text uses and does not declare itself."""
        declared = {name or mark.upper() for name, mark in _DECLARED.findall(text)}
        used = set(re.findall(r"\b([a-z][\w-]*):", text))
        head = [] if "BASE" in declared else [f"BASE <{self.base}>"]
        head += [f"PREFIX {name}: <{self.prefixes[name]}>" for name in sorted(used & set(self.prefixes) - declared)]
        return " ".join(head) + "\n" + text


def load_prologue(package: Package) -> Prologue:
    """The prologue of a package, from its descriptor and `ontology/prefixes.csv`."""
    rows = read_csv(package.file("ontology", "prefixes.csv"))
    return Prologue(package.base, {row["prefix"]: row["iri"] for row in rows})
