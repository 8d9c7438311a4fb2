"""The public pages as an old phone and a screen reader get them: small, in order, every table and field named; nothing needs a script."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from junheng.policy.registry import load_documents
from junheng.web.areas.actions import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.portal.actions import disclose
from junheng.web.portal.making import make_release
from junheng.web.portal.policy_library import anchor_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rights.roles import Role

_MOST_BYTES = 100_000
_SCHOOLS, _COUNTIES = 250, 100


@pytest.fixture
def pages(announced, tree, person, db) -> dict[str, str]:
    """Path → page, of a province as large as one is: a county of 250 schools, a hundred counties."""
    announced(tree.county)
    announced(tree.other_county, in_force=False)
    make_release(by=person(Role.PROVINCE_ADMIN))
    disclose(by=person(Role.PROVINCE_ADMIN), document="某号")
    for number in range(_SCHOOLS):
        ensure_unit(f"21010{number:05d}", f"和平区第{number}小学校（东校区）", UnitKind.SCHOOL, tree.county)
    for number in range(_COUNTIES):
        ensure_unit(f"21{number // 50 + 3:02d}{number % 50 + 30}", f"某{number}县", UnitKind.COUNTY, tree.city)
    school = Unit.objects.get(code=tree.school.code)
    Unit.objects.filter(pk=school.pk).update(code=f"21{tree.county.code[2:]}0001")
    named = [("portal", ()), ("public_county", (tree.county.code,)), ("public_school", (f"21{tree.county.code[2:]}0001",)), ("open_data", ()), ("open_data_version", (1,)),
             ("open_data_dictionary", ()), ("open_data_methods", ()), ("public_policies", ()), ("zones", ()), ("lotteries", ()), ("announcements", ()), ("receipt", ()),
             ("survey_door", ()), *(("public_policy", (id,)) for id in load_documents() if id != "assumption")]  # fmt: skip
    paths = [reverse(name, args=args) for name, args in named] + [f"{reverse('public_search')}?q=小学", f"{reverse('zones')}?q=小区"]
    return {path: Client().get(path).content.decode() for path in paths}


def test_no_page_is_larger_than_100_kb(pages):
    assert {path: len(page.encode()) for path, page in pages.items() if len(page.encode()) > _MOST_BYTES} == {}


def test_every_page_says_its_language_and_has_its_landmarks_and_one_heading_of_the_first_order(pages):
    for path, page in pages.items():
        assert '<html lang="zh-Hans">' in page, path
        assert all(page.count(mark) == 1 for mark in ("<main", "<h1", "<header class", "<footer")), path
        assert "<nav" in page, path


def test_every_table_has_a_caption_and_every_field_a_label(pages):
    for path, page in pages.items():
        tables = re.findall(r"<table[^>]*>\s*(<\w+)", page)
        assert set(tables) <= {"<caption"}, path
        fields = re.findall(r"<(?:input|select|textarea)(?![^>]*type=\"hidden\")[^>]*>", page)
        labelled = set(re.findall(r"<label for=\"([^\"]+)\"", page))
        assert [each for each in fields if (found := re.search(r"\bid=\"([^\"]+)\"", each)) and found[1] not in labelled] == [], path


def test_a_clause_keeps_its_address_whatever_is_added_to_the_packs(pages):
    page = pages[reverse("public_policy", args=["jiaodu_2017_6"])]
    anchors = re.findall(r"<section class=\"card\" id=\"(c-[0-9a-f]{8})\"", page)
    assert anchor_of("第六条（四）") in anchors
    assert len(anchors) == len(set(anchors))
    assert f'href="#{anchor_of("第六条（四）")}"' in page
