"""A Chromium for tests that look at pages as people see them. `browser` and `page_at` are fixtures of tests/web/conftest.py.

`page_at(width)` opens a page of the running site (pytest-django's live_server); `page_at(width, user)` opens it signed in.
Whatever the page's security policy refuses, or a script throws, fails the test that opened it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from junheng.web.accounts.models import User
from junheng.web.accounts.session import SECOND_FACTOR
from junheng.web.pages.assets import MANIFEST

WIDTHS = (360, 768, 1280)
SHOTS = os.environ.get("JUNHENG_SHOTS", "")
"""The folder that pictures of what the tests open go to; none are taken without it."""
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync"]  # fmt: skip

PageAt = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("没有 Chromium：浏览器里的测试跳过（apt install chromium）")
    if not MANIFEST.is_file():
        pytest.skip("前端没有构建：浏览器里的测试跳过（make frontend）")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's own loop runs in this thread, which Django would take for asynchronous code.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=chromium, args=_QUIET)
            yield opened
            opened.close()


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer) -> Iterator[PageAt]:
    contexts, complaints = [], []

    def open_page(width: int, user: User | None = None, **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, locale="zh-CN", **more)
        contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": "sessionid", "value": _session_of(user), "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="junheng.web.accounts.backend.AccountBackend")
    session = client.session
    session[SECOND_FACTOR] = user.pk
    session.save()
    return client.cookies["sessionid"].value


def serious_findings(page: Page) -> list[str]:
    """What axe holds against the page: rule, and the elements it means."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['target'] for node in each['nodes']]}" for each in found if each["impact"] in ("serious", "critical")]


def overflows(page: Page) -> list[str]:
    """Elements that stick out of the window to the right; tables scroll in their own box."""
    out = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, nav *, footer *")]
          .filter((each) => !each.closest(".table-wrap, .tabs, dialog") && each.getBoundingClientRect().right > innerWidth + 1)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    return list(out) if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


def picture(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def unusable(pages: Iterable[tuple[str, str, User]], page_at: PageAt, widths: Sequence[int], *, stage: str = "", settled: bool = False) -> dict[str, list[str]]:
    """Name and width → what axe holds against the page and what sticks out of it. pages: name, URL, who opens it; each is opened
    once, at the widest, and made narrower; axe looks at the first of the widths. stage: begins the names of the pictures;
    settled: waits for what the page fetches by itself."""
    wrong = {}
    for name, url, user in pages:
        page = page_at(max(widths), user)
        assert page.goto(url).status == 200, name  # type: ignore[union-attr]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            if settled:
                page.wait_for_load_state("networkidle")
            picture(page, f"{stage}{name}-{width}")
            found = [*(serious_findings(page) if width == widths[0] else ()), *overflows(page)]
            if found:
                wrong[f"{name} {width}"] = found
        page.context.close()
    return wrong
