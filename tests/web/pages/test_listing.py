"""A list says which page of it is shown, and its table escapes what people wrote."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils.html import format_html

from junheng.web.pages.listing import ROWS, link_to, page_of, table


def test_a_page_beyond_the_last_is_the_last() -> None:
    page = page_of(RequestFactory().get("/?page=99"), list(range(ROWS + 1)))
    assert (page.number, list(page)) == (2, [ROWS])


def test_a_count_that_is_known_is_not_asked_again() -> None:
    class Uncounted(list[int]):
        def count(self, *_: object) -> int:
            raise AssertionError("asked again")

    assert page_of(RequestFactory().get("/?page=2"), Uncounted(range(120)), 120).paginator.num_pages == 3


def test_a_table_escapes_its_cells_and_names_its_rows() -> None:
    html = table("<名单>", ("甲", "<乙>"), [("<b>一</b>", format_html("<i>{}</i>", "&")), (2, None)])
    assert '<th scope="row">&lt;b&gt;一&lt;/b&gt;</th><td><i>&amp;</i></td>' in html
    assert '<th scope="row">2</th><td></td>' in html
    assert 'aria-label="&lt;名单&gt;"' in html
    assert "<th scope=\"col\">&lt;乙&gt;</th>" in html


@pytest.mark.parametrize(("name", "part"), [("problem", 41), ("unit", "210102"), ("unit", "21-a_B")])
def test_a_link_leads_where_the_table_of_urls_says(name: str, part: int | str) -> None:
    assert f'href="{reverse(name, args=[part])}"' in link_to(name, part, "甲")


def test_a_part_that_is_no_address_is_quoted() -> None:
    assert quote('"><script>', safe="") in link_to("unit", '"><script>', "甲")
