"""The few errors this project raises; commands turn each into one line for a person."""

from __future__ import annotations


class YusuanError(Exception):
    """Something a person can mend. `place` names the file, and where in it, if known."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class PackageError(YusuanError):
    """A data package that cannot be opened or saved."""


class DocumentError(YusuanError):
    """A document that cannot be read, or whose department, year or phase is in doubt."""


class QueryError(YusuanError):
    """A query that cannot be run."""


class MissingExtraError(YusuanError):
    """A verb whose optional libraries are not installed."""


class ClusterError(YusuanError):
    """A cluster that does not start or does not do its work."""
