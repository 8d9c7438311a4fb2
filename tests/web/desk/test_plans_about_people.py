"""Plans made from lists of people: sealed, of the county alone, taken with a purpose, forgotten in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from junheng.web.audit.models import AuditEvent
from junheng.web.desk.actions import forget_plans
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.states import PlanState
from junheng.web.jobs.models import Job
from junheng.web.rights.roles import Role
from junheng.web.store import has_content

NAME = "仿真甲同学"
_PUPILS = "报名号,姓名,性别,随班就读\n" + "".join(f"A{number:03d},{NAME},{'男' if number % 2 else '女'},否\n" for number in range(40))


@pytest.fixture
def classes(tree, signed_in, run_jobs):
    """classes(text): a plan of classes made from a list, and solved."""

    def plan(text: str = _PUPILS) -> Plan:
        file = SimpleUploadedFile("新生.csv", text.encode(), "text/csv")
        data = {"b-name": "2026 级编班", "b-days": "30", "v-classes": "2", "v-seed": "2026-07-01 开奖 123", "t-pupils": file, "start": "1"}
        answer = signed_in(Role.COUNTY_ADMIN).post(reverse("plan_make", args=[tree.county.code, "classes"]), data)
        assert answer.status_code == 302, answer.content.decode()
        run_jobs()
        return Plan.objects.select_related("unit", "job").latest("pk")

    return plan


def _everything_in_the_database() -> str:
    """Every value of every table, as it stands there."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(said)


def test_no_name_and_no_number_of_a_child_stands_in_the_database_the_log_or_the_store(classes, caplog):
    plan = classes()
    assert plan.state is PlanState.SOLVED, plan.refused or plan.job.message
    said = _everything_in_the_database()
    assert NAME not in said + caplog.text
    assert "A007" not in said + caplog.text
    for file in plan.files.all():
        assert not has_content(file.sha256)
    assert NAME in bytes(plan.files.get(table="pupils").sealed).decode()


def test_what_is_wrong_with_a_list_is_told_to_the_county_and_not_to_the_job(classes, signed_in):
    plan = classes(_PUPILS.replace("A007", "A008"))
    assert plan.state is PlanState.FAILED
    assert "A008" in plan.refused
    assert "A008" not in Job.objects.get(pk=plan.job_id).message
    assert "A008" not in _everything_in_the_database()
    assert "A008" in signed_in(Role.COUNTY_ADMIN).get(reverse("plan", args=[plan.pk])).content.decode()


def test_the_levels_above_the_county_do_not_see_it(tree, classes, signed_in):
    plan = classes()
    file = plan.files.filter(table="").first()
    for role in (Role.CITY_REVIEWER, Role.PROVINCE_ADMIN):
        client = signed_in(role)
        assert plan.name not in client.get(reverse("plans")).content.decode()
        for url in (reverse("plan", args=[plan.pk]), reverse("plan_files", args=[plan.pk]), reverse("plan_file", args=[plan.pk, file.pk]),
                    reverse("plan_make", args=[tree.county.code, "classes"])):  # fmt: skip
            assert client.get(url).status_code == 404
            assert client.post(url, {"purpose": "想看看名单"}).status_code in (404, 405)


def test_its_files_are_taken_with_a_purpose_and_the_purpose_is_audited(classes, signed_in):
    plan = classes()
    client = signed_in(Role.COUNTY_REVIEWER)
    url = reverse("plan_files", args=[plan.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, {"purpose": ""}).status_code == 302
    taken = client.post(url, {"purpose": "公示编班结果"})
    assert taken.content.startswith(b"PK")
    event = AuditEvent.objects.get(action="desk.fetched")
    assert (event.purpose, event.subject) == ("公示编班结果", f"plan:{plan.pk}")


def test_it_is_forgotten_after_its_last_day_with_everything_it_held(classes):
    plan = classes()
    today = timezone.localdate()
    assert plan.forget_on == today + timedelta(days=30)
    assert forget_plans(today + timedelta(days=30)) == 0
    assert forget_plans(today + timedelta(days=31)) == 1
    assert not Plan.objects.exists()
    assert not PlanFile.objects.exists()
    assert AuditEvent.objects.get(action="desk.forget").subject == f"plan:{plan.pk}"
