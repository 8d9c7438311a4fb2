"""The pages of an evaluation and of its publication as people see them, at three widths, by everybody concerned."""

from __future__ import annotations

import pytest
from browser import WIDTHS, unusable
from django.urls import reverse

from junheng.web.evaluation.models import Sample, VisitJudgement
from junheng.web.publicity.actions import withdraw
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.rectification.models import Problem
from junheng.web.rights.roles import Role


def _during(evaluation, tree, person):
    """While schools are visited."""
    Sample.objects.create(evaluation=evaluation, seed="8f2c0a3d5e6b7a9c8f2c0a3d5e6b7a9c", size=2, strata={}, drawn=[tree.school.code, tree.school_beside.code])
    county, province, expert = person(Role.COUNTY_ADMIN), person(Role.PROVINCE_ADMIN), person(Role.PROVINCE_EXPERT)
    one, of, judged = evaluation.pk, {"pk": evaluation.pk}, VisitJudgement.objects.first()
    return [
        ("名单-省", reverse("evaluations"), province), ("评估-省", reverse("evaluation", kwargs=of), province), ("评估-县", reverse("evaluation", kwargs=of), county),
        ("评估-部门", reverse("evaluation", kwargs=of), person(Role.DEPARTMENT)), ("材料审核-专家", reverse("materials", kwargs=of), expert),
        ("材料一条-省", reverse("material", args=[one, "layout"]), province), ("材料一条-县", reverse("material", args=[one, "class_size"]), county),
        ("专家和抽样", reverse("evaluation_experts", kwargs=of), province), ("清单-专家", reverse("my_visits"), expert),
        ("入校-专家", reverse("visit", args=[one, tree.school.code]), expert), ("更正-专家", reverse("judgement", args=[one, judged.pk]), expert),
        ("成因已消除-县", reverse("problem", args=[Problem.objects.exclude(cause_gone_at=None).latest("pk").pk]), county), ("结束核查", reverse("acceptance_do", args=[one, "finish_visits"]), province),
    ]  # fmt: skip


def _heard(evaluation, tree, person):
    """While the county may state its case."""
    county, province, of = person(Role.COUNTY_ADMIN), person(Role.PROVINCE_ADMIN), {"pk": evaluation.pk}
    return [("申辩-县", reverse("evaluation", kwargs=of), county), ("公示结论", reverse("acceptance_do", args=[evaluation.pk, "publicise"]), province)]


def _public(evaluation, tree, person):
    """While the public is told."""
    announcement, objection, province = Announcement.objects.get(), Objection.objects.get(), person(Role.PROVINCE_ADMIN)
    return [
        ("公示-公众", reverse("announcement", args=[announcement.pk]), None), ("公示名单-公众", reverse("announcements"), None),
        ("回执-公众", f"{reverse('receipt')}?number={objection.receipt}", None), ("异议名单-省", reverse("objections"), province),
        ("异议-省", reverse("objection", args=[objection.pk]), province), ("评估公示中-县", reverse("evaluation", args=[evaluation.pk]), person(Role.COUNTY_ADMIN)),
    ]  # fmt: skip


def _ended(evaluation, tree, person):
    """After the revocation; and something else withdrawn."""
    announcement = Announcement.objects.get()
    other = Announcement.objects.create(unit=announcement.unit, round=announcement.round, title="另一件公示", body="正文", closes_on=announcement.closes_on)
    withdraw(other, by=person(Role.PROVINCE_ADMIN), data={"reason": "正文有误，更正后重新公示。"})
    return [
        ("已撤销-公众", reverse("announcement", args=[announcement.pk]), None), ("已撤回-公众", reverse("announcement", args=[other.pk]), None),
        ("已撤销-县", reverse("evaluation", args=[evaluation.pk]), person(Role.COUNTY_ADMIN)),
    ]  # fmt: skip


@pytest.mark.parametrize(("stage", "pages"), [("prov_visit", _during), ("prov_conclusion", _heard), ("publicised", _public), ("revoked", _ended)])
def test_every_page_can_be_used_at_three_widths_by_everybody(transactional_db, reached, tree, person, page_at, stage, pages):
    assert unusable(pages(reached(stage), tree, person), page_at, WIDTHS, stage=f"{stage}-") == {}
