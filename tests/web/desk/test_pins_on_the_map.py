"""What must stay, open or not be touched, chosen school by school: on a list without a script, on a map by click and by keyboard."""

from __future__ import annotations

from math import hypot
from pathlib import Path
from tempfile import mkdtemp

import pytest
from browser import WIDTHS, picture, unusable
from desk.siting_tables import small, written
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.planners.pinning.siting import SITING_PINS
from junheng.planning.geography import Datum
from junheng.planning.siting.reading import read_county
from junheng.web.audit.models import AuditEvent
from junheng.web.desk.answer import Answer, read
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import Plan
from junheng.web.desk.pins import pins_of
from junheng.web.rights.roles import Role
from junheng.web.site.actions.demonstrated_plans import prepare_a_layout

COUNTY = small()


@pytest.fixture
def draft(tree, signed_in, tmp_path) -> Plan:
    """A layout plan in preparation, its tables handed in through the page."""
    files = {f"t-{id}": SimpleUploadedFile(path.name, path.read_bytes()) for id, path in written(tmp_path, COUNTY).items()}
    answer = signed_in(Role.COUNTY_ADMIN).post(reverse("plan_make", args=[tree.county.code, "siting"]), {"b-name": "两期布局", "v-seconds": "8"} | files)
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.get()


def _url(plan):
    return reverse("plan_pins", args=[plan.pk])


def _pinned(plan):
    file = plan.files.filter(table="siting_pins").first()
    if file is None:
        return {}
    path = plan_path(file)
    return {key: (each.choice, each.reason, each.school_year) for key, each in SITING_PINS.pinned(SITING_PINS.read(path)).items()}


def plan_path(file):
    path = Path(mkdtemp()) / file.name
    path.write_bytes(bytes_of(file))
    return path


def _seen(plan):
    return plan.files.filter(table="siting_pins").values_list("sha256", flat=True).first() or ""


def _school(at=0):
    return COUNTY.sites[at]


def test_what_is_chosen_becomes_the_planners_own_table_and_stays_with_the_plan(draft, signed_in, tmp_path):
    county, new = signed_in(Role.COUNTY_ADMIN), next(each for each in COUNTY.sites if not each.existing)
    page = county.get(_url(draft)).content.decode()
    assert "还没有指定" in page
    answer = county.post(_url(draft), {"seen": "", f"pin:s:{_school().code}": "must_keep", f"why:s:{_school().code}": "县直属学校", f"year:s:{_school().code}": "",
                                       f"pin:s:{new.code}": "must_open", f"year:s:{new.code}": "2029", f"pin:p:{COUNTY.points[0].code}": "must_not_move"}, follow=True)  # fmt: skip
    assert "已记下 3 处改动" in answer.content.decode()
    assert _pinned(draft) == {f"s:{_school().code}": ("must_keep", "县直属学校", None), f"s:{new.code}": ("must_open", "", 2029), f"p:{COUNTY.points[0].code}": ("must_not_move", "", None)}
    tables = {each.table: plan_path(each) for each in draft.files.exclude(table="")}
    read = read_county(tables, "县", Datum.CGCS2000)
    assert {(str(each.kind), each.code, each.since) for each in read.pins} == {("must_keep", _school().code, 0), ("must_open", new.code, 1), ("must_not_move", COUNTY.points[0].code, 0)}
    assert list(AuditEvent.objects.filter(action__startswith="desk.").values_list("action", flat=True)) == ["desk.make", "desk.table"]


def test_a_choice_taken_back_takes_its_line_and_the_last_one_the_table(draft, signed_in):
    county, code = signed_in(Role.COUNTY_ADMIN), _school().code
    county.post(_url(draft), {"seen": "", f"pin:s:{code}": "must_close"})
    assert _pinned(draft)
    county.post(_url(draft), {"seen": _seen(draft), f"pin:s:{code}": ""})
    assert not draft.files.filter(table="siting_pins").exists()


def test_what_another_person_chose_meanwhile_is_not_overwritten(draft, signed_in):
    county, code = signed_in(Role.COUNTY_ADMIN), _school().code
    county.post(_url(draft), {"seen": "", f"pin:s:{code}": "must_keep"})
    answer = county.post(_url(draft), {"seen": "", f"pin:s:{_school(1).code}": "must_close"}, follow=True)
    assert "约束表已被别人改过" in answer.content.decode()
    assert set(_pinned(draft)) == {f"s:{code}"}


