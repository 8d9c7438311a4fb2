"""What a token shows is what its owner sees on the pages: cut to reach, by pages, in words a program can tell apart."""

from __future__ import annotations

import pytest
from access.subjects import SUBJECTS
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.web.api.paging import Paged, slice_of
from junheng.web.areas.actions import ensure_unit
from junheng.web.commitments.ledger import ledger_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.actions import raise_problem
from junheng.web.reporting.models import Submission
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.survey.models import Survey


def _all(asked, path: str, **query) -> list[dict]:
    """Every item, page after page."""
    out, cursor = [], ""
    while True:
        page = asked.get(path, **query, **({"cursor": cursor} if cursor else {})).json()
        out += page["items"]
        if page["next"] is None:
            return out
        cursor = page["next"]


def test_units_come_in_the_order_of_the_tree_each_once_whatever_the_length_of_a_page(tree, person, program):
    for number in range(7):
        ensure_unit(f"21210{number:05d}", f"第{number}小学", UnitKind.SCHOOL, tree.county)
    asked = program(person(Role.PROVINCE_ADMIN))
    whole = _all(asked, "units")
    assert [each["path"] for each in whole] == sorted(each["path"] for each in whole)
    assert whole[0] == {"code": "210000", "name": "辽宁省", "kind": "province", "parent": None, "path": "210000/", "closed_on": None}
    assert [_all(asked, "units", limit=limit) for limit in (1, 2, 3, 200)] == [whole] * 4
    assert {each["code"] for each in _all(asked, "units", kind="school", below=tree.other_city.code)} == {tree.other_school.code}


def test_a_unit_added_on_a_page_already_read_neither_doubles_nor_hides_another(tree, person, program):
    asked = program(person(Role.PROVINCE_ADMIN))
    first = asked.get("units", limit=2).json()
    ensure_unit("210001", "最先的市", UnitKind.CITY, tree.province)
    rest = asked.get("units", cursor=first["next"], limit=200).json()["items"]
    codes = [each["code"] for each in (*first["items"], *rest)]
    assert len(codes) == len(set(codes))
    assert tree.other_school.code in codes


@given(st.lists(st.integers(), max_size=30), st.integers(1, 7))
@settings(max_examples=50)
def test_a_list_cut_into_pages_is_the_list(whole, limit):
    out, cursor = [], ""
    while True:
        page = slice_of(whole, Paged(limit=limit, cursor=cursor))
        out += page["items"]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert out == whole


def test_a_submission_says_how_it_stands_and_its_findings_stand_at_their_cells(world, program):
    world.upload(pe_teachers=-1)
    submission = world.submission()
    asked = program(world.clerk())
    shown = asked.get(f"submissions/{submission.pk}").json()
    assert shown["state"] == {"id": "draft", "label": "填报中", "turn": "填报员"}
    assert shown["version"]["number"] == 1
    assert [step["id"] for step in shown["steps"]] == ["submit"]
    findings = _all(asked, f"submissions/{submission.pk}/findings", limit=1)
    assert len(findings) == submission.latest.error_count + submission.latest.warning_count > 0
    assert {"level", "rule", "sheet", "cell", "message", "remedy", "explained"} <= findings[0].keys()
    assert [each["id"] for each in _all(asked, "submissions")] == [submission.pk]


def test_a_city_reads_how_far_its_counties_are_and_nothing_of_another(world, person, program, tree):
    Submission.objects.get_or_create(round=world.round, unit=tree.other_school)
    seen = _all(program(person(Role.CITY_REVIEWER)), "submissions", state="waiting", limit=2)
    assert {each["unit"]["code"] for each in seen} == {world.unit.code, *(school.code for school in world.schools)}
    assert _all(program(person(Role.CITY_REVIEWER)), "submissions", below=tree.other_county.code) == []


