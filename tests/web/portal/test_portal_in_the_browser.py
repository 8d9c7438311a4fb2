"""The public pages on an old phone: 320 px, no script, no serious finding of axe, nothing beyond the edge."""

from __future__ import annotations

from datetime import timedelta

import pytest
from browser import PageAt, overflows, picture, serious_findings
from django.urls import reverse
from django.utils import timezone

from junheng.planning.admission.lottery import Applicant, Terms, canonical_list
from junheng.web.portal.actions import draw_lottery, publish_list, publish_zoning
from junheng.web.portal.making import make_release
from junheng.web.portal.models import Lottery
from junheng.web.rights.roles import Role

_LIST = canonical_list(Terms("和平区第一小学", 2), [Applicant(f"B{number:03d}") for number in range(1, 6)])


@pytest.fixture
def filled(transactional_db, announced, tree, person) -> Lottery:
    announced(tree.county)
    announced(tree.other_county, in_force=False)
    make_release(by=person(Role.PROVINCE_ADMIN))
    county = person(Role.COUNTY_ADMIN)
    publish_zoning(by=county, unit=tree.county, school_year=2025, document="某号", lines=[{"place": "浑河小区", "school": tree.school.name, "code": tree.school.code}])
    made = publish_list(by=county, unit=tree.county, list_text=_LIST, seed_from="排列五", seed_on=timezone.localdate() + timedelta(days=1))
    Lottery.objects.update(seed_on=timezone.localdate())
    return draw_lottery(Lottery.objects.get(pk=made.pk), by=county, data={"seed": "3 1 4 1 5"})


def _paths(tree, lottery) -> list[str]:
    return [
        reverse("portal"), f"{reverse('public_search')}?q=小学", reverse("public_county", args=[tree.county.code]),
        reverse("public_school", args=[tree.school.code]), reverse("open_data"), reverse("open_data_version", args=[1]),
        reverse("open_data_dictionary"), reverse("open_data_methods"), reverse("public_policies"), reverse("public_policy", args=["jiaodu_2017_6"]),
        f"{reverse('zones')}?q=浑河", reverse("lotteries"), f"{reverse('lottery', args=[lottery.pk])}?number=B001",
        reverse("lottery_check", args=[lottery.pk]),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_public_page_is_accessible_and_fits(filled, tree, page_at: PageAt, width):
    page = page_at(width)
    for path in _paths(tree, filled):
        page.goto(path)
        assert serious_findings(page) == [], path
        assert overflows(page) == [], path


def test_a_parent_without_script_finds_the_school_its_zone_and_the_countys_result(filled, tree, page_at: PageAt):
    page = page_at(320, java_script_enabled=False)
    page.goto(reverse("portal"))
    page.get_by_label("学校或县（市、区）的名称").fill("第一小学")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=tree.school.name, exact=True).click()
    assert "浑河小区" in page.inner_text("main")
    page.get_by_role("link", name="逐项结果").click()
    assert "省级评估验收通过" in page.inner_text("h1")


def test_a_parent_without_script_checks_a_number_and_a_file(filled, page_at: PageAt, tmp_path):
    page = page_at(320, java_script_enabled=False)
    page.goto(reverse("lotteries"))
    page.get_by_role("link", name="和平区第一小学").click()
    page.get_by_label("报名号").fill("B003")
    page.get_by_role("button", name="查看").click()
    assert "在公示名单中" in page.inner_text("main")
    page.get_by_role("link", name="核对手里的文件").click()
    forged = tmp_path / "list.txt"
    forged.write_bytes(_LIST.replace("B003", "B777").encode())
    page.get_by_label("公示名单").set_input_files(forged)
    page.get_by_role("button", name="核对", exact=True).click()
    assert "与公示的不同" in page.inner_text("h1")
    assert "B777" in page.inner_text("main")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_provinces_decision_on_figures_of_schools_fits_before_and_after(filled, tree, person, page_at: PageAt, width):
    page = page_at(width, person(Role.PROVINCE_ADMIN))
    page.goto(reverse("school_figures"))
    assert serious_findings(page) == []
    assert overflows(page) == []
    picture(page, f"公开学校数值-{width}")
    page.get_by_label("依据的文件（文号和标题）").fill("辽教发〔2026〕1号 关于公布义务教育学校办学条件的通知")
    page.get_by_role("button", name="从现在起公开").click()
    page.get_by_text("正在公开").first.wait_for()
    assert overflows(page) == []
