"""政策落实: every commitment stands in the ledger, what is late comes first, and nothing unreported counts as done or undone."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from browser import WIDTHS, unusable
from django.urls import reverse
from django.utils import timezone
from docx import Document

from junheng.policy import resolve
from junheng.web.accounts.models import User
from junheng.web.commitments.actions import open_ledger
from junheng.web.commitments.ledger import ledger_of
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.plan import GROUPS, promises
from junheng.web.commitments.waiting import waiting
from junheng.web.evaluation.models import Evaluation
from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Notice
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Department, Role
from junheng.web.rounds.models import Round

DAY = date(2025, 6, 1)
TARGETS = resolve("quality_balance_2017", "21", DAY).targets


@pytest.fixture
def round(tree):
    return Round.objects.create(name="2025 年评估", school_year=2025, unit=tree.province, state="open", opens_on=date(2025, 9, 1))


@pytest.fixture
def opened(tree, person) -> dict[str, Commitment]:
    """Target id → commitment, all of them asked for."""
    open_ledger(tree.province, by=person(Role.PROVINCE_ADMIN))
    return {each.target: each for each in Commitment.objects.all()}


def _press(client, commitment: Commitment, move: str, **data: str):
    commitment.refresh_from_db()
    return client.post(reverse("commitment_do", args=[commitment.pk, move]), {**data, "seen_moves": commitment.moves})


def test_every_commitment_of_the_plan_stands_in_the_ledger_once(tree, opened):
    lines = ledger_of(tree.province, None, DAY).lines
    assert sorted(each.promise.target.id for each in lines) == sorted(each.id for each in TARGETS)
    assert len(opened) == len(TARGETS) - 2  # the site itself counts the counties that passed, for 2025 and 2030
    assert {each.group for each in promises(tree.province, DAY).values()} == set(GROUPS)


def test_opening_it_again_asks_for_nothing_twice(tree, opened, person):
    assert open_ledger(tree.province, by=person(Role.PROVINCE_ADMIN)) == 0
    assert Commitment.objects.count() == len(opened)


def test_what_nobody_reported_is_neither_done_nor_undone(tree, round):
    ledger = ledger_of(tree.province, None, DAY)
    assert ledger.counts["met"] == 0
    assert ledger.missing == len(TARGETS) - 2
    by_kind = {each.promise.target.id: each.kind for each in ledger.lines}
    assert by_kind["t4_digital_2023"] == "overdue"
    assert by_kind["t4_digital_2025"] == "unreported"
    assert by_kind["acceptance_2025"] == "under_way"


def test_a_department_reports_and_the_province_checks(opened, person, signed_in):
    finance, admin = signed_in(Role.DEPARTMENT), signed_in(Role.PROVINCE_ADMIN)
    spending = opened["t7_spending"]
    assert spending.department == Department.FINANCE
    said = {"claim": "under_way", "words": "2024 年比上年增长 3.2%。", "basis": "财政决算"}
    assert _press(finance, spending, "report", **said).status_code == 302
    assert _press(admin, spending, "finish", opinion="属实").status_code == 422
    assert _press(admin, spending, "accept").status_code == 302
    spending.refresh_from_db()
    assert (spending.state, spending.due_on) == ("under_way", timezone.localdate() + timedelta(days=182))
    assert _press(finance, spending, "report", **said | {"claim": "done"}).status_code == 302
    assert _press(admin, spending, "finish", opinion="属实").status_code == 302
    assert ledger_of(spending.unit, None, timezone.localdate()).counts["met"] == 1
    assert _press(admin, spending, "ask", reason="2026 年数据").status_code == 302
    assert Commitment.objects.get(pk=spending.pk).claim == ""


def test_no_department_reports_for_another(opened, signed_in):
    finance, admin = signed_in(Role.DEPARTMENT), signed_in(Role.PROVINCE_ADMIN)
    said = {"claim": "done", "words": "已完成"}
    for client, target in ((finance, "t11_sports"), (finance, "o1_leadership"), (admin, "t7_spending")):
        answer = _press(client, opened[target], "report", **said)
        assert (answer.status_code, "不由您的部门报告" in answer.content.decode()) == (403, True)
    assert _press(admin, opened["o1_leadership"], "report", **said).status_code == 302
    assert _press(admin, opened["t2_groups"], "report", **said).status_code == 302


def test_late_ones_rise_by_themselves_and_fall_when_done(tree, opened):
    late_report, behind = opened["t11_films"], opened["t11_sports"]
    Commitment.objects.filter(pk=late_report.pk).update(due_on=DAY - timedelta(days=3))
    Commitment.objects.filter(pk=behind.pk).update(state="reported", claim="behind", words="缺经费", reported_on=DAY, due_on=DAY - timedelta(days=99))
    lines = ledger_of(tree.province, None, DAY).lines
    assert [(each.promise.target.id, each.word) for each in lines[:3]] == [
        ("t4_digital_2023", f"逾期 {(DAY - date(2023, 12, 31)).days} 天"), ("t11_films", "逾期 3 天"), ("t11_sports", "滞后"),
    ]  # fmt: skip
    Commitment.objects.filter(target="t4_digital_2023").update(state="met", claim="done", words="已全部通过", reported_on=DAY)
    after = ledger_of(tree.province, None, DAY).lines
    assert after[0].promise.target.id == "t11_films"
    assert after[-1].promise.target.id == "t4_digital_2023"


def test_the_counted_ones_follow_the_evaluations(tree, round):
    for unit, state in ((tree.county, "accepted"), (tree.other_county, "draft")):
        Evaluation.objects.create(round=round, unit=unit, state=state)
    lines = {each.promise.target.id: each for each in ledger_of(tree.province, round, DAY).lines}
    assert (lines["acceptance_2025"].kind, lines["acceptance_2030"].kind) == ("met", "under_way")
    assert "2 个县（市、区）中 1 个" in lines["acceptance_2030"].words
    later = {each.promise.target.id: each for each in ledger_of(tree.province, round, date(2031, 1, 1)).lines}
    assert (later["acceptance_2030"].kind, later["acceptance_2030"].late) == ("overdue", 1)


def test_each_has_its_target_and_says_who_reports_it(tree, opened, round, signed_in):
    lines = {each.promise.target.id: each for each in ledger_of(tree.province, round, DAY).lines}
    aims = {id: each.promise.aim for id, each in lines.items() if each.promise.target.value is not None}
    assert aims | {"acceptance_2025": "≥ 50%", "acceptance_2030": "≥ 100%", "t3_principals": "≥ 3 年", "t11_films": "≥ 2 次/学期", "t12_training": "≤ 3 年"} == aims
    assert all(aim[-1] in "%年校期" for aim in aims.values())
    assert (lines["acceptance_2025"].reporter, lines["t7_spending"].reporter) == ("系统按省级评估验收计", "省财政厅报告")
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("commitments")).content.decode()
    assert "≥ 2 次/学期" in page


def test_what_the_releases_say_stands_beside_a_report_and_a_county_without_data_is_no_shortfall(tree, opened, round, signed_in):
    def release(number: int, verdict: str) -> None:
        CountyRelease.objects.create(
            round=round, unit=tree.county, number=number, hash=f"sha256:{number}", key="", policy="", as_of=DAY, engine="", engine_version="", verdict="fail",
            detail={}, is_formal=True, result={"criteria": {"retention": {"verdict": verdict}}, "stages": {}},
        )  # fmt: skip

    release(1, "fail")
    release(2, "pass")
    lines = {each.promise.target.id: each for each in ledger_of(tree.province, round, DAY).lines}
    assert lines["t5_retention"].beside == "1 个县（市、区）的数据版本按这一条目：达标 1 个；1 个县（市、区）没有冻结的数据。"
    assert lines["t5_retention"].kind == "unreported"
    assert lines["t11_films"].beside == ""
    assert "系统数据对照" in signed_in(Role.PROVINCE_ADMIN).get(reverse("commitment", args=[opened["t5_retention"].pk])).content.decode()


def test_every_criterion_named_by_the_plan_is_one_of_the_standard(tree):
    named = {each.criterion for each in promises(tree.province, DAY).values() if each.criterion}
    assert named
    assert named <= {each.id for each in resolve("quality_balance_2017", "21", DAY).criteria}


def test_whoever_has_to_act_is_told_and_sees_it_waiting(tree, opened, person, signed_in):
    finance, admin = person(Role.DEPARTMENT), person(Role.PROVINCE_ADMIN)
    health = User.objects.create(username="h", name="卫健甲", role=Role.DEPARTMENT, unit=tree.province, department=Department.HEALTH)
    mine = sum(each.department == Department.FINANCE for each in opened.values())
    assert [(each.title, each.count) for each in waiting(finance)] == [("待报告进展的承诺", mine)]
    _press(signed_in(Role.DEPARTMENT), opened["t7_spending"], "report", claim="done", words="已完成")
    dispatch(timezone.localdate())
    assert set(Notice.objects.filter(title="承诺的进展待核实").values_list("user_id", flat=True)) == {admin.pk}
    assert {"待核实的承诺报告"} <= {each.title for each in waiting(admin)}
    _press(signed_in(Role.PROVINCE_ADMIN), opened["t7_spending"], "send_back", reason="没有数")
    dispatch(timezone.localdate())
    assert set(Notice.objects.filter(title="承诺的报告被退回").values_list("user_id", flat=True)) == {finance.pk}
    assert not Notice.objects.filter(user=health, title="承诺的报告被退回").exists()


def test_the_report_names_every_commitment_with_its_state(opened, round, signed_in):
    answer = signed_in(Role.PROVINCE_ADMIN).get(reverse("commitments_report"))
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    words = "\n".join([*(each.text for each in document.paragraphs), *(cell.text for each in document.tables for row in each.rows for cell in row.cells)])
    assert [each.title for each in TARGETS if each.title not in words] == []
    assert "没有报告的不算没有做" in words


def test_a_user_of_a_county_opens_no_commitment_of_the_province(tree, opened, signed_in):
    client = signed_in(Role.DEPARTMENT, tree.county)
    assert client.get(reverse("commitment", args=[opened["t7_spending"].pk])).status_code == 404
    page = client.get(reverse("commitments")).content.decode()
    assert reverse("commitment", args=[opened["t7_spending"].pk]) not in page


def test_the_ledger_takes_as_many_queries_for_all_as_for_few(tree, opened, round, signed_in, django_assert_max_num_queries):
    client = signed_in(Role.PROVINCE_ADMIN)
    client.get(reverse("commitments"))
    with django_assert_max_num_queries(25):
        assert client.get(reverse("commitments")).status_code == 200


def test_the_pages_can_be_used_at_three_widths(transactional_db, opened, round, person, page_at):
    Commitment.objects.filter(target="t11_films").update(due_on=timezone.localdate() - timedelta(days=3))
    Commitment.objects.filter(target="t7_spending").update(state="reported", claim="behind", words="2024 年比上年下降 0.4%，正在补足。", reported_on=timezone.localdate())
    admin = person(Role.PROVINCE_ADMIN)
    pages = [("台账", reverse("commitments"), admin), ("一条", reverse("commitment", args=[opened["t7_spending"].pk]), admin)]
    assert unusable(pages, page_at, WIDTHS, stage="落实-") == {}
