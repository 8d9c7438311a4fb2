"""Every page that anybody comes to by following links, looked at: as each of the demonstration's accounts and as the public.

Nothing is asked of a page here but what holds for all: it is there, it says what it is, nothing of it sticks out, is cut off, refused
or left untranslated, axe has nothing serious against it, the keyboard's place is seen, and it prints on A4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from browser import SHOTS, WIDTHS, PageAt
from django.test import Client
from django.urls import reverse
from whole.crawl import Crawl, Key, crawl
from whole.looking import Watched, wrong_with
from whole.whole_site import Site, signed_in

from junheng.web.accounts.models import User
from junheng.web.dashboards.permissions import SEE as SEARCH
from junheng.web.desk.models import Plan
from junheng.web.jobs.models import Job
from junheng.web.pages.table import Open, Page
from junheng.web.rights.roles import Role
from junheng.web.site.table import PAGES

pytestmark = pytest.mark.xdist_group("every page")

_NOT_FOLLOWED: Mapping[str, str] = {
    "announcement_do": "for announcements of no evaluation; the demonstration has none: test_objections.py",
    "disclosure_do": "the demonstration publishes no school's figures: tests/web/portal",
    "healthz": "asked by machines",
    "join": "its link is shown once, to whoever invites; test_account_invitations.py opens it",
    "plan_tasks": "only where a problem may be raised for the plan's schools: tests/web/desk",
    "reporting_uploaded": "one is led there by uploading a folder: test_whole_round.py looks at it",
    "submission_campus": "no school of the demonstration's accounts has two campuses: test_removing_a_campus.py",
    "survey_answer": "its link stands on a slip of paper; test_survey_in_the_browser.py opens it",
}
"""Pages that no link leads to → why, and who looks at them."""

_OF_EVERYBODY = frozenset(page.name for page in PAGES if page.who is Open.PUBLIC)
"""The same whoever looks."""

def _crawled(user: User | None) -> Crawl:
    """From the first page, and from what a person types, keeps or is told of."""
    if user is None:
        return crawl(Client(), [reverse(name) for name in ("portal", "help", "account_login", "password_forgotten", "api_guide", "survey_door")])
    jobs = [url for job in Job.objects.filter(by_id=user.pk) for url in (reverse("job", args=[job.pk]), job.leads_to) if url]
    asked = [reverse("search") + "?q=小学"] if SEARCH.held_by(user) else []
    ticked = "&".join(f"p={plan.pk}" for plan in Plan.objects.filter(planner="improvement", possible=True))
    compared = [f"{reverse('plans_compared')}?{ticked}"] if user.role == Role.COUNTY_ADMIN else []
    return crawl(signed_in(user), [reverse("home"), *asked, *compared, *jobs])


def _may_see(user: User | None) -> Iterable[Page]:
    for page in PAGES:
        public = page.who is Open.PUBLIC
        if "GET" in page.methods and (public if user is None else page.who is Open.SIGNED_IN or any(right.held_by(user) for right in page.rights)):
            yield page


def test_no_link_of_any_page_leads_nowhere_and_every_page_is_linked_to(site: Site) -> None:
    crawls = {who: _crawled(user) for who, user in site.items()}
    assert {who: each.broken for who, each in crawls.items() if each.broken} == {}
    seen = set().union(*(each.names for each in crawls.values()))
    unseen = {page.name for user in site.values() for page in _may_see(user)} - seen - set(_NOT_FOLLOWED)
    assert unseen == set()


@pytest.mark.long
def test_one_of_every_page_is_fit_to_be_looked_at_on_a_phone(site: Site, page_at: PageAt) -> None:
    """Each by the first who comes to it."""
    taken: set[str] = set()
    wrong = {}
    for who, user in site.items():
        pages = {key: url for key, url in _crawled(user).pages.items() if key[0] not in taken}
        mine = {key[0]: (key, url) for key, url in reversed(pages.items())}
        taken |= set(mine)
        wrong |= _looked_at(who, user, dict(mine.values()), page_at, WIDTHS if SHOTS else WIDTHS[:1])
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


@pytest.mark.long
@pytest.mark.parametrize("site", [1.0], indirect=True)
def test_every_page_of_everybody_is_fit_to_be_looked_at_at_three_widths(site: Site, page_at: PageAt) -> None:
    """Counties of their full size, so that tables are as long as they are. Every state and step of a page by the first who comes to it,
    and the page as such, once, by everybody else who does."""
    taken: set[Key] = set()
    wrong = {}
    for who, user in site.items():
        pages = _crawled(user).pages
        once = {key[0]: key for key in reversed(pages)}
        mine = {key: url for key, url in pages.items() if key not in taken or (key == once[key[0]] and key[0] not in _OF_EVERYBODY)}
        taken |= set(mine)
        wrong |= _looked_at(who, user, mine, page_at, WIDTHS)
    assert not wrong, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def _looked_at(who: str, user: User | None, pages: Mapping[Key, str], page_at: PageAt, widths: tuple[int, ...]) -> dict[str, list[str]]:
    if not pages:
        return {}
    watched = Watched(page_at(max(widths), user))
    found = {f"{who} {'.'.join(key)} {url}": wrong_with(watched, url, widths, name=f"{who or 'public'}-{'.'.join(key)}") for key, url in pages.items()}
    watched.page.context.close()
    return {where: what for where, what in found.items() if what}
