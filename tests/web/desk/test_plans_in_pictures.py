"""Plans side by side as bars and maps: the numbers of the table, never a bar for a number that is not there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from browser import picture
from desk.siting_tables import small
from django.urls import reverse
from django.utils import timezone

from junheng.planners.model import Figure, Planned
from junheng.planning.siting.solve import solve
from junheng.reports.plans.siting_places import write_siting_places
from junheng.web.desk.answer import as_text
from junheng.web.desk.bars import charts_of
from junheng.web.desk.comparison import compare
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.rights.roles import Role
from junheng.web.store import keep_content


@pytest.fixture
def plans(tree):
    """plans((cost, km, gap), …): one plan each; None = no such number."""

    def make(*of):
        out = []
        for number, (cost, km, gap) in enumerate(of):
            figures = (Figure("cost", "费用", cost, "元", 2, "less"), Figure("km", "平均上学路程", km, "公里", 2, "less"), Figure("schools", "学校", Decimal(9), "所"))
            out.append(Plan.objects.create(unit=tree.county, planner="siting", name=f"方案{number}", by_id=1, by_name="试", possible=True, gap=gap, solved_at=timezone.now(),
                                           version="0", headline="有方案。", result=as_text(Planned("有方案。", figures=figures))))  # fmt: skip
        return out

    return make


def _widths(charts, label):
    return [bar.width for bar in next(each for each in charts if each.label == label).bars]


def test_a_bar_is_as_long_as_its_number_from_nought_and_none_where_there_is_no_number(plans):
    charts = charts_of(compare(plans((Decimal("300"), Decimal("2.5"), 0.02), (Decimal("75.00"), None, 0.01), (Decimal(0), Decimal("1.25"), None))))
    assert _widths(charts, "费用") == [240.0, 60.0, 0.0]
    assert _widths(charts, "平均上学路程") == [240.0, None, 120.0]
    assert _widths(charts, "离最好的差（上限）") == [240.0, 120.0, None]
    assert [bar.best for bar in charts[1].bars] == [False, False, True]
    assert charts[2].bars[1].words == "没有数"


def test_only_what_differs_and_is_better_one_way_is_drawn(plans):
    charts = charts_of(compare(plans((Decimal(5), Decimal(2), 0.01), (Decimal(5), Decimal(3), 0.01))))
    assert [each.label for each in charts] == ["平均上学路程"]


def test_two_layouts_stand_side_by_side_on_the_comparison(plans, signed_in, tmp_path):
    found = plans((Decimal(5), Decimal(2), 0.01), (Decimal(6), Decimal(3), 0.0))
    data = write_siting_places(tmp_path, solve(small(), seconds=5)).read_bytes()
    for each in found:
        PlanFile.objects.create(plan=each, name="布局方案.geojson", size=len(data), sha256=keep_content(data))
    page = signed_in(Role.COUNTY_REVIEWER).get(reverse("plans_compared"), {"p": [each.pk for each in found]}).content.decode()
    assert page.count("data-places") == 2
    assert page.count('class="bars"') == 3


def test_a_school_chosen_on_the_map_shows_its_lines_and_says_how_many_come(transactional_db, plans, person, page_at, tmp_path):
    layout = solve(small(), seconds=5)
    (plan,) = plans((Decimal(5), Decimal(2), 0.01))
    data = write_siting_places(tmp_path, layout).read_bytes()
    PlanFile.objects.create(plan=plan, name="布局方案.geojson", size=len(data), sha256=keep_content(data))
    school = max(range(len(layout.county.sites)), key=lambda at: layout.pupils(at, 1))
    come = {each.way.point for each in layout.going if each.way.site == school and each.period == 1 and each.pupils}
    page = page_at(1280, person(Role.COUNTY_REVIEWER))
    page.goto(reverse("plan", args=[plan.pk]))
    page.locator(".has-map").wait_for()
    page.get_by_label("在图上找").select_option(value=f"s:{layout.county.sites[school].code}")
    picture(page, "布局方案-图上选一所")
    assert f"；{len(come)} 个村、小区或片区去这里" in page.locator(".map-said").inner_text()
