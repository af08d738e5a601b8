"""A release of a package's data: archives, what changed since the last one, checksums."""

from __future__ import annotations

from yusuan.release.archives import write_archives
from yusuan.release.notes import SUMS, Changelog, checksums, read_changelog, release_notes
from yusuan.release.version import ReleaseError, earlier_tag, hold_tag, own_tag, tag_is_known, version_of

__all__ = [
    "SUMS", "Changelog", "ReleaseError", "checksums", "earlier_tag", "hold_tag", "own_tag", "read_changelog",
    "release_notes", "tag_is_known", "version_of", "write_archives",
]  # fmt: skip
