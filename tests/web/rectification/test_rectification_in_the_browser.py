"""The pages of rectification and notices as people see them; a problem's whole life by clicking."""

from __future__ import annotations

from datetime import date

import pytest
from browser import WIDTHS, unusable
from django.urls import reverse
from rectification.county_facts import GOOD, county
from rectification.steps import day, go, until

from junheng.web.notices.actions import dispatch
from junheng.web.notices.models import Delivery, DeliveryState
from junheng.web.rectification.actions import ask_extension, escalate_overdue
from junheng.web.rectification.actions.from_release import raise_from_release
from junheng.web.rectification.models import Problem
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Department, Role


@pytest.fixture
def mending(transactional_db, freeze, people, person, problem, tree):
    """A county's problems out of a release: one late and escalated whose extension is asked for, one closed, others."""
    for role in (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN):
        user = person(role)
        user.email = f"{role}@example.org"
        user.save()
    raise_from_release(freeze(county(equipment_value_yuan=1000.0)), by=person(Role.COUNTY_ADMIN))
    who = people[UnitKind.SCHOOL]
    late = until(Problem.objects.get(cause__contains=f"{GOOD}/primary/L5"), people, "submit")
    ask_extension(late, by=who["plan"], data={"wished": str(day(90)), "reason": "雨季停工二十天，操场沥青摊铺须顺延。"})
    escalate_overdue(day(61))
    closed = go(until(Problem.objects.get(cause__contains=f"{GOOD}/primary/L6"), people, "close"), "close", who["close"], on_site="on")
    problem(tree.school_beside, title="实验室药品柜没有双人双锁", severity="serious", department=Department.FINANCE, source="visit:3")
    dispatch(date.today())
    Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(state=DeliveryState.FAILED, error="SMTPServerDisconnected")
    return late, closed


def _pages(late, closed, person):
    clerk, admin, city = person(Role.SCHOOL_CLERK), person(Role.COUNTY_ADMIN), person(Role.CITY_REVIEWER)
    province, system = person(Role.PROVINCE_ADMIN), person(Role.SYSTEM_ADMIN)
    return [
        ("问题列表", reverse("problems"), city), ("待分派", reverse("problems") + "?state=found", admin), ("没有符合的", reverse("problems") + "?unit=没有", city),
        ("问题-学校", reverse("problem", args=[late.pk]), clerk), ("问题-县", reverse("problem", args=[late.pk]), admin),
        ("问题-省", reverse("problem", args=[late.pk]), province), ("已销号", reverse("problem", args=[closed.pk]), admin),
        ("进展-省", reverse("problems_board"), province), ("进展-县", reverse("problems_board"), admin), ("登记问题", reverse("problem_new"), admin),
        ("申请延期", reverse("problem_extension", args=[late.pk]), clerk), ("报送结果", reverse("rectification_do", args=[late.pk, "submit"]), clerk),
        ("审批延期", reverse("extension_do", args=[late.extensions.get().pk, "grant"]), admin), ("通报", reverse("escalation_do", args=[late.escalation.pk, "notice"]), province),
        ("通知", reverse("notices"), admin), ("没有通知", reverse("notices"), system), ("通知方式", reverse("notice_ways"), clerk),
        ("外发消息", reverse("deliveries"), system),
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_used_at_three_widths_by_everybody(width, mending, person, page_at):
    assert unusable(_pages(*mending, person), page_at, (width,)) == {}


def test_a_problem_from_its_assignment_to_its_closing_by_clicking(transactional_db, problem, people, page_at, png, tmp_path):
    found = problem()
    picture = tmp_path / "操场.png"
    picture.write_bytes(png("操场.png").read())
    who = people[UnitKind.SCHOOL]

    def step(name: str, label: str, **entered: str):
        page = page_at(1280, who[name])
        page.goto(reverse("problems"))
        page.get_by_role("link", name=found.title).click()
        if name == "submit":
            page.locator("input[type=file]").set_input_files(picture)
            page.get_by_role("button", name="上传佐证").click()
            page.get_by_text("已上传佐证").wait_for()
        page.get_by_role("link", name=label, exact=True).click()
        for field, value in entered.items():
            page.locator(f"[name={field}]").fill(value)
        page.get_by_role("button", name=label, exact=True).click()
        page.wait_for_url(f"**{reverse('problem', args=[found.pk])}")
        return page

    step("assign", "分派", demand="本学期完成")
    step("plan", "报送措施与时限", measures="扩建操场", responsible="校长", finish_on=str(day(30)))
    step("submit", "报送整改结果", result="已扩建，现为 7.8 ㎡")
    step("verify", "核查通过", opinion="属实")
    page = step("close", "复查合格，销号", opinion="复测合格")
    assert page.locator("h1").inner_text().startswith("已销号。")
    assert page.get_by_role("link", name="操场").count() == 2
    assert page.locator(".timeline li").count() == 5
