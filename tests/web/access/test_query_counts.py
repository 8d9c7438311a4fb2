"""Every list page takes the same number of queries for one row and for fifty. A new template with a pager needs a row here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from access.subjects import SUBJECTS, api_token
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import junheng.web
from junheng.web.accounts.models import User
from junheng.web.api.models import Hook, HookMessage
from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.evaluation.models import Evaluation, Relation, Sample, Visit
from junheng.web.evidence.models import Evidence
from junheng.web.notices.models import Notice
from junheng.web.portal.models import ZoneLine, Zoning
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation, Round
from junheng.web.survey.models import Interview, PaperEntry, Sheet, Stratum, Survey

TEMPLATES = Path(junheng.web.__file__).parent


@dataclass(frozen=True)
class Listed:
    """page: its name in the URL table; about: what the URL names (subjects.py), or what is asked ("?q=…"); more: adds one row, given a new school."""

    page: str
    role: Role
    more: Callable[[Unit], object]
    about: str = ""


def _about(kind: str) -> Callable[[Unit], object]:
    return lambda school: SUBJECTS[kind](school, None)


def _notice(school: Unit) -> None:
    user = User.objects.get(role=Role.PROVINCE_ADMIN)
    Notice.objects.create(user=user, event_seq=school.pk, title="试", text="试", url="/", at=timezone.now())


def _token(school: Unit) -> None:
    api_token(User.objects.get(role=Role.PROVINCE_ADMIN), f"jh_{school.pk}")


def _hook(school: Unit) -> Hook:
    user = User.objects.get(role=Role.PROVINCE_ADMIN)
    return Hook.objects.create(user=user, name="试", url="https://example.org/", secret="试", after=0, role=user.role, unit=user.unit)


def _message(school: Unit) -> None:
    """All of the first subscription: the list is of one."""
    hook = Hook.objects.order_by("pk").first() or _hook(school)
    HookMessage.objects.create(hook=hook, event_seq=school.pk, body={"type": "round.open", "unit": "210000"}, state="failed")


def _round(school: Unit) -> None:
    province = Unit.objects.get(parent=None)
    Round.objects.create(unit=province, name="又一轮", school_year=1000 + school.pk, state="open")


def _taking_part(school: Unit) -> None:
    parts = SUBJECTS["round"](school, None)
    Participation.objects.create(round_id=parts["pk"], unit=school.parent)
    SUBJECTS["submission"](school, None)


def _version_here(school: Unit) -> None:
    """Of the school of 和平区 that was made together with this one."""
    SUBJECTS["version"](Unit.objects.get(code=f"2{school.code[1:]}"), None)


def _finding_here(school: Unit) -> None:
    """In what a school of 和平区 that was made together with this one handed in."""
    from junheng.web.reporting.models import Submission, Version

    parts = SUBJECTS["version"](Unit.objects.get(code=f"2{school.code[1:]}"), None)
    version = Version.objects.filter(submission=parts["pk"])
    version.update(findings=[["warning", "W-not-reported", "", "", "", "没有填报", "请补报", "students_primary", "", ""]])
    Submission.objects.filter(pk=parts["pk"]).update(latest=version.get())


def _expert(school: Unit) -> None:
    """Who declared a relation."""
    expert = User.objects.create(username=f"expert-{school.pk}", name="专家乙", role=Role.PROVINCE_EXPERT, unit=Unit.objects.get(parent=None))
    Relation.objects.create(user=expert, unit=school, reason="曾任该校校长")


def _to_visit(school: Unit) -> None:
    """A county whose school is drawn and visited."""
    parts = SUBJECTS["evaluation"](school, None)
    made = Evaluation.objects.get(pk=parts["pk"])
    Evaluation.objects.filter(pk=made.pk).update(state="prov_visit")
    Sample.objects.get_or_create(evaluation=made, defaults={"seed": "1", "size": 1, "strata": {}, "drawn": [school.code]})
    Visit.objects.get_or_create(evaluation=made, school=school, expert=User.objects.get(role=Role.PROVINCE_EXPERT), on=timezone.localdate())


def _survey_of(school: Unit) -> Survey:
    """The survey of the first county."""
    return Survey.objects.get(pk=SUBJECTS["survey"](Unit.objects.filter(kind=UnitKind.SCHOOL).earliest("pk"), None)["pk"])


def _stratum(school: Unit) -> None:
    made = Stratum.objects.create(survey=_survey_of(school), group="parents", school=school, population=50, quota=30)
    Sheet.objects.create(stratum=made, size=8, spent=b"\0", by_name="试")


def _paper(school: Unit) -> None:
    PaperEntry.objects.create(survey=_survey_of(school), file_name="a.xlsx", sha256=school.code, by_name="试")


def _interview(school: Unit) -> None:
    Interview.objects.create(survey=_survey_of(school), group="parents", place="校门口", on=timezone.localdate(), asked=3, satisfied=2,
                             by=User.objects.get(role=Role.PROVINCE_ADMIN), client_id=uuid.uuid4())  # fmt: skip


def _material(school: Unit) -> None:
    """Evidence for 班额 of the school of 和平区 that was made together with this one."""
    parts = SUBJECTS["evidence"](Unit.objects.get(code=f"2{school.code[1:]}"), None)
    Evidence.objects.filter(pk=parts["pk"]).update(criterion="class_size")


def _evidence(school: Unit) -> None:
    """All of one school: the list is a school's own."""
    first = Unit.objects.filter(kind=UnitKind.SCHOOL).earliest("pk")
    SUBJECTS["evidence"](first, None)


