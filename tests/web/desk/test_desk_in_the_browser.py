"""The desk as people see it, at three widths; and without scripts."""

from __future__ import annotations

import pytest
from browser import SHOTS, WIDTHS, unusable
from django.urls import reverse

from junheng.web.desk.models import Plan
from junheng.web.rights.roles import Role


@pytest.fixture
def looked_at(transactional_db, world, asked, run_jobs):
    """A solved plan, one that is refused, a second solved one to compare with, a draft."""
    solved = asked("improvement", {"seconds": "20"}, name="一年补齐")
    other = asked("improvement", {"seconds": "20", "years": "3", "budget": "10"}, name="每年 10 万元，三年")
    run_jobs()
    world.draft = asked("improvement", name="草稿", start=False)
    waiting = asked("improvement", {"seconds": "600"}, name="再算久一点")
    world.plans = [Plan.objects.get(pk=each.pk) for each in (solved, other, waiting)]
    assert [each.possible for each in world.plans] == [True, True, None], [each.refused for each in world.plans]
    return world


def _pages(world):
    admin, province = world.person(Role.COUNTY_ADMIN), world.person(Role.PROVINCE_ADMIN)
    solved, other, waiting = world.plans
    return [
        ("规划台", reverse("plans"), admin), ("新建", reverse("plan_new"), admin), ("填条件", reverse("plan_make", args=[world.unit.code, "improvement"]), admin),
        ("方案", reverse("plan", args=[solved.pk]), admin), ("求解中", reverse("plan", args=[waiting.pk]), admin), ("草稿", reverse("plan_change", args=[world.draft.pk]), admin),
        ("比较", f"{reverse('plans_compared')}?p={solved.pk}&p={other.pk}", admin), ("删除", reverse("plan_delete", args=[solved.pk]), admin), ("省", reverse("plans"), province),
    ]  # fmt: skip


def test_every_page_can_be_used_at_three_widths(looked_at, page_at):
    assert unusable(_pages(looked_at), page_at, WIDTHS, stage="desk-") == {}


def test_plans_are_ticked_and_compared_without_scripts(looked_at, page_at):
    page = page_at(768, looked_at.person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto(reverse("plans"))
    for plan in looked_at.plans[:2]:
        page.get_by_label(f"比较“{plan.name}”").check()
    page.get_by_role("button", name="比较选中的方案").click()
    assert page.get_by_role("heading", level=1).inner_text() == "2 个方案并排"
    assert "较好" in page.locator("main").inner_text()


def test_the_planners_own_page_is_shown_with_its_styles_and_without_a_site_to_belong_to(looked_at, page_at):
    page = page_at(1280, looked_at.person(Role.COUNTY_ADMIN))
    page.goto(reverse("plan_page", args=[looked_at.plans[0].pk]))
    assert page.locator("h1").inner_text()
    assert page.evaluate("origin") == "null"
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/desk-结果页.png", full_page=True)
