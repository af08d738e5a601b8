"""Answers kept in memory: within a release the same request has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """An answer as it is sent: its headers and its body, compressed where the client takes that."""

    headers: Mapping[str, str]
    content: bytes


class Shelf:
    """Answers by their tag, up to so many bytes together; the one that was longest not asked for goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, tag: str) -> Kept | None:
        """The answer of a tag."""
        found = self._kept.get(tag)
        if found is not None:
            self._kept.move_to_end(tag)
        return found

    def put(self, tag: str, answer: Kept) -> None:
        """Keep an answer; one that would take more than a tenth of the room is not kept."""
        if tag in self._kept or len(answer.content) > self.most // 10:
            return
        self._kept[tag] = answer
        self.size += len(answer.content)
        while self.size > self.most:
            _, old = self._kept.popitem(last=False)
            self.size -= len(old.content)
