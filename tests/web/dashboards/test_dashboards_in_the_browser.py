"""The dashboards as people see them, at three widths, by keyboard, and what the map and the drawer do."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import SHOTS, WIDTHS, unusable
from django.urls import reverse

from junheng.web.dashboards.models import Scenario
from junheng.web.evaluation.models import Evaluation
from junheng.web.rectification.actions import raise_problem
from junheng.web.rights.roles import Role


@pytest.fixture
def looked_at(transactional_db, world, frozen):
    Evaluation.objects.create(round=world.round, unit=world.unit, state="accepted")
    raise_problem(by=world.person(Role.PROVINCE_ADMIN), unit=world.school, round=world.round, title="每百名学生拥有网络多媒体教室数（小学）", criterion="L7",
                  clause="教督〔2017〕6号 第六条", current="0.00 间", required="≥ 2.3 间", gap="还差 10 间", source="manual")  # fmt: skip
    world.scenario = Scenario.objects.create(
        round=world.round, unit=world.unit, title="多媒体教室补齐", changes=[["figure", world.school.code, "", "multimedia_rooms", "40.0"]],
        releases=[frozen.pk], by_id=1, by_name="县级管理员甲",
    )  # fmt: skip
    return world


def _pages(world):
    admin, clerk, province = world.person(Role.COUNTY_ADMIN), world.clerk(), world.person(Role.PROVINCE_ADMIN)
    county, school = [world.round.pk, world.unit.code], [world.round.pk, world.school.code]
    return [
        ("县", reverse("board", args=county), admin), ("校", reverse("board", args=school), clerk), ("省", reverse("board", args=[world.round.pk, world.round.unit.code]), province),
        ("出处-差异系数", reverse("board_trace", args=[*county, "L7"]) + "?stage=primary", admin), ("出处-条目", reverse("board_trace", args=[*county, "class_size"]), admin),
        ("出处-校", reverse("board_trace", args=[*school, "L7"]), clerk), ("查找", reverse("search") + "?q=小学", admin), ("条款", reverse("clauses"), admin),
        ("试算", reverse("whatif", args=county), admin), ("试算结果", reverse("scenario", args=[world.scenario.pk]), admin),
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_used_at_three_widths_by_everybody(width, looked_at, page_at):
    assert unusable(_pages(looked_at), page_at, (width,), settled=True) == {}


def test_a_number_opens_in_a_drawer_beside_the_table_and_escape_closes_it(looked_at, page_at):
    page = page_at(1280, looked_at.person(Role.COUNTY_ADMIN))
    page.goto(reverse("board", args=[looked_at.round.pk, looked_at.unit.code]))
    page.locator("#cv a").first.focus()
    page.keyboard.press("Enter")
    drawer = page.locator("dialog.drawer")
    drawer.get_by_text("差异系数 CV").first.wait_for()
    assert "S ÷ X̄ = " in drawer.inner_text()
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0


def test_the_map_takes_the_sketchs_place_and_a_county_is_reached_by_keyboard(looked_at, page_at):
    page = page_at(1280, looked_at.person(Role.PROVINCE_ADMIN))
    page.goto(reverse("board", args=[looked_at.round.pk, looked_at.round.unit.code]))
    page.locator(".has-map").wait_for()
    assert not page.locator(".map svg").first.is_visible()
    page.get_by_label("到哪个县（市、区）").select_option(label=f"{looked_at.unit.name}：未达标")
    page.get_by_role("link", name=f"打开 {looked_at.unit.name}：未达标").click()
    page.wait_for_url(f"**/{looked_at.unit.code}/")


def test_without_webgl_or_script_the_sketch_and_the_table_stay(looked_at, page_at):
    page = page_at(1280, looked_at.person(Role.PROVINCE_ADMIN), java_script_enabled=False)
    page.goto(reverse("board", args=[looked_at.round.pk, looked_at.round.unit.code]))
    assert page.locator(".map svg").is_visible()
    page.locator(".map svg a").first.click()
    page.wait_for_url(f"**/{looked_at.unit.code}/")


def test_the_countys_page_prints_on_a4(looked_at, page_at, tmp_path):
    page = page_at(1280, looked_at.person(Role.COUNTY_ADMIN))
    page.goto(reverse("board", args=[looked_at.round.pk, looked_at.unit.code]))
    page.pdf(path=Path(SHOTS or tmp_path) / "县.pdf", format="A4", prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 950})  # A4 less its margins
    assert page.evaluate("""() => [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > 675)
        .map((each) => each.outerHTML.slice(0, 80))""") == []  # fmt: skip
