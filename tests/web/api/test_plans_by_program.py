"""The planning desk for programs: what the pages do, but never with a list of people."""

from __future__ import annotations

from decimal import Decimal

import pytest
from desk.conftest import frozen  # noqa: F401
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.desk.answer import read
from junheng.web.desk.models import Plan
from junheng.web.rights.roles import Role

JSON = "application/json"
QUICK = {"seconds": "20"}


@pytest.fixture
def planning(world, frozen, program):  # noqa: F811
    """planning("improvement", values[, …]): asked for by the county's admin; the answer."""
    asked = program(world.person(Role.COUNTY_ADMIN))

    def make(planner: str, values: dict[str, str], **more):
        return asked.post(f"units/{world.unit.code}/plans/{planner}", {"name": "两年完成", "values": values, **more}, content_type=JSON)

    make.asked = asked
    return make


def test_a_plan_is_asked_for_solved_and_read_to_its_files(world, frozen, planning, run_jobs):  # noqa: F811
    made = planning("improvement", QUICK)
    assert (made.status_code, made.json()["state"]["id"], made.json()["releases"]) == (201, "queued", [frozen.pk])
    run_jobs()
    shown = planning.asked.get(f"plans/{made.json()['id']}").json()
    assert (shown["state"]["id"], shown["progress"]["message"] != "") == ("solved", True)
    answer = read(Plan.objects.get().result)
    assert [(each["id"], None if each["value"] is None else Decimal(each["value"])) for each in shown["figures"]] == [(each.id, each.value) for each in answer.figures]
    measures = planning.asked.get(f"plans/{shown['id']}/measures", limit=200).json()["items"]
    assert [(each["school_code"], each["what"]) for each in measures] == [(each.school_code, each.what) for each in answer.tasks]
    assert world.school.code in {each["school_code"] for each in measures}
    for file in shown["files"]:
        data = planning.asked.get(f"plans/{shown['id']}/files/{file['id']}")
        assert (data.status_code, len(data.content), data["Content-Type"]) == (200, file["size"], "application/octet-stream")
        assert data["Content-Disposition"].startswith("attachment")


def test_plans_stand_side_by_side(planning, run_jobs):
    pks = [planning("improvement", {**QUICK, "years": years}).json()["id"] for years in ("1", "2")]
    run_jobs()
    found = planning.asked.get("plans/compare", p=",".join(map(str, pks))).json()
    assert [each["id"] for each in found["plans"]] == pks
    assert {each["label"] for each in found["asked"]} == {"年数"}
    assert all(len(each["figures"]) == len(each["best"]) == 2 for each in found["figures"])
    assert planning.asked.get("plans/compare", p=f"{pks[0]},999999").status_code == 404
    assert planning.asked.get("plans/compare", p=f"{pks[0]},{pks[0]}").status_code == 422


def test_a_draft_takes_a_table_and_is_started_and_stopped(world, planning):
    draft = planning("improvement", QUICK, start=False).json()
    assert draft["state"]["id"] == "draft"
    path, table = f"plans/{draft['id']}", SimpleUploadedFile("单价表.csv", "项目,单价\n".encode())
    given = planning.asked.post(f"{path}/tables/costs", {"file": table}).json()
    assert [(each["table"], each["name"]) for each in given["files"]] == [("costs", "单价表.csv")]
    refused = planning.asked.post(f"{path}/tables/costs", {"file": SimpleUploadedFile("单价表.docx", b"x")})
    assert (refused.status_code, "不是 .xlsx 或 .csv" in refused.json()["detail"]) == (422, True)
    assert planning.asked.post(f"{path}/steps/start", {}, content_type=JSON).json()["state"]["id"] == "queued"
    assert planning.asked.post(f"{path}/steps/stop", {}, content_type=JSON).json()["state"]["id"] == "stopped"
    assert planning.asked.post(f"{path}/steps/stop", {}, content_type=JSON).status_code == 422


@pytest.mark.parametrize(("values", "said"), [
    ({"nothing": "1"}, "不认得 nothing"), ({"years": "x"}, "不是整数"), ({"years": "99"}, "应为1—15 年"), ({"budget": "-1"}, "应为"), ({"policy": "/etc/passwd"}, "参数不对"),
])  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_in_words(planning, values, said):
    answer = planning("improvement", values)
    assert answer.status_code == 422
    assert said in answer.json()["detail"]
    assert not Plan.objects.exists()


def test_a_release_of_another_county_is_refused(planning):
    assert planning("improvement", QUICK, release=999999).status_code == 422


def test_plans_about_people_are_not_here_whoever_asks(world, planning, frozen):  # noqa: F811
    offered = planning.asked.get("planners", limit=200).json()["items"]
    assert "improvement" in {each["id"] for each in offered}
    assert "lottery" not in {each["id"] for each in offered}
    kept = Plan.objects.create(unit=world.unit, planner="classes", name="试", personal=True, headline="张三", by_id=1, by_name="试")
    assert planning.asked.get("plans").json()["items"] == []
    for path in ("", "/measures", "/files/1"):
        assert planning.asked.get(f"plans/{kept.pk}{path}").status_code == 404
    assert planning.asked.post(f"plans/{kept.pk}/steps/start", {}, content_type=JSON).status_code == 404
    assert planning("classes", {}).status_code == 404
