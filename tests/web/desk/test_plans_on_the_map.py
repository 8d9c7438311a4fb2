"""A plan drawn: which school becomes what, which village goes where; told by shape, by lines and by the table beside it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from desk.siting_tables import small
from django.urls import reverse
from django.utils import timezone

from junheng.planning.siting.plan import Decision
from junheng.planning.siting.solve import solve
from junheng.planning.zoning.model import Block, ZoneRequest, ZoneSchool
from junheng.planning.zoning.plan import plan_zones
from junheng.reports.page.outline import land_within
from junheng.reports.plans.siting_places import write_siting_places
from junheng.reports.plans.zones_places import write_zone_places
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.places import drawing_of
from junheng.web.desk.sketch import SHAPES, Mark, sketch_of
from junheng.web.rights.roles import Role
from junheng.web.store import keep_content


@pytest.fixture(scope="module")
def layout():
    return solve(small(), seconds=8)


@pytest.fixture
def zones():
    blocks = [Block(f"B{at}", f"第{at}村", 10 + at, 123.4 + at / 100, 41.8, tuple(f"B{other}" for other in (at - 1, at + 1) if 0 <= other < 4), "Z2" if at == 0 else "") for at in range(4)]
    schools = [ZoneSchool("Z1", "东小学", 60, 123.4, 41.8, "B0"), ZoneSchool("Z2", "西小学", 60, 123.43, 41.8, "B3")]
    return plan_zones(ZoneRequest(blocks, schools, change_m=0, seconds=5))


@pytest.fixture
def kept(tree):
    """kept(planner, path): a solved plan with this file among its results."""

    def make(planner, path):
        plan = Plan.objects.create(unit=tree.county, planner=planner, name="试", by_id=1, by_name="试", possible=True, solved_at=timezone.now(), version="0", headline="有方案。")
        data = path.read_bytes()
        PlanFile.objects.create(plan=plan, name=path.name, size=len(data), sha256=keep_content(data))
        return plan

    return make


def test_the_file_is_geojson_whose_lines_lead_every_pupil_to_a_school(layout, tmp_path):
    found = json.loads(write_siting_places(tmp_path, layout).read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    ways = [each["properties"] for each in found["features"] if each["geometry"]["type"] == "LineString"]
    places = [each["properties"] for each in found["features"] if each["properties"]["role"] == "place"]
    for period in (0, 1):
        assert sum(each["pupils"] for each in ways if each["period"] == period) == sum(each["pupils"][period] for each in places)
    assert all(sum(each["modes"].values()) == each["pupils"] for each in ways)


def test_what_becomes_of_every_school_is_drawn_by_shape_and_stands_in_the_table(layout, tmp_path, kept):
    plan = kept("siting", write_siting_places(tmp_path, layout))
    drawing = drawing_of(plan, list(plan.files.all()))
    decided = {site.code: layout.decision(at) for at, site in enumerate(layout.county.sites)}
    assert {each.mark.key: each.mark.kind for each in drawing.sketch.marks if each.mark.key.startswith("s:")} == {f"s:{code}": str(decision) for code, decision in decided.items()}
    assert len({SHAPES[str(each)] for each in Decision if each is not Decision.UNUSED}) == len(Decision) - 1
    assert [row[1] for row in drawing.rows] == [each.label for each in Decision for one in sorted(decided.values()) if one is each and each is not Decision.UNUSED]
    assert drawing.period == 1
    assert drawing_of(plan, list(plan.files.all()), "0").period == 0
    assert drawing_of(plan, list(plan.files.all()), "99").period == 1


def test_zones_are_drawn_with_a_line_from_every_block_and_say_what_changed(zones, tmp_path, kept, signed_in):
    plan = kept("zones", write_zone_places(tmp_path, zones))
    drawing = drawing_of(plan, list(plan.files.all()))
    kinds = {each.mark.key: each.mark.kind for each in drawing.sketch.marks}
    assert kinds["s:Z1"] != kinds["s:Z2"]
    assert all(kinds[f"p:{block}"] == kinds[f"s:{school}"] for block, school in zones.school_of.items())
    assert {(each.start, each.end) for *_, each in drawing.sketch.ties} == {(f"p:{block}", f"s:{school}") for block, school in zones.school_of.items()}
    assert ("第0村", "东小学", "西小学（改划）", "10") in drawing.rows
    page = signed_in(Role.COUNTY_REVIEWER).get(reverse("plan", args=[plan.pk])).content.decode()
    assert "第0村：划给东小学，10 名儿童" in page


def test_a_plan_about_people_is_not_drawn(zones, tmp_path, kept):
    plan = kept("zones", write_zone_places(tmp_path, zones))
    plan.personal = True
    assert drawing_of(plan, list(plan.files.all())) is None


def test_north_is_up_east_is_right_and_a_kilometre_is_as_long_both_ways():
    middle = Mark("a", "place", 123.0, 41.0, "")
    east, north = (replace(middle, key=key, lon=123.0 + lon, lat=41.0 + lat) for key, lon, lat in (("b", 0.1 / 0.7547, 0.0), ("c", 0.0, 0.1)))
    spots = {each.mark.key: (each.x, each.y) for each in sketch_of([middle, east, north], {}, home="", label="").marks}
    (x, y), (right, level), (straight, up) = spots["a"], spots["b"], spots["c"]
    assert right > x
    assert up < y
    assert (level, straight) == (y, x)
    assert abs((right - x) - (y - up)) < 0.01 * (y - up)


def test_the_outlines_lie_where_the_counties_are():
    """沈阳站 and 大连港, by their published coordinates."""
    assert "210102" in {each.code for each in land_within(123.39, 41.79, 123.40, 41.80)}
    assert "210202" in {each.code for each in land_within(121.65, 38.92, 121.66, 38.93)}
    assert land_within(100.0, 30.0, 101.0, 31.0) == ()
