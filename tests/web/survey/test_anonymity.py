"""Nothing in the database leads from a code to its answer: tried with everything that stands there."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.rights.roles import Role
from junheng.web.survey.actions import answer, issue
from junheng.web.survey.actions.codes import _new
from junheng.web.survey.models import Answer, Code, Sheet

OPTIONS = ("very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied", "unknown")
SIZE = 40


def _tables() -> Iterator[tuple[str, list[tuple]]]:
    """Every row of every table, as the database has it."""
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            yield name, sorted(map(repr, cursor.fetchall()))


@pytest.fixture
def codes(survey, person):
    """Of parents at one school."""
    stratum = survey.strata.filter(group="parents").first()
    return issue(stratum, SIZE, by=person(Role.PROVINCE_ADMIN))[1]


def _given(codes: list[str]) -> list[tuple[str, str]]:
    """(code, overall) in the order in which they are given, which is not the order of the sheet."""
    shuffled = random.Random(7).sample(codes, len(codes))
    return [(code, OPTIONS[at % len(OPTIONS)]) for at, code in enumerate(shuffled)]


def test_an_answer_changes_one_row_of_its_sheet_and_adds_one_row_and_nothing_else(codes):
    before = dict(_tables())
    public = Client()
    public.get(reverse("survey_answer", args=[codes[3]]))
    assert public.post(reverse("survey_door"), {"code": codes[3], "act": "answer", "overall": "satisfied"}).status_code == 200
    after = dict(_tables())
    assert {name for name in after if after[name] != before[name]} == {"survey_answer", "survey_sheet"}
    assert len(set(after["survey_sheet"]) - set(before["survey_sheet"])) == 1
    assert set(before["survey_answer"]) <= set(after["survey_answer"])


def test_the_rows_of_codes_are_the_same_before_and_after_and_hold_no_code(codes):
    before = list(Code.objects.order_by("pk").values_list())
    for code, overall in _given(codes):
        answer(code, {"overall": overall})
    assert list(Code.objects.order_by("pk").values_list()) == before
    everything = "\n".join(row for _, rows in _tables() for row in rows).upper()
    for code in codes:
        assert code not in everything
        assert code.replace("-", "") not in everything


def test_an_answer_refers_to_no_code_no_sheet_and_no_time(db):
    related = {field.related_model for field in Answer._meta.get_fields() if field.is_relation}
    assert not related & {Code, Sheet, apps.get_model("survey", "Stratum")}
    for model in (Answer, Code, Sheet):
        assert not [field for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField | models.TimeField)]


def test_the_order_in_which_answers_lie_is_not_the_order_in_which_they_came(codes):
    """Of 40 answers, by key as by place on the disk: a number of steps up and down that only a shuffled row has."""
    came = []
    for code, overall in _given(codes):
        known = set(Answer.objects.values_list("pk", flat=True))
        answer(code, {"overall": overall})
        came += [pk for pk in Answer.objects.values_list("pk", flat=True) if pk not in known]
    place = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM survey_answer ORDER BY {place}")
        lying = [pk for (pk,) in cursor.fetchall()]
    assert sorted(lying) == sorted(came)
    rises = sum(one < other for one, other in pairwise(came))
    assert 8 <= rises <= SIZE - 9
    assert lying != came


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_on_postgresql_all_answers_of_a_day_bear_one_transaction(transactional_db, codes):
    for code, overall in _given(codes):
        answer(code, {"overall": overall})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM survey_answer")
        assert cursor.fetchone() == (1, SIZE)
        cursor.execute("SELECT count(*) FROM survey_code c JOIN survey_answer a ON c.xmin::text = a.xmin::text")
        assert cursor.fetchone() == (0,)


def test_what_the_sheet_and_the_answers_tell_fits_every_pairing(codes):
    """Half the codes are used: each used code could have come with each answer, for nothing but their number is told."""
    used = _given(codes)[: SIZE // 2]
    for code, overall in used:
        answer(code, {"overall": overall})
    sheet = Sheet.objects.get()
    spent = {each.position for each in sheet.codes.all() if sheet.is_spent(each.position)}
    assert spent == {codes.index(code) for code, _ in used}
    told = set(Answer.objects.values_list("survey_id", "group", "school_id", "day", "entry_id"))
    assert len(told) == 1, "answers differ in nothing but what was answered"


def test_few_codes_at_a_school_and_the_answer_forgets_the_school(survey, person):
    stratum = survey.strata.filter(group="parents").first()
    _, few = issue(stratum, 9, by=person(Role.PROVINCE_ADMIN))
    answer(few[0], {"overall": "fair"})
    assert Answer.objects.get().school_id is None
    _, more = issue(stratum, 1, by=person(Role.PROVINCE_ADMIN))
    answer(more[0], {"overall": "fair"})
    assert sorted(map(bool, Answer.objects.values_list("school_id", flat=True))) == [False, True]


def test_an_answer_that_is_refused_leaves_the_code_unused(codes):
    with pytest.raises(UserError, match="第 1 题还没有选"):
        answer(codes[0], {"fairness": "fair"})
    with pytest.raises(UserError, match="不在选项里"):
        answer(codes[0], {"overall": "satisfied", "fairness": "'; --"})
    assert Sheet.objects.get().used == 0
    answer(codes[0], {"overall": "satisfied"})
    assert (Sheet.objects.get().used, Answer.objects.count()) == (1, 1)


def test_of_two_at_once_with_one_code_one_is_taken(transactional_db, codes):
    said, together = [], threading.Barrier(2)

    def go() -> None:
        together.wait()
        try:
            answer(codes[0], {"overall": "satisfied"})
            said.append("taken")
        except UserError as error:
            said.append(error.what)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == ["taken", "这个答题码已经用过"]
    assert Answer.objects.count() == 1


def test_codes_are_long_and_never_come_twice():
    made = {_new() for _ in range(2000)}
    assert len(made) == 2000
    assert {len(code.replace("-", "")) for code in made} == {12}
    assert not set("01OI") & set("".join(made))
