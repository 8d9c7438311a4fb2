"""Who evaluates, who keeps away, and which schools are drawn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.models.evaluation import Evaluation


class Relation(models.Model):
    """A relation an expert declared, for which they must keep away from a unit (回避)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="relations", verbose_name="专家")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    reason = models.CharField("关系", max_length=100)
    declared_at = models.DateTimeField("申报时间", default=timezone.now)

    class Meta:
        verbose_name = "回避关系"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "unit"], name="relation_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.unit}"


class Assignment(models.Model):
    """An expert who works on an evaluation."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="assignments", verbose_name="评估")
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name="专家")
    assigned_at = models.DateTimeField("安排时间", default=timezone.now)

    class Meta:
        verbose_name = "专家分工"
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "user"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.user}（{self.evaluation}）"


class Sample(models.Model):
    """The schools drawn to be visited. seed: with it anybody can draw again. strata: code → stratum of every school that
    could be drawn; drawn: the codes drawn, in order."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="all_samples", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    seed = models.CharField("种子", max_length=40)
    size = models.PositiveSmallIntegerField("所数")
    strata = models.JSONField("分层")
    drawn = models.JSONField("抽中")
    drawn_at = models.DateTimeField("抽取时间", default=timezone.now)

    class Meta:
        verbose_name = "抽样"
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "application"], name="sample_once")]

    def __str__(self) -> str:
        return f"{self.evaluation}抽样"
