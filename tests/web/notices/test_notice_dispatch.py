"""Notices leave the log once each, in order, whatever is killed when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import count
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notices.conftest import TODAY

from junheng.web.audit.models import AuditEvent
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Cursor, Delivery, Notice
from junheng.web.rights.roles import Role

BACK = "rectification.send_back"


class Killed(BaseException):
    """What a killed process does: nothing more."""


@contextmanager
def killed_at(query: int) -> Iterator[None]:
    """The process dies when it is about to run this query (counted from 0)."""
    left = query

    def run(execute, sql, params, many, context):
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield


def test_an_event_is_told_to_whom_the_rules_name_and_to_nobody_else(tree, person, said, clerk):
    person(Role.SCHOOL_CLERK, tree.school_beside)
    person(Role.COUNTY_ADMIN)
    event = said(BACK, reason="佐证不清楚")
    assert dispatch(TODAY) == [event.seq]
    (notice,) = Notice.objects.all()
    assert notice.user == clerk
    assert notice.title == "整改结果被退回"
    assert "退回理由：佐证不清楚" in notice.text


def test_what_is_told_already_is_not_told_again(said, clerk):
    said(BACK, reason="一")
    dispatch(TODAY)
    assert dispatch(TODAY) == []
    Cursor.objects.update(seq=0)
    assert dispatch(TODAY) == []
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_whoever_acted_is_not_told_of_it(said, clerk):
    said(BACK, by=clerk, reason="一")
    assert dispatch(TODAY) == []


def test_one_message_leaves_the_site_however_much_there_is_to_tell(said, clerk):
    for reason in "一二三":
        said(BACK, reason=reason)
    said("rectification.withdraw", reason="登记有误")
    dispatch(TODAY)
    (delivery,) = Delivery.objects.all()
    assert (delivery.count, delivery.titles) == (4, ["整改结果被退回", "一个问题已撤回"])


def test_an_event_nobody_is_told_of_moves_the_reader_on_all_the_same(said, clerk):
    last = said("areas.rename")
    assert dispatch(TODAY) == []
    assert Cursor.objects.get().seq == last.seq


def test_a_person_who_has_left_is_told_nothing(said, clerk):
    clerk.is_active = False
    clerk.save()
    said(BACK, reason="一")
    assert dispatch(TODAY) == []


def test_the_same_done_to_many_things_at_once_is_told_once(said, clerk, tree):
    for n in range(6):
        said(BACK, reason=str(n))
    last = said("rectification.withdraw", reason="登记有误")
    dispatch(TODAY)
    single, folded = Notice.objects.all()
    assert single.event_seq == last.seq
    assert (folded.event_seq, folded.count, folded.title) == (6, 6, "整改结果被退回")
    assert folded.text == "共 6 项：和平区第一小学；和平区第一小学；和平区第一小学等。"
    assert folded.url == reverse("problems")


def _everything(monkeypatch, said) -> None:
    monkeypatch.setattr(import_module("junheng.web.notices.actions.read_log"), "_EVENTS", 2)
    for n in range(5):
        said(BACK if n != 2 else "areas.rename", reason=str(n))


def _told() -> list[int]:
    return sorted(Notice.objects.values_list("event_seq", flat=True))


def _told_of() -> int:
    """How many events somebody was told of, those told together included."""
    return sum(Notice.objects.values_list("count", flat=True))


def _sent_for() -> int:
    return sum(Delivery.objects.values_list("count", flat=True))


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_query_nothing_is_lost_and_nothing_doubled(monkeypatch, said, clerk):
    _everything(monkeypatch, said)
    dispatch(TODAY)
    expected = _told()
    assert len(expected) == 4
    for at in count():
        for model in (Notice, Delivery, Cursor):
            model.objects.all().delete()
        survived = False
        with suppress(Killed), killed_at(at):
            dispatch(TODAY)
            survived = True
        dispatch(TODAY)
        assert _told() == expected, f"killed at query {at}"
        assert _sent_for() == len(expected), f"killed at query {at}"
        if survived:
            break
    assert at > 20


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 12)), min_size=1, max_size=6))
@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_while_more_happens_every_event_is_told_once(said, clerk, rounds):
    """rounds: so many new events, then the reader dies at this query."""
    for model in (Notice, Delivery):
        model.objects.all().delete()
    start = AuditEvent.objects.count()
    Cursor.objects.update_or_create(pk=1, defaults={"seq": start})
    for happened, at in rounds:
        for n in range(happened):
            said(BACK, reason=str(n))
        with suppress(Killed), killed_at(at):
            dispatch(TODAY)
    dispatch(TODAY)
    events = AuditEvent.objects.filter(action=BACK, seq__gt=start).count()
    assert _told_of() == _sent_for() == events


@pytest.mark.django_db(transaction=True)
def test_many_acting_at_once_while_two_read_the_log_every_event_is_told_once(said, clerk):
    def act(n: int) -> None:
        for each in range(10):
            said(BACK, reason=f"{n}-{each}")
        connection.close()

    def read(_: int) -> None:
        for _each in range(15):
            dispatch(TODAY)
        connection.close()

    threads = [Thread(target=work, args=(n,)) for n in range(3) for work in (act, read) if not (work is read and n == 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    dispatch(TODAY)
    assert _told_of() == _sent_for() == 30
