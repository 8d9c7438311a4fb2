"""The first page: what waits for me, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from junheng.web.pages.waiting import Waiting
from junheng.web.rights.roles import Role
from junheng.web.site import home


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """told(*lines): what the rooms say waits for whoever asks."""
    return lambda *lines: monkeypatch.setattr(home, "WAITING", (lambda user: list(lines),))


def test_what_is_due_first_stands_first_and_what_has_no_day_last(told: Callable[..., None], signed_in: Callable[..., Client]) -> None:
    today = timezone.localdate()
    told(Waiting("未读通知", 4, "/notices/"), Waiting("整改中的问题", 2, "/problems/", today + timedelta(days=9)),
         Waiting("退回待改的填报", 1, "/submissions/1/", today - timedelta(days=1)))  # fmt: skip
    text = signed_in(Role.COUNTY_ADMIN).get("/").content.decode()
    assert "和平区：有 7 件事等您办理" in text
    assert text.index("退回待改的填报") < text.index("整改中的问题") < text.index("未读通知")
    assert "已逾期 1 天" in text


def test_when_nothing_waits_the_page_says_what_would_be_there(told: Callable[..., None], signed_in: Callable[..., Client]) -> None:
    told()
    text = signed_in(Role.COUNTY_ADMIN).get("/").content.decode()
    assert "现在没有等您办理的事" in text
    assert "会列在这里" in text


def test_the_menu_holds_what_the_role_may_open_and_marks_where_one_is(signed_in: Callable[..., Client]) -> None:
    home_page = signed_in(Role.COUNTY_ADMIN).get("/").content.decode()
    assert '<a href="/" aria-current="page">待办</a>' in home_page
    assert ">单位<" not in home_page
    units = signed_in(Role.SYSTEM_ADMIN).get("/units/").content.decode()
    assert '<a href="/units/" aria-current="page">单位</a>' in units
    assert '<a href="/">待办</a>' in units


def test_nobody_signed_in_sees_the_menu_of_the_public_alone_and_the_way_in(client: Client, db: None) -> None:
    text = client.get("/accounts/login/").content.decode()
    assert '<a href="/public/search/">找学校和县</a>' in text
    assert ">待办<" not in text
    assert 'href="/accounts/login/"' in text