def test_a_choice_that_is_not_the_schools_is_refused(draft, signed_in):
    answer = signed_in(Role.COUNTY_ADMIN).post(_url(draft), {"seen": "", f"pin:s:{_school().code}": "must_open"}, follow=True)
    assert "不能这样指定" in answer.content.decode()
    assert _pinned(draft) == {}


def test_a_list_of_hundreds_is_searched_filtered_and_paged_with_the_same_queries(tree, signed_in, tmp_path):
    county, counts = signed_in(Role.COUNTY_ADMIN), []
    for villages in (14, 400):
        (tmp_path / str(villages)).mkdir()
        made = small(villages=villages)
        files = {f"t-{id}": SimpleUploadedFile(path.name, path.read_bytes()) for id, path in written(tmp_path / str(villages), made).items()}
        county.post(reverse("plan_make", args=[tree.county.code, "siting"]), {"b-name": f"{villages}"} | files)
        url = _url(Plan.objects.latest("pk"))
        county.get(url)
        with CaptureQueriesContext(connection) as asked:
            page = county.get(url).content.decode()
        counts.append(len(asked))
        assert page.count('<select name="pin:') == min(50, len(made.sites) + len(made.points))
    assert counts[0] == counts[1]
    found = county.get(f"{url}?school=中心小学&group=school").content.decode()
    assert found.count('<select name="pin:') == sum("中心小学" in each.name for each in made.sites)


def test_only_who_may_plan_there_and_only_before_it_is_solved(draft, signed_in, tree):
    for client in (signed_in(Role.COUNTY_REVIEWER), signed_in(Role.SCHOOL_CLERK), signed_in(Role.COUNTY_ADMIN, tree.other_county)):
        assert client.get(_url(draft)).status_code == 404
        assert client.post(_url(draft), {}).status_code == 404
    Plan.objects.update(possible=True)
    assert "约束不能再改" in signed_in(Role.COUNTY_ADMIN).post(_url(draft), {f"pin:s:{_school().code}": "must_keep"}, follow=True).content.decode()
    assert _pinned(draft) == {}


def test_schools_without_coordinates_are_listed_as_such_and_not_drawn(tree, signed_in, tmp_path):
    tables = written(tmp_path, COUNTY)
    lines = "编号,名称,经度,纬度,现状,城乡,现设1—3年级,现有班数\nS1,有坐标小学,123.4,41.8,现有,乡村,是,6\nS2,没坐标小学,,,现有,乡村,是,6\nS3,零坐标小学,0,0,现有,乡村,是,6\n"
    files = {f"t-{id}": SimpleUploadedFile(path.name, path.read_bytes()) for id, path in tables.items()} | {"t-siting_sites": SimpleUploadedFile("学校和候选点表.csv", lines.encode())}
    client = signed_in(Role.COUNTY_ADMIN)
    client.post(reverse("plan_make", args=[tree.county.code, "siting"]), {"b-name": "缺坐标"} | files)
    page = client.get(_url(Plan.objects.get())).content.decode()
    assert "2 处没有坐标，不在图上" in page
    assert page.count('<path class="place place-school" d=') - page.count('data-sample="school"') == 1
    assert "没有填写经纬度" in page
    assert "经纬度不在国内" in page


def test_improvement_takes_the_places_from_the_countys_layout_plan(world, asked, frozen, tmp_path):
    client = world.signed_in(Role.COUNTY_ADMIN)
    plan = asked("improvement", start=False)
    assert "没有坐标" in client.get(_url(plan)).content.decode()
    lines = f"编号,名称,经度,纬度,现状,城乡,现设1—3年级,现有班数\n{world.school.code},第一小学,123.4,41.8,现有,乡村,是,6\n"
    files = {f"t-{id}": SimpleUploadedFile(path.name, path.read_bytes()) for id, path in written(tmp_path, COUNTY).items()}
    client.post(reverse("plan_make", args=[world.unit.code, "siting"]), {"b-name": "布局"} | files | {"t-siting_sites": SimpleUploadedFile("学校和候选点表.csv", lines.encode())})
    page = client.get(_url(plan)).content.decode()
    assert "坐标取自布局方案“布局”" in page
    client.post(_url(plan), {"seen": "", f"pin:{world.school.code}": "still"})
    assert pins_of(plan, world.person(Role.COUNTY_ADMIN)).pinned[world.school.code].choice == "still"


