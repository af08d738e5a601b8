"""The house: rooms meet only in files, only commands print, one place makes IRIs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HERE

CODE = HERE.parent / "scripts" / "yusuan"
ROOMS = {path.name for path in CODE.iterdir() if path.is_dir() and (path / "__init__.py").is_file()} - {
    "commands",
    "pages",
}
"""Rooms. `pages` is none: it is what the pages of a server and of a folder of files have in common."""
MODULES = sorted(CODE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "yusuan" and parts[1] in ROOMS else ""


def test_there_are_rooms() -> None:
    assert {"read", "check", "emit", "query"} <= ROOMS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_no_room_imports_another(path: Path) -> None:
    own = path.relative_to(CODE).parts[0]
    if own in ROOMS:
        assert {room(name) for name in imports(path)} <= {"", own}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_only_commands_print_and_use_click(path: Path) -> None:
    if "commands" in path.parts or path.name == "cli.py":
        return
    assert "click" not in set(imports(path))
    calls = {node.func.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert "print" not in calls


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CODE)))
def test_no_document_is_named_in_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("昌吉州", "普陀", "江苏省", "xj-changji", "sh-putuo", "js-npc"):
        assert word not in text


def test_sparql_is_in_rq_files_only() -> None:
    for path in MODULES:
        assert "SELECT ?" not in path.read_text(encoding="utf-8"), path
