"""Freezing: what was handed in becomes a release that never changes; what was not stays 未报; anybody recomputes it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.errors import NotAllowed
from junheng.web.jobs.actions import forget_files
from junheng.web.jobs.models import Job, JobState
from junheng.web.reporting import live
from junheng.web.reporting.actions import freeze_county
from junheng.web.reporting.actions.moves import ACTIONS
from junheng.web.reporting.frozen import open_kept, recomputed, reopened
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.queries import latest_release, release_by_hash
from junheng.web.rights.roles import Role


@pytest.fixture
def admin(person):
    return person(Role.COUNTY_ADMIN)


def _freeze(world, admin, **how) -> CountyRelease:
    return freeze_county(world.round, world.unit, by=admin, **how)


def _withdraw(world, unit) -> None:
    ACTIONS["withdraw"](world.submission(unit), by=world.clerk(unit))


def test_a_county_freezes_from_the_page_and_the_job_leads_to_the_release(world, signed_in):
    world.hand_in_all()
    client = signed_in(Role.COUNTY_ADMIN)
    client.post(reverse("reporting_freeze", args=[world.round.pk, world.unit.code]))
    (job,) = world.run_jobs()
    assert (job.state, job.message) == (JobState.DONE, "已冻结为第 1 版")
    frozen = CountyRelease.objects.get()
    page = client.get(job.outcome["url"]).content.decode()
    assert "● 达标" in page
    assert frozen.hash in page
    assert "正式" in client.get(reverse("county_releases", args=[world.round.pk, world.unit.code])).content.decode()
    event = AuditEvent.objects.get(action="reporting.freeze")
    assert event.after == {"release": frozen.hash, "verdict": "pass", "formal": True}


def test_the_same_content_frozen_again_is_the_same_release(world, admin):
    world.hand_in_all()
    first, second = _freeze(world, admin), _freeze(world, admin)
    assert first == second
    assert AuditEvent.objects.filter(action="reporting.freeze").count() == 1
    assert latest_release(world.round, world.unit) == first == release_by_hash(first.hash)


def test_what_has_not_reported_stays_unreported_and_the_verdict_open(world, admin):
    for unit in (*world.schools[1:], world.unit):
        world.hand_in(unit)
    frozen = _freeze(world, admin)
    assert frozen.verdict == "insufficient"
    facts = open_kept(frozen.key).facts()
    row = next(row for row in facts.school if row["school_code"] == world.school.code)
    assert {name for name, value in row.items() if value is not None} == {"county_code", "school_code", "school_name"}
    told = [each for each in frozen.result["findings"] if "没有上报" in each["message"]]
    assert len(told) == 1
    assert f"{world.school.name}没有上报" in told[0]["message"]
    schools = {each["code"]: each for each in frozen.result["stages"]["primary"]["schools"]}
    assert all(value is None for value in schools[world.school.code]["values"].values())
    assert schools[world.school.code]["students"] is None


def test_a_draft_that_was_not_submitted_is_not_frozen(world, admin):
    world.hand_in_all()
    _withdraw(world, world.school)
    frozen = _freeze(world, admin)
    assert frozen.verdict == "insufficient"
    assert world.submission().latest_id not in frozen.source_versions
    found = live.verdict(world.round, world.unit)
    assert str(found.judged.verdict.verdict) == "pass"


def test_without_the_countys_own_form_the_release_is_not_formal(world, admin):
    for unit in world.schools:
        world.hand_in(unit)
    with pytest.raises(UserError, match="没有收到和平区的县级填报表"):
        _freeze(world, admin)
    frozen = _freeze(world, admin, formal=False)
    assert not frozen.is_formal
    assert frozen.verdict != "pass"


def test_errors_between_schools_are_found_when_freezing(world, admin):
    """Two schools cannot be wrong by themselves: what only the county's table shows is found here."""
    world.hand_in_all()
    frozen = _freeze(world, admin)
    assert frozen.is_formal
    ACTIONS["return"](world.submission(world.unit), by=world.person(Role.COUNTY_REVIEWER), data={"reason": "核对"})
    with pytest.raises(UserError):
        _freeze(world, admin)