def test_evaluations_and_problems_are_read_with_their_states(world, person, program):
    Evaluation.objects.create(round=world.round, unit=world.unit)
    problem = raise_problem(by=None, unit=world.school, round=world.round, title="图书不足", criterion="L7", clause="", current="8", required="25",
                            gap="17", source="manual")  # fmt: skip
    asked = program(person(Role.COUNTY_ADMIN))
    (evaluation,) = _all(asked, "evaluations", state="draft")
    assert (evaluation["state"]["label"], evaluation["release"], evaluation["national"]) == ("准备", None, None)
    (shown,) = _all(asked, "problems", round=world.round.pk)
    assert (shown["id"], shown["state"]["id"], shown["escalation"]["id"]) == (problem.pk, "found", "none")
    assert asked.get(f"problems/{problem.pk}").json() == shown
    assert _all(asked, "problems", late="true") == []


def test_a_survey_is_read_by_group_and_who_did_not_answer_is_null(world, person, program):
    survey = Survey.objects.get(pk=SUBJECTS["survey"](world.school, None)["pk"])
    asked = program(person(Role.COUNTY_ADMIN))
    assert [each["id"] for each in _all(asked, "surveys", round=survey.evaluation.round_id)] == [survey.pk]
    shown = asked.get(f"surveys/{survey.pk}").json()
    assert (len(shown["groups"]), shown["verdict"], shown["confirmed"]) == (7, "insufficient", False)
    (deputies,) = [each for each in shown["groups"] if each["id"] == "deputies"]
    assert (deputies["population"], deputies["quota"], deputies["valid"]) == (30, 28, 0)
    assert deputies["satisfied"] is deputies["share"] is deputies["low"] is None


def test_the_ledger_of_commitments_is_read_whole_the_worst_first(world, person, program):
    province = person(Role.PROVINCE_ADMIN)
    lines = ledger_of(world.round.unit, world.round, timezone.localdate()).lines
    shown = _all(program(province), "commitments", limit=7)
    assert [(each["target"], each["kind"], each["words"]) for each in shown] == [(line.promise.target.id, line.kind, line.words) for line in lines]
    led = [each["target"] for each in shown if each["department"] == "finance"]
    assert [each["target"] for each in _all(program(province), "commitments", department="finance")] == led


def test_the_public_reads_announcements_and_of_a_withdrawn_one_only_why(world):
    made = Announcement.objects.create(unit=world.unit, round=world.round, about="", title="公示", body="正文", closes_on=timezone.localdate(),
                                       result=[{"title": "班额", "verdict": "pass", "words": "合格"}])  # fmt: skip
    assert [each["title"] for each in Client().get("/api/v1/announcements").json()["items"]] == ["公示"]
    Announcement.objects.filter(pk=made.pk).update(state="withdrawn", ended_reason="有误")
    assert Client().get("/api/v1/announcements").json()["items"] == []
    shown = Client().get(f"/api/v1/announcements/{made.pk}").json()
    assert (shown["body"], shown["result"], shown["ended_reason"]) == ("", [], "有误")


@pytest.mark.parametrize(("path", "query", "status", "said"), [
    ("problems", {"stat": "found"}, 422, "不认得 stat"), ("problems", {"state": ["found", "closed"]}, 422, "state 给了不止一个值"), ("units/999999", {}, 404, "没有这项内容"), ("nowhere", {}, 404, "没有这项内容"), ("units", {"limit": 0}, 422, "limit 不能小于 1"),
    ("units", {"cursor": "!"}, 422, "不认得这个 cursor"), ("units", {"kind": "village"}, 422, "kind 只能是"), ("problems", {"round": "x"}, 422, "round 应是整数"),
    ("problems/99999999999999999999999", {}, 422, "pk 不能大于"), ("submissions", {"below": "1/2"}, 422, "below 格式不对"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_chinese_with_what_to_do(person, program, path, query, status, said):
    answer = program(person(Role.COUNTY_ADMIN)).get(path, **query)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert said in problem["detail"]
    assert problem["remedy"]
    assert problem["status"] == status


def test_a_method_that_is_not_there_is_said_the_same_way(person, program):
    answer = program(person(Role.COUNTY_ADMIN)).post("units", {})
    assert (answer.status_code, answer["Allow"], answer.json()["type"]) == (405, "GET", "urn:junheng:problem:method")
