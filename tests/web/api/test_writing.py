"""Handing in and mending by a program: the same actions as the pages, refused where a page refuses, done once."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from junheng.web.api.actions.once import forget_kept, once
from junheng.web.api.models import Kept
from junheng.web.api.problems import ApiProblem
from junheng.web.audit.models import AuditEvent
from junheng.web.jobs.models import Job
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.reporting.models import Version
from junheng.web.rights.roles import Role

JSON = "application/json"


def _upload(asked, submission, data: bytes, **headers):
    file = SimpleUploadedFile("学校填报表格.xlsx", data)
    return asked.post(f"submissions/{submission.pk}/workbook", {"file": file}, {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_schools_system_hands_in_its_workbook_from_upload_to_submission(world, program):
    asked, submission = program(world.clerk()), world.submission()
    accepted = _upload(asked, submission, world.workbook())
    assert accepted.status_code == 202
    assert accepted.json()["state"] == "queued"
    world.run_jobs()
    job = asked.get(f"jobs/{accepted.json()['id']}").json()
    assert (job["state"], job["done"]) == ("done", 2)
    shown = asked.get(f"submissions/{submission.pk}").json()
    assert shown["version"]["errors"] == 0
    done = asked.post(f"submissions/{submission.pk}/steps/submit", {"moves": shown["moves"], "data": {"explanation": "均已核对，数据属实"}}, content_type=JSON)
    assert (done.status_code, done.json()["state"]["id"]) == (200, "submitted")
    assert [step["id"] for step in done.json()["steps"]] == ["withdraw"]
    event = AuditEvent.objects.get(action="submission.submit")
    assert event.actor_id == world.clerk().pk
    assert event.origin == f"127.0.0.1 token:{asked.token.pk}"


def test_what_a_page_would_refuse_is_refused(world, program):
    asked, submission = program(world.clerk()), world.submission()
    early = asked.post(f"submissions/{submission.pk}/steps/submit", "{}", content_type=JSON)
    assert (early.status_code, early.json()["title"]) == (409, "“提交”没有执行")
    world.upload()
    stale = asked.post(f"submissions/{submission.pk}/steps/submit", {"moves": 99, "data": {}}, content_type=JSON)
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:junheng:problem:moved")
    world.hand_in()
    late = _upload(asked, submission, world.workbook())
    assert (late.status_code, late.json()["title"]) == (422, "现在不能上传")
    assert Version.objects.filter(submission=submission).count() == 2


def test_a_refused_field_is_named(world, program):
    problem = raise_problem(by=None, unit=world.school, round=world.round, title="图书不足", criterion="L7", clause="", current="8", required="25",
                            gap="17", source="manual")  # fmt: skip
    assign(problem, by=world.person(Role.COUNTY_ADMIN))
    asked = program(world.clerk())
    path = f"problems/{problem.pk}/steps"
    refused = asked.post(f"{path}/plan", {"data": {"measures": "购书", "finish_on": "明天"}}, content_type=JSON)
    assert refused.status_code == 422
    assert {each["name"] for each in refused.json()["fields"]} == {"responsible", "finish_on"}
    entered = {"measures": "购书", "responsible": "校长", "finish_on": str(asked.token.expires_at.date())}
    planned = asked.post(f"{path}/plan", {"data": entered}, content_type=JSON).json()
    assert (planned["state"]["id"], planned["measures"]) == ("planned", "购书")
    submitted = asked.post(f"{path}/submit", {"data": {"result": "已购 3000 册"}}, content_type=JSON).json()
    assert submitted["state"]["id"] == "submitted"
    assert asked.post(f"{path}/verify", "{}", content_type=JSON).status_code == 422


def test_a_request_sent_twice_under_one_key_is_done_once_and_answered_the_same(world, program):
    asked, submission, data = program(world.clerk()), world.submission(), world.workbook()
    key = str(uuid.uuid4())
    first, again = _upload(asked, submission, data, Idempotency_Key=key), _upload(asked, submission, data, Idempotency_Key=key)
    assert first.json() == again.json()
    assert (first.headers.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert Job.objects.count() == 1
    other = _upload(asked, submission, data + b"x", Idempotency_Key=key)
    assert (other.status_code, other.json()["type"]) == (422, "urn:junheng:problem:idempotency")
    world.run_jobs()
    world.hand_in()
    assert _upload(asked, submission, data, Idempotency_Key=key).json() == first.json()


def test_a_refusal_is_not_kept_so_that_the_same_key_may_try_again(world, program):
    asked = program(world.clerk())
    with pytest.raises(ApiProblem):
        once(asked.token, "k", "a", lambda: (_ for _ in ()).throw(ApiProblem(422, "x", "不行")))
    assert once(asked.token, "k", "a", lambda: {"n": 1}) == ({"n": 1}, False)
    assert once(asked.token, "k", "a", lambda: {"n": 2}) == ({"n": 1}, True)
    assert forget_kept(None) == 0
    Kept.objects.update(at="2020-01-01T00:00Z")
    assert forget_kept(None) == 1


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_time_under_one_key_are_done_once(world, program):
    token = program(world.clerk()).token

    def act() -> dict[str, str]:
        return {"job": str(Job.objects.create(kind="tried", label="试", unit=world.unit).pk)}

    def ask(_: int) -> tuple[dict[str, str], bool]:
        try:
            return once(token, "k", "a", act)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as callers:
        answers = list(callers.map(ask, range(12)))
    assert Job.objects.count() == 1
    assert {answer["job"] for answer, _ in answers} == {str(Job.objects.get().pk)}
    assert [before for _, before in answers].count(False) == 1
