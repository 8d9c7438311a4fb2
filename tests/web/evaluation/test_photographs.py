"""Photographs taken on site: kept by the evidence room, once, without the place, and shown beside what they show."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from evaluation_steps import up_to
from photographs import photograph
from PIL import Image
from playwright.sync_api import expect

from junheng.common.errors import UserError
from junheng.web.areas.models import Unit
from junheng.web.evaluation.actions import add_photos, assign
from junheng.web.evaluation.models import VisitJudgement
from junheng.web.evidence.actions import add_evidence_version
from junheng.web.evidence.models import Evidence, EvidenceVersion
from junheng.web.rights.roles import Role
from junheng.web.store import content


@pytest.fixture
def visiting(evaluation, release, signed_in, person):
    """An evaluation whose schools are being visited, and an expert assigned to it."""
    up_to(evaluation, "prov_visit", signed_in, person)
    assign(evaluation, person(Role.PROVINCE_EXPERT), by=person(Role.PROVINCE_ADMIN))
    return evaluation


@pytest.fixture
def send(visiting, signed_in, tree):
    """send(photos, **more): the form of a visit as the phone sends it."""
    client, url = signed_in(Role.PROVINCE_EXPERT), reverse("visit", args=[visiting.pk, tree.school.code])

    def post(*photos, **more):
        form = {"criterion": "class_size", "outcome": "fail", "reason": "三年级二班 47 人", "client_id": str(uuid.uuid4())} | more
        return client.post(url, form | {"photos": list(photos)})

    return post


def _previews(client, url: str) -> int:
    return client.get(url).content.decode().count("/preview/")


def test_photographs_stand_beside_the_judgement_on_the_visit_and_on_the_evaluation(send, visiting, tree, signed_in):
    assert send(photograph(shade=1), photograph(shade=2)).status_code == 302
    assert _previews(signed_in(Role.PROVINCE_EXPERT), reverse("visit", args=[visiting.pk, tree.school.code])) == 2
    for role in (Role.COUNTY_ADMIN, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN, Role.DEPARTMENT):
        client = signed_in(role)
        assert _previews(client, reverse("evaluation", args=[visiting.pk])) == 2
        version = EvidenceVersion.objects.first()
        assert client.get(reverse("evidence_preview", args=[version.pk])).status_code == 200


def test_a_photograph_is_upright_and_does_not_say_where_it_was_taken(send):
    send(photograph())
    kept = Image.open(io.BytesIO(content(EvidenceVersion.objects.get().sha256)))
    assert kept.size == (480, 640)
    assert not kept.getexif()


def test_a_form_sent_twice_counts_once_with_its_photographs(send):
    same = {"client_id": str(uuid.uuid4())}
    assert [send(photograph(), **same).status_code for _ in range(2)] == [302, 302]
    assert (VisitJudgement.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_photograph_that_is_refused_leaves_nothing_recorded_and_says_why(send):
    said = send(photograph(), SimpleUploadedFile("说明.jpg", b"not a picture", "image/jpeg"))
    assert said.status_code == 422
    assert "《说明.jpg》" in said.content.decode()
    assert "三年级二班 47 人" in said.content.decode()
    assert (VisitJudgement.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_document_is_no_photograph(send):
    pdf = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
    said = send(SimpleUploadedFile("批复.pdf", pdf, "application/pdf"))
    assert (said.status_code, "这里只收照片" in said.content.decode()) == (422, True)


def test_too_many_photographs_at_once_are_refused(send):
    said = send(*(photograph(shade=each) for each in range(21)))
    assert "一次最多上传 20 张照片" in said.content.decode()
    assert VisitJudgement.objects.count() == 0


def test_more_photographs_are_added_later_by_the_same_expert_alone(send, visiting, tree, person, signed_in):
    send()
    judgement = VisitJudgement.objects.get()
    url = reverse("visit_photos", args=[visiting.pk, tree.school.code, judgement.pk])
    client = signed_in(Role.PROVINCE_EXPERT)
    for _ in range(2):
        assert client.post(url, {"photos": [photograph(shade=7)]}).status_code == 302
    assert Evidence.objects.get().subject == judgement.reference
    other = person(Role.PROVINCE_EXPERT, tree.other_city)
    assign(visiting, other, by=person(Role.PROVINCE_ADMIN))
    with pytest.raises(UserError, match="只能为自己的记录加照片"):
        add_photos(judgement, [photograph(shade=8)], by=other)
    assert client.post(reverse("visit_photos", args=[visiting.pk, tree.school_beside.code, judgement.pk])).status_code == 404


def test_nobody_puts_another_picture_in_the_place_of_one_taken_on_site(send, signed_in, person):
    send(photograph())
    evidence = Evidence.objects.get()
    with pytest.raises(UserError, match="不能换新版本"):
        add_evidence_version(evidence, upload=photograph(shade=9), by=person(Role.SCHOOL_CLERK))
    page = signed_in(Role.SCHOOL_CLERK).get(reverse("evidence_one", args=[evidence.pk])).content.decode()
    assert "换一个新版本" not in page


def test_a_phone_sends_photographs_without_the_script_at_360_pixels(transactional_db, visiting, tree, person, page_at, tmp_path):
    taken = tmp_path / "现场.jpg"
    taken.write_bytes(photograph().read())
    page = page_at(360, person(Role.PROVINCE_EXPERT), java_script_enabled=False)
    page.goto(reverse("visit", args=[visiting.pk, tree.school.code]))
    page.locator("[name=criterion]").select_option("class_size")
    page.get_by_label("达标", exact=True).check()
    page.locator("#photos").set_input_files(taken)
    page.get_by_role("button", name="记下这一条").click()
    page.get_by_text("已记 1 条").first.wait_for()
    picture = page.locator(".photos img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") > 0
    assert Unit.objects.filter(evidence__subject=VisitJudgement.objects.get().reference).get() == tree.school
