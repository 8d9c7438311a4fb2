"""The county's day: who has not reported, reminders, bulk upload of a folder, acceptance in one act."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.intake.model import Facts
from junheng.intake.official_forms import write_school_form
from junheng.intake.template import TemplateKind, write_template
from junheng.web.areas.actions import ensure_unit
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.models import Step
from junheng.web.jobs.models import Job, JobState
from junheng.web.reporting.actions import accept_all, make_submissions
from junheng.web.reporting.models import Submission, Version
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role


@pytest.fixture
def admin(signed_in, tree) -> Client:
    return signed_in(Role.COUNTY_ADMIN)


def _url(world, name="reporting_unit", unit=None, **parts) -> str:
    return reverse(name, kwargs={"round_id": world.round.pk, "code": (unit or world.unit).code, **parts})


def _board(world, client, unit=None, query="") -> str:
    return client.get(_url(world, unit=unit) + query).content.decode()


def test_the_board_says_how_many_of_how_many_have_reported(world, admin):
    world.hand_in(world.schools[0])
    world.upload(world.schools[1])
    page = _board(world, admin)
    assert "和平区：4 所报了 1 所，还有 3 所没有提交" in page
    assert "催报没有提交的 3 所" in page
    assert world.schools[0].name not in _board(world, admin, query="?state=waiting")
    assert world.schools[1].name in _board(world, admin, query=f"?q={world.schools[1].code}")
    assert admin.get(reverse("reporting")).headers["Location"] == _url(world)


def test_a_school_that_has_not_reported_is_said_not_shown_as_zero(world, admin):
    row = _board(world, admin).split(f">{world.schools[0].name}</a>")[1].split("</tr>")[0]
    assert row.count("未报") == 3
    assert ">0<" not in row


def test_reminding_one_or_all_leaves_an_event_each_and_not_twice_a_day(world, admin):
    world.hand_in(world.schools[0])
    one = world.submission(world.schools[1])
    admin.post(_url(world, "reporting_remind"), {"submission": one.pk, "words": "请于周五前报齐"})
    event = AuditEvent.objects.get(action="reporting.remind")
    assert (event.subject, event.detail["words"]) == (one.reference, "请于周五前报齐")
    admin.post(_url(world, "reporting_remind"), {})
    assert AuditEvent.objects.filter(action="reporting.remind").count() == 4  # two schools more, and the county's own form
    admin.post(_url(world, "reporting_remind"), {})
    assert "今天都已催过" in _board(world, admin)


def test_other_roles_do_not_remind_and_other_counties_see_nothing(world, tree, signed_in):
    assert signed_in(Role.COUNTY_REVIEWER).post(_url(world, "reporting_remind")).status_code == 404
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(_url(world)).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK, world.school).get(_url(world)).status_code == 404


def test_city_and_province_see_how_far_each_county_is(world, tree, signed_in):
    world.hand_in(world.schools[0])
    city = _board(world, signed_in(Role.CITY_REVIEWER), tree.city)
    assert f"{tree.city.name}：4 所报了 1 所" in city
    assert "和平区" in city
    province = _board(world, signed_in(Role.PROVINCE_ADMIN), tree.province)
    assert f"{tree.province.name}：4 所报了 1 所" in province


# ---- a whole folder ------------------------------------------------------------------------------------------------


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def _bulk(world, admin, files) -> Job:
    response = admin.post(_url(world, "reporting_upload"), {"files": files})
    world.run_jobs()
    page = admin.get(response.headers["Location"])
    assert page.status_code == 200
    job = Job.objects.get(kind="reporting.read_folder")
    job.page = page.content.decode()
    return job


def test_files_are_matched_to_schools_by_what_stands_in_them(world, admin):
    files = [_file(f"{number}.xlsx", world.workbook(unit)) for number, unit in enumerate((*world.schools, world.unit))]
    job = _bulk(world, admin, files)
    assert job.state == JobState.DONE
    assert len(job.outcome["taken"]) == 5
    assert "5 个单位的数据已读入" in job.page
    for unit in (*world.schools, world.unit):
        version = world.submission(unit).latest
        assert version.by_name == "县级管理员甲"
        assert version.error_count == 0
        assert world.submission(unit).state == "draft"


def test_an_archive_with_strange_names_goes_nowhere_but_its_folder(world, admin, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../etc/甲.xlsx", world.workbook(world.schools[0]))
        archive.writestr("上报\\乙.xlsx", world.workbook(world.schools[1]))
        archive.writestr("AAAA/BB.xlsx", world.workbook(world.schools[2]))
        archive.writestr("__MACOSX/._丙.xlsx", b"junk")
        archive.writestr("说明.txt", "请查收")
        archive.writestr("坏的.xlsx", b"PK\x03\x04 broken")
    packed = out.getvalue().replace(b"AAAA/BB.xlsx", "上报/丙.xlsx".encode("gb18030"))  # as Chinese Windows packs it
    job = _bulk(world, admin, [_file("全县.zip", packed)])
    assert {each["unit"] for each in job.outcome["taken"]} == {each.name for each in world.schools[:3]}
    assert any("坏的.xlsx" in line for line in job.outcome["strange"])
    assert any("说明.txt" in line for line in job.outcome["strange"])
    assert "坏的.xlsx" in job.page
    names = {each["files"] for each in job.outcome["taken"]}
    assert names == {"甲.xlsx", "乙.xlsx", "丙.xlsx"}


def test_an_archive_that_would_fill_the_disk_is_refused(world, admin, monkeypatch):
    monkeypatch.setattr("junheng.web.reporting.bulk._MOST_UNPACKED", 3 * 1024 * 1024)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲.xlsx", b"0" * (8 * 1024 * 1024))
    job = _bulk(world, admin, [_file("炸弹.zip", out.getvalue())])
    assert job.state == JobState.FAILED
    assert "解压后超过" in job.message
    assert "《炸弹.zip》" in job.page


def test_a_file_of_a_school_outside_the_round_is_listed_and_a_submitted_school_is_left_alone(world, admin, tree):
    world.hand_in(world.schools[0])
    foreign = {**world.rows[world.school.code], "school_code": "2121009001", "school_name": "甘井子区第一小学"}
    path = world.folder / "foreign.xlsx"
    write_school_form(path, foreign)
    job = _bulk(world, admin, [_file("a.xlsx", world.workbook(world.schools[0], pe_teachers=9)), _file("b.xlsx", path.read_bytes())])
    assert job.outcome["taken"] == []
    assert [each["unit"] for each in job.outcome["refused"]] == [world.schools[0].name]
    assert any("甘井子区第一小学" in line for line in job.outcome["strange"])
    assert world.submission(world.schools[0]).latest.number == 1


def test_a_bulk_upload_that_runs_again_after_a_crash_doubles_nothing(world, admin):
    job = _bulk(world, admin, [_file("a.xlsx", world.workbook(world.schools[0]))])
    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    world.run_jobs()
    assert Version.objects.count() == 1


def test_one_wide_table_of_several_schools_is_shared_out(world, admin):
    path = world.folder / "wide.xlsx"
    write_template(TemplateKind.SCHOOL_WIDE, path, previous=Facts(2024, school=list(world.county.facts.school)))
    job = _bulk(world, admin, [_file("全县学校.xlsx", path.read_bytes())])
    assert {each["unit"] for each in job.outcome["taken"]} == {each.name for each in world.schools}
    shas = {world.submission(each).latest.file_sha256 for each in world.schools}
    assert len(shas) == 1


# ---- acceptance ----------------------------------------------------------------------------------------------------


def _many(world, tree, number: int) -> list[int]:
    """So many more schools of the county, all submitted with the figures of one."""
    for each in range(number):
        ensure_unit(f"21219{each:05d}", f"仿真第{each}小学", UnitKind.SCHOOL, tree.county)
    make_submissions(world.round)
    world.upload(world.school)
    made = list(Submission.objects.filter(unit__code__startswith="21219", unit__kind="school", state="waiting"))
    first = world.submission().latest
    for each in made:
        version = Version.objects.create(submission=each, number=1, origin="upload", rows=first.rows, cells=[], content_sha256=first.content_sha256, by_name="甲")
        Submission.objects.filter(pk=each.pk).update(state="submitted", latest=version)
    return [each.pk for each in made]


def test_hundreds_are_accepted_in_one_act_with_a_step_and_an_event_each(world, tree, signed_in):
    pks = _many(world, tree, 450)
    client = signed_in(Role.COUNTY_REVIEWER)
    client.post(_url(world, "reporting_accept"))
    (job,) = world.run_jobs()
    assert (job.state, job.outcome["accepted"]) == (JobState.DONE, len(pks))
    assert job.total == len(pks)
    assert Submission.objects.filter(state="accepted").count() == len(pks)
    assert Step.objects.filter(transition="accept").count() == len(pks)
    assert AuditEvent.objects.filter(action="submission.accept").count() == len(pks)


def test_a_kill_in_between_leaves_whole_batches_and_the_rest_is_taken_up(world, tree, signed_in, monkeypatch):
    pks = _many(world, tree, 450)
    signed_in(Role.COUNTY_REVIEWER).post(_url(world, "reporting_accept"))
    real, calls = accept_all.accept, []

    def dying(submission, **words):
        calls.append(submission.pk)
        if len(calls) == 300:
            raise KeyboardInterrupt  # as near to kill -9 as one process can show
        return real(submission, **words)

    monkeypatch.setattr(accept_all, "accept", dying)
    with pytest.raises(KeyboardInterrupt):
        world.run_jobs()
    assert Submission.objects.filter(state="accepted").count() == 250
    monkeypatch.setattr(accept_all, "accept", real)
    Job.objects.filter(kind="reporting.accept_many").update(state=JobState.QUEUED)
    (job,) = world.run_jobs()
    assert job.outcome["accepted"] == len(pks) - 250
    assert Submission.objects.filter(state="accepted").count() == len(pks)
    assert Step.objects.filter(transition="accept").count() == len(pks)
    assert AuditEvent.objects.filter(action="submission.accept").count() == len(pks)


def test_a_province_accepts_everything_in_one_act(world, tree, signed_in):
    world.hand_in_all()
    client = signed_in(Role.PROVINCE_ADMIN)
    client.post(_url(world, "reporting_accept", tree.province))
    world.run_jobs()
    assert Submission.objects.filter(state="accepted").count() == 5


@pytest.mark.parametrize("name", ["board", "province", "mine", "releases", "live"])
def test_a_list_takes_the_same_number_of_queries_for_one_row_and_fifty(name, world, tree, signed_in):
    role = {"province": Role.PROVINCE_ADMIN, "mine": Role.SCHOOL_CLERK}.get(name, Role.COUNTY_ADMIN)
    client = signed_in(role, world.school if name == "mine" else None)
    url = {
        "board": _url(world), "province": _url(world, unit=tree.province), "mine": reverse("reporting"),
        "releases": _url(world, "county_releases"), "live": _url(world, "reporting_live"),
    }[name]  # fmt: skip
    world.upload()

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries()
    _many(world, tree, 60)
    client.get(url)
    assert queries() <= few
