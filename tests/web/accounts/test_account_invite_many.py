"""A province invites its school clerks in one act: written in the background, the links fetched once."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from accounts.conftest import PASSWORD
from accounts.test_account_bulk import rows_of, upload, workbook
from django.db import connection
from django.test import Client
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.actions import invite_many
from junheng.web.accounts.actions.invitations import hash_of
from junheng.web.accounts.models import Invitation, InvitationSheet, PasswordSheet, User
from junheng.web.accounts.workbook.columns import AT_ONCE
from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.jobs.models import Job, JobState
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

MANY = AT_ONCE + 30


@pytest.fixture
def schools(tree) -> list[Unit]:
    county = tree.county
    codes = [f"2199{number:06d}" for number in range(MANY)]
    return Unit.objects.bulk_create(
        [Unit(code=code, name=f"第{n}小学", kind=UnitKind.SCHOOL, parent=county, path=f"{county.path}{code}/") for n, code in enumerate(codes)]
    )


def rows(schools: list[Unit]) -> list[tuple[object, ...]]:
    return [(each.code, each.name, f"王{n}", "学校填报员", "", "", f"w{n}@example.org" if n % 2 else "") for n, each in enumerate(schools)]


def invite(browser: Client, schools: list[Unit]) -> str:
    return upload(browser, workbook(*rows(schools)))["Location"]


def fetch(browser: Client):
    return browser.post("/users/bulk/", {"links": str(InvitationSheet.objects.latest("made_at").pk)})


def test_everybody_of_a_long_workbook_is_invited_and_each_link_opens_one_account(schools, signed_in, run_jobs, tree, audited):
    browser = signed_in(Role.SECURITY_ADMIN)
    page = invite(browser, schools)
    assert not Invitation.objects.exists()
    (job,) = run_jobs()
    assert (job.state, job.outcome, job.done) == (JobState.DONE, {"invited": MANY}, 2 * MANY)
    assert f"已邀请 {MANY} 个人" in browser.get(page).content.decode()
    assert "邀请链接单等您下载" in browser.get("/users/bulk/").content.decode()
    fetched = fetch(browser)
    assert fetched["Cache-Control"] == "no-store"
    lines = rows_of(fetched.content, "邀请链接")
    assert lines[1] == ("市", "县（市、区）", "单位代码", "单位名称", "姓名", "角色", "部门", "邀请链接", "有效期至")
    assert lines[2][:7] == ("沈阳市", "和平区", schools[0].code, "第0小学", "王0", "学校填报员", None)
    links = [row[7] for row in lines[2:]]
    assert len(set(links)) == MANY
    path = re.fullmatch(r"http://testserver(/join/[\w-]+/)", links[-1])[1]
    Client().post(path, {"username": "wang1", "password": PASSWORD, "again": PASSWORD, "phone": ""})
    account = User.objects.get(username="wang1")
    assert (account.unit, account.name, account.email) == (schools[-1], f"王{MANY - 1}", f"w{MANY - 1}@example.org" if MANY % 2 == 0 else "")
    assert audited().count("accounts.invited") == MANY
    assert not PasswordSheet.objects.exists()


def test_the_links_are_fetched_once_by_their_maker_and_then_nobody_can_make_them_again(schools, signed_in, run_jobs, person):
    browser = signed_in(Role.SECURITY_ADMIN)
    invite(browser, schools)
    run_jobs()
    sheet = InvitationSheet.objects.get()
    assert signed_in(Role.COUNTY_ADMIN).post("/users/bulk/", {"links": str(sheet.pk)}).status_code == 404
    assert fetch(browser)["Content-Disposition"].endswith('"invitations.xlsx"')
    assert "已经取走或过期" in fetch(browser).content.decode()
    sheet.refresh_from_db()
    assert (sheet.rows, sheet.secret) == (None, None)


def test_nothing_that_opens_an_account_stands_anywhere_in_the_clear(schools, signed_in, run_jobs, caplog):
    browser = signed_in(Role.SECURITY_ADMIN)
    invite(browser, schools)
    (job,) = run_jobs()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows, secret FROM accounts_invitationsheet")
        kept = b"".join(bytes(each) for each in cursor.fetchone())
    assert "王1".encode() not in kept
    tokens = [row[7].split("/")[-2] for row in rows_of(fetch(browser).content, "邀请链接")[2:]]
    said = str((job.outcome, job.arguments, job.message, list(AuditEvent.objects.values_list("detail", "after")), caplog.text))
    assert not any(token in said or token.encode() in kept for token in tokens)


def test_a_job_that_dies_half_way_and_runs_again_invites_nobody_twice(schools, signed_in, run_jobs, monkeypatch):
    browser, real = signed_in(Role.SECURITY_ADMIN), invite_many.write_invitation
    invite(browser, schools)

    def dying(*given, **more):
        if Invitation.objects.count() >= invite_many.BATCH + 7:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(invite_many, "write_invitation", dying)
    with pytest.raises(KeyboardInterrupt):
        run_jobs()
    assert Invitation.objects.count() == invite_many.BATCH, "whole batches"
    monkeypatch.setattr(invite_many, "write_invitation", real)
    Job.objects.update(state=JobState.QUEUED)
    run_jobs()
    assert Invitation.objects.count() == MANY
    hashes = {hash_of(row[7].split("/")[-2]) for row in rows_of(fetch(browser).content, "邀请链接")[2:]}
    assert hashes == set(Invitation.objects.values_list("token_hash", flat=True))


def test_whoever_is_invited_already_is_named_and_nothing_is_begun(schools, signed_in, run_jobs):
    browser = signed_in(Role.SECURITY_ADMIN)
    invite(browser, schools)
    run_jobs()
    invite(browser, schools)
    (job,) = run_jobs()
    assert (job.state, job.outcome) == (JobState.FAILED, {})
    assert f"工作簿有 {MANY} 处不对，一个人也没有邀请" in job.message
    page = browser.get(job.leads_to).content.decode()
    assert "已经邀请过“王0”" in page
    assert f"还有 {MANY - 200} 处没有列出" in page
    assert Invitation.objects.count() == MANY
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert invite(browser, schools).startswith("/jobs/")


def test_a_long_workbook_is_looked_at_in_the_background_with_progress_and_its_cells_are_its_makers_alone(schools, signed_in, run_jobs, monkeypatch, audited):
    browser, told, lines = signed_in(Role.SECURITY_ADMIN), [], rows(schools)
    lines[7] = (*lines[7][:2], "李明", "学校填报员", "", "12345", "")
    page = upload(browser, workbook(*lines))["Location"]
    sheet = InvitationSheet.objects.get()
    assert (sheet.rows, sheet.wrong) == (None, None), "nothing was looked at while the person waited"
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM accounts_invitationsheet")
        assert "李明".encode() not in bytes(cursor.fetchone()[0])
    monkeypatch.setattr("junheng.web.jobs.actions.run._Reporter.__call__", lambda self, *given: told.append(given))
    (job,) = run_jobs()
    assert told[0] == (0, 2 * MANY, "已核对 0 行")
    assert told[-1] == (MANY - 1, 2 * MANY, f"已核对 {MANY - 1} 行")
    assert "李明" not in str((job.outcome, job.message, job.arguments, list(AuditEvent.objects.values_list("detail", "after"))))
    assert "12345" in browser.get(job.leads_to).content.decode()
    assert "工作簿有 1 处不对" in browser.get(job.leads_to).content.decode()
    assert "12345" not in signed_in(Role.COUNTY_ADMIN).get(job.leads_to).content.decode()
    assert browser.get("/users/bulk/?checked=x").status_code == 200
    assert page == f"/jobs/{job.pk}/"
    assert not Invitation.objects.exists()
    assert "accounts.invited_in_bulk" not in audited()
    InvitationSheet.objects.update(made_at=timezone.now() - timedelta(days=3, seconds=1))
    assert actions.forget_links() == 1
    assert "12345" not in browser.get(job.leads_to).content.decode()


def test_an_inviter_who_lost_the_right_meanwhile_invites_nobody(schools, signed_in, run_jobs, person):
    browser = signed_in(Role.SECURITY_ADMIN)
    invite(browser, schools)
    actions.check_all(InvitationSheet.objects.get(), by=person(Role.SECURITY_ADMIN), on_row=lambda done: None)
    User.objects.filter(pk=person(Role.SECURITY_ADMIN).pk).update(role=Role.AUDITOR)
    (job,) = run_jobs()
    assert job.state == JobState.FAILED
    assert "您不能邀请" in job.message
    assert not Invitation.objects.exists()


def test_links_nobody_fetched_are_gone_after_three_days(schools, signed_in, run_jobs, person):
    browser = signed_in(Role.SECURITY_ADMIN)
    invite(browser, schools)
    run_jobs()
    InvitationSheet.objects.update(done_at=timezone.now() - timedelta(days=3, seconds=1))
    with pytest.raises(UserError, match="已经取走或过期"):
        actions.fetch_links(InvitationSheet.objects.get(), "http://x", by=person(Role.SECURITY_ADMIN))
    assert actions.forget_links() == 1
    assert InvitationSheet.objects.get().secret is None


def test_the_template_of_a_province_lists_every_school_without_a_clerk_or_an_invitation(schools, signed_in, run_jobs):
    browser = signed_in(Role.SECURITY_ADMIN)
    listed = {row[0] for row in rows_of(browser.get("/users/bulk/template/").content, "账号")[1:]}
    assert {each.code for each in schools} <= listed
    invite(browser, schools)
    run_jobs()
    listed = {row[0] for row in rows_of(browser.get("/users/bulk/template/").content, "账号")[1:]}
    assert not {each.code for each in schools} & listed


def test_a_name_that_is_a_formula_stays_text(schools, signed_in, run_jobs):
    browser, lines = signed_in(Role.SECURITY_ADMIN), rows(schools)
    lines[0] = (*lines[0][:2], "=1+1", *lines[0][3:])
    upload(browser, workbook(*lines))
    run_jobs()
    cell = openpyxl.load_workbook(BytesIO(fetch(browser).content))["邀请链接"]["E3"]
    assert cell.data_type == "s"
