"""What the site's script does for people: warns, shows progress, asks, and keeps what is entered without a signal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import urls_tried
from browser import PageAt
from playwright.sync_api import Page, Route, expect

from junheng.web.accounts.models import User
from junheng.web.rights.roles import Role

pytestmark = pytest.mark.urls("urls_tried")
PHOTO = {"name": "操场.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + b"0" * 5000}


@pytest.fixture
def page(page_at: PageAt, person: Callable[..., User]) -> Page:
    urls_tried.TAKEN.clear()
    return page_at(1280, person(Role.COUNTY_ADMIN))


def test_leaving_a_form_that_was_typed_in_asks_first_and_sending_it_does_not(page: Page) -> None:
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/tried/guarded/")
    page.goto("/tried/guarded/")
    assert asked == []
    page.get_by_label("说明").press_sequentially("三")
    page.goto("/tried/guarded/")
    assert asked == ["beforeunload"]
    page.get_by_label("说明").press_sequentially("三")
    page.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    assert asked == ["beforeunload"]


def test_a_step_asks_in_a_dialog_that_names_it_and_esc_keeps_what_was_typed(page: Page) -> None:
    page.goto("/tried/asked/")
    page.get_by_role("link", name="撤并和平区第一小学").click()
    dialog = page.get_by_role("dialog", name="试一试")
    dialog.get_by_label("理由").press_sequentially("学生不足")
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="撤并和平区第一小学").click()
    expect(page.get_by_text("已撤并：学生不足")).to_be_visible()
    assert page.url.endswith("/tried/sure/")


def test_the_dialog_closes_at_the_link_that_leads_back_where_one_is(page: Page) -> None:
    page.goto("/tried/asked/")
    page.get_by_role("link", name="撤并和平区第一小学").click()
    page.get_by_role("link", name="先不撤并").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_step_is_asked_on_its_own_page_without_the_script(page_at: PageAt, person: Callable[..., User]) -> None:
    page = page_at(1280, person(Role.COUNTY_ADMIN), java_script_enabled=False)
    page.goto("/tried/asked/")
    page.get_by_role("link", name="撤并和平区第一小学").click()
    assert page.url.endswith("/tried/sure/")


def test_a_file_is_named_with_its_size_and_sent_and_one_too_large_stays_here(page: Page) -> None:
    page.goto("/tried/upload/")
    file = page.get_by_label("工作簿")
    file.set_input_files({**PHOTO, "buffer": b"0" * 2_000_000})
    expect(page.get_by_text("操场.jpg 超过 1 MB，请压缩或拆分后再传。")).to_be_visible()
    page.get_by_role("button", name="上传").click()
    assert page.url.endswith("/tried/upload/")
    file.set_input_files(PHOTO)
    expect(page.get_by_text("操场.jpg（5 KB）")).to_be_visible()
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("收到 5002 字节")).to_be_visible()
    assert "/tried/uploaded/" in page.url


def test_an_upload_cut_off_says_so_and_can_be_tried_again(page: Page) -> None:
    page.goto("/tried/upload/")
    page.get_by_label("工作簿").set_input_files(PHOTO)
    page.context.set_offline(True)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("alert")).to_contain_text("网络中断，文件没有传完")
    page.context.set_offline(False)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_text("收到 5002 字节")).to_be_visible()


def test_what_is_entered_without_a_signal_is_kept_and_sent_when_it_is_back(page: Page) -> None:
    page.goto("/tried/visit/")
    page.context.set_offline(True)
    for words in ("操场破损", "灯管不亮"):
        page.get_by_label("所见").fill(words)
        page.get_by_label("照片").set_input_files(PHOTO)
        page.get_by_role("button", name="记下").click()
        expect(page.locator("#offline-line")).to_contain_text("没有信号")
    expect(page.locator("#offline-line")).to_contain_text("2 条记录存在本机")
    assert urls_tried.TAKEN == {}
    page.context.set_offline(False)
    page.goto("/", wait_until="networkidle")  # any page of the site sends what waits
    expect(page.locator("#offline-line")).to_be_hidden()
    assert list(urls_tried.TAKEN.values()) == [("操场破损", 1), ("灯管不亮", 1)]


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(page: Page) -> None:
    page.goto("/tried/visit/")
    page.route("**/tried/visit/", _taken_but_not_answered)
    page.get_by_label("所见").fill("操场破损")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#offline-line")).to_contain_text("1 条记录存在本机")
    page.unroute_all()
    page.goto("/tried/visit/", wait_until="networkidle")
    expect(page.locator("#offline-line")).to_be_hidden()
    assert list(urls_tried.TAKEN.values()) == [("操场破损", 0)]


def _taken_but_not_answered(route: Route) -> None:
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_a_half_filled_form_is_given_back_with_its_photographs_when_the_page_is_opened_again(page: Page) -> None:
    page.goto("/tried/visit/")
    page.get_by_label("照片").set_input_files(PHOTO)
    page.get_by_label("所见").press_sequentially("操场")
    page.wait_for_timeout(600)
    page.goto("/tried/visit/")
    expect(page.get_by_label("所见")).to_have_value("操场")
    expect(page.get_by_text("操场.jpg（5 KB）")).to_be_visible()


def test_what_the_server_does_not_take_goes_back_into_its_form(page: Page) -> None:
    page.goto("/tried/visit/")
    page.context.set_offline(True)
    page.get_by_label("所见").fill("不收这条")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#offline-line")).to_contain_text("没有信号")
    page.context.set_offline(False)
    page.goto("/")
    page.locator("#offline-line").get_by_role("link", name="打开查看").click()
    expect(page.get_by_label("所见")).to_have_value("不收这条")
    page.get_by_label("所见").fill("改好了")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_text("改好了，0 张")).to_be_visible()
    expect(page.locator("#offline-line")).to_be_hidden()


def test_one_account_is_not_given_what_another_entered(page_at: PageAt, page: Page, person: Callable[..., User]) -> None:
    page.goto("/tried/visit/")
    page.route("**/tried/visit/", lambda route: route.abort())
    page.get_by_label("所见").fill("操场破损")
    page.get_by_role("button", name="记下").click()
    expect(page.locator("#offline-line")).to_contain_text("1 条记录")
    page.unroute_all()
    page.context.add_cookies(page_at(1280, person(Role.CITY_REVIEWER)).context.cookies())
    page.goto("/tried/visit/", wait_until="networkidle")
    expect(page.locator("#offline-line")).to_be_hidden()
    expect(page.get_by_label("所见")).to_have_value("")
    assert urls_tried.TAKEN == {}
