"""The form of a plan: made from the planner's declaration, held to its bounds, filled again from a plan before."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.offered import OFFERED
from junheng.web.desk.states import PlanState
from junheng.web.rights.roles import Role


def _make(tree, planner: str) -> str:
    return reverse("plan_make", args=[tree.county.code, planner])


@pytest.mark.parametrize("planner", sorted(OFFERED))
def test_every_planner_has_its_form_with_every_parameter_and_table(planner, tree, signed_in):
    page = signed_in(Role.COUNTY_ADMIN).get(_make(tree, planner)).content.decode()
    for each in OFFERED[planner].parameters:
        assert f'name="v-{each.id}"' in page
    for each in OFFERED[planner].tables:
        assert f'name="t-{each.id}"' in page


@pytest.mark.parametrize("planner", sorted(OFFERED))
def test_every_planner_gives_its_blank_tables(planner, tree, signed_in):
    answer = signed_in(Role.COUNTY_ADMIN).get(reverse("plan_templates", args=[tree.county.code, planner]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist()


def test_templates_hold_the_countys_own_schools(world, frozen):
    answer = world.signed_in(Role.COUNTY_ADMIN).get(reverse("plan_templates", args=[world.unit.code, "improvement"]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        said = {str(value) for name in archive.namelist() for sheet in openpyxl.load_workbook(io.BytesIO(archive.read(name))) for row in sheet.iter_rows(values_only=True) for value in row}
    assert {each.code for each in world.schools} <= said


@pytest.mark.parametrize(("id", "text", "fault"), [("years", "99", "1—15"), ("years", "三", "不是整数"), ("budget", "-1", "不小于 0"), ("budget", "1,x", "不是数字")])
def test_what_is_out_of_bounds_is_told_beside_its_field(id, text, fault, tree, signed_in):
    answer = signed_in(Role.COUNTY_ADMIN).post(_make(tree, "improvement"), {"b-name": "试", f"v-{id}": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert fault in page
    assert f'id="id_v-{id}_error"' in page
    assert not Plan.objects.exists()


def test_a_table_that_is_no_table_is_refused_before_it_is_kept(tree, signed_in):
    file = SimpleUploadedFile("单价.pdf", b"%PDF-1.4", "application/pdf")
    answer = signed_in(Role.COUNTY_ADMIN).post(_make(tree, "improvement"), {"b-name": "试", "t-costs": file})
    assert answer.status_code == 422
    assert "不是 .xlsx 或 .csv" in answer.content.decode()


def test_what_is_missing_is_told_and_the_draft_stays(tree, signed_in):
    client = signed_in(Role.COUNTY_ADMIN)
    page = client.post(_make(tree, "improvement"), {"b-name": "试", "start": "1"}, follow=True).content.decode()
    assert "没有选冻结版本" in page
    assert Plan.objects.get().state is PlanState.DRAFT


def test_a_draft_is_changed_and_keeps_the_tables_that_are_not_given_again(world, asked):
    costs = SimpleUploadedFile("单价表.csv", b"a,b\n", "text/csv")
    plan = asked("improvement", {"years": "2"}, start=False, costs=costs)
    client = world.signed_in(Role.COUNTY_ADMIN)
    url = reverse("plan_change", args=[plan.pk])
    assert 'value="2"' in client.get(url).content.decode()
    client.post(url, {"b-name": "改过", "b-release": plan.releases[0], "v-years": "3"})
    changed = Plan.objects.get(pk=plan.pk)
    assert (changed.name, changed.values, changed.files.get().name) == ("改过", {"years": "3"}, "单价表.csv")


def test_copy_and_change_begins_with_the_values_and_the_tables_of_the_first(world, asked):
    costs = SimpleUploadedFile("单价表.csv", b"a,b\n", "text/csv")
    first = asked("improvement", {"years": "2"}, start=False, costs=costs)
    page = world.signed_in(Role.COUNTY_ADMIN).get(f"{_make_of(world, first)}").content.decode()
    assert "已有《单价表.csv》" in page
    assert 'value="2"' in page
    second = asked("improvement", {"years": "4"}, name="再来", start=False, query=f"?from={first.pk}")
    assert second.files.get().sha256 == first.files.get().sha256
    assert Plan.objects.get(pk=first.pk).values == {"years": "2"}


def _make_of(world, plan: Plan) -> str:
    return f"{reverse('plan_make', args=[world.unit.code, plan.planner])}?from={plan.pk}"


def test_a_forecast_becomes_the_table_of_the_plan_that_asks_for_one(world, asked, run_jobs):
    asked("forecast", {"years": "3"}, name="三年预测")
    run_jobs()
    made = PlanFile.objects.get(name="学校预测表.xlsx")
    page = world.signed_in(Role.COUNTY_ADMIN).get(_make_of(world, Plan(unit=world.unit, planner="improvement", pk=0))).content.decode()
    assert "三年预测" in page
    plan = asked("improvement", {"seconds": "20", "forecast_year": "2027", "forecast-from": ""}, start=False)
    assert not plan.files.exists()
    client = world.signed_in(Role.COUNTY_ADMIN)
    client.post(reverse("plan_change", args=[plan.pk]), {"b-name": "试", "b-release": plan.releases[0], "v-forecast_year": "2027", "t-forecast-from": made.pk})
    assert plan.files.get(table="forecast").sha256 == made.sha256


def test_nothing_is_copied_from_a_plan_outside_the_area(tree, world, asked, signed_in):
    first = asked("improvement", {"years": "2"}, name="外区看不到", start=False)
    page = signed_in(Role.COUNTY_ADMIN, tree.other_county).get(f"{reverse('plan_make', args=[tree.other_county.code, 'improvement'])}?from={first.pk}")
    assert "外区看不到" not in page.content.decode()


def test_a_plan_under_way_or_solved_is_not_changed(world, asked):
    plan = asked("improvement", {"seconds": "1"})
    answer = world.signed_in(Role.COUNTY_ADMIN).post(reverse("plan_change", args=[plan.pk]), {"b-name": "改", "b-release": plan.releases[0]})
    assert "方案已经开始求解，不能再改" in answer.content.decode()


def test_a_city_plans_for_a_county_and_forecasts_for_all_of_its_counties(world, frozen, run_jobs, tree):
    client = world.signed_in(Role.CITY_REVIEWER)
    page = client.get(reverse("plan_new"), {"unit": tree.city.code}).content.decode()
    assert "学龄人口预测" in page
    assert "达标方案" not in page
    client.post(reverse("plan_make", args=[tree.city.code, "forecast"]), {"b-name": "全市", "v-years": "3", "start": "1"})
    run_jobs()
    plan = Plan.objects.select_related("job").get()
    assert plan.state is PlanState.SOLVED, plan.refused or plan.job.message
    assert plan.releases == [frozen.pk]
    assert world.signed_in(Role.COUNTY_ADMIN).get(reverse("plan", args=[plan.pk])).status_code == 404  # the city's own
