"""A lottery that anybody verifies in the browser, with what was published and nothing else."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import Applicant, Terms, canonical_list
from junheng.web.flow.errors import Refused
from junheng.web.portal.actions import (
    draw_lottery,
    publish_list,
    publish_zoning,
    withdraw_lottery,
    withdraw_zoning,
)
from junheng.web.portal.models import Lottery
from junheng.web.rights.roles import Role

LIST = canonical_list(Terms("和平区第一小学", 3), [Applicant(f"B{number:03d}", "甲" if number in (4, 5) else "") for number in range(1, 9)])
SEED = "2026 年 7 月 1 日排列五 3 1 4 1 5"


@pytest.fixture
def listed(person) -> Lottery:
    made = publish_list(by=person(Role.COUNTY_ADMIN), unit=person(Role.COUNTY_ADMIN).unit, list_text=LIST, seed_from="7 月 1 日排列五",
                        seed_on=timezone.localdate() + timedelta(days=3))  # fmt: skip
    Lottery.objects.filter(pk=made.pk).update(seed_on=timezone.localdate())
    return Lottery.objects.get(pk=made.pk)


@pytest.fixture
def drawn(listed, person) -> Lottery:
    return draw_lottery(listed, by=person(Role.COUNTY_ADMIN), data={"seed": SEED})


def _page(lottery: Lottery, **query: str) -> str:
    return Client().get(reverse("lottery", args=[lottery.pk]), query).content.decode()


def _check(lottery: Lottery, data: bytes) -> tuple[int, str]:
    answer = Client().post(reverse("lottery_check", args=[lottery.pk]), {"file": SimpleUploadedFile("x", data)})
    return answer.status_code, answer.content.decode()


def test_the_list_and_its_hash_are_public_before_there_is_a_seed(listed):
    page = _page(listed)
    assert hashlib.sha256(LIST.encode()).hexdigest() in page
    assert "还没有抽取" in page
    assert Client().get(reverse("lottery_list", args=[listed.pk])).content == LIST.encode()
    assert Client().get(reverse("lottery_result", args=[listed.pk])).status_code == 404


def test_a_number_finds_its_outcome_and_how_to_compute_the_ticket_by_hand(drawn):
    page = _page(drawn, number="B001")
    result = json.loads(Client().get(reverse("lottery_result", args=[drawn.pk])).content)
    line = next(each for each in result["result"] if each["number"] == "B001")
    assert line["outcome"] in page
    assert hashlib.sha256(f"{result['seed']}:B001".encode()).hexdigest() == line["ticket"]
    assert line["ticket"] in page
    assert f"{result['seed']}:B001" in page
    assert "与 B004 一并抽取" in _page(drawn, number="B005")
    assert "没有报名号“B999”" in _page(drawn, number="B999")


def test_the_page_draws_again_and_says_that_it_agrees(drawn):
    assert "核验通过：" in _page(drawn)


def test_the_site_itself_cannot_show_another_result_unnoticed(drawn):
    """As if somebody had changed the database: the published record is held against the announced hash and seed."""
    Lottery.objects.filter(pk=drawn.pk).update(seed_text="别的种子", moves=9)
    page = _page(drawn)
    assert "核验不通过" in page
    assert "种子文字不同" in page


@pytest.mark.parametrize("name", ["lottery_list", "lottery_result"])
def test_the_published_files_pass(drawn, name):
    status, page = _check(drawn, Client().get(reverse(name, args=[drawn.pk])).content)
    assert (status, "核验通过" in page) == (200, True)


def test_a_list_with_one_more_child_is_refused_and_the_child_named(drawn):
    other = canonical_list(Terms("和平区第一小学", 3), [*(Applicant(f"B{number:03d}", "甲" if number in (4, 5) else "") for number in range(1, 9)), Applicant("B777")])
    status, page = _check(drawn, other.encode())
    assert (status, "核验不通过" in page, "B777" in page) == (200, True, True)


def test_a_result_with_two_outcomes_exchanged_is_refused(drawn):
    record = json.loads(Client().get(reverse("lottery_result", args=[drawn.pk])).content)
    first, last = record["result"][0], record["result"][-1]
    first["outcome"], last["outcome"] = last["outcome"], first["outcome"]
    page = _check(drawn, json.dumps(record).encode())[1]
    assert "核验不通过" in page
    assert first["number"] in page


def test_a_whole_other_draw_that_is_right_in_itself_is_refused(drawn):
    from junheng.planning.admission.lottery_record import record_of

    page = _check(drawn, record_of(LIST, "我挑的种子").to_json().encode())[1]
    assert "核验不通过" in page
    assert "种子文字不同" in page


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{}"])
def test_what_is_neither_list_nor_result_is_refused_in_words(drawn, data):
    status, page = _check(drawn, data)
    assert status == 422
    assert "Traceback" not in page


def test_a_text_that_is_no_list_at_all_differs(drawn):
    assert "这不是公示的摇号名单" in _check(drawn, "报名号\nB001\n".encode())[1]


def test_nothing_is_drawn_before_the_day_of_the_seed(listed, person):
    Lottery.objects.filter(pk=listed.pk).update(seed_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="还没有到种子产生的日期"):
        draw_lottery(listed, by=person(Role.COUNTY_ADMIN), data={"seed": SEED})


def test_a_lottery_is_drawn_once(drawn, person):
    with pytest.raises(Refused):
        draw_lottery(drawn, by=person(Role.COUNTY_ADMIN), data={"seed": "再来一次"})


def test_a_seed_that_may_be_known_already_is_not_taken(person):
    county = person(Role.COUNTY_ADMIN)
    with pytest.raises(UserError, match="今天以后"):
        publish_list(by=county, unit=county.unit, list_text=LIST, seed_from="昨天的号码", seed_on=timezone.localdate())


def test_a_withdrawn_lottery_shows_the_reason_alone(drawn, person):
    withdraw_lottery(drawn, by=person(Role.COUNTY_ADMIN), data={"reason": "名单漏了一人，更正后重新公示。"})
    page = _page(drawn, number="B001")
    assert "名单漏了一人" in page
    assert drawn.list_hash not in page
    assert Client().get(reverse("lottery_list", args=[drawn.pk])).status_code == 404
    assert drawn.school not in Client().get(reverse("lotteries")).content.decode()


def test_the_county_publishes_from_the_browser(signed_in, tree):
    client = signed_in(Role.COUNTY_ADMIN)
    form = {"kind": "list", "file": SimpleUploadedFile("list.txt", LIST.encode()), "seed_from": "7 月 1 日排列五",
            "seed_on": str(timezone.localdate() + timedelta(days=2))}  # fmt: skip
    assert client.post(reverse("admission"), form).status_code == 302
    assert Lottery.objects.get().unit == tree.county
    again = client.post(reverse("admission"), form | {"file": SimpleUploadedFile("list.txt", LIST.encode())})
    assert (again.status_code, "已经公示过" in again.content.decode()) == (422, True)


def test_a_village_finds_its_school_until_the_zoning_is_withdrawn(signed_in, tree, person):
    client = signed_in(Role.COUNTY_ADMIN)
    file = SimpleUploadedFile("zones.csv", f"片区名称,学校名称,学校标识码\n浑河小区,{tree.school.name},{tree.school.code}\n".encode())
    assert client.post(reverse("admission"), {"kind": "zoning", "file": file, "school_year": "2025", "document": "和教发〔2025〕3号"}).status_code == 302
    page = Client().get(reverse("zones"), {"q": "浑河"}).content.decode()
    assert tree.school.name in page
    assert "和教发〔2025〕3号" in page
    assert "浑河小区" in Client().get(reverse("public_school", args=[tree.school.code])).content.decode()
    from junheng.web.portal.models import Zoning

    withdraw_zoning(Zoning.objects.get(), by=person(Role.COUNTY_ADMIN), data={"reason": "有误"})
    assert "没有查到" in Client().get(reverse("zones"), {"q": "浑河"}).content.decode()


def test_a_zoning_with_a_phone_number_is_refused(person):
    county = person(Role.COUNTY_ADMIN)
    with pytest.raises(UserError, match="手机号"):
        publish_zoning(by=county, unit=county.unit, school_year=2025, document="某号", lines=[{"place": "找 15400000000", "school": "一小", "code": None}])