def test_the_planner_obeys_what_was_pinned(draft, signed_in, run_jobs):
    county = signed_in(Role.COUNTY_ADMIN)
    kept = next(each for each in COUNTY.sites if each.teaching_point)
    county.post(_url(draft), {"seen": "", f"pin:s:{kept.code}": "must_keep"})
    county.post(reverse("plan_start", args=[draft.pk]))
    run_jobs()
    plan = Plan.objects.get()
    assert plan.possible, plan.refused
    assert kept.code not in {each.school_code for each in _answer(plan).tasks if each.what.startswith(("并入", "停办"))}
    page = county.get(reverse("plan", args=[plan.pk])).content.decode()
    assert 'id="map"' in page
    assert page.count('class="tie"') >= len(COUNTY.points)
    earlier = county.get(reverse("plan", args=[plan.pk]) + "?period=0").content.decode()
    assert "2026—2027 学年的学校和学生去向示意图" in earlier


def _answer(plan) -> Answer:
    return read(plan.result)


@pytest.fixture
def looked_at(transactional_db, draft):
    return draft


def test_a_click_on_the_map_chooses_a_school_and_its_choice_is_the_lists(looked_at, page_at, person):
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto(_url(looked_at))
    page.locator(".has-map").wait_for()
    code = _school().code
    page.get_by_label("在图上找").select_option(value=f"s:{code}")
    side = page.locator("[data-side] select")
    side.select_option("must_keep")
    assert page.locator(f'select[name="pin:s:{code}"]').input_value() == "must_keep"
    alone = _standing_alone()
    _click(page, f"s:{alone.code}")
    picture(page, "约束-图上点")
    page.locator("[data-side] label", has_text=alone.name).wait_for(timeout=5000)
    assert page.evaluate("document.activeElement.id") == "pin-on-map"
    side.select_option("must_close")
    picture(page, "约束-图上选")
    page.get_by_role("button", name="记下本页的指定").click()
    page.get_by_text("已记下 2 处改动").wait_for()
    assert {key: each[0] for key, each in _pinned(looked_at).items()} == {f"s:{code}": "must_keep", f"s:{alone.code}": "must_close"}


def _standing_alone():
    """The existing school farthest from anything else on the map: a click there means no other."""
    spots = [(each.lon, each.lat) for each in (*COUNTY.sites, *COUNTY.points)]

    def nearest(site):
        return sorted(hypot(site.lon - lon, site.lat - lat) for lon, lat in spots)[1]

    return max((each for each in COUNTY.sites[1:] if each.existing), key=nearest)


def _click(page, key):
    """At the place of a mark: the map shows all of them at first, forty pixels from its edges."""
    canvas = page.locator(".map-live canvas")
    canvas.scroll_into_view_if_needed()
    spot = page.evaluate(
        """key => {
          const spots = [...document.querySelectorAll("[data-places] path.place")].map((each) => ({
            key: each.dataset.key, at: each.getAttribute("transform").match(/translate\\(([\\d.]+) ([\\d.]+)\\)/).slice(1).map(Number),
          }));
          const [xs, ys] = [0, 1].map((axis) => spots.map(({ at }) => at[axis])), { at } = spots.find((each) => each.key === key);
          const { clientWidth, clientHeight } = document.querySelector(".map-live canvas");
          const span = (of) => Math.max(...of) - Math.min(...of), middle = (of) => (Math.max(...of) + Math.min(...of)) / 2;
          const scale = Math.min((clientWidth - 80) / span(xs), (clientHeight - 80) / span(ys));
          return { x: clientWidth / 2 + (at[0] - middle(xs)) * scale, y: clientHeight / 2 + (at[1] - middle(ys)) * scale };
        }""",
        key,
    )
    canvas.click(position=spot)


