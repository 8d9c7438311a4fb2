"""A page is made once per edition, and not sent to whoever has it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.web.portal.making import make_release
from junheng.web.rights.roles import Role


def test_the_second_reader_costs_a_few_small_queries(announced, tree):
    announced(tree.county)
    Client().get(reverse("portal"))
    with CaptureQueriesContext(connection) as captured:
        Client().get(reverse("portal"))
    assert len(captured) <= 5, "one for each kind of thing the public reads"
    assert all("COUNT" in each["sql"] or "MAX" in each["sql"] for each in captured)


@pytest.mark.parametrize("name", ["portal", "public_search", "open_data", "open_data_dictionary"])
def test_whoever_has_the_page_gets_an_empty_answer(announced, tree, name):
    announced(tree.county)
    first = Client().get(reverse(name))
    if name == "public_search":
        assert "ETag" not in first
        return
    assert first["Cache-Control"] == "public, max-age=60"
    assert Client().get(reverse(name), headers={"if-none-match": first["ETag"]}).status_code == 304
    assert Client().get(reverse(name), headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


def test_a_new_announcement_makes_a_new_page_at_once(announced, tree):
    announced(tree.county)
    etag = Client().get(reverse("portal"))["ETag"]
    announced(tree.other_county)
    again = Client().get(reverse("portal"), headers={"if-none-match": etag})
    assert again.status_code == 200
    assert "2 个通过" in again.content.decode()


def test_a_published_file_is_kept_by_whoever_has_it(announced, tree, person):
    announced(tree.county)
    make_release(by=person(Role.PROVINCE_ADMIN))
    url = reverse("open_data_file", args=[1, "results", "csv"])
    first = Client().get(url)
    assert "immutable" in first["Cache-Control"]
    assert Client().get(url, headers={"if-none-match": first["ETag"]}).status_code == 304
