"""Whatever is done to the log afterwards shows."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from junheng.web.audit.actions import Actor, record
from junheng.web.audit.anchors import add_anchor, anchors_file
from junheng.web.audit.chain import sm3
from junheng.web.audit.models import AuditEvent, ChainHead
from junheng.web.audit.verify import verify
from junheng.web.rights.roles import Role

refuse_edits = import_module("junheng.web.audit.migrations.0002_refuse_edits")
WHO = Actor(1, "县级管理员甲", "县级管理员")


@pytest.fixture
def log(db):
    anchors_file().unlink(missing_ok=True)
    for number in range(6):
        record(by=WHO, action="test.act", subject=f"thing:{number}", unit_path="210000/", after={"n": number})
    yield
    anchors_file().unlink(missing_ok=True)


def _behind_the_triggers(*statements: str) -> None:
    """As somebody with the database's own password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER IF EXISTS audit_no_update")
            cursor.execute("DROP TRIGGER IF EXISTS audit_no_delete")
        for statement in statements:
            cursor.execute(statement)


def test_sm3_is_the_standard_one():
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_an_untouched_log_holds(log):
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_auditevent SET actor_name = '别人' WHERE seq = 3", "第 3 条的内容与校验值不符"),
        ("UPDATE audit_auditevent SET after = '{\"n\": 9}' WHERE seq = 1", "第 1 条的内容与校验值不符"),
        ("DELETE FROM audit_auditevent WHERE seq = 4", "第 4 至 4 条缺失"),
        ("DELETE FROM audit_auditevent WHERE seq > 4", "链尾应是第 6 条，实际到第 4 条"),
        ("UPDATE audit_auditevent SET seq = seq + 100 WHERE seq = 2", "缺失"),
    ],
)
def test_every_edit_is_found(log, statement, said):
    _behind_the_triggers(statement)
    assert any(said in each.why for each in verify())


def test_a_log_shortened_together_with_its_head_is_found_by_the_anchor(log):
    add_anchor()
    _behind_the_triggers("DELETE FROM audit_auditevent WHERE seq > 3")
    last = AuditEvent.objects.get(seq=3)
    ChainHead.objects.update(seq=3, hash=last.hash)
    assert [each.why for each in verify()] == ["第 6 条与数据库外的锚点不符"]


def test_a_forged_anchor_is_found(log):
    add_anchor()
    file = anchors_file()
    file.write_text(file.read_text().replace("6 ", "5 ", 1))
    assert any("签名不对" in each.why for each in verify())


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_itself_refuses_to_edit(log, act):
    if connection.vendor == "sqlite" and act == "delete":  # the tests' own database is without it (conftest.py)
        with connection.cursor() as cursor:
            cursor.execute(refuse_edits._SQLITE[1])
    rows = AuditEvent.objects.filter(seq=2)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(actor_name="别人") if act == "update" else rows.delete()


def test_an_event_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="transaction"):
        record(by=WHO, action="test.act", subject="x", unit_path="")


def test_the_auditor_reads_searches_and_verifies(log, signed_in):
    auditor = signed_in(Role.AUDITOR)
    assert "县级管理员甲" in auditor.get(reverse("audit_events"), {"action": "test."}).content.decode()
    assert auditor.get(reverse("audit_event", args=[2])).status_code == 200
    assert "全部相符" in auditor.post(reverse("audit_verify")).content.decode()
    assert signed_in(Role.SYSTEM_ADMIN).get(reverse("audit_events")).status_code == 404
