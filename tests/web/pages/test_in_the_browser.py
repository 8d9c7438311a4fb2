"""Pages as people see them: three widths, no serious finding of axe, nothing that the security policy refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import WIDTHS, PageAt, overflows, serious_findings

from junheng.web.accounts.models import User
from junheng.web.rights.roles import Role


@pytest.mark.parametrize("width", WIDTHS)
def test_home_and_error_pages_are_accessible_at_every_width(page_at: PageAt, person: Callable[..., User], width: int) -> None:
    page = page_at(width, person(Role.COUNTY_ADMIN))
    for path in ("/", "/没有的页面/", "/accounts/login/"):
        page.goto(path)
        assert serious_findings(page) == [], path
        assert overflows(page) == [], path
