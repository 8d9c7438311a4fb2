"""The pages of reporting as people see them, and the first day of a school clerk (look.md, journey 1)."""

from __future__ import annotations

import pytest
from browser import WIDTHS, unusable
from django.urls import reverse

from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role


@pytest.fixture
def filled(transactional_db, world):
    """Every state on one board: submitted, with errors, with warnings, nothing yet; a frozen release."""
    world.hand_in(world.schools[1])
    world.hand_in(world.unit)
    world.upload(world.school, pe_teachers=-1, certified_teachers=999)
    world.upload(world.schools[2], music_teachers=None, art_teachers=None)
    world.frozen = freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN), formal=False)
    return world


def _pages(world):
    county = [world.round.pk, world.unit.code]
    one = [world.submission().pk]
    admin, clerk, province = world.person(Role.COUNTY_ADMIN), world.clerk(), world.person(Role.PROVINCE_ADMIN)
    return [
        ("填报表", reverse("submission", args=one), clerk), ("网页填报", reverse("submission_form", args=one), clerk),
        ("变化", reverse("submission_changes", args=one), clerk), ("我的填报", reverse("reporting"), clerk),
        ("县级填报", reverse("submission_form", args=[world.submission(world.unit).pk]), admin),
        ("县", reverse("reporting_unit", args=county), admin), ("实时结论", reverse("reporting_live", args=county), admin),
        ("出处", reverse("reporting_trace", args=[*county, "L1"]) + "?stage=primary", admin), ("批量上传", reverse("reporting_upload", args=county), admin),
        ("冻结版本", reverse("county_releases", args=county), admin), ("一个版本", reverse("county_release", args=[world.frozen.pk]), admin),
        ("例外", reverse("submission_exception", args=one), admin), ("提交", reverse("submission_do", args=[world.submission(world.schools[2]).pk, "submit"]), world.clerk(world.schools[2])),
        ("省", reverse("reporting_unit", args=[world.round.pk, world.round.unit.code]), province), ("轮次", reverse("rounds"), province),
        ("一个轮次", reverse("round", args=[world.round.pk]), province), ("新轮次", reverse("round_new"), province),
        ("参加单位", reverse("round_counties", args=[world.round.pk]), province), ("佐证", reverse("evidence", args=[world.round.pk, world.school.code]), clerk),
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_can_be_used_at_three_widths_by_everybody(width, filled, page_at):
    assert unusable(_pages(filled), page_at, (width,)) == {}


def test_a_clerks_first_day_from_the_notice_to_the_submission(transactional_db, world, page_at, run_jobs, tmp_path):
    path = tmp_path / "填好的表.xlsx"
    path.write_bytes(world.workbook(pe_teachers=-1, music_teachers=None))
    page = page_at(1280, world.clerk())
    page.goto(reverse("reporting"))
    page.get_by_role("link", name=str(world.submission())).click()
    assert "请下载预填好的表" in page.locator("h1").inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载已预填的表").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并校核").click()
    page.wait_for_url("**/jobs/**")
    run_jobs()
    page.get_by_role("link", name="看结果").click()
    assert "还有 1 处错误" in page.locator("h1").inner_text()
    page.get_by_role("link", name="到这一项").first.click()
    field = page.locator("#school-0-pe_teachers")
    assert "负数" in page.locator("#about-school-0-pe_teachers").inner_text()
    field.fill("4")
    section = page.locator("section", has=field)
    section.get_by_role("button").click()
    page.get_by_text("已保存 1 项").wait_for()
    assert page.locator("#about-school-0-pe_teachers").count() == 0
    page.locator("#school-0-music_teachers").fill("二")
    page.locator("section", has=page.locator("#school-0-music_teachers")).get_by_role("button").click()
    page.get_by_text("“二”不是数字").wait_for()
    assert page.locator("#school-0-music_teachers").input_value() == "二"
    page.locator("#school-0-music_teachers").fill("2")
    page.locator("section", has=page.locator("#school-0-music_teachers")).get_by_role("button").click()
    page.get_by_text("已保存 1 项").wait_for()
    page.goto(reverse("submission", args=[world.submission().pk]))
    assert "可以提交了" in page.locator("h1").inner_text()
    page.get_by_role("link", name="提交", exact=True).click()
    page.get_by_role("button", name="提交", exact=True).last.click()
    page.get_by_text("已“提交”").wait_for()
    assert world.submission().state == "submitted"


def test_one_edit_changes_the_countys_verdict_on_the_page_without_leaving(filled, page_at):
    filled.client(filled.unit).post(reverse("submission_do", args=[filled.submission(filled.unit).pk, "withdraw"]),
                                    {"seen_moves": filled.submission(filled.unit).moves})  # fmt: skip
    page = page_at(1280, filled.person(Role.COUNTY_ADMIN))
    page.goto(reverse("submission_form", args=[filled.submission(filled.unit).pk]))
    before = page.locator("#live").inner_text()
    assert "未达标" not in before
    page.locator("#county-0-veto_falsification").select_option("是")
    page.locator("section", has=page.locator("#county-0-veto_falsification")).get_by_role("button").click()
    page.locator("#live").get_by_text("未达标").wait_for()
