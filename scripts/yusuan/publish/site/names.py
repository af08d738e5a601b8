"""Names of concepts of the code lists, in the language asked for where the lists have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yusuan.package import Row
from yusuan.publish.publication import Publication

LISTS = {
    "function": "functions",
    "economic": "department_economics",
    "government-economic": "government_economics",
    "fund": "funds",
    "nature": "natures",
    "item": "items",
    "form": "forms",
    "phase": "phases",
    "subject": "subjects",
    "basis": "bases",
    "measure": "measures",
    "direction": "directions",
    "role": "roles",
    "operator": "operators",
    "region": "regions",
    "level": "indicator_levels",
}
"""Schemes of the graph and the resources that hold them."""

CODED = ("function", "economic", "government-economic", "fund", "nature", "item")
"""Schemes whose concepts have pages with figures."""


@dataclass(frozen=True)
class Names:
    """Concepts by scheme and id."""

    rows: Mapping[str, Mapping[str, Row]]

    @staticmethod
    def load(publication: Publication) -> Names:
        """From the package's lists."""
        package = publication.package
        return Names(
            {
                scheme: {row["id" if "id" in row else "code"]: row for row in package.rows(resource)}
                for scheme, resource in LISTS.items()
                if resource in package.resources
            }
        )

    def of(self, scheme: str, concept: str, language: str) -> str:
        """The name of a concept; its id where it is in no list."""
        row = self.rows.get(scheme, {}).get(concept)
        if row is None:
            return concept
        return (row.get("name_en", "") if language == "en" else "") or row["name"]

    def above(self, scheme: str, concept: str) -> list[str]:
        """The concepts above one, the widest first."""
        found: list[str] = []
        rows = self.rows.get(scheme, {})
        while concept in rows and rows[concept].get("parent") and rows[concept]["parent"] not in found:
            concept = rows[concept]["parent"]
            found.append(concept)
        return found[::-1]

    def below(self, scheme: str, concept: str) -> list[str]:
        """The concepts right under one."""
        return [key for key, row in self.rows.get(scheme, {}).items() if row.get("parent") == concept]
