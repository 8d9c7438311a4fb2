"""Everything declared is collected, and the printed matrix shows it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from junheng.common.errors import DeclarationError
from junheng.web.accounts.permissions import KEEP, KEEP_CLERKS
from junheng.web.areas.permissions import MAINTAIN
from junheng.web.rights.right import right
from junheng.web.rights.roles import Role
from junheng.web.site import declarations
from junheng.web.site.table import PAGES


def test_every_right_a_page_asks_for_is_collected():
    collected = {each for rights in declarations.all_rights().values() for each in rights}
    assert {KEEP, KEEP_CLERKS, MAINTAIN} <= collected
    assert {each for page in PAGES for each in page.rights} <= collected


def test_every_right_a_transition_asks_for_is_collected():
    collected = {each for rights in declarations.all_rights().values() for each in rights}
    asked = {transition.right for process in declarations.all_processes() for transition in process.transitions if transition.right}
    assert asked <= collected


def test_two_rights_with_one_name_are_found(monkeypatch):
    monkeypatch.setattr(declarations, "PAGES", (*PAGES, PAGES[0].__class__("x", "x", PAGES[0].view, right(KEEP.id, "别的", Role.AUDITOR))))
    with pytest.raises(DeclarationError, match=KEEP.id):
        declarations.all_rights()


def test_the_matrix_has_a_line_for_every_right_and_a_diagram_for_every_process():
    sys.path.insert(0, str(Path(__file__).parents[3] / "docs"))
    from generators import permissions

    text = permissions.pages()["permissions.md"]
    for rights in declarations.all_rights().values():
        for each in rights:
            assert f"`{each.id}`" in text
    for process in declarations.all_processes():
        assert f"### {process.label}" in text
    assert text.count("stateDiagram-v2") == len(declarations.all_processes())
