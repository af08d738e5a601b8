"""Things joined into groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Groups(Generic[Thing]):
    """Things joined into groups; the first of a group stands for it."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.above = {thing: thing for thing in things}

    def root(self, thing: Thing) -> Thing:
        """The thing that stands for the group of another."""
        while self.above[thing] != thing:
            thing = self.above[thing]
        return thing

    def join(self, things: Iterable[Thing]) -> None:
        """Put things into one group."""
        order = {thing: number for number, thing in enumerate(self.above)}
        roots = sorted({self.root(thing) for thing in things}, key=lambda root: order[root])
        for root in roots[1:]:
            self.above[root] = roots[0]

    def of(self, thing: Thing) -> list[Thing]:
        """The group of a thing."""
        return [other for other in self.above if self.root(other) == self.root(thing)]

    def all(self) -> list[list[Thing]]:
        """All groups, each from its first thing on."""
        out: dict[Thing, list[Thing]] = {}
        for thing in self.above:
            out.setdefault(self.root(thing), []).append(thing)
        return list(out.values())
