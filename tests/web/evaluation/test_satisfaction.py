"""社会认可度: seven groups, all of them asked, judged on the whole; nothing that was not counted is a zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from evaluation_steps import ANSWERS, nothing_more_to_say, press, sample_and_visit, up_to
from hypothesis import given
from hypothesis import strategies as st

from junheng.opendata.rule import the_rule
from junheng.policy import resolve
from junheng.web.evaluation.satisfaction import GROUPS, Share, satisfaction_of
from junheng.web.flow.models import Step
from junheng.web.rights.roles import Role

POLICY = resolve("quality_balance_2017", "210102", date(2025, 9, 1))
LEAST = the_rule().least
WHOLE = {"valid": "200", "satisfied": "180"}


@pytest.fixture
def record(evaluation, release, signed_in, person):
    """record(**counts): press 登记社会认可度 with the whole and more; returns the answer."""
    up_to(evaluation, "prov_recognition", signed_in, person)
    return lambda **counts: press(signed_in(Role.PROVINCE_ADMIN), evaluation, "record_recognition", WHOLE | counts)


def test_the_seven_groups_of_the_rules_are_asked_for():
    assert [label for _, label in GROUPS] == ["学生", "家长", "教师", "校长", "人大代表", "政协委员", "其他群众"]


def test_groups_are_shown_with_numerator_and_denominator_and_missing_ones_as_not_registered(record, evaluation, signed_in):
    assert record(parents_valid="100", parents_satisfied="84", teachers_valid="20", teachers_satisfied="20").status_code == 302
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[evaluation.pk])).content.decode()
    rows = {row.split("</th>")[0].split(">")[-1]: row for row in page.split("<tr>") if "未登记" in row or 'class="num">' in row}
    assert "未登记" in rows["学生"]
    assert "未登记" in rows["走访（人）"]
    assert 'class="num">' not in rows["学生"]
    assert all(each in rows["家长"] for each in ('class="num">84／100<', "84.0%", "▲ 未达标"))
    assert "● 达标" in rows["教师"]
    assert "90.0%" in rows["全部问卷（份）"]
    assert "80 份有效问卷没有分组" in page


def test_a_group_of_nobody_is_a_zero_that_was_counted(record, evaluation, signed_in):
    assert record(deputies_valid="0", deputies_satisfied="0").status_code == 302
    evaluation.refresh_from_db()
    counted = satisfaction_of(evaluation.satisfaction, POLICY)
    assert str(counted.groups[4]) == "人大代表 0/0"
    assert counted.groups[4].meets is None
    assert str(counted.groups[0]) == "学生未登记"
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("evaluation", args=[evaluation.pk])).content.decode()
    assert "人大代表有效问卷（份）</dt><dd>0</dd>" in page
    assert "学生有效问卷（份）</dt>" not in page


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"parents_valid": "100"}, "家长只填了一个数"),
        ({"parents_valid": "100", "parents_satisfied": "101"}, "家长的满意数多于总数"),
        ({"parents_valid": "201", "parents_satisfied": "1"}, "分组的份数与全部问卷不符"),
        ({"parents_valid": "190", "parents_satisfied": "10"}, "未分组的满意 170 份，多于未分组的有效 10 份"),
        ({f"{name}_{part}": "1" for name, _ in GROUPS for part in ("valid", "satisfied")}, "分组的份数与全部问卷不符"),
        ({"parents_valid": "约一百", "parents_satisfied": "1"}, "应是整数"),
        ({"parents_valid": "-1", "parents_satisfied": "1"}, "应是整数"),
        ({"visited": "10"}, "走访只填了一个数"),
        ({"parents_quota": "10"}, "家长只填了配额"),
        ({"satisfied": "201"}, "问卷的满意数多于总数"),
    ],
)
def test_counts_that_contradict_each_other_are_refused(record, evaluation, counts, said):
    answer = record(**counts)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    evaluation.refresh_from_db()
    assert evaluation.satisfaction is None


def test_all_groups_that_add_up_are_taken_and_frozen_into_the_step(record, evaluation):
    counts = {"students": (100, 90), "parents": (60, 55), "teachers": (20, 18), "principals": (5, 5), "deputies": (5, 4), "advisers": (5, 4), "others": (5, 4)}
    answer = record(**{f"{name}_{part}": str(pair[at]) for name, pair in counts.items() for at, part in enumerate(("valid", "satisfied"))})
    assert answer.status_code == 302
    frozen = Step.objects.get(subject=evaluation.reference, transition="record_recognition").frozen
    assert frozen["问卷"] == "问卷 180/200（90.0%）"
    assert frozen["社会认可度达到 85%"] is True
    assert frozen["分组"].startswith("学生 90/100（90.0%）、家长 55/60（91.7%）")
    assert frozen["走访"] == "走访未登记"


@given(st.integers(1, 10**6), st.data())
def test_the_percentage_shown_never_stands_on_the_other_side_of_the_limit(of, data):
    satisfied = data.draw(st.integers(0, of))
    share = Share("问卷", satisfied, of, Decimal("0.85"))
    assert share.meets is (satisfied * 100 >= 85 * of)
    assert (Decimal(share.percent.rstrip("%")) >= 85) is share.meets


def _counts(satisfied: int = 200, **more: int | None) -> dict[str, int | None]:
    """200 questionnaires, of all seven groups; who is not content belongs to 其他群众."""
    sizes = {name: 80 if name == "others" else 20 for name, _ in GROUPS}
    counts = {f"{name}_{part}": size for name, size in sizes.items() for part in ("valid", "satisfied")}
    return counts | {"valid": 200, "satisfied": satisfied, "others_satisfied": 80 - (200 - satisfied)} | more


@pytest.mark.parametrize(("counts", "passes"), [
    (_counts(170), True), (_counts(169), False), ({"valid": 0, "satisfied": 0}, None), (None, None),
    (_counts(visited=20, visited_satisfied=16), False), (_counts(visited=0, visited_satisfied=0), True),
    ({"valid": 200, "satisfied": 200}, None), (_counts(advisers_valid=None, advisers_satisfied=None), None), (_counts(advisers_valid=0, advisers_satisfied=0), None),
    ({"valid": 200, "satisfied": 100}, None), ({"valid": 200, "satisfied": 200, "visited": 20, "visited_satisfied": 16}, False),
])  # fmt: skip
def test_all_seven_groups_are_asked_and_questionnaires_and_visits_judged_each_on_its_own(counts, passes):
    assert satisfaction_of(counts, POLICY).passes is passes


def test_what_is_missing_is_named_and_a_group_of_nobody_is_missing_too():
    words = str(satisfaction_of(_counts(advisers_valid=None, advisers_satisfied=None, principals_valid=0, principals_satisfied=0), POLICY))
    assert words.startswith("社会认可度待定：没有校长、政协委员的有效问卷，七类对象都要调查；问卷 200/200")
    assert "待定" in str(satisfaction_of({"valid": 200, "satisfied": 200}, POLICY))


def test_fewer_than_the_quota_is_said_but_judged_and_no_count_of_a_small_group_reaches_the_public():
    found = satisfaction_of(_counts(principals_valid=4, principals_satisfied=4, principals_quota=6, others_valid=96, others_satisfied=96), POLICY)
    assert found.passes is True
    assert "少于配额的有校长 4/6" in str(found)
    assert "4/6" not in found.public_words


def test_a_missing_group_is_registered_keeps_the_county_from_passing_and_is_completed_once(record, evaluation, release, signed_in, person):
    """What stood is not written over once it is complete."""
    assert record().status_code == 302
    sample_and_visit(evaluation, signed_in, person)
    province = signed_in(Role.PROVINCE_ADMIN)
    press(province, evaluation, "finish_visits", {"opinion": "已核查"})
    nothing_more_to_say(evaluation, signed_in)
    answer = press(province, evaluation, "publicise", {"conclusion": "pass", "text": "现予公示。"})
    assert (answer.status_code, "社会认可度待定，不能公示为通过" in answer.content.decode()) == (422, True)
    assert press(province, evaluation, "complete_recognition", ANSWERS).status_code == 302
    again = press(province, evaluation, "complete_recognition", ANSWERS)
    assert (again.status_code, "已经登记完整" in again.content.decode()) == (422, True)
    assert press(province, evaluation, "publicise", {"conclusion": "pass", "weighed": "已列为问题。", "text": "现予公示。"}).status_code == 302


@given(st.lists(st.none() | st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=7, max_size=7))
def test_no_small_group_can_be_worked_out_from_what_is_published(counts):
    """Whoever knows the whole and the groups told knows of the others only their sum: of two groups or more, and ten answers or more."""
    said: dict[str, int] = {}
    for (name, _), one in zip(GROUPS, counts, strict=True):
        said |= {f"{name}_valid": max(one), f"{name}_satisfied": min(one)} if one else {}
    whole = {part: sum(value for key, value in said.items() if key.endswith(f"_{part}")) for part in ("valid", "satisfied")}
    found = satisfaction_of(said | whole, POLICY)
    told = found.published_groups
    assert all((each.of or 0) >= LEAST for each in told)
    hidden = [each for each in found.groups if each.of and each not in told]
    if hidden and told:
        assert len(hidden) >= 2
        assert sum(each.of for each in hidden) >= LEAST
    assert not any(str(each) in found.public_words for each in hidden)


def test_the_public_reads_the_large_groups_and_that_small_ones_are_left_out():
    sizes = {"students": 100, "parents": 100, "teachers": 30, "principals": 4, "deputies": 12, "advisers": 15}
    counts = {f"{name}_{part}": size for name, size in sizes.items() for part in ("valid", "satisfied")}
    words = satisfaction_of(counts | {"valid": 261, "satisfied": 261}, POLICY).public_words
    assert "其中：学生 100/100（100.0%）、家长 100/100（100.0%）、教师 30/30（100.0%）、政协委员 15/15（100.0%）；其余各类人数少" in words
    assert "校长" not in words
    assert "人大代表" not in words
