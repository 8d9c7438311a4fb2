"""What the province finds in the materials."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.evaluation.models.evaluation import Evaluation
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease


class MaterialOutcome(models.TextChoices):
    PASS = "pass", "达标"
    FAIL = "fail", "未达标"
    MORE = "more", "需补充"


class MaterialJudgement(models.Model):
    """What the province finds on one criterion from the figures and the county's evidence (材料审核). Never changed: a later
    one on the same criterion takes its place.

    release: what was looked at; on another release everything is judged anew. problem: what it was made into, None = nothing.
    """

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="all_material_judgements", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    release = models.ForeignKey(CountyRelease, models.PROTECT, related_name="+", verbose_name="冻结版本")
    criterion = models.CharField("条目", max_length=60)
    outcome = models.CharField("结论", max_length=8, choices=MaterialOutcome.choices)
    reason = models.TextField("理由")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+", verbose_name="列为问题")
    client_id = models.UUIDField(unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审核人")
    by_name = models.CharField("审核人姓名", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "材料审核结论"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["evaluation", "criterion"])]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.criterion}"

    @property
    def reference(self) -> str:
        return f"material:{self.pk}"
