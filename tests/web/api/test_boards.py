"""The boards for programs: what the pages say, unrounded, and what is missing is null with its reason."""

from __future__ import annotations

import json

import pytest
from dashboards.conftest import frozen  # noqa: F401
from django.urls import reverse

from junheng.web.api.models import Token
from junheng.web.api.operations.whatif import WEIGHT
from junheng.web.reporting.models import CountyRelease
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round


@pytest.fixture
def county(world, frozen, program):  # noqa: F811
    """county(path): asked below the board of the county by its admin."""
    asked = program(world.person(Role.COUNTY_ADMIN))
    return lambda path="", **query: asked.get(f"boards/{world.round.pk}/counties/{world.unit.code}{path}", **query).json()


def test_a_countys_board_says_the_figures_of_its_result_unrounded_and_as_printed(county, frozen):  # noqa: F811
    board = county()
    assert (board["release"], board["hash"], board["verdict"], board["drift"]) == (frozen.pk, frozen.hash, frozen.verdict, [])
    assert len(board["balance"]) == 14
    for each in board["balance"]:
        told = frozen.result["stages"][each["stage"]]["balance"][each["code"]]
        assert (each["cv"]["value"], each["mean"]["value"], each["verdict"]) == (told["cv"], told["mean"], told["verdict"])
        assert (each["cv"]["value"] is None) is bool(each["cv"]["missing"])
        if told["cv"] is not None:
            assert float(each["cv"]["shown"]) == pytest.approx(told["cv"], abs=0.0005)
    missing = [each for each in board["balance"] if each["cv"]["value"] is None]
    assert missing, "the school left its equipment blank"
    assert all(each["cv"]["shown"] == "待定" for each in missing)
    assert {each["id"]: each["verdict"] for each in board["criteria"]} == {id: each["verdict"] for id, each in frozen.result["criteria"].items()}
    margins = [each["margin"]["value"] for each in board["margins"]]
    assert margins == sorted(margins)
    assert [each["school_year"] for each in board["years"]] == [2025]


def test_the_schools_that_would_turn_a_cv_are_named(county, world):
    turning = [one for each in county()["balance"] if each["verdict"] == "fail" for one in each["influences"]]
    assert world.school.code in {each["code"] for each in turning}
    assert any(each["flips_if_brought"] for each in turning)


def test_the_matrix_is_the_result_school_by_school_the_worst_first(county, frozen, world):  # noqa: F811
    lines, cursor = [], ""
    while True:
        page = county("/schools", limit=2, **({"cursor": cursor} if cursor else {}))
        lines, cursor = lines + page["items"], page["next"]
        if cursor is None:
            break
    assert [each["rank"] for each in lines] == list(range(1, len(lines) + 1))
    assert lines[0]["code"] == world.school.code
    told = {(school["code"], stage): school for stage, found in frozen.result["stages"].items() for school in found["schools"]}
    assert {(each["code"], each["stage"]) for each in lines} == told.keys()
    for line in lines:
        school = told[line["code"], line["stage"]]
        assert {cell["code"]: cell["value"]["value"] for cell in line["cells"]} == school["values"]
        assert [cell["code"] for cell in line["cells"] if cell["met"]] == school["met"]
    blank = next(cell for cell in lines[0]["cells"] if cell["code"] == "L6")
    assert (blank["value"]["value"], blank["met"]) == (None, None)
    assert blank["value"]["missing"]


def test_the_matrix_is_cut_by_stage_indicator_and_verdict_and_keeps_its_ranks(county, world):
    whole = county("/schools", limit=200)["items"]
    primary = county("/schools", stage="primary")["items"]
    assert [each["rank"] for each in primary] == [each["rank"] for each in whole if each["stage"] == "primary"]
    assert {each["code"] for each in county("/schools", indicator="L7")["items"]} == {world.school.code}
    assert county("/schools", verdict="pass")["items"] == [each for each in whole if each["verdict"] == "pass"]


