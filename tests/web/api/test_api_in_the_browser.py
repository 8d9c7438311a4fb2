"""The pages about the API as people see them: a token made and revoked, a subscription, the guide; at three widths."""

from __future__ import annotations

import pytest
from browser import WIDTHS, overflows, picture, serious_findings
from playwright.sync_api import Page, expect

from junheng.web.api.actions import make_token, revoke_token
from junheng.web.api.models import Hook, HookMessage
from junheng.web.rights.roles import Role


def _looked_at(page: Page, name: str) -> None:
    """Accessible and whole; a picture of it where JUNHENG_SHOTS says."""
    assert serious_findings(page) == [], name
    assert overflows(page) == [], name
    picture(page, name)


@pytest.fixture
def used(person) -> Hook:
    """An account with tokens and a subscription, some of whose messages went and some not."""
    admin = person(Role.COUNTY_ADMIN)
    make_token(admin, "市数据平台每晚取结论", ["releases:read", "units:read"], 90, by=admin)
    revoke_token(make_token(admin, "试用", ["units:read"], 30, by=admin)[0], by=admin)
    hook = Hook.objects.create(user=admin, name="市督导平台", url="https://data.example.org/junheng/events", scopes=["problems:read", "submissions:read"],
                               secret="x", after=0, role=admin.role, unit=admin.unit)  # fmt: skip
    for number, state in enumerate(("sent", "sent", "failed", "waiting"), 1):
        HookMessage.objects.create(hook=hook, event_seq=number, state=state, attempts=1, error="" if state == "sent" else "接收方答复 503",
                                   body={"type": "rectification.submit", "unit": "2121001719"})  # fmt: skip
    return hook


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_accessible_and_fit_at_every_width(page_at, person, used, width):
    page = page_at(width, person(Role.COUNTY_ADMIN))
    for path, name in (("/me/tokens/", "tokens"), ("/me/hooks/", "hooks"), (f"/me/hooks/{used.pk}/", "hook"), ("/developers/", "guide")):
        page.goto(path)
        if name == "guide":
            page.locator("summary").filter(has_text="一份填报").first.click()
        _looked_at(page, f"api-{name}-{width}")


def test_a_token_is_made_copied_and_revoked_without_the_script(page_at, person):
    page = page_at(1280, person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto("/")
    page.get_by_text("和平区 · 县级管理员").click()
    page.get_by_role("link", name="接口令牌").click()
    page.get_by_label("用途").fill("市数据平台每晚取结论")
    page.get_by_label("查看冻结的数据版本和结论").check()
    page.get_by_role("button", name="建立令牌").click()
    expect(page.get_by_role("status").locator("code").first).to_contain_text("jh_")
    expect(page.get_by_role("row", name="市数据平台每晚取结论")).to_contain_text("有效")
    page.get_by_role("button", name="作废").click()
    expect(page.get_by_role("row", name="市数据平台每晚取结论")).to_contain_text("已作废")


def test_the_page_of_a_token_just_made_is_whole_on_a_phone(page_at, person):
    page = page_at(360, person(Role.COUNTY_ADMIN))
    page.goto("/me/tokens/")
    page.get_by_label("用途").fill("市数据平台每晚取结论")
    page.get_by_label("查看本辖区的单位").check()
    page.get_by_role("button", name="建立令牌").click()
    expect(page.get_by_text("请现在抄走")).to_be_visible()
    _looked_at(page, "api-made-360")
