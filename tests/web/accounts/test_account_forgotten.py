"""A forgotten password: by e-mail, the same answer for everybody; by the keeper, a link that works once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from accounts.conftest import PASSWORD
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from junheng.common.errors import UserError
from junheng.web.accounts import actions
from junheng.web.accounts.actions import forgotten
from junheng.web.accounts.actions.forgotten import MOST_FROM_ONE_PLACE, MOST_TO_ONE_ACCOUNT
from junheng.web.accounts.lockout import kept_name
from junheng.web.accounts.models import User
from junheng.web.audit.models import AuditEvent
from junheng.web.rights.roles import Role

NEW = "Xin-mima-2026"
ADDRESS = "wang@example.org"


@pytest.fixture(autouse=True)
def _sends_email(settings):
    settings.JUNHENG_SENDS_EMAIL = True


@pytest.fixture
def clerk(known) -> User:
    user = known(Role.SCHOOL_CLERK)
    User.objects.filter(pk=user.pk).update(email=ADDRESS, must_change_password=True)
    return user


def work() -> None:
    """What the worker does with the requests that wait."""
    for waiting in DBTaskResult.objects.filter(task_path__endswith="mail_links"):
        waiting.task.func(*waiting.args_kwargs["args"])
        waiting.delete()


def ask(address: str = ADDRESS, client: Client | None = None):
    return (client or Client()).post("/forgotten/", {"email": address})


def mailed_link() -> str:
    return re.search(r"http://testserver(/accounts/password/link/\S+/)", mail.outbox[-1].body)[1]


def set_password(link: str, password: str = NEW, again: str = NEW):
    browser = Client()
    page = browser.get(link, follow=True)
    return browser.post(page.request["PATH_INFO"], {"password1": password, "password2": again}, follow=True)


def test_a_link_comes_by_email_and_sets_a_new_password_once(clerk, sign_in, audited):
    AccessAttempt.objects.create(username=kept_name(clerk.username), ip_address="10.0.0.1", failures_since_start=5, attempt_time=timezone.now())
    inside, _ = sign_in(clerk.username)
    assert "请看邮箱" in ask().content.decode()
    assert mail.outbox == []
    work()
    assert mail.outbox[0].to == [ADDRESS]
    assert clerk.username in mail.outbox[0].body
    link = mailed_link()
    assert "请用新密码登录" in Client().get(link, follow=True).content.decode()
    assert set_password(link).redirect_chain[-1][0] == "/accounts/login/"
    clerk.refresh_from_db()
    assert (clerk.check_password(NEW), clerk.must_change_password) == (True, False)
    assert inside.get("/me/").status_code == 302, "whoever was in is out"
    assert not AccessAttempt.objects.filter(username=kept_name(clerk.username)).exists()
    browser, _ = sign_in(clerk.username, NEW)
    assert browser.get("/me/").status_code == 200
    assert "这个链接不能用了" in Client().get(link, follow=True).content.decode()
    assert [each for each in audited() if "reset" in each or "by_link" in each] == ["accounts.reset_asked", "accounts.reset_mailed", "accounts.password_set_by_link"]


def test_the_answer_and_what_it_leaves_are_the_same_for_every_address(clerk):
    known, unknown = ask(), ask("nobody@example.org")
    strip = lambda response: re.sub(rb'value="[^"]+"', b"", response.content)  # noqa: E731
    assert strip(known) == strip(unknown)
    assert known.status_code == unknown.status_code == 200
    waiting = [str(each.args_kwargs) for each in DBTaskResult.objects.all()]
    assert len(waiting) == 2
    assert not any("example.org" in each for each in waiting), "no address stands in the queue"
    first, second = AuditEvent.objects.filter(action="accounts.reset_asked")
    assert (first.subject, first.detail, first.actor_name) == (second.subject, second.detail, second.actor_name)
    work()
    assert [each.to for each in mail.outbox] == [[ADDRESS]]


def test_accounts_that_are_disabled_or_have_no_address_get_nothing(clerk, known):
    known(Role.COUNTY_ADMIN)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    ask()
    work()
    assert mail.outbox == []
    assert "Enter a valid" not in ask("").content.decode()
    assert ask("").status_code == 200


def test_a_person_with_two_duties_gets_a_link_for_each(clerk, known):
    other = known(Role.COUNTY_ADMIN)
    User.objects.filter(pk=other.pk).update(email=ADDRESS.upper())
    ask()
    work()
    assert {re.search(r"账号 (\S+)（", each.body)[1] for each in mail.outbox} == {clerk.username, other.username}


def test_one_account_gets_few_emails_an_hour_whoever_asks(clerk, monkeypatch):
    for _ in range(MOST_TO_ONE_ACCOUNT + 2):
        assert "请看邮箱" in ask().content.decode()
    work()
    assert len(mail.outbox) == MOST_TO_ONE_ACCOUNT
    monkeypatch.setattr(forgotten, "_HOUR", timedelta(0))  # the log itself cannot be made older
    ask()
    work()
    assert len(mail.outbox) == MOST_TO_ONE_ACCOUNT + 1


def test_one_place_asks_so_often_and_no_more(clerk):
    for number in range(MOST_FROM_ONE_PLACE):
        assert ask(f"{number}@example.org").status_code == 200
    refused = ask()
    assert refused.status_code == 429
    assert "从这里申请得太多" in refused.content.decode()
    assert Client().post("/forgotten/", {"email": ADDRESS}, REMOTE_ADDR="10.9.9.9").status_code == 200


def test_a_link_is_over_after_a_day_and_after_a_sign_in(clerk, sign_in, settings):
    ask()
    work()
    link = mailed_link()
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "这个链接不能用了" in Client().get(link, follow=True).content.decode()
    settings.PASSWORD_RESET_TIMEOUT = 24 * 3600
    assert "请设新密码" in Client().get(link, follow=True).content.decode()
    sign_in(clerk.username)
    assert "这个链接不能用了" in Client().get(link, follow=True).content.decode()
    assert Client().get(link.replace("-", "-0", 1), follow=True).status_code == 200


def test_a_weak_password_is_refused_at_its_field_and_the_link_still_works(clerk):
    ask()
    work()
    link = mailed_link()
    assert "至少" in set_password(link, "short", "short").content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)
    assert set_password(link).redirect_chain[-1][0] == "/accounts/login/"


def test_the_second_factor_is_asked_for_all_the_same(known, sign_in):
    keeper = known(Role.SECURITY_ADMIN)
    User.objects.filter(pk=keeper.pk).update(email=ADDRESS)
    ask()
    work()
    set_password(mailed_link())
    browser, _ = sign_in(keeper.username, NEW)
    assert browser.get("/users/")["Location"] == "/accounts/2fa/totp/activate/"


def test_the_keeper_gives_a_link_that_is_shown_once_and_knows_no_password(clerk, signed_in, audited):
    keeper = signed_in(Role.COUNTY_ADMIN)
    page = keeper.post(f"/users/{clerk.pk}/", {"act": "link"})
    assert page["Cache-Control"] == "no-store"
    link = re.search(r"http://testserver(/accounts/password/link/[^<]+/)", page.content.decode())[1]
    assert "password/link" not in keeper.get(f"/users/{clerk.pk}/").content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD), "until the link is used the old one stands"
    set_password(link)
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert "accounts.reset_link_given" in audited()
    event = AuditEvent.objects.get(action="accounts.reset_link_given")
    assert "link/" not in str((event.detail, event.after, event.subject))


def test_a_link_is_given_by_the_accounts_keeper_alone(clerk, signed_in, person, tree):
    assert signed_in(Role.COUNTY_ADMIN, tree.other_county).post(f"/users/{clerk.pk}/", {"act": "link"}).status_code == 404
    with pytest.raises(UserError, match="不由您管理"):
        actions.give_link(clerk, "http://x", by=person(Role.COUNTY_ADMIN, tree.other_county))
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    clerk.refresh_from_db()
    with pytest.raises(UserError, match="已停用"):
        actions.give_link(clerk, "http://x", by=person(Role.COUNTY_ADMIN))


def test_where_no_email_leaves_the_site_the_page_says_whom_to_ask(clerk, settings):
    settings.JUNHENG_SENDS_EMAIL = False
    assert "这个站点不往外发邮件" in ask().content.decode()
    assert not DBTaskResult.objects.exists()
    assert "forgotten" not in Client().get("/accounts/login/").content.decode()
