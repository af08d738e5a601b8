"""What a release says of itself: what is new, what changed in the data, the files and their checksums."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SUMS = "SHA256SUMS"
"""The file of checksums, in the form `sha256sum --check` takes."""

_SECTION = re.compile(r"^## +(.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

_WORDS = {
    "zh": {
        "data": "数据", "with": "所用", "new": "新内容", "changed": "数据的变化", "held": "内容", "rows": "行",
        "files": "文件", "file": "文件", "bytes": "字节", "first": "首次发布：这里没有更早的版本可比。",
    },
    "en": {
        "data": "data", "with": "made with", "new": "What is new", "changed": "What changed in the data",
        "held": "What it holds", "rows": "rows", "files": "Files", "file": "file", "bytes": "bytes",
        "first": "First release: there is no earlier one here to compare with.",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Changelog:
    """The newest section of a changelog: its heading and its text."""

    heading: str
    text: str

    @property
    def unreleased(self) -> bool:
        """Whether the section has no name of a release yet."""
        return self.heading.lower() in {"unreleased", "未发布"}


def read_changelog(path: Path) -> Changelog | None:
    """The first section of second level of a Markdown file; None where there is no file or no section."""
    found = _SECTION.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return Changelog(found[1].strip(), found[2].strip()) if found else None


def release_notes(
    title: str,
    version: str,
    code: str,
    counts: Sequence[tuple[str, int]],
    changelog: Changelog | None,
    changed: str,
    files: Sequence[Path],
    language: str,
) -> str:
    """The notes as Markdown, of a version of the data made with a version of the code.

    `counts` are rows by the name of a resource, `changed` the comparison, if there is one.
    """
    say = _WORDS[language]
    out = [f"# {title} · {say['data']} {version}", "", f"{say['with']} yusuan {code}", ""]
    if changelog:
        out += [f"## {say['new']} · {changelog.heading}", "", changelog.text, ""]
    out += [f"## {say['changed']}", "", changed.strip() or say["first"], ""]
    out += [f"## {say['held']}", "", f"| | {say['rows']} |", "|---|--:|"]
    out += [f"| {name} | {count:,} |" for name, count in counts]
    out += ["", f"## {say['files']}", "", f"| {say['file']} | {say['bytes']} | SHA-256 |", "|---|--:|---|"]
    out += [f"| {path.name} | {path.stat().st_size:,} | `{_digest(path)}` |" for path in files]
    return "\n".join(out) + "\n"


def checksums(files: Sequence[Path]) -> str:
    """The checksums of files, a line each, by name."""
    return "".join(f"{_digest(path)}  {path.name}\n" for path in sorted(files))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
