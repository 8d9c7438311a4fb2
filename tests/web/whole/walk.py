"""Walking through the site as its people do: who, at which width, on which page; every page walked over is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from browser import PageAt, overflows, picture, serious_findings
from playwright.sync_api import Page, expect

from junheng.web.accounts.models import User


class Walk:
    """wrong: what axe holds against pages and what sticks out of them, by page."""

    def __init__(self, page_at: PageAt, run_jobs: Callable[[], list[Any]]) -> None:
        self._page_at, self._run_jobs, self._numbers = page_at, run_jobs, count(1)
        self.wrong: dict[str, list[str]] = {}

    def open(self, user: User | None, width: int, url: str) -> Page:
        page = self._page_at(width, user)
        page.set_default_timeout(10_000)
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, f"{url}: {answer.status}"
        self.look(page)
        return page

    def look(self, page: Page) -> None:
        found = [*serious_findings(page), *overflows(page)]
        name = f"{page.title()} {page.viewport_size['width']}" if page.viewport_size else page.title()
        if found:
            self.wrong[name] = found
        safe = re.sub(r"[^\w]+", "-", name)
        picture(page, f"{next(self._numbers):03d}-{safe}")

    def press(self, page: Page, move: str, **entered: str | bool) -> None:
        """Take a transition from the page of its subject: open its form, fill it in, send it."""
        page.get_by_role("link", name=move, exact=True).click()
        button = page.get_by_role("button", name=move, exact=True)
        button.wait_for()
        fill(page, **entered)
        self.look(page)
        button.click()
        page.get_by_text(f"已“{move}”").wait_for()
        self.look(page)

    def job(self, page: Page, button: str) -> None:
        """Press a button that starts background work, let the work be done, and go on to its result."""
        page.get_by_role("button", name=button).first.click()
        page.wait_for_url("**/jobs/**")
        self.look(page)
        self._run_jobs()
        page.get_by_role("link", name="看结果").click()
        self.look(page)


def fill(page: Page, **entered: str | bool) -> None:
    for name, value in entered.items():
        field = page.locator(f"[name={name}]").last
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def lead(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("h1")).to_contain_text(words)
