"""公示, and what the public objects to it without signing in."""

from __future__ import annotations

import re
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.flow.actions import take_overdue
from junheng.web.flow.errors import Refused
from junheng.web.publicity.actions import announce, dismiss, proclaim, review, uphold, withdraw
from junheng.web.publicity.actions.pace import count, forget_old, reached
from junheng.web.publicity.models import Announcement, Objection, Pace
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round


@pytest.fixture
def announcement(tree, person):
    made = Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open")
    return announce(by=person(Role.PROVINCE_ADMIN), unit=tree.county, round=made, about="acceptance:1", title="和平区验收结论公示",
                    body="经评估，符合标准。", result=[{"title": "测算结论", "verdict": "pass", "words": ""}], hashes={"数据版本": "sha256:ab"}, days=7)  # fmt: skip


def _object(announcement, text="和平区第一小学的班额与公示不符。", **more):
    return Client().post(reverse("announcement", args=[announcement.pk]), {"text": text, "client_id": str(uuid.uuid4()), **more})


def test_anybody_objects_and_follows_it_by_the_receipt(announcement, person):
    receipt = re.search(r"([2-9A-Z]{4}-){3}[2-9A-Z]{4}", _object(announcement, contact="某家长").content.decode())[0]
    objection = Objection.objects.get(receipt=receipt)
    province = person(Role.PROVINCE_ADMIN)
    review(objection, by=province)
    dismiss(objection, by=province, data={"answer": "经查，班额均在 45 人以内。"})
    page = Client().get(reverse("receipt"), {"number": receipt.lower()}).content.decode()
    assert "异议不成立" in page
    assert "班额均在 45 人以内" in page


def test_what_was_objected_is_sealed_in_the_database(announcement):
    _object(announcement, contact="张三 某路 1 号")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, contact FROM publicity_objection")
        kept = "".join(cursor.fetchone())
    assert "班额" not in kept
    assert "张三" not in kept


def test_an_objection_that_is_upheld_becomes_a_problem(announcement, person):
    _object(announcement)
    objection, province = Objection.objects.get(), person(Role.PROVINCE_ADMIN)
    review(objection, by=province)
    uphold(objection, by=province, data={"answer": "情况属实，已责令整改。", "problem": "三年级班额超标"})
    assert Problem.objects.get().source == objection.reference


def test_nothing_is_proclaimed_while_an_objection_waits(announcement, person):
    _object(announcement)
    Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    announcement.refresh_from_db()
    with pytest.raises(Refused, match="1 件异议没有答复"):
        proclaim(announcement, by=person(Role.PROVINCE_ADMIN))


def test_the_window_closes_by_itself_and_then_takes_no_objection(announcement):
    Announcement.objects.update(due_on=timezone.localdate() - timedelta(days=1), closes_on=timezone.localdate() - timedelta(days=1))
    assert take_overdue(Announcement, timezone.localdate()) == [announcement.reference]
    answer = _object(announcement)
    assert answer.status_code == 422
    assert "现在不能提出异议" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " ", "长" * 2001])
def test_an_objection_without_words_or_with_too_many_is_refused(announcement, text):
    assert _object(announcement, text).status_code == 422
    assert not Objection.objects.exists()


def test_a_machine_that_fills_the_hidden_field_leaves_nothing(announcement):
    assert _object(announcement, website="x").status_code == 302
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    "body", ["学生身份证 990102201209050016", "电话 15412345678", "该生监护人的月收入较低", "该生患有抑郁症"]
)
def test_nothing_personal_is_ever_published(announcement, person, body):
    with pytest.raises(Refused, match="不能公开"):
        announce(by=person(Role.PROVINCE_ADMIN), unit=announcement.unit, round=announcement.round, about="", title="公示", body=body,
                 result=[], hashes={}, days=7)  # fmt: skip


def test_objections_are_seen_in_their_area_alone(announcement, signed_in, tree):
    _object(announcement)
    url = reverse("objection", args=[Objection.objects.get().pk])
    assert signed_in(Role.CITY_REVIEWER).get(url).status_code == 200
    assert signed_in(Role.CITY_REVIEWER, tree.other_city).get(url).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK).get(url).status_code == 404


def test_how_to_reach_a_person_is_shown_only_to_whoever_answers_and_says_what_for(announcement, signed_in):
    _object(announcement, contact="某家长的联系方式")
    url = reverse("objection", args=[Objection.objects.get().pk])
    assert "某家长" not in signed_in(Role.PROVINCE_ADMIN).get(url).content.decode()
    asked = {"purpose": "核实异议内容"}
    assert "某家长" not in signed_in(Role.COUNTY_ADMIN).post(url, asked).content.decode()
    assert "某家长" not in signed_in(Role.PROVINCE_ADMIN).post(url, {"purpose": ""}).content.decode()
    assert "某家长的联系方式" in signed_in(Role.PROVINCE_ADMIN).post(url, asked).content.decode()
    event = AuditEvent.objects.get(action="objection.contact_shown")
    assert (event.purpose, event.actor_role) == ("核实异议内容", Role.PROVINCE_ADMIN.label)


def test_a_form_sent_twice_is_one_objection_with_one_receipt(announcement):
    same = {"client_id": str(uuid.uuid4())}
    pages = [_object(announcement, **same).content.decode() for _ in range(2)]
    assert Objection.objects.count() == 1
    assert all(Objection.objects.get().receipt in page for page in pages)


