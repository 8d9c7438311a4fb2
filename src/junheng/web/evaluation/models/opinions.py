"""The 督导意见书 as issued, and what the county says to its draft."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.evaluation.models.evaluation import Evaluation
from junheng.web.publicity.models import Announcement


class Decision(models.TextChoices):
    UPHELD = "upheld", "申辩成立"
    DISMISSED = "dismissed", "申辩不成立"


class StatementOfCase(models.Model):
    """申辩: what the county says to the draft opinion, and what the province decides on it. decision, answer: "" = not yet."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="all_statements", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    text = models.TextField("申辩")
    by_name = models.CharField("申辩人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)
    decision = models.CharField("决定", max_length=10, choices=Decision.choices, blank=True)
    answer = models.TextField("处理意见", blank=True)
    answered_by_name = models.CharField("答复人", max_length=80, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "申辩"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text[:20]


class IssuedOpinion(models.Model):
    """A 督导意见书 as it was issued with a conclusion; never changed, whatever is corrected afterwards. document: as
    reports.opinion.Opinion.document gives it; fingerprint: SHA-256 over it; withdrawn_on: with its 公示, None = it stands."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="issued_opinions", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    announcement = models.ForeignKey(Announcement, models.PROTECT, null=True, related_name="+", verbose_name="公示")
    document = models.JSONField("督导意见书")
    fingerprint = models.CharField("校验值", max_length=80)
    by_name = models.CharField("印发人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)
    withdrawn_on = models.DateField("撤回日期", null=True)

    class Meta:
        verbose_name = "已印发的督导意见书"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.evaluation}督导意见书"