def _submission_of_one_school(school: Unit) -> None:
    """The same school in ever more rounds: the list of its clerk."""
    first = Unit.objects.filter(kind=UnitKind.SCHOOL).earliest("pk")
    from junheng.web.reporting.models import Submission

    province = Unit.objects.get(parent=None)
    round = Round.objects.create(unit=province, name="又一轮", school_year=1000 + school.pk, state="open")
    Submission.objects.create(round=round, unit=first, state="waiting")


def _zone_line(school: Unit) -> None:
    ZoneLine.objects.create(zoning=Zoning.objects.earliest("pk"), place=school.name, school=school.name)


LISTS = {
    "accounts/invitations.html": Listed("invitations", Role.SECURITY_ADMIN, _about("invitation")),
    "accounts/users.html": Listed("users", Role.SECURITY_ADMIN, _about("clerk")),
    "areas/unit.html": Listed("unit", Role.SYSTEM_ADMIN, lambda school: None, "unit's county"),
    "areas/units.html": Listed("units", Role.SYSTEM_ADMIN, lambda school: None),
    "audit/events.html": Listed("audit_events", Role.AUDITOR, _about("audit event")),
    "desk/plans.html": Listed("plans", Role.PROVINCE_ADMIN, _about("plan")),
    "evaluation/evaluations.html": Listed("evaluations", Role.PROVINCE_ADMIN, _about("evaluation")),
    "evaluation/experts.html": Listed("evaluation_experts", Role.PROVINCE_ADMIN, _expert, "evaluation"),
    "evaluation/my_visits.html": Listed("my_visits", Role.PROVINCE_EXPERT, _to_visit),
    "evaluation/material.html": Listed("material", Role.PROVINCE_ADMIN, _material, "evaluation, class_size"),
    "evidence/evidence.html": Listed("evidence", Role.PROVINCE_ADMIN, _evidence, "unit in round"),
    "notices/notices.html": Listed("notices", Role.PROVINCE_ADMIN, _notice),
    "api/tokens.html": Listed("api_tokens", Role.PROVINCE_ADMIN, _token),
    "api/hooks.html": Listed("api_hooks", Role.PROVINCE_ADMIN, _hook),
    "api/hook.html": Listed("api_hook", Role.PROVINCE_ADMIN, _message, "hook"),
    "notices/deliveries.html": Listed("deliveries", Role.SYSTEM_ADMIN, _about("delivery")),
    "survey/surveys.html": Listed("surveys", Role.PROVINCE_ADMIN, _about("survey")),
    "survey/codes.html": Listed("survey_codes", Role.PROVINCE_ADMIN, _stratum, "survey"),
    "survey/paper.html": Listed("survey_paper", Role.PROVINCE_ADMIN, _paper, "survey"),
    "survey/interviews.html": Listed("survey_interviews", Role.PROVINCE_ADMIN, _interview, "survey"),
    "portal/admission.html": Listed("admission", Role.COUNTY_ADMIN, lambda school: SUBJECTS["lottery"](Unit.objects.get(code=f"2{school.code[1:]}"), None)),
    "portal/lotteries.html": Listed("lotteries", Role.COUNTY_ADMIN, _about("lottery"), "?page=1"),
    "portal/zones.html": Listed("zones", Role.COUNTY_ADMIN, _about("zoning"), "?q=小区"),
    "portal/zoning_desk.html": Listed("zoning_desk", Role.COUNTY_ADMIN, _zone_line, "zoning"),
    "portal/school_figures.html": Listed("school_figures", Role.PROVINCE_ADMIN, _about("disclosure step")),
    "portal/search.html": Listed("public_search", Role.PROVINCE_ADMIN, lambda school: None, "?q=第"),
    "publicity/announcements.html": Listed("announcements", Role.PROVINCE_ADMIN, _about("announcement")),
    "publicity/objections.html": Listed("objections", Role.PROVINCE_ADMIN, _about("objection")),
    "rectification/board.html": Listed("problems_board", Role.CITY_REVIEWER, _about("problem")),
    "rectification/problems.html": Listed("problems", Role.PROVINCE_ADMIN, _about("problem")),
    "reporting/area.html": Listed("reporting_unit", Role.PROVINCE_ADMIN, _taking_part, "city in round"),
    "reporting/findings.html": Listed("reporting_findings", Role.PROVINCE_ADMIN, _finding_here, "county in round"),
    "reporting/county.html": Listed("reporting_unit", Role.PROVINCE_ADMIN, _version_here, "county in round"),
    "reporting/mine.html": Listed("reporting", Role.SCHOOL_CLERK, _submission_of_one_school),
    "rounds/round.html": Listed("round", Role.PROVINCE_ADMIN, _taking_part, "round"),
    "rounds/rounds.html": Listed("rounds", Role.PROVINCE_ADMIN, _round),
}
IN_THEIR_OWN_TESTS = {"reporting/live.html", "reporting/releases.html", "reporting/release_changes.html", "dashboards/area.html", "dashboards/county.html", "desk/compare.html", "desk/pins.html", "desk/tasks.html"}
"""Lists that need real figures: tests/web/reporting/test_county_board.py, test_releases.py, tests/web/dashboards and tests/web/desk."""