def test_a_form_without_its_number_is_refused_and_keeps_what_was_written(announcement):
    answer = _object(announcement, client_id="x", contact="某家长")
    assert answer.status_code == 422
    assert "班额与公示不符" in answer.content.decode()
    assert "某家长" in answer.content.decode()


def test_one_place_hands_in_so_many_an_hour_and_another_is_not_held_up(announcement, monkeypatch):
    monkeypatch.setattr("junheng.web.publicity.actions.object._MOST_FROM_ONE_PLACE", 2)
    assert [_object(announcement, f"第 {n} 件").status_code for n in range(3)] == [200, 200, 429]
    assert "班额" in _object(announcement).content.decode()
    url = reverse("announcement", args=[announcement.pk])
    form = {"text": "别处的异议", "client_id": str(uuid.uuid4())}
    assert Client(REMOTE_ADDR="10.0.0.7").post(url, form).status_code == 200
    assert Objection.objects.count() == 3


def test_one_announcement_takes_so_many_an_hour_from_everywhere(announcement, monkeypatch):
    monkeypatch.setattr("junheng.web.publicity.actions.object._MOST_AN_HOUR", 1)
    assert [_object(announcement).status_code for _ in range(2)] == [200, 429]


def test_after_an_hour_it_counts_no_more_and_nothing_of_the_place_is_left(announcement, monkeypatch):
    monkeypatch.setattr("junheng.web.publicity.actions.object._MOST_FROM_ONE_PLACE", 1)
    now = time.time()
    assert [_object(announcement, f"第 {n} 件").status_code for n in range(2)] == [200, 429]
    monkeypatch.setattr("junheng.web.publicity.actions.pace.time.time", lambda: now + 54 * 60)
    assert _object(announcement).status_code == 429
    assert forget_old(timezone.localdate()) == 0
    monkeypatch.setattr("junheng.web.publicity.actions.pace.time.time", lambda: now + 60 * 60)
    assert _object(announcement).status_code == 200
    monkeypatch.setattr("junheng.web.publicity.actions.pace.time.time", lambda: now + 2 * 60 * 60)
    assert forget_old(timezone.localdate()) == 1
    assert not Pace.objects.exists()


def test_what_is_refused_or_sent_twice_does_not_count(announcement, monkeypatch):
    monkeypatch.setattr("junheng.web.publicity.actions.object._MOST_FROM_ONE_PLACE", 1)
    same = {"client_id": str(uuid.uuid4())}
    assert [_object(announcement, "长" * 2001).status_code, *(_object(announcement, **same).status_code for _ in range(3))] == [422, 200, 200, 200]


@pytest.mark.parametrize(("one", "other", "is_one_place"), [
    ("10.0.0.7", "10.0.0.8", False), ("2001:db8::1", "2001:db8::ffff", True), ("2001:db8::1", "2001:db8:0:1::1", False), ("", "10.0.0.7", False),
])  # fmt: skip
def test_a_home_is_one_place_whatever_its_machines_are_called(db, one, other, is_one_place):
    count("试", one)
    assert reached("试", other, 1) is is_one_place
    assert not reached("别的", one, 1)


def test_where_an_objection_came_from_is_kept_nowhere(announcement):
    Client(REMOTE_ADDR="10.9.8.7").post(reverse("announcement", args=[announcement.pk]), {"text": "班额不符", "client_id": str(uuid.uuid4())})
    objection = Objection.objects.get()
    kept = [str(getattr(objection, each.name)) for each in Objection._meta.fields]
    event = AuditEvent.objects.get(action="objection.receive")
    said = [str(getattr(event, each.name)) for each in AuditEvent._meta.fields]
    pace = [str(getattr(each, field.name)) for each in Pace.objects.all() for field in Pace._meta.fields]
    assert pace
    assert "10.9.8.7" not in "".join([*kept, *said, *pace])


def test_what_is_withdrawn_shows_the_reason_alone(announcement, person):
    withdraw(announcement, by=person(Role.PROVINCE_ADMIN), data={"reason": "正文有误，更正后重新公示。"})
    page = Client().get(reverse("announcement", args=[announcement.pk])).content.decode()
    assert "正文有误，更正后重新公示。" in page
    assert "已撤回" in page
    for hidden in (announcement.body, announcement.title, "sha256:ab", "测算结论", "提出异议"):
        assert hidden not in page
    assert announcement.title not in Client().get(reverse("announcements")).content.decode()


def test_an_objection_to_what_was_withdrawn_is_still_followed_by_its_receipt(announcement, person):
    _object(announcement)
    withdraw(announcement, by=person(Role.PROVINCE_ADMIN), data={"reason": "正文有误。"})
    page = Client().get(reverse("receipt"), {"number": Objection.objects.get().receipt}).content.decode()
    assert "已收到" in page
    assert announcement.title not in page


def test_the_form_works_without_the_script_on_a_phone(transactional_db, announcement, page_at):
    page = page_at(360, java_script_enabled=False)
    page.goto(reverse("announcement", args=[announcement.pk]))
    page.get_by_label("哪一项、为什么").fill("第三小学操场不够用。")
    page.get_by_role("button", name="提交异议").click()
    page.get_by_text("异议已收到").first.wait_for()
    receipt = Objection.objects.get().receipt
    assert receipt in page.inner_text("main")
    page.get_by_role("link", name="查看这件异议").click()
    assert "已收到" in page.inner_text("main")
