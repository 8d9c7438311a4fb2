"""Only `actions` write to the database (design.md §4): read from the code, not from a convention."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import junheng.web

ROOT = Path(junheng.web.__file__).parent
_ALWAYS = {"bulk_create", "bulk_update", "update_or_create", "get_or_create", "save"}
_ON_A_QUERY = {"create", "update", "delete"}
_QUERY = re.compile(r"objects|_base_manager|filter\(|exclude\(|_set\b|within\(")
_NOT_THE_DATABASE = re.compile(r"plain|image|picture|workbook|document|book|qr", re.IGNORECASE)


def _writes(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        on = ast.get_source_segment(text, node.func.value) or ""
        name = node.func.attr
        if (name in _ALWAYS and not _NOT_THE_DATABASE.search(on)) or (name in _ON_A_QUERY and _QUERY.search(on)):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {on}.{name}"


def _may_write(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return "actions" in parts or "migrations" in parts or parts[0] == "frontend"


def test_nothing_outside_actions_writes_to_the_database():
    found = [line for path in sorted(ROOT.rglob("*.py")) if not _may_write(path) for line in _writes(path)]
    assert found == []


def test_the_reader_sees_a_write_where_there_is_one():
    sample = ROOT / "areas" / "actions" / "tree.py"
    assert any(".save" in line for line in _writes(sample))