def test_a_board_without_a_release_says_so_and_another_countys_is_not_there(world, program, tree):
    asked = program(world.person(Role.COUNTY_ADMIN))
    none = asked.get(f"boards/{world.round.pk}/counties/{world.unit.code}")
    assert (none.status_code, none.json()["type"]) == (404, "urn:junheng:problem:not-frozen")
    for path in (f"boards/{world.round.pk}/counties/{tree.other_county.code}", f"boards/{world.round.pk}/counties/{world.school.code}"):
        assert asked.get(path).json()["type"] == "urn:junheng:problem:not-found"


JSON = "application/json"


@pytest.fixture
def supposing(world, frozen, program):  # noqa: F811
    asked = program(world.person(Role.COUNTY_ADMIN))
    return asked, f"boards/{world.round.pk}/units/{world.unit.code}"


def _mended(world) -> list[dict[str, object]]:
    return [{"school": world.school.code, "column": "multimedia_rooms", "value": 40}, {"school": world.school.code, "column": "equipment_value_yuan", "value": 9e6}]


def test_a_what_if_says_the_same_as_the_page(world, supposing, signed_in):
    asked, path = supposing
    found = asked.post(f"{path}/whatif", {"changes": _mended(world)}, content_type=JSON).json()
    said = [json.dumps(["figure", world.school.code, "", each["column"], str(each["value"])]) for each in _mended(world)]
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("whatif", args=[world.round.pk, world.unit.code]), {"c": said}).context
    turned = [(each["kind"], each["stage"], each["id"], each["old"], each["new"]) for each in found["turned"]["items"]]
    assert turned == [(each.kind, each.stage, each.id, each.old, each.new) for each in page["found"].turned]
    assert ("school", "primary", world.school.code) in {each[:3] for each in turned}
    assert [(each["old"]["value"], each["new"]["value"]) for each in found["cvs"]] == [(each.old.cv, each.new.cv) for each in page["cvs"]]
    assert (found["counties"][0]["old"], found["counties"][0]["new"]) == tuple(page["county"])
    assert found["changes"][0] == {"what": f"{world.school.name}：网络多媒体教室间数", "now": "0 间", "then": "40 间"}


def test_a_figure_taken_away_is_null_and_never_zero(world, supposing):
    asked, path = supposing
    found = asked.post(f"{path}/whatif", {"changes": [{"school": world.schools[1].code, "column": "multimedia_rooms", "value": None}]}, content_type=JSON).json()
    assert found["changes"][0]["then"] == "未报"
    gone = [each for each in found["cvs"] if each["code"] == "L7" and each["new"]["value"] is None]
    assert gone
    assert all(each["new"]["missing"] for each in gone)


def test_what_may_be_changed_is_listed_and_each_of_it_may(world, supposing):
    asked, path = supposing
    offered = asked.get(f"{path}/whatif").json()
    limit = next(each for each in offered["limits"] if each["key"] == "primary")
    for change in ({"limit": limit["limit"], "key": "primary", "value": "0.4"}, {"school": world.school.code, "column": offered["figures"][0]["column"], "value": 1}):
        assert asked.post(f"{path}/whatif", {"changes": [change]}, content_type=JSON).status_code == 200


@pytest.mark.parametrize(("change", "said"), [
    ({"limit": "nothing", "value": 1}, "标准里没有"), ({"school": "0000000000", "column": "multimedia_rooms", "value": 1}, "没有代码为"),
    ({"school": "2121001719", "column": "school_name", "value": 1}, "没有“school_name”"), ({"school": "2121001719", "column": "multimedia_rooms", "value": 2.5}, "应为整数"),
    ({"limit": "x", "value": -1}, "不能小于 0"), ({"limit": "x", "value": "NaN"}, "应是一个数"), ({}, "没有给出"),
])  # fmt: skip
def test_a_change_that_fits_nothing_is_refused_in_words(supposing, change, said):
    asked, path = supposing
    answer = asked.post(f"{path}/whatif", {"changes": [change]}, content_type=JSON)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


