"""What anybody reads through the API is what the public pages show, and nothing of what they hold back."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from portal.conftest import announced, round  # noqa: F401
from portal.test_lotteries import LIST, SEED, drawn, listed  # noqa: F401
from portal.test_open_data import published  # noqa: F401

from junheng.web.api.actions import count_visit, forget_visitors, pace
from junheng.web.api.models import Visitor
from junheng.web.portal.actions import publish_zoning, withdraw_lottery
from junheng.web.publicity.actions import revoke
from junheng.web.rights.roles import Role


def _get(path: str, **query):
    answer = Client().get(f"/api/v1/public/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_only_what_is_in_force_is_a_result(announced, tree, person):  # noqa: F811
    made = announced(tree.county)
    announced(tree.other_county, in_force=False)
    (result,) = _get("results")["items"]
    assert (result["county"]["code"], result["conclusion"], result["label"], result["announcement"]) == (tree.county.code, "pass", "通过", made.pk)
    cities = {each["city"]["code"]: each for each in _get("cities")["items"]}
    assert (cities[tree.city.code]["passed"], cities[tree.other_city.code]["none"]) == ([tree.county.code], 1)
    county, other = _get(f"counties/{tree.county.code}"), _get(f"counties/{tree.other_county.code}")
    assert (county["result"], county["lines"]) == (result, made.result)
    assert (other["result"], other["lines"], [each["state"]["id"] for each in other["announcements"]]) == (None, [], ["open"])
    assert _get(f"schools/{tree.school.code}")["result"] == result
    revoke(made, by=person(Role.PROVINCE_ADMIN), data={"reason": "数据造假", "document": "辽政督〔2026〕1号"})
    assert _get("results")["items"] == []
    assert _get(f"counties/{tree.county.code}")["result"] is None


def test_schools_are_found_by_name_and_county(tree):
    assert {each["code"] for each in _get("schools", q="第一 小学")["items"]} == {tree.school.code, tree.other_school.code}
    assert {each["code"] for each in _get("schools", county=tree.county.code)["items"]} == {tree.school.code, tree.school_beside.code}
    assert [each["code"] for each in _get("counties", q="和平")["items"]] == [tree.county.code]
    assert _get("schools", county="nowhere")["items"] == []


def test_the_files_of_the_open_data_are_those_of_the_catalogue_and_small_counts_are_held(announced, tree, published):  # noqa: F811
    announced(tree.county)
    published()
    (version,) = _get("data")["items"]
    assert _get("data/1") == version
    for file in version["files"]:
        data = Client().get(file["url"]).content
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (file["sha256"], file["size"])
    pupils = next(each for each in version["files"] if (each["dataset"], each["format"]) == ("pupils", "json"))
    rows = json.loads(Client().get(pupils["url"]).content)["rows"]
    assert any(each["status"] == "不公布" for each in rows), "three migrants in a village school"
    assert "counted" not in version
    assert {each["id"] for each in _get("datasets")["items"]} == {each["dataset"] for each in version["files"]}


def test_the_library_says_clause_by_clause_what_is_taken_and_what_is_not_verified(tree):
    listed_ = _get("policies", limit=200)["items"]
    one = next(each for each in listed_ if each["id"] == "jiaodu_2017_6")
    shown = _get("policies/jiaodu_2017_6")
    assert sum(len(each["lines"]) for each in shown["clauses"]) == one["lines"] > 0
    assert "assumption" not in {each["id"] for each in listed_}
    assert Client().get("/api/v1/public/policies/assumption").status_code == 404


def test_a_lottery_says_its_list_seed_and_that_it_was_drawn_again(drawn, person):  # noqa: F811
    shown = _get(f"lotteries/{drawn.pk}")
    assert (shown["list_hash"], shown["seed_text"], shown["verified"], shown["faults"]) == (hashlib.sha256(LIST.encode()).hexdigest(), drawn.seed_text, True, [])
    assert Client().get(shown["list_url"]).content == LIST.encode()
    assert json.loads(Client().get(shown["result_url"]).content)
    assert [each["id"] for each in _get("lotteries")["items"]] == [drawn.pk]
    withdraw_lottery(drawn, by=person(Role.COUNTY_ADMIN), data={"reason": "名单有误"})
    gone = _get(f"lotteries/{drawn.pk}")
    assert (gone["ended_reason"], gone["list_hash"], gone["seed"], gone["list_url"], gone["applicants"]) == ("名单有误", None, None, None, None)
    assert _get("lotteries")["items"] == []


def test_a_lottery_not_drawn_has_no_verdict_yet(listed):  # noqa: F811
    shown = _get(f"lotteries/{listed.pk}")
    assert (shown["verified"], shown["seed"], shown["result_url"], shown["admitted"]) == (None, None, None, None)


def test_zones_are_asked_by_place(tree, person):
    publish_zoning(by=person(Role.COUNTY_ADMIN), unit=tree.county, school_year=2025, document="试", lines=[{"place": "南湖小区", "school": "第一小学", "code": None}])
    (zone,) = _get("zones", q="南湖")["items"]
    assert (zone["place"], zone["code"], zone["county"]["code"]) == ("南湖小区", None, tree.county.code)
    assert Client().get("/api/v1/public/zones").status_code == 422


def test_an_address_has_a_pace_and_is_kept_nowhere(tree, monkeypatch):
    monkeypatch.setattr(pace, "MOST_OF_VISITORS", 2)
    monkeypatch.setattr(pace.time, "time", lambda: 6e9)
    url = reverse("api-v1:api_public_results")
    assert [Client().get(url, REMOTE_ADDR="198.51.100.7").status_code for _ in range(3)] == [200, 200, 429]
    assert Client().get(url, REMOTE_ADDR="198.51.100.8").status_code == 200
    assert not Visitor.objects.filter(key__contains="198.51").exists()
    monkeypatch.setattr(pace.time, "time", lambda: 6e9 + 60)
    assert count_visit("198.51.100.7") == 0
    assert forget_visitors(None) == 1


@pytest.mark.parametrize("path", ["results", "policies", "data", "lotteries"])
def test_what_has_not_changed_is_not_sent_again(path, tree):
    first = Client().get(f"/api/v1/public/{path}")
    again = Client().get(f"/api/v1/public/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "public, max-age=60")


def test_results_take_as_many_queries_for_two_counties_as_for_one(announced, tree):  # noqa: F811
    announced(tree.county)
    counted = []
    for _ in range(2):
        _get("results")
        with CaptureQueriesContext(connection) as captured:
            assert len(_get("results")["items"]) == len(counted) + 1
        counted.append(len(captured))
        if len(counted) == 1:
            announced(tree.other_county)
    assert counted[0] == counted[1]
