"""No page of these rooms shows a link that its viewer cannot open, whoever looks and however far the evaluation is."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import resolve, reverse

from junheng.web.accounts.models import User
from junheng.web.evaluation.models import Evaluation
from junheng.web.evaluation.pages import PAGES as EVALUATION
from junheng.web.pages.table import Open, Page
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.publicity.pages import PAGES as PUBLICITY
from junheng.web.rights.roles import Role

PUBLIC = None
LOOKED_AT = ("draft", "prov_visit", "publicised", "revoked")


class _Read(HTMLParser):
    """links: of pages and pictures; forms: where forms are posted to."""

    def __init__(self, url: str, page: str) -> None:
        super().__init__()
        self._url, self.links, self.forms = url.partition("?")[0], {}, {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        link = said.get("href") or said.get("src") or ""
        if tag in ("a", "img") and link.startswith(("/", "?")):
            self.links[self._url + link if link.startswith("?") else link] = None
        if tag == "form" and said.get("method") == "post":
            self.forms[said.get("action") or self._url] = None


def _admitted(url: str, user: User | None) -> bool:
    """What the gate says; the sign-in libraries' own forms stand behind another."""
    match = resolve(url)
    page = getattr(match.func, "page", None)
    return page is None or (user is None and page.who is Open.PUBLIC) or page.admits(user, page.subject(**_wanted(page, match.kwargs)) if page.subject else None)


def _wanted(page: Page, kwargs: dict[str, object]) -> dict[str, object]:
    code = page.subject.__code__
    return {name: kwargs[name] for name in code.co_varnames[: code.co_argcount]}


def _pages(evaluation: Evaluation, tree) -> Iterator[str]:
    """The URL of every page of the two rooms, about what is there."""
    announcement, objection = Announcement.objects.first(), Objection.objects.first()
    kwargs = {"evaluation": {"pk": evaluation.pk}, "evaluation_experts": {"pk": evaluation.pk}, "materials": {"pk": evaluation.pk},
              "visit": {"pk": evaluation.pk, "code": tree.school.code}, "evaluation_opinion": {"pk": evaluation.pk}}  # fmt: skip
    lists = ("evaluations", "my_visits", "announcements", "receipt", "objections")
    elsewhere = {"acceptance_do", "recognition_do", "announcement_do", "objection_do", "announcement", "objection", "material", "judgement"}
    known = {page.name for page in (*EVALUATION, *PUBLICITY) if "GET" in page.methods}
    assert known == {*kwargs, *lists, *elsewhere}, "a page of these rooms is not looked at"
    yield from (reverse(name) for name in lists)
    yield from (reverse(name, kwargs=of) for name, of in kwargs.items())
    yield from (reverse("material", args=[evaluation.pk, each]) for each in ("layout", "class_size", "veto"))
    yield from (reverse("announcement", args=[announcement.pk]),) if announcement else ()
    yield from (reverse("objection", args=[objection.pk]), f"{reverse('receipt')}?number={objection.receipt}") if objection else ()


@pytest.mark.parametrize("stage", LOOKED_AT)
def test_every_link_shown_can_be_opened_by_whoever_sees_it(reached, tree, signed_in, person, stage):
    evaluation = reached(stage)
    shut = []
    for role in (PUBLIC, *Role):
        client, seen = (signed_in(role) if role else Client()), {}
        for url in _pages(evaluation, tree):
            page = client.get(url)
            if page.status_code != 200 or page.streaming:
                continue
            read = _Read(url, page.content.decode())
            for link in read.links:
                if link not in seen:
                    seen[link] = client.get(link).status_code
                if seen[link] >= 400:
                    shut.append(f"{role or 'public'} {url} → {link}: {seen[link]}")
            shut += [f"{role or 'public'} {url} ⇒ {form}" for form in read.forms if not _admitted(form, person(role) if role else None)]
    assert shut == []
