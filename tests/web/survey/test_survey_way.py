"""From the first click to 社会认可度 of the evaluation: plan, codes, answers, interviews, result, 表Ⅵ."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from evaluation_steps import press

from junheng.web.commitments.models import Commitment
from junheng.web.evaluation.models import Evaluation
from junheng.web.flow.models import Step
from junheng.web.rights.roles import Role
from junheng.web.site.actions.demonstrated_survey import survey_and_ledger
from junheng.web.survey.models import Survey
from junheng.web.survey.result import fingerprint, result_of

POPULATIONS = {"teachers": "60", "principals": "12", "deputies": "30", "advisers": "30", "others": "1000"}
PARAMETERS = {"confidence": "95", "margin": "5", "response": "70"}


def _printed(admin: Client, survey: Survey, stratum, size: int) -> list[str]:
    """The codes on the sheet."""
    page = admin.post(reverse("survey_codes", args=[survey.pk]), {"stratum": stratum.pk, "size": size})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    return re.findall(r'<strong class="nowrap">([A-Z2-9-]{14})</strong>', page.content.decode())


def _answer(code: str, overall: str, **more: str) -> None:
    """As a person does: open the link of the slip, fill in, send."""
    public = Client()
    opened = public.get(reverse("survey_answer", args=[code]))
    assert opened.status_code == 200, opened.content.decode()
    sent = public.post(reverse("survey_door"), {"code": code, "act": "answer", "overall": overall, **more})
    assert (sent.status_code, "问卷已收到" in sent.content.decode()) == (200, True), sent.content.decode()


def test_a_survey_goes_from_the_plan_to_the_evaluation(evaluation, signed_in):
    admin = signed_in(Role.PROVINCE_ADMIN)
    page = reverse("survey", args=[evaluation.pk])
    made = admin.post(page)
    survey = Survey.objects.get()
    assert made["Location"] == reverse("survey_plan", args=[survey.pk])

    planned = admin.post(reverse("survey_plan", args=[survey.pk]), PARAMETERS | {f"population_{group}": n for group, n in POPULATIONS.items()})
    assert planned.status_code == 302
    assert dict(survey.strata.filter(group="students").values_list("school__code", "quota")) == {"2121001719": 148, "3121001720": 49}  # 197 of 400
    assert survey.strata.get(group="deputies").quota == 28

    closes = str(timezone.localdate() + timedelta(days=7))
    assert press(admin, survey, "open", {"closes_on": closes}).status_code == 302

    for group in survey.questionnaire.groups:
        stratum = survey.strata.filter(group=group.id).first()
        codes = _printed(admin, survey, stratum, 12)
        assert len(set(codes)) == 12
        for number, code in enumerate(codes[:10]):
            _answer(code, "fair" if number == 0 and group.id == "parents" else "unknown" if number == 1 else "satisfied")

    expert = signed_in(Role.PROVINCE_EXPERT)
    heard = expert.post(reverse("survey_interviews", args=[survey.pk]), {
        "client_id": "6f1c2f5e-0f6e-4a52-9b7e-000000000001", "group": "parents", "place": "和平区第一小学门口", "on": str(timezone.localdate()), "asked": "20", "satisfied": "19"})
    assert heard.status_code == 302

    shown = signed_in(Role.COUNTY_ADMIN).get(page).content.decode()
    assert "98.4% 的问卷满意（62／63）" in shown  # seven groups of ten, one each does not know, one parent is not content
    assert press(admin, survey, "close").status_code == 302
    confirmed = press(admin, survey, "confirm", {"opinion": "属实。"})
    assert confirmed.status_code == 302, confirmed.content.decode()

    county = Evaluation.objects.get(pk=evaluation.pk)
    survey.refresh_from_db()
    assert county.state == "prov_visit"
    assert (county.satisfaction["valid"], county.satisfaction["satisfied"], county.satisfaction["parents_satisfied"]) == (63, 62, 8)
    assert (county.satisfaction["visited"], county.satisfaction["visited_satisfied"]) == (20, 19)
    step = Step.objects.get(subject=county.reference, transition="record_recognition")
    assert fingerprint(survey.result) in step.data["basis"]
    assert result_of(survey).verdict == "pass"

    table = admin.get(reverse("survey_table", args=[survey.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(table.streaming_content)))["表Ⅵ"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[0].value in ("计", "其中：家长")]
    assert rows[0][:4] == ["计", 84, 63, 62]
    assert rows[1] == ["其中：家长", 12, 9, 8, 8 / 9 * 100, 20, 19, 95]


def test_the_demonstration_shows_a_survey_under_way(evaluation, person):
    survey_and_ledger(evaluation.round, by=person(Role.PROVINCE_ADMIN))
    result = result_of(Survey.objects.get())
    assert (result.missing, result.whole.heard.returned) == ((), 7 * 30)
    assert Commitment.objects.exists()
