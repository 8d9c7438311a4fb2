"""A school uploads its workbook: what is found is listed at the cell; what cannot be taken is refused and nothing lost."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from junheng.web.audit.models import AuditEvent
from junheng.web.jobs.models import Job, JobState
from junheng.web.reporting.jobs import read_upload
from junheng.web.reporting.models import Version
from junheng.web.rights.roles import Role
from junheng.web.store import content


def _page(world, unit=None, name="submission") -> str:
    return world.client(unit).get(reverse(name, args=[world.submission(unit).pk])).content.decode()


def _cell_of(data: bytes, label: str) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return next(f"E{row}" for row in range(2, sheet.max_row + 1) if sheet.cell(row, 3).value == label)


def test_a_first_visit_says_what_to_do_and_gives_the_prefilled_form(world):
    page = _page(world)
    assert "请下载预填好的表，填好后上传；也可以直接在网页上填。" in page
    assert "未报" in page
    response = world.client().get(reverse("submission_template", args=[world.submission().pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["学校填报数据"]
    filled = {sheet.cell(row, 3).value: sheet.cell(row, 5).value for row in range(2, sheet.max_row + 1)}
    assert filled["学校名称"] == world.school.name
    assert filled["学校代码"] == world.school.code
    assert filled["小学学生人数"] is None


def test_an_upload_is_read_in_the_background_and_its_bytes_are_kept(world):
    job = world.upload()
    submission = world.submission()
    assert (job.state, job.message) == (JobState.DONE, "已读入，存为第 1 版：没有发现问题")
    assert submission.state == "draft"
    version = submission.latest
    assert (version.number, version.origin, version.file_name) == (1, "upload", "学校填报表格.xlsx")
    assert content(version.file_sha256) == world.workbook()
    assert "数据没有错误，可以提交了。" in _page(world)
    event = AuditEvent.objects.get(action="reporting.version")
    assert (event.actor_name, event.detail["errors"]) == ("学校填报员甲", 0)


def test_findings_stand_at_their_cell_with_what_why_and_a_way_to_the_field(world):
    rooms = world.rows[world.school.code]["multimedia_rooms"]
    world.upload(classrooms=rooms - 3, pe_teachers=-1)
    page = _page(world)
    cell = _cell_of(world.workbook(classrooms=rooms - 3), "网络多媒体教室间数")
    assert f"《学校填报表格.xlsx》学校填报数据 {cell}" in page
    assert "负数" in page
    assert "怎么改：" in page
    assert f'{reverse("submission_form", args=[world.submission().pk])}?at=school-0-multimedia_rooms#school-0-multimedia_rooms' in page
    assert "处错误，请逐条改正" in page


def test_the_annotated_workbook_comes_back_with_the_finding_in_its_cell(world):
    world.upload(pe_teachers=-1)
    response = world.client().get(reverse("submission_annotated", args=[world.submission().pk]))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    cell = book["学校填报数据"][_cell_of(world.workbook(), "体育专任教师人数")]
    assert "负数" in cell.comment.text
    assert "校核结果" in book.sheetnames
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_school_is_refused_with_its_name_and_nothing_is_lost(world):
    world.upload()
    other = world.schools[1]
    job = world.upload(data=world.workbook(other))
    assert job.state == JobState.FAILED
    assert other.name in job.message
    assert other.code in job.message
    assert "已有的数据没有改动" in job.message
    assert world.submission().latest.number == 1
    assert "最近一次上传" in _page(world)


def test_a_file_of_another_year_is_refused(world):
    job = world.upload(world.unit, school_year=2024)
    assert job.state == JobState.FAILED
    assert "2024 年" in job.message
    assert world.submission(world.unit).latest is None


def _macro(data: bytes) -> bytes:
    import zipfile

    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (_macro, "文件带有宏"),
        (lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + data, "打开密码"),
        (lambda data: data[: len(data) // 2], "损坏"),
        (lambda data: b"%PDF-1.4 not a table", "不是 Excel"),
    ],
)
def test_what_must_not_be_opened_is_refused_in_the_readers_words(world, made, said):
    job = world.upload(data=made(world.workbook()))
    assert job.state == JobState.FAILED
    assert said in job.message
    assert world.submission().latest is None
    assert world.submission().state == "waiting"


def test_a_file_over_the_limit_does_not_even_start_a_job(world, monkeypatch):
    monkeypatch.setattr("junheng.intake.guards.MAX_BYTES", 1000)
    assert world.upload() is None
    assert Job.objects.count() == 0
    assert "超过 50 MB 的上限" in _page(world)


def test_a_file_without_a_code_is_known_by_whose_submission_it_is(world):
    world.upload(school_code=None)
    version = world.submission().latest
    assert version.rows["school"][0]["school_code"] == world.school.code
    assert not any(found.rule == "E-missing-school-code" for found in version.read_findings())


def test_a_job_that_runs_again_after_a_crash_makes_no_second_version(world):
    job = world.upload()
    read_upload(job, lambda done, total, message="": None)
    assert Version.objects.count() == 1
    assert AuditEvent.objects.filter(action="reporting.version").count() == 1


def test_the_original_comes_back_byte_for_byte(world):
    world.upload()
    response = world.client().get(reverse("submission_file", args=[world.submission().pk, 1]))
    assert response.content == world.workbook()
    assert response["X-Content-Type-Options"] == "nosniff"


def test_nobody_uploads_for_another_school_or_after_submitting(world, signed_in):
    other = signed_in(Role.SCHOOL_CLERK, world.schools[1])
    assert other.post(reverse("submission_upload", args=[world.submission().pk])).status_code == 404
    assert other.get(reverse("submission", args=[world.submission().pk])).status_code == 404
    world.hand_in()
    assert world.upload(students_primary=999) is None
    assert world.submission().latest.number == 1
    assert "已提交，等县级审核人接收" in _page(world)


def test_the_difference_to_the_last_upload_is_told_in_words(world):
    world.upload()
    before = world.rows[world.school.code]["pe_teachers"]
    world.upload(pe_teachers=before + 2)
    page = _page(world, name="submission_changes")
    assert f"体育专任教师人数 {before} → {before + 2}" in page
    assert "与上一次上传相比有 1 处变化" in page


def test_a_countys_form_brings_its_judgements_with_it(world):
    world.upload(world.unit)
    version = world.submission(world.unit).latest
    assert len(version.rows["county"]) == 1
    assert len(version.rows["judgement"]) == len(world.county.facts.judgement)
    assert version.error_count == 0


def test_the_deadline_stands_on_the_page_in_words(world):
    assert world.round.reports_due_on > date(2020, 1, 1)
    assert "还有 10 天" in _page(world)
