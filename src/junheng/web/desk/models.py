"""A plan somebody asked for, the tables it was given and the files it gave back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.desk.offered import label_of
from junheng.web.desk.states import STATES, PlanState, Shown, state_of
from junheng.web.jobs.models import Job
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.privacy.fields import EncryptedBinaryField, EncryptedTextField


class Plan(models.Model):
    """One question to a planner, and its answer. What was solved is never changed: another question is another plan.

    unit: the county it plans for; a city or the province where the planner takes several counties. planner: its id. releases:
    pks of the county releases it stands on, none where it stands on uploaded tables alone. values: parameter id → text as typed,
    without those left at their default. personal: made from a list of people (offered.py); forget_on: the last day it is kept,
    None = until somebody deletes it. job: the latest run, None = never asked for.
    enough: somebody wants the best plan found so far instead of a better one later. solved_at, possible, gap, headline, result: of
    the answer, None or "" before; possible False: there is no such plan, and result says why (answer.py). refused: why the
    planner could not begin. version: of the software that solved it. All texts of an answer may name people, so they are sealed.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="范围")
    planner = models.CharField("规划", max_length=40)
    name = models.CharField("名称", max_length=80)
    releases = models.JSONField("冻结版本", default=list)
    values = OrderedJSONField("参数", default=dict)
    personal = models.BooleanField("用到个人名单", default=False)
    forget_on = models.DateField("保存到", null=True, db_index=True)
    enough = models.BooleanField("够了", default=False)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    solved_at = models.DateTimeField("求得时间", null=True)
    possible = models.BooleanField("有方案", null=True)
    gap = models.FloatField("与最好的差", null=True)
    headline = EncryptedTextField("结论", default="", blank=True)
    result = EncryptedTextField("结果", default="", blank=True)
    refused = EncryptedTextField("没有算成的原因", default="", blank=True)
    version = models.CharField("软件版本", max_length=20, blank=True)
    by_id = models.BigIntegerField("建立人编号")
    by_name = models.CharField("建立人", max_length=80)
    at = models.DateTimeField("建立时间", default=timezone.now)

    class Meta:
        verbose_name = "规划方案"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "planner"])]

    def __str__(self) -> str:
        return f"{self.unit.name}{self.planner_label}：{self.name}"

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path

    @property
    def reference(self) -> str:
        """As audit events and problems name it."""
        return f"plan:{self.pk}"

    @property
    def planner_label(self) -> str:
        return label_of(self.planner)

    @property
    def state(self) -> PlanState:
        return state_of(self.job.state if self.job else None, self.possible)

    @property
    def state_shown(self) -> Shown:
        """For the mark of a state in pages."""
        return STATES[self.state]


class PlanFile(models.Model):
    """A table it was given, or a file it gave back.

    table: the planner's id of the table, "" for a result. name: as it is saved; of a result its path in the folder of results.
    sha256: of the bytes, which lie in the store, or, where they may name people, in `sealed` and nowhere else.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="files", verbose_name="规划方案")
    table = models.CharField("表", max_length=40, blank=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节")
    sha256 = models.CharField(max_length=64)
    sealed = EncryptedBinaryField("内容", null=True)

    class Meta:
        verbose_name = "规划文件"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "table", "name"], name="plan_file_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        return self.plan.unit_path

    @property
    def unit_id(self) -> int:
        return int(self.plan.unit_id)

    @property
    def personal(self) -> bool:
        return bool(self.plan.personal)
