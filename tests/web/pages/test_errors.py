"""When something is not as it should be, the page says what happened to the person's work and what to do now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from junheng.web.rights.roles import Role

pytestmark = [pytest.mark.urls("urls_tried"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere/", 404, "没有这个页面"),
        ("/tried/refused/", 403, "您的账号没有这项权限"),
        ("/tried/unreadable/", 400, "请求不完整，没有办理"),
        ("/tried/broken/", 500, "程序出错，已记录"),
    ],
)
def test_an_error_page_is_chinese_leads_home_and_tells_no_inner_words(
    signed_in: Callable[..., Client], path: str, status: int, said: str
) -> None:
    for asking in (Client(raise_request_exception=False), signed_in(Role.COUNTY_ADMIN)):
        asking.raise_request_exception = False
        answer = asking.get(path)
        text = answer.content.decode()
        assert answer.status_code == status
        assert said in text
        assert 'href="/"' in text
        assert "/static/site/" in text
        assert "ArithmeticError" not in text
        assert "0.46" not in text


def test_a_page_opened_before_signing_in_again_is_said_to_be_out_of_date() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a"})
    assert answer.status_code == 403
    assert "页面已过期，刚才的内容没有提交" in answer.content.decode()
