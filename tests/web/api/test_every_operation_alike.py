"""What holds for every operation: the same ETags, pages, refusals and pace, and nobody's name."""

from __future__ import annotations

import pytest
from access.subjects import SUBJECTS, api_token
from access.test_every_operation import EXPECTED, _answer
from django.test import Client
from django.urls import reverse

from junheng.web.accounts.models import User
from junheng.web.api.actions import pace
from junheng.web.api.models import Token, Visitor
from junheng.web.api.v1 import API, PREFIX
from junheng.web.publicity.actions.pace import key_of

READS = sorted(name for name, row in EXPECTED.items() if row.method == "GET")
DOCUMENT = API.get_openapi_schema(path_prefix=f"/{PREFIX}")
OPERATIONS = {each["operationId"]: each for methods in DOCUMENT["paths"].values() for each in methods.values()}


def _is_list(name: str) -> bool:
    (content,) = OPERATIONS[name]["responses"][200]["content"].values()
    shape = DOCUMENT["components"]["schemas"].get(content["schema"].get("$ref", "").rpartition("/")[2], {})
    return set(shape.get("properties", ())) == {"items", "next"}


LISTS = [name for name in READS if _is_list(name)]


def test_whatever_is_read_carries_an_etag_and_is_not_sent_again(one_of_each):
    for name in READS:
        asked = one_of_each(name)
        first = asked.answer()
        assert first.status_code == 200, (name, first.content)
        again = asked.answer({"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), name
        other = asked.answer({"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, first.content), name
        kept = (first["Cache-Control"], first.get("Vary", "").split(", ").count("Authorization"))
        assert kept == (("private, no-cache", 1) if asked.secret else ("public, max-age=60", 0)), name


def test_every_list_cut_into_pages_is_the_list(one_of_each):
    assert len(LISTS) > 20
    for name in LISTS:
        asked = one_of_each(name)
        whole = asked.answer(limit=200).json()
        assert whole["next"] is None, name
        step, out, cursor = max(1, len(whole["items"]) // 3), [], ""
        while True:
            page = asked.answer(limit=step, **({"cursor": cursor} if cursor else {})).json()
            out += page["items"]
            assert len(page["items"]) <= step, name
            if page["next"] is None:
                break
            cursor = page["next"]
        assert out == whole["items"], name


@pytest.mark.parametrize("name", LISTS)
def test_a_list_refuses_a_page_it_cannot_give(name, tree, person):
    row = EXPECTED[name]
    if row.who is not None:
        api_token(person(min(row.who)), "jh_good")
    url = reverse(f"api-v1:{name}", kwargs=SUBJECTS[row.about](tree.school, None))
    for query in ("limit=0", "limit=201", "limit=x", f"cursor={'x' * 201}"):
        assert Client().get(f"{url}?{row.query}&{query}", headers={"Authorization": "Bearer jh_good"}).status_code == 422, query


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_parameter_nobody_knows_is_refused(name, tree, person):
    row = EXPECTED[name]
    if row.who is not None:
        api_token(person(min(row.who)), "jh_good")
    url = reverse(f"api-v1:{name}", kwargs=SUBJECTS[row.about](tree.school, None))
    answer = Client().generic(row.method, f"{url}?{row.query}&slip=1", data=row.body, content_type="application/json", headers={"Authorization": "Bearer jh_good"})
    assert answer.status_code == 422
    assert "slip" in answer.json()["why"] or row.file


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_whoever_is_too_fast_is_told_when_to_come_again(name, tree, person, monkeypatch):
    monkeypatch.setattr(pace.time, "time", lambda: 6e9)
    row, now = EXPECTED[name], int(6e9 // 60)
    if row.who is None:
        Visitor.objects.create(key=key_of("api", "127.0.0.1"), minute=now, calls=pace.MOST_OF_VISITORS)
    else:
        Token.objects.filter(pk=api_token(person(min(row.who)), "jh_good").pk).update(minute=now, calls=pace.MOST_A_MINUTE)
    answer = _answer(name, tree.school, "" if row.who is None else "jh_good")
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:junheng:problem:pace")
    assert 1 <= int(answer["Retry-After"]) <= 61
    assert answer["Cache-Control"] == "no-store"


def test_nobody_is_named_in_any_answer(one_of_each):
    """Accounts, their addresses and numbers; what a unit's system asks for are units."""
    User.objects.update(email="somebody@example.org")
    people = {each for pair in User.objects.values_list("name", "username", "email") for each in pair}
    for name in READS:
        asked = one_of_each(name)
        said = asked.answer().content.decode()
        assert not [each for each in people if each in said], name