def test_a_scenario_is_saved_once_and_read_by_others_within_the_reach(world, supposing, program, person, tree):
    asked, path = supposing
    entered = {"title": "多媒体教室补齐", "changes": _mended(world)}
    first, again = (asked.post(f"{path}/scenarios", entered, {"Idempotency-Key": "k"}, content_type=JSON) for _ in range(2))
    assert (first.status_code, again.json(), again["Idempotent-Replayed"]) == (201, first.json(), "true")
    city = program(person(Role.CITY_REVIEWER))
    (listed,) = city.get("scenarios", round=world.round.pk).json()["items"]
    assert listed == first.json()
    read = city.get(f"scenarios/{listed['id']}").json()
    assert read["outdated"] is False
    assert read["outcome"] == asked.post(f"{path}/whatif", {"changes": _mended(world)}, content_type=JSON).json()
    other = program(person(Role.COUNTY_ADMIN, tree.other_county))
    assert other.get("scenarios").json()["items"] == []
    assert other.get(f"scenarios/{listed['id']}").status_code == 404
    limit = next(each for each in asked.get(f"{path}/whatif").json()["limits"] if each["key"] == "primary")
    of_the_standard = {"title": "试", "changes": [{"limit": limit["limit"], "key": "primary", "value": "0.4"}]}
    assert asked.post(f"{path}/scenarios", of_the_standard, {"Idempotency-Key": "k2"}, content_type=JSON).status_code == 201
    refused = asked.post(f"{path}/scenarios", {"title": "试", "changes": [{"limit": "nothing", "value": 1}]}, content_type=JSON)
    assert refused.status_code == 422


def test_a_schools_board_is_its_line_of_the_matrix_and_every_figure_it_reported(county, world, program, frozen):  # noqa: F811
    board = program(world.clerk()).get(f"boards/{world.round.pk}/schools/{world.school.code}").json()
    (stage,) = board["stages"]
    line = next(each for each in county("/schools")["items"] if each["code"] == world.school.code)
    assert {name: stage[name] for name in line.keys() - {"rank"}} == {name: line[name] for name in line.keys() - {"rank"}}
    assert board["verdict"] == line["verdict"]
    assert [year["school_year"] for year in stage["years"]] == [2025]
    now = {each["code"]: each["value"]["value"] for each in stage["years"][0]["values"]}
    assert now == {cell["code"]: cell["value"]["value"] for cell in stage["cells"]}
    reported = {each["column"]: each for each in board["reported"]}
    assert (reported["multimedia_rooms"]["value"], reported["multimedia_rooms"]["place"]["file"]) == (0, "学校填报表格.xlsx")
    assert (reported["equipment_value_yuan"]["value"], reported["equipment_value_yuan"]["shown"]) == (None, "未报")
    assert {each["verdict"] for each in board["items"]} <= {"pass", "fail", "insufficient", None}


def test_a_clerk_sees_its_own_school_and_no_other(world, program, frozen):  # noqa: F811
    asked = program(world.clerk())
    for path in (f"schools/{world.schools[1].code}", f"counties/{world.unit.code}", f"counties/{world.unit.code}/schools", f"units/{world.unit.code}/trace/L7"):
        assert asked.get(f"boards/{world.round.pk}/{path}").status_code == 404, path


def _leaves(node):
    return [leaf for child in node["children"] for leaf in _leaves(child)] if node["children"] else [node]


def test_a_number_opens_down_to_its_cells_and_its_clause(county, world, program):
    asked = program(world.person(Role.COUNTY_ADMIN))
    cv = next(each for each in county()["balance"] if (each["stage"], each["code"]) == ("primary", "L7"))
    opened = asked.get(f"boards/{world.round.pk}/units/{world.unit.code}/trace/L7", stage="primary").json()
    (tree,) = opened["trees"]
    assert cv["cv"]["shown"] in json.dumps(tree, ensure_ascii=False)
    leaves = _leaves(tree)
    assert any(each["clause"] for each in leaves)
    cells = [each for each in leaves if each["place"]]
    assert {"学校填报表格.xlsx"} == {each["place"]["file"] for each in cells}
    assert all(each["place"]["cell"] for each in cells)
    own = asked.get(f"boards/{world.round.pk}/units/{world.school.code}/trace/L7").json()
    assert len(own["trees"]) == 1
    assert asked.get(f"boards/{world.round.pk}/units/{world.unit.code}/trace/L99").json()["type"] == "urn:junheng:problem:not-found"
    whole = asked.get(f"boards/{world.round.pk}/units/{world.unit.code}/trace/class_size").json()
    assert whole["trees"]