def test_only_the_county_freezes_and_only_its_own(world, person, tree):
    world.hand_in_all()
    for by in (person(Role.COUNTY_REVIEWER), person(Role.PROVINCE_ADMIN), person(Role.COUNTY_ADMIN, tree.other_county)):
        with pytest.raises(NotAllowed):
            _freeze(world, by)


def test_recomputing_gives_every_number_to_the_last_digit_and_says_so(world, admin, signed_in):
    world.hand_in_all()
    frozen = _freeze(world, admin)
    assert recomputed(frozen).is_same
    client = signed_in(Role.CITY_REVIEWER)
    client.post(reverse("county_release_recompute", args=[frozen.pk]))
    world.run_jobs()
    page = client.get(reverse("county_release", args=[frozen.pk])).content.decode()
    assert "与冻结时逐个数字相同" in page
    CountyRelease.objects.filter(pk=frozen.pk).update(verdict="fail", result={**frozen.result, "verdict": "fail"})
    client.post(reverse("county_release_recompute", args=[frozen.pk]))
    world.run_jobs()
    page = client.get(reverse("county_release", args=[frozen.pk])).content.decode()
    assert "有 1 处不同" in page
    assert "verdict：&quot;fail&quot; → &quot;pass&quot;" in page


def test_a_release_changed_in_the_store_is_found(world, admin):
    world.hand_in_all()
    frozen = _freeze(world, admin)
    folder = open_kept(frozen.key).path
    assert reopened(frozen).verdict.release == frozen.hash
    whole = (folder / "school.parquet").read_bytes()
    try:
        (folder / "school.parquet").write_bytes(b"PAR1 broken")
        with pytest.raises(UserError):
            reopened(frozen)
    finally:
        (folder / "school.parquet").write_bytes(whole)


def test_all_documents_come_in_one_archive_built_once(world, admin, signed_in):
    world.hand_in_all()
    frozen = _freeze(world, admin)
    client = signed_in(Role.COUNTY_REVIEWER)
    assert client.get(reverse("county_release_documents", args=[frozen.pk])).status_code == 404
    client.post(reverse("county_release_build", args=[frozen.pk]))
    world.run_jobs()
    response = client.get(reverse("county_release_documents", args=[frozen.pk]))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = set(archive.namelist())
        page = archive.read("index.html").decode()
    assert {"申报表.xlsx", "申报表.docx", "自评报告.docx", "result.json", "index.html"} <= names
    assert sum(name.startswith("学校自评表/") for name in names) >= 4
    assert "和平区" in page
    client.post(reverse("county_release_build", args=[frozen.pk]))
    assert Job.objects.filter(kind="reporting.documents").count() == 1
    forget_files(timezone.localdate() + timedelta(days=32))
    assert "生成全部报表" in client.get(reverse("county_release", args=[frozen.pk])).content.decode()
    assert client.get(reverse("county_release_documents", args=[frozen.pk])).status_code == 404
    client.post(reverse("county_release_build", args=[frozen.pk]))
    assert Job.objects.filter(kind="reporting.documents", state="queued").count() == 1


def test_two_releases_are_compared_in_words(world, admin, signed_in):
    world.hand_in_all()
    first = _freeze(world, admin)
    before = world.rows[world.school.code]["pe_teachers"]
    _withdraw(world, world.school)
    world.hand_in(pe_teachers=before + 3)
    second = _freeze(world, admin)
    assert second.number == 2
    page = signed_in(Role.COUNTY_ADMIN).get(reverse("county_release_changes", args=[second.pk, first.pk])).content.decode()
    assert f"体育专任教师人数 {before} → {before + 3}" in page
    assert "1 处变化" in page


def test_every_number_of_a_release_opens_down_to_its_cell(world, admin, signed_in):
    world.hand_in_all()
    frozen = _freeze(world, admin)
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("county_release_trace", args=[frozen.pk, "L1"]) + "?stage=primary").content.decode()
    assert f"《{world.school.code}{world.school.name}/学校填报表格.xlsx》学校填报数据 E" in page
    assert "教督〔2017〕6号" in page
    assert signed_in(Role.PROVINCE_ADMIN).get(reverse("county_release_trace", args=[frozen.pk, "L99"])).status_code == 404


