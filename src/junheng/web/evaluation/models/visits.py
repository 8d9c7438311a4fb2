"""What experts find at schools."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.models.evaluation import Evaluation
from junheng.web.rectification.models import Problem


class Visit(models.Model):
    """An expert's visit of a school. school: the unit; the judgements hang on it."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="all_visits", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="学校")
    expert = models.ForeignKey(User, models.PROTECT, related_name="visits", verbose_name="专家")
    on = models.DateField("日期", null=True)

    class Meta:
        verbose_name = "入校核查"
        ordering: ClassVar = ["on", "school__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evaluation", "application", "school", "expert"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.school.name}入校核查"

    @property
    def unit_path(self) -> str:
        path: str = self.school.path
        return path


class Outcome(models.TextChoices):
    PASS = "pass", "达标"
    FAIL = "fail", "未达标"
    NONE = "none", "不适用"


class VisitJudgement(models.Model):
    """What an expert found on one criterion. Never changed: it is withdrawn, and where it is corrected another `replaces` it.
    client_id: made with the form, so that a form sent twice counts once. problem: what it was made into, None = nothing.
    withdrawn_at: None = it stands; withdrawn_why: in words, which the county reads."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="judgements", verbose_name="入校核查")
    criterion = models.CharField("条目", max_length=60)
    outcome = models.CharField("结论", max_length=8, choices=Outcome.choices)
    reason = models.TextField("理由", blank=True)
    client_id = models.UUIDField(unique=True)
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, related_name="+", verbose_name="列为问题")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="更正的是")
    at = models.DateTimeField("时间", default=timezone.now)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_why = models.TextField("撤回理由", blank=True)
    withdrawn_by_name = models.CharField("撤回人", max_length=80, blank=True)

    class Meta:
        verbose_name = "核查结论"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit} {self.criterion}"

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_corrected(self) -> bool:
        """Another stands in its place."""
        return self.withdrawn_at is not None and hasattr(self, "replaced_by")

    @property
    def unit_path(self) -> str:
        path: str = self.visit.school.path
        return path

    @property
    def reference(self) -> str:
        """What photographs of it are attached to."""
        return f"judgement:{self.pk}"
