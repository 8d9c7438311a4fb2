"""省、市 page: counts by conclusion, targets with the counties behind them, the map and the same as a table."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.web.areas.actions import ensure_unit
from junheng.web.evaluation.models import Evaluation
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


def _page(client, world, unit, **query) -> str:
    answer = client.get(reverse("board", args=[world.round.pk, unit.code]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_province_counts_its_counties_and_the_one_that_has_frozen_nothing_is_not_counted_as_failing(world, frozen, signed_in):
    page = _page(signed_in(Role.PROVINCE_ADMIN), world, world.round.unit)
    assert "2 个县（市、区）中 0 个测算达标，1 个未达标，0 个待定，1 个还没有冻结数据" in page
    assert "county-fail" in page
    assert "示意图，不作划界依据" in page


def test_a_target_counts_acceptance_and_names_the_counties_behind_its_number(world, frozen, signed_in):
    Evaluation.objects.create(round=world.round, unit=world.unit, state="accepted")
    page = _page(signed_in(Role.PROVINCE_ADMIN), world, world.round.unit)
    assert "1 / 2" in page
    assert "1 个通过省级评估验收" in page
    assert "0 个测算达标" in page


def test_an_open_target_says_whose_decision_is_missing_although_the_releases_hold_figures(world, frozen, signed_in):
    """Two counties, one measured as failing and one without data, none decided: measuring stands for no acceptance."""
    Evaluation.objects.create(round=world.round, unit=world.unit, state="county_self")
    page = _page(signed_in(Role.PROVINCE_ADMIN), world, world.round.unit)
    assert "缺 2 个县（市、区）的省级评估验收结论（其中测算未达标 1 个、没有冻结数据 1 个）；再有 1 个通过就完成" in page
    assert "1 个还没有结论：县级自评" in page
    assert "1 个还没有结论：没有建立评估" in page


def test_what_a_decided_target_counts_lacks_nothing(world, frozen, tree, signed_in):
    for unit, state in ((world.unit, "accepted"), (tree.other_county, "not_accepted")):
        Evaluation.objects.create(round=world.round, unit=unit, state=state)
    page = _page(signed_in(Role.PROVINCE_ADMIN), world, world.round.unit)
    assert "个县（市、区）的省级评估验收结论（其中" not in page
    assert "1 个未通过验收" in page


def test_a_city_sees_its_own_counties_alone(world, frozen, tree, signed_in):
    city = signed_in(Role.CITY_REVIEWER)
    page = _page(city, world, tree.city)
    assert world.unit.name in page
    assert tree.other_county.name not in page.partition("<h2>各县（市、区）</h2>")[2]
    assert city.get(reverse("board", args=[world.round.pk, world.round.unit.code])).status_code == 404


def test_fifty_counties_take_as_many_queries_as_one(world, frozen, tree, signed_in):
    client = signed_in(Role.PROVINCE_ADMIN)

    def asked() -> int:
        _page(client, world, world.round.unit)
        with CaptureQueriesContext(connection) as captured:
            _page(client, world, world.round.unit)
        return len(captured)

    few = asked()
    for number in range(50):
        county = ensure_unit(f"2101{number + 30}", f"第{number}区", UnitKind.COUNTY, tree.city)
        Evaluation.objects.create(round=world.round, unit=county)
        CountyRelease.objects.create(
            round=world.round, unit=county, number=1, hash=frozen.hash, key=frozen.key, policy=frozen.policy, as_of=frozen.as_of, engine="", engine_version="",
            verdict=frozen.verdict, result=frozen.result, detail=frozen.detail, is_formal=True,
        )  # fmt: skip
    assert asked() <= few
