"""一校一档: indicators over the years, criteria, what was reported and where it stood."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.dashboards.opened import opened
from junheng.web.dashboards.school import items_of, stages_of
from junheng.web.dashboards.trend import trend
from junheng.web.dashboards.years import years_until
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round


def test_a_schools_page_says_what_it_misses_what_was_found_and_where_its_figures_stood(world, frozen, signed_in):
    answer = signed_in(Role.SCHOOL_CLERK, world.school).get(reverse("board", args=[world.round.pk, world.school.code]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "差在哪里？" in page
    assert "还差" in page
    assert "学校填报表格.xlsx" in page
    assert "未报" in page
    assert world.schools[1].name not in page


def test_every_demand_on_single_schools_says_how_this_school_stands(world, frozen):
    found = opened(frozen)
    items = items_of(found, world.school.code)
    assert {each.criterion for each in items} >= {"class_size", "school_size", "music_art_rooms"}
    for each in items:
        keys = [key for demand in found.verdict.criteria[each.criterion].demands for key in demand.failing]
        assert each.verdict != "fail" or any(key.startswith(world.school.code) for key in keys)


def test_an_earlier_year_stands_beside_this_one(world, frozen):
    before = Round.objects.create(unit=world.round.unit, name="2024 年度", school_year=2024, state="closed")
    earlier = CountyRelease.objects.get(pk=frozen.pk)
    earlier.pk, earlier.round, earlier.hash = None, before, "sha256:earlier"
    earlier.result = earlier.result | {"school_year": 2024}
    earlier.save()
    years = years_until(frozen)
    assert [year.school_year for year in years] == [2024, 2025]
    (stage,) = stages_of(opened(frozen), world.school.code, years)
    assert [len(each.years) for each in stage.figures] == [2] * 7
    unreported = next(each for each in stage.figures if each.code == "L6")
    assert list(unreported.years) == ["—", "—"]
    assert unreported.trend is None


def test_a_missing_year_breaks_the_line_and_one_year_is_no_line():
    drawn = trend([1.0, 2.0, None, 4.0], 3.0)
    assert drawn is not None
    assert (len(drawn.runs), len(drawn.dots)) == (1, 3)
    assert trend([None, 2.0], 3.0) is None
