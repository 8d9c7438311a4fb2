"""Whoever runs schools hands in a whole folder of their tables: a city and the province for their own, whichever county they count with."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.areas.actions import ensure_unit, place_school
from junheng.web.flow.errors import NotAllowed
from junheng.web.jobs.models import Job, JobState
from junheng.web.reporting.actions import make_submissions
from junheng.web.reporting.actions.moves import ACTIONS
from junheng.web.reporting.actions.read_folder import read_folder_of
from junheng.web.reporting.models import Submission
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Participation

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def runs(world, tree, person):
    """runs(place): the world's first two schools are run by it; the second counts with another county where the place reaches one."""

    def moved(place):
        other = ensure_unit("210103", "沈河区", UnitKind.COUNTY, tree.city)
        Participation.objects.get_or_create(round=world.round, unit=other)
        for school, county in zip(world.schools[:2], (tree.county, other), strict=True):
            Submission.objects.filter(unit=school).delete()
            place_school(ensure_unit(school.code, school.name, UnitKind.SCHOOL, place), county, by=person(Role.SYSTEM_ADMIN).actor)
            school.refresh_from_db()
        make_submissions(world.round)
        return world.schools[:2]

    return moved


def _url(world, unit, name="reporting_upload"):
    return reverse(name, args=[world.round.pk, unit.code])


def _file(world, unit, **changed):
    return SimpleUploadedFile(f"{unit.code}.xlsx", world.workbook(unit, **changed), XLSX)


def _upload(world, client, place, files) -> tuple[Job, str]:
    page = client.post(_url(world, place), {"files": files}).headers["Location"]
    world.run_jobs()
    return Job.objects.get(kind="reporting.read_folder"), client.get(page).content.decode()


@pytest.mark.parametrize("role", [Role.CITY_REVIEWER, Role.PROVINCE_ADMIN])
def test_a_folder_of_its_own_schools_is_read_each_with_its_county(role, world, tree, runs, signed_in, person):
    place = tree.city if role is Role.CITY_REVIEWER else tree.province
    first, second = runs(place)
    client = signed_in(role)
    assert "批量上传直属学校的表" in client.get(_url(world, place, "reporting_unit")).content.decode()
    assert "由各校填报员核对、提交" in client.get(_url(world, place)).content.decode()
    second_file = _file(world, second, county_code=second.county_code, county_name="沈河区")
    strange = (_file(world, world.schools[2]), _file(world, world.unit))
    job, page = _upload(world, client, place, [_file(world, first), second_file, *strange])
    assert job.state == JobState.DONE
    assert {each["unit"] for each in job.outcome["taken"]} == {first.name, second.name}
    assert any(world.schools[2].name in line and f"不属于{place.name}直属、参加本轮的单位" in line for line in job.outcome["strange"])
    assert "2 个单位的数据已读入" in page
    for school in (first, second):
        submission = world.submission(school)
        assert submission.state == "draft"
        assert {row["county_code"] for row in submission.latest.rows["school"]} == {school.county_code}
        with pytest.raises(NotAllowed):
            ACTIONS["submit"](submission, by=person(role), data={"explanation": "试"})
        ACTIONS["submit"](submission, by=world.clerk(school), data={"explanation": "已核对"})
    assert Submission.objects.get(unit=world.schools[2]).latest is None


def test_a_row_that_names_another_county_is_not_taken(world, tree, runs, signed_in):
    first, _ = runs(tree.city)
    job, _ = _upload(world, signed_in(Role.CITY_REVIEWER), tree.city, [_file(world, first, county_code="210103")])
    assert job.outcome["taken"] == []


def test_nobody_else_hands_in_for_them(world, tree, runs, signed_in, person, tmp_path):
    first, _ = runs(tree.city)
    for role, place in ((Role.PROVINCE_ADMIN, tree.city), (Role.COUNTY_ADMIN, tree.city), (Role.CITY_REVIEWER, tree.county), (Role.CITY_REVIEWER, tree.province),
                        (Role.COUNTY_REVIEWER, tree.county)):  # fmt: skip
        assert signed_in(role).get(_url(world, place)).status_code == 404
        assert signed_in(role).post(_url(world, place), {"files": [_file(world, first)]}).status_code == 404
        with pytest.raises(UserError, match="没有批量上传的权限"):
            read_folder_of(world.round, place, tmp_path, by=person(role), job=None, on_step=lambda *said: None)
    job, _ = _upload(world, signed_in(Role.COUNTY_ADMIN), tree.county, [_file(world, first), _file(world, world.schools[2])])
    assert [each["unit"] for each in job.outcome["taken"]] == [world.schools[2].name]
    assert [each["unit"] for each in job.outcome["refused"]] == [first.name]
