"""Pages as people see them: three widths, no serious finding of axe, nothing that the security policy refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import WIDTHS, PageAt, overflows, serious_findings
from playwright.sync_api import expect

from junheng.web.accounts.models import User
from junheng.web.jobs.models import Job, JobState
from junheng.web.rights.roles import Role

MakePerson = Callable[..., User]


@pytest.fixture
def job(person: MakePerson) -> Job:
    county = person(Role.COUNTY_ADMIN).unit
    return Job.objects.create(kind="tried", label="冻结和平区的数据版本", unit=county, state=JobState.RUNNING, done=3, total=12)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_frames_own_pages_are_accessible_and_fit_at_every_width(page_at: PageAt, person: MakePerson, job: Job, width: int) -> None:
    page = page_at(width, person(Role.COUNTY_ADMIN))
    for path in ("/", f"/jobs/{job.pk}/", "/nowhere/"):
        page.goto(path)
        assert serious_findings(page) == [], path
        assert overflows(page) == [], path
    page = page_at(width)
    page.goto("/accounts/login/")
    assert serious_findings(page) == []
    assert overflows(page) == []


def test_the_page_of_a_job_follows_it_to_its_end(page_at: PageAt, person: MakePerson, job: Job) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto(f"/jobs/{job.pk}/")
    expect(page.get_by_text("3 / 12")).to_be_visible()
    Job.objects.filter(pk=job.pk).update(done=9)
    expect(page.get_by_text("9 / 12")).to_be_visible()
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, leads_to="/notices/", message="")
    page.get_by_role("link", name="看结果").click()
    assert page.url.endswith("/notices/")


def test_the_page_of_a_job_follows_it_without_the_script_too(page_at: PageAt, person: MakePerson, job: Job) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto(f"/jobs/{job.pk}/")
    Job.objects.filter(pk=job.pk).update(done=9)
    expect(page.get_by_text("9 / 12")).to_be_visible(timeout=8000)


def test_a_job_is_stopped_from_its_page_by_name(page_at: PageAt, person: MakePerson, job: Job) -> None:
    page = page_at(360, person(Role.COUNTY_ADMIN))
    page.goto(f"/jobs/{job.pk}/")
    page.get_by_role("button", name="停止“冻结和平区的数据版本”").click()
    expect(page.get_by_text("已由用户停止")).to_be_visible()


def test_the_menu_opens_on_a_phone_without_the_script(page_at: PageAt, person: MakePerson) -> None:
    page = page_at(360, person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("link", name="通知")).to_be_hidden()
    page.get_by_text("菜单", exact=True).click()
    page.get_by_role("link", name="通知").click()
    assert page.url.endswith("/notices/")


def test_the_keyboard_alone_reaches_the_text_past_the_menu(page_at: PageAt, person: MakePerson) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_printed_page_says_whose_it_is_and_leaves_the_menu_out(page_at: PageAt, person: MakePerson) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto("/")
    expect(page.get_by_text("均衡 · 和平区 ·")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_text("均衡 · 和平区 ·")).to_be_visible()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()


def test_signing_out_is_one_press_in_the_account_menu(page_at: PageAt, person: MakePerson) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN))
    page.goto("/")
    page.get_by_text("和平区 · 县级管理员").click()
    page.get_by_role("button", name="退出").click()
    page.goto("/")
    assert "/accounts/login/" in page.url