def test_every_list_has_a_row_here():
    found = {
        f"{path.parent.name}/{path.name}" for path in TEMPLATES.glob("*/templates/**/*.html") if re.search(r"{% pager\b", path.read_text("utf-8"))
    }  # fmt: skip
    assert found - IN_THEIR_OWN_TESTS == set(LISTS)


def _url(listed: Listed, tree) -> str:
    if listed.about.startswith("?"):
        return f"{reverse(listed.page)}{listed.about}"
    kwargs = {
        "hook": lambda: {"pk": _hook(tree.school).pk},
        "unit's county": lambda: {"code": tree.county.code},
        "city in round": lambda: {"round_id": SUBJECTS["round"](tree.school, None)["pk"], "code": tree.city.code},
    }.get(listed.about, lambda: SUBJECTS[listed.about](tree.school, None))  # fmt: skip
    return reverse(listed.page, kwargs=kwargs())


def _schools(tree, first: int, last: int) -> list[Unit]:
    """New schools, each in a county of its own beside the tests' own, so that lists of counties grow too."""
    out = []
    for number in range(first, last):
        county = ensure_unit(f"2101{number:02d}", f"第{number}区", UnitKind.COUNTY, tree.city) if number else tree.county
        ensure_unit(f"21210{number:05d}", f"第{number}小学", UnitKind.SCHOOL, tree.county)
        out.append(ensure_unit(f"31210{number:05d}", f"第{number}中学", UnitKind.SCHOOL, county))
    return out


@pytest.mark.parametrize("template", sorted(LISTS))
def test_a_list_takes_as_many_queries_for_fifty_rows_as_for_one(template: str, tree, signed_in: Callable[..., Client]):
    listed = LISTS[template]
    client = signed_in(listed.role)
    url = _url(listed, tree)

    def asked() -> tuple[int, int]:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        assert answer.status_code == 200, answer
        assert template in {each.name for each in answer.templates}
        return len(captured), answer.content.count(b"<tr") + answer.content.count(b"<li")

    for school in _schools(tree, 30, 31):
        listed.more(school)
    few, rows_of_few = asked()
    for school in _schools(tree, 31, 90):
        listed.more(school)
    many, rows_of_many = asked()
    assert rows_of_many >= rows_of_few + 20, "the list did not grow"
    assert many <= few


def test_the_frame_of_a_page_asks_the_database_twice(signed_in: Callable[..., Client]):
    """Who asks (session, account, unit, reach), and how many notices wait. What more a page asks is its own."""
    client = signed_in(Role.COUNTY_ADMIN)
    client.get(reverse("help"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("help")).status_code == 200
    assert len(captured) == 2
