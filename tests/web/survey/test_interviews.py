"""现场访谈 by experts."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.web.rights.roles import Role
from junheng.web.survey.actions.transitions import close
from junheng.web.survey.models import Interview

HEARD = {"group": "parents", "place": "校门口", "asked": "20", "satisfied": "18"}


@pytest.fixture
def hear(survey, signed_in):
    """hear(**changes): the expert's form sent; returns the answer."""
    expert = signed_in(Role.PROVINCE_EXPERT)

    def send(**changes: str):
        form = HEARD | {"client_id": str(uuid.uuid4()), "on": str(timezone.localdate())} | changes
        return expert.post(reverse("survey_interviews", args=[survey.pk]), form)

    return send


def test_an_interview_is_kept_and_the_same_form_counts_once(hear):
    form = {"client_id": str(uuid.uuid4())}
    assert [hear(**form).status_code for _ in range(2)] == [302, 302]
    assert (Interview.objects.get().asked, Interview.objects.get().satisfied) == (20, 18)


@pytest.mark.parametrize(("change", "said"), [
    ({"group": ""}, "没有选择访谈对象"), ({"place": " "}, "没有写访谈地点"), ({"satisfied": "21"}, "满意人数多于访谈人数"),
    ({"asked": "0"}, "访谈人数应在"), ({"asked": "二十"}, "有一栏没有填好"), ({"on": "2199-01-01"}, "访谈日期还没有到"),
    ({"remark": "王某的电话 15412345678"}, "像是有手机号"), ({"client_id": ""}, "有一栏没有填好"),
])  # fmt: skip
def test_what_cannot_be_is_refused(hear, change, said):
    answer = hear(**change)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Interview.objects.exists()


def test_only_its_expert_withdraws_it_and_only_while_the_survey_runs(hear, survey, signed_in, person):
    assert hear(on=str(timezone.localdate() - timedelta(days=1))).status_code == 302
    form, url = {"act": "withdraw", "interview": Interview.objects.get().pk}, reverse("survey_interviews", args=[survey.pk])
    assert signed_in(Role.PROVINCE_ADMIN).post(url, form).status_code == 422
    assert signed_in(Role.PROVINCE_EXPERT).post(url, form).status_code == 302
    assert Interview.objects.get().withdrawn
    close(survey, by=person(Role.PROVINCE_ADMIN))
    assert hear().status_code == 422


def test_an_expert_not_assigned_enters_nothing(survey, signed_in):
    survey.evaluation.assignments.all().delete()
    form = HEARD | {"client_id": str(uuid.uuid4()), "on": str(timezone.localdate())}
    assert signed_in(Role.PROVINCE_EXPERT).post(reverse("survey_interviews", args=[survey.pk]), form).status_code in (404, 422)
    assert not Interview.objects.exists()
