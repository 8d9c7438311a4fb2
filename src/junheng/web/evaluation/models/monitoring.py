"""年度监测."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.evaluation.models.evaluation import Evaluation
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease


class Monitoring(models.Model):
    """年度监测: a later school year's release of the county, judged. Its hashes stand in the step. passed: it met the standard;
    problem: what it was made into where it did not, None = nothing."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="monitorings", verbose_name="评估")
    release = models.ForeignKey(CountyRelease, models.PROTECT, related_name="+", verbose_name="冻结版本")
    passed = models.BooleanField("合格")
    opinion = models.TextField("意见")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+", verbose_name="列为问题")
    by_name = models.CharField("登记人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "年度监测"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "release"], name="monitoring_once")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.release}"
