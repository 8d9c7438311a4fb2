"""No page of these rooms shows a link that its viewer cannot open, whoever looks and however far the evaluation is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from evaluation_steps import measured_release_of, nothing_more_to_say, press, release_of, up_to
from photographs import photograph

from junheng.web.accounts.models import User
from junheng.web.evaluation.actions import Found, assign, judge, judge_material, make_problem, state_case
from junheng.web.evaluation.criteria import items_of
from junheng.web.evaluation.models import Evaluation
from junheng.web.evaluation.pages import PAGES as EVALUATION
from junheng.web.evidence.actions import attach
from junheng.web.pages.table import Open, Page
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.publicity.pages import PAGES as PUBLICITY
from junheng.web.rights.roles import Role
from junheng.web.rounds.models import Round

PUBLIC = None
STAGES = ("draft", "prov_materials", "prov_visit", "prov_conclusion", "publicised", "monitoring", "revoked")
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


@pytest.fixture
def reached(evaluation, round, tree, signed_in, person, tmp_path):
    """reached(stage): the evaluation there, with something of everything that leaves links behind on the way."""
    province = person(Role.PROVINCE_ADMIN)

    def visited() -> None:
        expert = person(Role.PROVINCE_EXPERT)
        assign(evaluation, expert, by=province)
        found = Found(items_of(evaluation)["class_size"], "fail", "47 人")
        judge(Evaluation.objects.get(pk=evaluation.pk), tree.school, found, uuid.uuid4(), by=expert, photos=[photograph()])

    def materials() -> None:
        attach(unit=tree.county, round=round, criterion="layout", upload=photograph(shade=3), by=person(Role.COUNTY_ADMIN))
        at, item = Evaluation.objects.get(pk=evaluation.pk), items_of(evaluation)["layout"]
        make_problem(judge_material(at, item, "fail", "没有规划", uuid.uuid4(), by=province), item, by=province)
        judge_material(at, item, "pass", "规划已补", uuid.uuid4(), by=province)

    def objected() -> None:
        Client().post(reverse("announcement", args=[Announcement.objects.get().pk]), {"text": "班额与公示不符。", "client_id": str(uuid.uuid4())})

    def monitored() -> None:
        Announcement.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
        admin = signed_in(Role.PROVINCE_ADMIN)
        for each in Objection.objects.all():
            press(admin, each, "review")
            press(admin, each, "uphold", {"answer": "属实。", "problem": "三年级班额超标"})
        assert press(admin, evaluation, "accept").status_code == 302
        press(admin, evaluation, "monitor")
        release_of(Round.objects.create(name="监测", school_year=2026, unit=tree.province, state="open"), tree.county, 7, "fail")
        assert press(admin, evaluation, "warn", {"opinion": "整改"}).status_code == 302

    def go(stage: str) -> Evaluation:
        measured_release_of(round, tree.county, tmp_path)
        for each in STAGES[1 : STAGES.index(stage) + 1]:
            if each == "publicised":
                state_case(Evaluation.objects.get(pk=evaluation.pk), "另有说明。", by=person(Role.COUNTY_ADMIN))
                statement = evaluation.statements.get()
                signed_in(Role.PROVINCE_ADMIN).post(
                    reverse("evaluation_statement", args=[evaluation.pk]), {"answer_to": statement.pk, "decision": "upheld", "answer": "采纳。"}
                )
                nothing_more_to_say(evaluation, signed_in)
            if each == "revoked":
                press(signed_in(Role.PROVINCE_ADMIN), evaluation, "revoke", {"reason": "不合格", "approval": "1 号"})
            elif each == "monitoring":
                monitored()
            else:
                up_to(evaluation, each, signed_in, person)
            {"prov_materials": materials, "prov_visit": visited, "publicised": objected}.get(each, lambda: None)()
        evaluation.refresh_from_db()
        return evaluation

    return go


def _pages(evaluation: Evaluation, tree) -> Iterator[str]:
    """The URL of every page of the two rooms, about what is there."""
    announcement, objection = Announcement.objects.first(), Objection.objects.first()
    kwargs = {"evaluation": {"pk": evaluation.pk}, "evaluation_experts": {"pk": evaluation.pk}, "materials": {"pk": evaluation.pk},
              "visit": {"pk": evaluation.pk, "code": tree.school.code}, "evaluation_opinion": {"pk": evaluation.pk}}  # fmt: skip
    lists = ("evaluations", "my_visits", "announcements", "receipt", "objections")
    elsewhere = {"acceptance_do", "recognition_do", "announcement_do", "objection_do", "announcement", "objection", "material"}
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
