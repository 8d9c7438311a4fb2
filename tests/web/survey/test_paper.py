"""Paper questionnaires from a workbook: all of it or nothing, and every wrong cell is named."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from junheng.web.rights.roles import Role
from junheng.web.survey.counting import heard
from junheng.web.survey.models import Answer, PaperEntry


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.PROVINCE_ADMIN)


@pytest.fixture
def filled(admin, survey):
    """filled(rows, sent): the template as it is downloaded, with these rows typed in."""

    def fill(rows: list[list[object]], sent: dict[str, object] | None = None) -> bytes:
        template = admin.get(reverse("survey_paper_template", args=[survey.pk]))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(template.streaming_content)))
        for number, row in enumerate(rows, 2):
            for at, value in enumerate(row, 1):
                book["问卷"].cell(number, at, value)
        for row in book["发放"].iter_rows(min_row=2):
            if row[0].value in (sent or {}):
                row[1].value = sent[row[0].value]
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return fill


def _upload(admin, survey, data: bytes, name: str = "纸质.xlsx"):
    return admin.post(reverse("survey_paper", args=[survey.pk]), {"file": SimpleUploadedFile(name, data)})


def test_a_workbook_is_taken_whole(admin, survey, filled, tree):
    rows = [["家长", tree.school.code, "满意", "一般"], ["家长", tree.school.code, 1], ["人大代表", None, "不了解"], ["人大代表", None, None, "满意"]]
    assert _upload(admin, survey, filled(rows, {"家长": 5, "人大代表": 3})).status_code == 302
    found = {each.id: each for each in heard(survey)}
    assert (found["parents"].sent, found["parents"].returned, found["parents"].valid, found["parents"].satisfied) == (5, 2, 2, 2)
    assert (found["deputies"].sent, found["deputies"].returned, found["deputies"].valid) == (3, 2, 0)
    assert found["students"].sent == 0
    assert set(Answer.objects.filter(group="parents").values_list("school__code", flat=True)) == {tree.school.code}
    assert Answer.objects.filter(more={"fairness": "fair"}).exists()


def test_one_wrong_cell_and_nothing_is_taken(admin, survey, filled, tree):
    rows = [["家长", tree.school.code, "满意"], ["邻居", None, "满意"], ["家长", tree.other_school.code, "很好"], ["人大代表", None, "满意"] + [None] * 5 + ["满意"]]
    answer = _upload(admin, survey, filled(rows, {"家长": "约五"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("A3“邻居”不是调查对象", f"B4“{tree.other_school.code}”不是按校调查家长的学校", "C4“很好”不在选项里", "I5这一题不问这类对象", "B3“家长 约五”应是对象和整数"):
        assert said in page
    assert not PaperEntry.objects.exists()
    assert not Answer.objects.exists()


def test_the_same_file_counts_once_and_can_be_withdrawn(admin, survey, filled):
    data = filled([["校长", None, "满意"]])
    assert _upload(admin, survey, data).status_code == 302
    assert "已经录入过" in _upload(admin, survey, data).content.decode()
    entry = PaperEntry.objects.get()
    assert admin.post(reverse("survey_paper", args=[survey.pk]), {"act": "withdraw", "entry": entry.pk}).status_code == 302
    assert next(each.returned for each in heard(survey) if each.id == "principals") == 0
    assert _upload(admin, survey, data).status_code == 302
    assert next(each.returned for each in heard(survey) if each.id == "principals") == 1


def test_another_workbook_is_refused_with_what_to_do(admin, survey):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    answer = _upload(admin, survey, out.getvalue())
    assert (answer.status_code, "不是这次调查的纸质问卷录入表" in answer.content.decode()) == (422, True)
    assert _upload(admin, survey, b"not a workbook").status_code == 422