def test_a_provinces_board_counts_its_counties_and_names_those_without_data(world, program, person, frozen, tree):  # noqa: F811
    asked = program(person(Role.PROVINCE_ADMIN))
    path = f"boards/{world.round.pk}/areas/{tree.province.code}"
    board = asked.get(path).json()
    assert (board["total"], board["counts"][frozen.verdict], board["counts"]["none"]) == (2, 1, 1)
    assert board["years"] == [{"school_year": 2025, "counts": board["counts"], "total": 2}]
    assert {each["city"]["code"]: (each["passed"], each["total"]) for each in board["cities"]} == {tree.city.code: (0, 1), tree.other_city.code: (0, 1)}
    assert board["targets"]
    assert all(each["clause"] for each in board["targets"])
    lines = asked.get(f"{path}/counties").json()["items"]
    assert [each["unit"]["code"] for each in lines] == [world.unit.code, tree.other_county.code]
    assert (lines[1]["verdict"], lines[1]["schools"], lines[1]["why"]) == (None, None, "还没有冻结的数据")
    assert asked.get(f"{path}/counties", verdict="none").json()["items"] == [lines[1]]
    assert asked.get(f"{path}/counties", city=tree.city.code).json()["items"] == [lines[0]]


def test_earlier_years_stand_beside_this_one(world, program, person, frozen, tree):  # noqa: F811
    earlier = Round.objects.create(unit=tree.province, name="2024 年", school_year=2024, state="closed")
    for formal, verdict in ((True, "fail"), (False, "pass")):
        kept = CountyRelease.objects.get(pk=frozen.pk)
        kept.pk, kept.round, kept.is_formal, kept.verdict, kept.number = None, earlier, formal, verdict, 1 + formal
        kept.result, kept.hash = kept.result | {"verdict": verdict}, f"sha256:{verdict}"
        kept.save()
    asked = program(person(Role.PROVINCE_ADMIN))
    years = asked.get(f"boards/{world.round.pk}/areas/{tree.province.code}").json()["years"]
    assert next((each["school_year"], each["counts"]["fail"], each["counts"]["pass"]) for each in years) == (2024, 1, 0), "the formal one speaks for the year"
    county = asked.get(f"boards/{world.round.pk}/counties/{world.unit.code}").json()["years"]
    assert [(each["school_year"], each["verdict"]) for each in county] == [(2024, "fail"), (2025, frozen.verdict)]


def test_search_finds_within_reach_and_the_clauses_are_those_of_the_round(world, program, frozen, tree):  # noqa: F811
    asked = program(world.person(Role.COUNTY_ADMIN))
    found = {each["id"]: [hit["ref"] for hit in each["hits"]] for each in asked.get("search", q=world.school.name).json()["groups"]}
    assert found["schools"] == [world.school.code]
    none = {each["id"]: each["hits"] for each in asked.get("search", q=tree.other_school.name).json()["groups"]}
    assert none["schools"] == []
    clauses = asked.get("clauses", limit=200).json()["items"]
    assert {"L1", "L7", "class_size"} <= {each["anchor"] for each in clauses}
    assert all(each["source"] for each in clauses)


def test_who_judged_a_criterion_is_not_told(county, world, program):
    judged = next(each for each in world.county.facts.judgement if each["judged_by"])
    assert str(judged["judged_by"]) not in json.dumps(county(), ensure_ascii=False)
    asked = program(world.person(Role.COUNTY_ADMIN))
    opened = asked.get(f"boards/{world.round.pk}/units/{world.unit.code}/trace/{judged['criterion']}").content.decode()
    assert "评定日期" in opened
    assert "评定人" not in opened


def test_a_what_if_counts_as_ten_calls(world, supposing):
    asked, path = supposing
    asked.post(f"{path}/whatif", {"changes": _mended(world)}, content_type=JSON)
    spent = Token.objects.get(pk=asked.token.pk).calls
    assert spent == WEIGHT == 10
