"""Counted again by hand, whatever came in: by code, on paper, in interviews; and nothing that did not come is a zero."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.web.flow.errors import Refused
from junheng.web.rights.roles import Role
from junheng.web.survey.actions import issue
from junheng.web.survey.actions.transitions import close, confirm, reopen
from junheng.web.survey.counting import by_question, heard
from junheng.web.survey.models import Answer, Interview, PaperEntry, Sheet, Survey
from junheng.web.survey.questionnaire import newest
from junheng.web.survey.result import Line, counts_of, result_of

GROUPS = [each.id for each in newest().groups]
OPTIONS = [each.id for each in newest().scale]
SATISFIED = ("very_satisfied", "satisfied")
CAME = st.tuples(st.sampled_from(GROUPS), st.sampled_from([*OPTIONS, ""]), st.sampled_from(["code", "paper", "withdrawn"]))


def _kept(survey: Survey, came) -> None:
    entries = {kind: PaperEntry.objects.create(survey=survey, file_name=kind, sha256=kind, by_name="试", withdrawn=kind == "withdrawn")
               for kind in ("paper", "withdrawn")}  # fmt: skip
    today = timezone.localdate()
    Answer.objects.bulk_create(
        Answer(survey=survey, group=group, day=today, overall=overall, entry=entries.get(kind)) for group, overall, kind in came
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(CAME, max_size=60))
def test_groups_are_counted_as_by_hand(survey, came):
    with transaction.atomic():
        _kept(survey, came)
        result = result_of(survey)
        counting = [each for each in came if each[2] != "withdrawn"]
        for line in result.lines:
            mine = [overall for group, overall, _ in counting if group == line.heard.id]
            valid = [each for each in mine if each not in ("unknown", "")]
            assert (line.heard.returned, line.heard.valid) == (len(mine), len(valid))
            assert line.heard.satisfied == sum(each in SATISFIED for each in valid)
            assert line.share.is_counted is bool(valid)
            assert (line.interval is None) is (not valid)
        there = Counter(line.heard.id for line in result.lines if line.heard.valid)
        assert len(result.missing) == len(GROUPS) - len(there)
        assert result.verdict == "insufficient" or not result.missing
        whole = result.whole.heard
        assert (whole.valid, whole.satisfied) == tuple(sum(getattr(each.heard, name) for each in result.lines) for name in ("valid", "satisfied"))
        if not result.missing:
            assert (result.verdict == "pass") is (whole.satisfied * 100 >= 85 * whole.valid)
        transaction.set_rollback(True)


def test_a_group_nobody_answered_is_none_and_never_zero(survey):
    _kept(survey, [("parents", "unknown", "code"), ("teachers", "fair", "code")])
    counts = counts_of(heard(survey))
    assert (counts["parents_valid"], counts["parents_satisfied"]) == (None, None)
    assert (counts["teachers_valid"], counts["teachers_satisfied"]) == (1, 0)
    assert (counts["visited"], counts["visited_satisfied"]) == (None, None)


def test_a_missing_group_leaves_the_result_open_and_nothing_is_registered(survey, person):
    by = person(Role.PROVINCE_ADMIN)
    _kept(survey, [(group, "satisfied", "code") for group in GROUPS if group not in ("deputies", "advisers")])
    close(survey, by=by)
    with pytest.raises(Refused, match="人大代表、政协委员没有有效问卷，社会认可度待定"):
        confirm(survey, by=by)
    survey.evaluation.refresh_from_db()
    assert (survey.evaluation.state, survey.evaluation.satisfaction) == ("prov_recognition", None)
    again = reopen(Survey.objects.get(pk=survey.pk), by=by, data={"closes_on": str(timezone.localdate()), "reason": "补调查代表、委员"})
    assert again.state == "open"


def test_what_fails_is_registered_as_it_is(survey, person, evaluation):
    by = person(Role.PROVINCE_ADMIN)
    _kept(survey, [(group, "satisfied" if at < 5 else "fair", "code") for group in GROUPS for at in range(6)])
    close(survey, by=by)
    confirm(survey, by=by)
    evaluation.refresh_from_db()
    assert (evaluation.satisfaction["valid"], evaluation.satisfaction["satisfied"]) == (42, 35)
    assert result_of(Survey.objects.get()).verdict == "fail"


def test_the_frozen_result_stays_whatever_happens_to_the_answers(survey, person):
    by = person(Role.PROVINCE_ADMIN)
    _kept(survey, [(group, "satisfied", "code") for group in GROUPS])
    close(survey, by=by)
    confirm(survey, by=by)
    before = result_of(Survey.objects.get())
    Answer.objects.all().delete()
    assert result_of(Survey.objects.get()) == before


def test_more_answers_than_people_are_refused(survey, person):
    by = person(Role.PROVINCE_ADMIN)
    _kept(survey, [(group, "satisfied", "code") for group in GROUPS for _ in range(13)])
    close(survey, by=by)
    with pytest.raises(Refused, match="校长的有效问卷多于总体人数"):
        confirm(survey, by=by)


def test_what_was_given_out_is_not_known_where_paper_was_not_told(survey, person):
    by = person(Role.PROVINCE_ADMIN)
    for group, size in (("deputies", 20), ("advisers", 20)):
        issue(survey.strata.get(group=group), size, by=by)
    entry = PaperEntry.objects.create(survey=survey, file_name="a", sha256="a", by_name="试", sent={"deputies": 5})
    for group in ("deputies", "advisers"):
        Answer.objects.create(survey=survey, group=group, day=timezone.localdate(), overall="fair", entry=entry)
    found = {each.id: each.sent for each in heard(survey)}
    assert (found["deputies"], found["advisers"], found["students"]) == (25, None, 0)
    assert result_of(survey).whole.heard.sent is None


def test_of_a_voided_sheet_only_what_was_used_was_given_out(survey, person):
    sheet, _ = issue(survey.strata.get(group="deputies"), 20, by=person(Role.PROVINCE_ADMIN))
    Sheet.objects.filter(pk=sheet.pk).update(voided=True, spent=(0b101).to_bytes(3))
    assert next(each.sent for each in heard(survey) if each.id == "deputies") == 2


def test_each_question_is_counted_by_who_answered_it(survey):
    Answer.objects.create(survey=survey, group="parents", day=timezone.localdate(), overall="satisfied", more={"workload": "fair"})
    Answer.objects.create(survey=survey, group="parents", day=timezone.localdate(), overall="unknown", more={"workload": "satisfied", "teaching": "unknown"})
    found = {text[:4]: (satisfied, of) for text, satisfied, of in by_question(survey)}
    assert (found["总的来说"], found["作业和考"], found["教师的教"]) == ((1, 1), (1, 2), (0, 0))


def test_interviews_are_judged_beside_the_questionnaires(survey, person):
    _kept(survey, [(group, "satisfied", "code") for group in GROUPS])
    expert = person(Role.PROVINCE_EXPERT)
    for satisfied, withdrawn in ((16, False), (1, True)):
        Interview.objects.create(survey=survey, group="parents", place="校门口", on=timezone.localdate(), asked=20, satisfied=satisfied, by=expert,
                                 client_id=uuid.uuid4(), withdrawn=withdrawn)  # fmt: skip
    result = result_of(survey)
    assert str(result.satisfaction.interviews) == "走访 16/20（80.0%）"
    assert result.verdict == "fail"


def test_the_limit_within_the_interval_is_said(survey):
    _kept(survey, [(group, "satisfied" if at < 9 else "fair", "code") for group in GROUPS for at in range(10)])
    whole = result_of(survey).whole
    assert isinstance(whole, Line)
    assert (whole.share.percent, result_of(survey).straddles) == ("90.0%", True)
