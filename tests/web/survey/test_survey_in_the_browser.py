"""The pages as people see them; the public's on a phone of 320 px, without JavaScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import SHOTS, WIDTHS, overflows, picture, serious_findings, unusable
from django.urls import reverse
from django.utils import timezone

from junheng.web.rights.roles import Role
from junheng.web.survey.actions import issue
from junheng.web.survey.models import Answer
from junheng.web.survey.questionnaire import newest

PHONE = 320


@pytest.fixture
def codes(transactional_db, survey, person):
    return issue(survey.strata.filter(group="parents").first(), 12, by=person(Role.PROVINCE_ADMIN))[1]


def test_somebody_answers_on_an_old_phone_without_javascript(codes, page_at):
    page = page_at(PHONE, java_script_enabled=False)
    page.goto(reverse("survey_door"))
    picture(page, "门-320")
    page.get_by_label("答题码").fill(codes[0].lower())
    page.get_by_role("button", name="开始答题").click()
    picture(page, "问卷-320")
    page.get_by_role("group", name="1．").get_by_label("满意", exact=True).check()
    page.get_by_role("group", name="2．").get_by_label("不满意", exact=True).check()
    page.get_by_role("button", name="提交问卷").click()
    assert page.get_by_role("heading", level=1).inner_text() == "问卷已收到，谢谢您"
    picture(page, "谢谢-320")
    kept = Answer.objects.get()
    assert (kept.overall, kept.more) == ("satisfied", {"fairness": "dissatisfied"})
    page.goto(reverse("survey_answer", args=[codes[0]]))
    assert "已经用过" in page.get_by_role("alert").inner_text()


def test_the_publics_pages_are_without_findings_at_320_pixels(codes, page_at):
    page, wrong = page_at(PHONE), {}
    for url in (reverse("survey_door"), reverse("survey_answer", args=[codes[1]]), reverse("survey_answer", args=["AAAA-BBBB-CCCC"])):
        page.goto(url)
        found = [*serious_findings(page), *overflows(page)]
        if found:
            wrong[url] = found
    assert wrong == {}


def test_what_a_browser_tells_when_it_sends_an_answer_holds_no_code(codes, page_at):
    page, told = page_at(PHONE), []
    page.on("request", lambda request: told.append((request.url, request.headers.get("referer", ""))) if request.method == "POST" else None)
    page.goto(reverse("survey_answer", args=[codes[2]]))
    page.get_by_role("group", name="1．").get_by_label("一般", exact=True).check()
    page.get_by_role("button", name="提交问卷").click()
    page.wait_for_selector("text=问卷已收到")
    assert len(told) == 1
    assert codes[2] not in f"{told}"


def test_every_page_can_be_used_at_three_widths(codes, survey, tree, person, page_at):
    today = timezone.localdate()
    for at, group in enumerate(newest().groups):
        Answer.objects.bulk_create(Answer(survey=survey, group=group.id, day=today, overall="fair" if n % 9 == 0 else "satisfied", more={"workload": "fair"})
                                   for n in range(6 + 5 * at if at != 5 else 0))  # fmt: skip
    province, expert, county = person(Role.PROVINCE_ADMIN), person(Role.PROVINCE_EXPERT), person(Role.COUNTY_ADMIN)
    pages = [
        ("名单", reverse("surveys"), province), ("调查-省", reverse("survey", args=[survey.evaluation_id]), province),
        ("调查-县", reverse("survey", args=[survey.evaluation_id]), county), ("计划", reverse("survey_plan", args=[survey.pk]), province),
        ("答题码", reverse("survey_codes", args=[survey.pk]), province), ("纸质", reverse("survey_paper", args=[survey.pk]), province),
        ("访谈-专家", reverse("survey_interviews", args=[survey.pk]), expert),
    ]  # fmt: skip
    assert unusable(pages, page_at, WIDTHS) == {}


def test_codes_are_printed_two_in_a_row_with_a_qr_code_each(codes, survey, person, page_at, tmp_path):
    page = page_at(1280, person(Role.PROVINCE_ADMIN))
    page.goto(reverse("survey_codes", args=[survey.pk]))
    row = page.get_by_role("row").filter(has_text="政协委员")
    row.get_by_label("张数").fill("13")
    row.get_by_role("button", name="印制").click()
    page.wait_for_selector("text=请现在打印")
    assert page.locator(".slips svg.qr").count() == 13
    assert serious_findings(page) == []
    picture(page, "码单-1280")
    out = Path(SHOTS or tmp_path) / "码单.pdf"
    page.emulate_media(media="print")
    page.pdf(path=out, format="A4")
    boxes = page.locator(".slips li").all()
    assert boxes[0].bounding_box()["y"] == boxes[1].bounding_box()["y"]