def test_other_counties_and_schools_do_not_see_a_release(world, admin, signed_in, tree):
    world.hand_in_all()
    url = reverse("county_release", args=[_freeze(world, admin).pk])
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).get(url).status_code == 404
    assert signed_in(Role.SCHOOL_CLERK, world.school).get(url).status_code == 404


def test_next_year_the_form_is_prefilled_from_the_release_and_last_years_figures_stand_beside(world, admin, signed_in):
    from junheng.web.reporting.actions import make_submissions
    from junheng.web.rounds.models import Participation, Round

    world.hand_in_all()
    _freeze(world, admin)
    following = Round.objects.create(unit=world.round.unit, name="2026 年度监测", school_year=2026, state="open", reports_due_on=world.round.reports_due_on)
    Participation.objects.create(round=following, unit=world.unit)
    make_submissions(following)
    submission = following.submissions.get(unit=world.school)
    page = world.client().get(reverse("submission_form", args=[submission.pk])).content.decode()
    row = world.rows[world.school.code]
    assert f"上年 {row['students_primary']:,}" in page
    assert f'value="{row["founded_year"]}"' in page
    assert f'name="school-0-students_primary" value="{row["students_primary"]}"' not in page
    world.round = following
    world.upload(students_primary=row["students_primary"] * 3)
    found = world.submission().latest.read_findings()
    assert any(each.rule.startswith("W-") and each.field == "students_primary" for each in found)
    changes = world.client().get(reverse("submission_changes", args=[submission.pk])).content.decode()
    assert f"小学学生人数 {row['students_primary']:,} → {row['students_primary'] * 3:,}" in changes


# ---- the live verdict ------------------------------------------------------------------------------------------------


def test_the_live_verdict_follows_every_edit_and_is_kept_until_then(world):
    world.hand_in_all()
    first = live.verdict(world.round, world.unit)
    assert live.verdict(world.round, world.unit).judged is first.judged
    _withdraw(world, world.school)
    assert live.verdict(world.round, world.unit).judged is first.judged
    world.upload(sport_field_area_m2=10.0, gym_area_m2=0.0)
    second = live.verdict(world.round, world.unit)
    assert str(second.judged.verdict.verdict) == "fail"
    places = second.with_places()
    assert places.place_of("school", ("210102", world.school.code, "", ""), "sport_field_area_m2").cell.startswith("E")


def test_the_live_page_shows_worst_first_what_is_missing_and_opens_numbers(world, signed_in):
    world.hand_in(world.unit)
    world.hand_in(world.schools[1])
    world.upload(world.school, sport_field_area_m2=10.0, gym_area_m2=0.0)
    client = signed_in(Role.COUNTY_ADMIN)
    page = client.get(reverse("reporting_live", args=[world.round.pk, world.unit.code])).content.decode()
    assert "还没有上报：2 个单位" in page
    table = page[page.index("<tbody>", page.index("各校各项")) :]
    assert table.index(world.school.name) < table.index(world.schools[1].name)
    trace = client.get(reverse("reporting_trace", args=[world.round.pk, world.unit.code, "L5"]) + f"?stage=primary&school={world.school.code}&campus=")
    assert "学校填报数据 E" in trace.content.decode()
    filtered = client.get(reverse("reporting_live", args=[world.round.pk, world.unit.code]) + "?indicator=L5").content.decode()
    assert world.school.name in filtered
    criterion = client.get(reverse("reporting_trace", args=[world.round.pk, world.unit.code, "veto"]))
    assert criterion.status_code == 200


def test_a_county_nobody_asked_has_no_live_verdict(world, tree, signed_in):
    assert live.verdict(world.round, tree.other_county) is None
    page = signed_in(Role.PROVINCE_ADMIN).get(reverse("reporting_live", args=[world.round.pk, tree.other_county.code]))
    assert "还没有参加的学校" in page.content.decode()
