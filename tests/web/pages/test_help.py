"""帮助: the guide on the site, one's own chapter first, under the strict policy, at three widths."""

from __future__ import annotations

import pytest
from browser import overflows, picture, serious_findings
from django.test import Client
from django.urls import reverse

from junheng.web.rights.roles import Role
from junheng.web.site.guide.chapters import chapters


@pytest.mark.parametrize("role", list(Role))
def test_ones_own_chapter_comes_first(signed_in, role):
    page = signed_in(role).get(reverse("help")).content.decode()
    assert f"看{role.label}指南" in page
    assert f'href="{reverse("help")}"' in signed_in(role).get("/").content.decode()


def test_whoever_is_not_signed_in_reads_the_publics(db):
    page = Client().get(reverse("help")).content.decode()
    assert "看群众指南" in page
    assert f'href="{reverse("help")}"' in Client().get(reverse("announcements")).content.decode()


@pytest.mark.parametrize("chapter", list(chapters()))
def test_every_chapter_is_served_to_anybody(db, chapter):
    answer = Client().get(reverse("help_chapter", args=[chapter]))
    assert (answer.status_code, chapters()[chapter].title in answer.content.decode()) == (200, True)


def test_a_chapter_that_is_not_there_is_not_found(db):
    assert Client().get(reverse("help_chapter", args=["nobody"])).status_code == 404


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_guide_fits_and_is_accessible(transactional_db, person, page_at, width):
    for name, url in (("帮助", reverse("help")), ("章", reverse("help_chapter", args=["province_admin"]))):
        page = page_at(width, person(Role.PROVINCE_ADMIN))
        page.goto(url)
        picture(page, f"{name}-{width}")
        assert [*serious_findings(page), *overflows(page)] == []
