"""A round, and the counties that take part in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from junheng.common.school_years import school_year_label
from junheng.web.areas.models import Unit
from junheng.web.flow.models import Subject
from junheng.web.flow.process import Deadline
from junheng.web.rounds.process import ROUND

STANDARD = "quality_balance_2017"


class Round(Subject):
    """One evaluation of a province's counties.

    unit: the province. policy: id of a pack, its overlays laid on by county. school_year: the year it begins in.
    reports_due_on, self_due_on, review_due_on: last days of schools' and counties' reports, of 县级自评 and of 市级复核;
    None = not set yet. parameters: "rectification.plan_days" → days, overriding what a process declares.
    """

    process = ROUND

    name = models.CharField("名称", max_length=80)
    policy = models.CharField("标准", max_length=60, default=STANDARD)
    school_year = models.PositiveSmallIntegerField("学年")
    opens_on = models.DateField("开始日期", null=True, blank=True)
    reports_due_on = models.DateField("填报截止", null=True, blank=True)
    self_due_on = models.DateField("县级自评截止", null=True, blank=True)
    review_due_on = models.DateField("市级复核截止", null=True, blank=True)
    parameters = models.JSONField("期限参数", default=dict, blank=True)

    class Meta:
        verbose_name = "评估轮次"
        ordering: ClassVar = ["-school_year", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def year_label(self) -> str:
        return school_year_label(self.school_year)

    def days(self, deadline: Deadline) -> int:
        """How many days a step may last in this round."""
        return int(self.parameters.get(deadline.parameter, deadline.days))


class Participation(models.Model):
    """A county that takes part in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="participations", verbose_name="评估轮次")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="县（市、区）")

    class Meta:
        verbose_name = "参加单位"
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="participation_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.unit}"
