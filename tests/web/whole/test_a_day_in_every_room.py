"""A day of each role in the rooms that answer: dashboards and where a number comes from, what-if, search, desk, commitments, survey,
and what the public reads. Every page on the way is looked at, each role at its own width."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from browser import PageAt
from django.urls import reverse
from playwright.sync_api import Page
from whole.walk import Walk, fill, lead
from whole.whole_site import PROVINCES_DEPARTMENT, Site

from junheng.web.commitments.models import Commitment
from junheng.web.dashboards.models import Scenario
from junheng.web.rights.roles import Role
from junheng.web.survey.actions import issue
from junheng.web.survey.models import Answer, Survey

pytestmark = pytest.mark.xdist_group("every page")


def test_each_role_finds_what_it_needs_and_every_page_on_the_way_is_fit_to_be_looked_at(
    site: Site, page_at: PageAt, run_jobs: Callable[[], list[Any]]
) -> None:
    walk = Walk(page_at, run_jobs)
    _a_county_asks_what_turns_its_verdict(walk, site)
    _a_school_sees_what_it_lacks(walk, site)
    _a_city_looks_for_the_county_behind(walk, site)
    _a_department_reports_and_the_province_checks(walk, site)
    _an_expert_hears_people_on_site(walk, site)
    _somebody_answers_with_a_slip(walk, site)
    _a_parent_reads_without_scripts(walk, page_at)
    _the_auditor_sees_it_all(walk, site)
    assert walk.wrong == {}


def _from_menu(walk: Walk, site: Site, who: str, width: int, entry: str) -> Page:
    page = walk.open(site[who], width, reverse("home"))
    if page.locator(".site-nav .folded summary").is_visible():
        page.locator(".site-nav .folded summary").click()
    page.locator(".site-nav a:visible", has_text=entry).first.click()
    page.wait_for_load_state()
    walk.look(page)
    return page


def _go(walk: Walk, page: Page, link: str | re.Pattern[str]) -> None:
    page.locator("main").get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
    walk.look(page)


def _a_county_asks_what_turns_its_verdict(walk: Walk, site: Site) -> None:
    """看板 → a number's way down to the cells → 试算, kept → 查找 → two plans side by side."""
    page = _from_menu(walk, site, Role.COUNTY_ADMIN, 1280, "看板")
    page.locator("#cv a").first.click()
    page.locator("dialog.drawer").get_by_text("依据").first.wait_for()
    walk.look(page)
    page.keyboard.press("Escape")
    _go(walk, page, "如果改一个数（试算）")
    page.locator("#limit").select_option(index=1)
    page.locator("#limit-to").fill("0.9")
    page.locator("form", has=page.locator("#limit")).get_by_role("button", name="试算").click()
    page.get_by_text("保存、分享").wait_for()
    walk.look(page)
    page.get_by_label("名称").fill("标准放宽以后")
    page.get_by_role("button", name="保存试算").click()
    lead(page, "标准放宽以后")
    assert Scenario.objects.filter(title="标准放宽以后").exists()
    page.locator("#search").fill("小学")
    page.keyboard.press("Enter")
    lead(page, re.compile(r"找到 \d+ 条"))
    walk.look(page)
    plans = _from_menu(walk, site, Role.COUNTY_ADMIN, 1280, "规划台")
    for name in ("一年补齐", "三年补齐"):
        plans.get_by_label(f"比较“{name}”").check()
    plans.get_by_role("button", name="比较选中的方案").click()
    lead(plans, "2 个方案并排")
    walk.look(plans)


def _a_school_sees_what_it_lacks(walk: Walk, site: Site) -> None:
    """On a phone: its own page and where a figure of it comes from."""
    page = _from_menu(walk, site, Role.SCHOOL_CLERK, 360, "看板")
    lead(page, "还缺什么")
    page.locator("main table a").first.click()
    page.locator("dialog.drawer").wait_for()
    walk.look(page)


def _a_city_looks_for_the_county_behind(walk: Walk, site: Site) -> None:
    page = _from_menu(walk, site, Role.CITY_REVIEWER, 768, "看板")
    _go(walk, page, re.compile("^康平县$"))  # in the table: on the live map the sketch's links lie below the canvas
    lead(page, "康平县")


def _a_department_reports_and_the_province_checks(walk: Walk, site: Site) -> None:
    department, province = site[PROVINCES_DEPARTMENT], site[Role.PROVINCE_ADMIN]
    assert department is not None
    _from_menu(walk, site, PROVINCES_DEPARTMENT, 768, "政策落实")
    led = next(each for each in Commitment.objects.filter(state="asked").order_by("pk") if each.is_led_by(department))
    walk.press(walk.open(department, 768, reverse("commitment", args=[led.pk])), "报告进展", claim="under_way", words="资金已列入预算，9 月下达。")
    walk.press(walk.open(province, 1280, reverse("commitment", args=[led.pk])), "核实，继续推进")


def _an_expert_hears_people_on_site(walk: Walk, site: Site) -> None:
    survey = Survey.objects.get(state="open")
    page = walk.open(site[Role.PROVINCE_EXPERT], 360, reverse("survey_interviews", args=[survey.pk]))
    page.locator("#group").select_option(index=1)
    fill(page, place="仿真中心小学门口", asked="12", satisfied="11", remark="希望多开体育社团。")
    page.get_by_role("button", name="登记这次访谈").click()
    lead(page, "已登记 1 次现场访谈")
    walk.look(page)


def _somebody_answers_with_a_slip(walk: Walk, site: Site) -> None:
    survey, province = Survey.objects.get(state="open"), site[Role.PROVINCE_ADMIN]
    assert province is not None
    stratum = survey.strata.select_related("survey", "school").first()
    assert stratum is not None
    _, (code,) = issue(stratum, 1, by=province)
    before = Answer.objects.count()
    page = walk.open(None, 360, reverse("survey_door"))
    fill(page, code=code)
    page.get_by_role("button", name="开始答题").click()
    page.get_by_role("button", name="提交问卷").wait_for()
    walk.look(page)
    for question in page.locator("fieldset").all():
        question.get_by_role("radio").first.check()
    page.get_by_role("button", name="提交问卷").click()
    page.wait_for_load_state()
    walk.look(page)
    assert Answer.objects.count() == before + 1


def _a_parent_reads_without_scripts(walk: Walk, page_at: PageAt) -> None:
    """学区 → the school → its county → what the standard says → whether the lottery was as announced."""
    page = page_at(360, java_script_enabled=False)
    page.goto(reverse("zones"))
    page.locator("main [name=q]").fill("演示小区1")
    page.get_by_role("button", name="查找").click()
    page.locator("main table a").first.click()
    page.goto(reverse("portal"))
    page.locator("main table a").first.click()
    lead(page, "省级评估验收通过")
    page.goto(reverse("lotteries"))
    page.locator("main table a").first.click()
    lead(page, "人报名")
    for name in ("portal", "zones", "lotteries", "public_policies", "open_data"):
        walk.open(None, 768, reverse(name))


def _the_auditor_sees_it_all(walk: Walk, site: Site) -> None:
    page = walk.open(site[Role.AUDITOR], 1280, reverse("audit_events") + "?action=试算")
    assert "保存试算方案" in page.locator("main").inner_text()
