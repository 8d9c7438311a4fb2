"""The auditor reads the log in words, searches it in words, and takes it along as a workbook."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.db import transaction
from django.urls import reverse

import junheng.web
from junheng.web.audit.actions import Actor, record
from junheng.web.audit.words import WORDS, action_in_words, subject_in_words
from junheng.web.rights.roles import Role

WHO = Actor(1, "县级管理员甲", "县级管理员")
WEB = Path(junheng.web.__file__).parent


@pytest.fixture
def log(tree):
    with transaction.atomic():
        record(by=WHO, action="submission.accept", subject="submission:41", unit_path=tree.school.path, after={"state": "accepted"})
        record(by=WHO, action="areas.rename", subject="unit:7", unit_path=tree.county.path, before={"name": "旧"}, after={"name": "新"})
        record(by=WHO, action="accounts.contact_shown", subject="user:3", unit_path=tree.other_county.path, purpose="=核实填报员联系方式")


def _literal_actions() -> set[str]:
    """Every act named in the code: action="…", and what accounts' own helpers put behind "accounts."."""
    named = set()
    for path in WEB.rglob("*.py"):
        text = path.read_text("utf-8")
        named |= set(re.findall(r'action="([a-z_]+\.[a-z_]+)"', text))
        if path.parent.name == "actions" and path.parent.parent.name == "accounts":
            named |= {f"accounts.{each}" for call in re.findall(r"_(?:about|record)\(\w+, (.*)", text) for each in re.findall(r'^"([a-z_]+)"', call)}
    return named


def test_every_act_that_the_code_records_has_words():
    assert _literal_actions() - set(WORDS) == set()


def test_transitions_are_called_as_their_process_calls_them():
    assert action_in_words("submission.accept") == "填报：接收"
    assert action_in_words("rectification.due").endswith("：期限临近")
    assert subject_in_words("submission:41") == "填报 41"


def test_an_act_nobody_knows_any_more_is_shown_as_it_stands():
    assert action_in_words("old.act") == "old.act"
    assert subject_in_words("old:1") == "old:1"


def test_the_list_speaks_in_words_and_is_searched_by_words(log, signed_in, tree):
    auditor = signed_in(Role.AUDITOR)
    page = auditor.get(reverse("audit_events")).content.decode()
    assert all(words in page for words in ("更名", "填报：接收", tree.school.name, "查看了联系方式"))
    found = auditor.get(reverse("audit_events"), {"action": "更名"}).content.decode()
    assert "审计记录：1 条" in found
    found = auditor.get(reverse("audit_events"), {"unit": "甘井子"}).content.decode()
    assert "审计记录：1 条" in found
    assert "查看了联系方式" in found


def test_what_was_found_is_exported_in_words_and_no_text_becomes_a_formula(log, signed_in, tree):
    auditor = signed_in(Role.AUDITOR)
    answer = auditor.get(reverse("audit_export"), {"unit": "甘井子"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["动作"], row["单位"], row["用户"]) == ("查看了联系方式", tree.other_county.name, "县级管理员甲")
    cell = sheet.cell(2, list(rows[0]).index("用途") + 1)
    assert (cell.value, cell.data_type) == ("=核实填报员联系方式", "s")