def test_the_arrow_keys_go_from_point_to_point_and_enter_leads_to_the_choice(looked_at, page_at, person):
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto(_url(looked_at))
    page.locator(".has-map").wait_for()
    page.locator(".map-live canvas").focus()
    said = page.locator(".map-said")
    page.keyboard.press("ArrowRight")
    first = said.inner_text()
    assert first
    page.keyboard.press("ArrowRight")
    assert said.inner_text() != first
    chosen = page.get_by_label("在图上找").input_value()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pin-on-map"
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="记下本页的指定").click()
    page.get_by_text("已记下 1 处改动").wait_for()
    assert set(_pinned(looked_at)) == {chosen}


def test_a_school_on_another_page_of_the_list_is_chosen_on_the_map_all_the_same(looked_at, page_at, person):
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto(_url(looked_at) + "?group=site")
    page.locator(".has-map").wait_for()
    code = _school().code
    assert page.locator(f'select[name="pin:s:{code}"]').count() == 0
    page.get_by_label("在图上找").select_option(value=f"s:{_school(1).code}")
    page.get_by_label("在图上找").select_option(value=f"s:{code}")
    assert not page.locator("[data-others]").is_visible(), "looking at a school fixes nothing"
    page.locator("[data-side] select").select_option("must_keep")
    assert page.locator("[data-others] select").count() == 1
    assert page.get_by_text("图上选的、不在本页列表里的").is_visible()
    page.get_by_role("button", name="记下本页的指定").click()
    page.get_by_text("已记下 1 处改动").wait_for()
    assert set(_pinned(looked_at)) == {f"s:{code}"}
    assert page.url.endswith("?group=site")


def test_without_script_the_list_does_it_and_the_sketch_is_there(looked_at, page_at, person):
    page = page_at(768, person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto(_url(looked_at))
    assert page.locator(".map svg").first.is_visible()
    page.get_by_label(f"{_school().name}：怎样安排").select_option("must_keep")
    page.get_by_label(f"{_school().name}：理由").fill("县直属学校")
    page.get_by_role("button", name="记下本页的指定").click()
    assert page.get_by_text("已记下 1 处改动").is_visible()
    assert page.locator(".place-must_keep").count() == 2
    assert _pinned(looked_at) == {f"s:{_school().code}": ("must_keep", "县直属学校", None)}


def test_the_pages_can_be_used_at_three_widths(looked_at, page_at, person, run_jobs, signed_in):
    county, who = signed_in(Role.COUNTY_ADMIN), person(Role.COUNTY_ADMIN)
    pages = [("逐校指定", _url(looked_at), who)]
    assert unusable(pages, page_at, WIDTHS, settled=True) == {}
    first = looked_at
    for query in ("", f"?from={first.pk}"):
        if query:
            county.post(reverse("plan_make", args=[first.unit.code, "siting"]) + query, {"b-name": "不撤并", "v-seconds": "8"})
            plan = Plan.objects.latest("pk")
            county.post(_url(plan), {"seen": "", **{f"pin:s:{each.code}": "must_keep" for each in COUNTY.sites if each.existing}})
        county.post(reverse("plan_start", args=[Plan.objects.latest("pk").pk]))
    run_jobs()
    plans = list(Plan.objects.filter(possible=True).order_by("pk"))
    assert len(plans) == 2
    pages = [("布局方案", reverse("plan", args=[plans[0].pk]), who), ("转为任务", reverse("plan_tasks", args=[plans[0].pk]), who),
             ("比较布局方案", f"{reverse('plans_compared')}?p={plans[0].pk}&p={plans[1].pk}", who)]  # fmt: skip
    assert unusable(pages, page_at, WIDTHS, settled=True) == {}


def test_the_demonstrations_layout_is_ready_to_be_pinned_and_asked_for(signed_in, person):
    plan = prepare_a_layout(by=person(Role.COUNTY_ADMIN))
    county = signed_in(Role.COUNTY_ADMIN)
    page = county.get(_url(plan)).content.decode()
    assert "指定了 1 处" in page
    assert 'place place-must_keep" d=' in page
    county.post(reverse("plan_start", args=[plan.pk]))
    assert Plan.objects.get(pk=plan.pk).job is not None
