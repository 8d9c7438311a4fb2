"""A problem, how far it was escalated, and the requests for more time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.flow.models import Subject
from junheng.web.flow.process import Deadline
from junheng.web.rectification.permissions import Owner, owner_of
from junheng.web.rectification.process import ESCALATION, EXTENSION, RECTIFICATION
from junheng.web.rights.roles import Department


class Severity(models.TextChoices):
    NORMAL = "normal", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "严重"


class Shortfall(models.TextChoices):
    """What is short: the standard, or the figures and evidence to tell."""

    FAIL = "fail", "未达标"
    INSUFFICIENT = "insufficient", "待定"


class Problem(Subject):
    """One shortfall to be mended by `unit` (a school or a county).

    criterion: criterion id or indicator code, "" for neither. current, required, gap: as printed, with their units.
    source: "release:<hash>", "visit:<pk>", "objection:<pk>", "plan:<pk>:<hash>" or "manual"; cause: where a result.json shows
    it (causes.py), for a plan which of its measures it is, "" for what neither shows. place: the cells the figures stood in. came_back_from: the closed
    problem with the same cause. due_on: last day of the present state; mend_by: latest finish_on without an
    extension, before it is assigned the day a plan sets; finish_on: the day the unit is to be done. suggestion, partners: from the rules, for the task lists.
    cause_gone_at: when the judgement it was raised from was taken back, None = it holds; cause_gone_words: by whom and why.
    """

    process = RECTIFICATION

    round = models.ForeignKey("rounds.Round", models.PROTECT, related_name="problems", verbose_name="评估轮次")
    title = models.CharField("问题", max_length=200)
    criterion = models.CharField("指标", max_length=60, blank=True)
    clause = models.CharField("条款", max_length=200, blank=True)
    current = models.CharField("现状", max_length=300, blank=True)
    required = models.CharField("要求", max_length=300, blank=True)
    gap = models.CharField("还差", max_length=600, blank=True)
    shortfall = models.CharField("结论", max_length=12, choices=Shortfall.choices, default=Shortfall.FAIL)
    source = models.CharField("来源", max_length=120)
    cause = models.CharField("成因", max_length=160, blank=True)
    place = models.CharField("数据出处", max_length=300, blank=True)
    severity = models.CharField("严重程度", max_length=10, choices=Severity.choices, default=Severity.NORMAL)
    department = models.CharField("责任部门", max_length=30, choices=Department.choices, blank=True)
    partners = models.CharField("配合部门", max_length=100, blank=True)
    suggestion = models.CharField("建议措施", max_length=600, blank=True)
    came_back_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="came_back_as", verbose_name="前次")
    raised_by_id = models.BigIntegerField("登记人编号", null=True)
    raised_by_name = models.CharField("登记人", max_length=80)
    raised_at = models.DateTimeField("登记时间", default=timezone.now)
    mend_by = models.DateField("最迟完成", null=True, blank=True)
    measures = models.TextField("整改措施", blank=True)
    responsible = models.CharField("责任人", max_length=400, blank=True)
    finish_on = models.DateField("完成时限", null=True, blank=True)
    result = models.TextField("整改情况", blank=True)
    submitted_by_id = models.BigIntegerField("报送人编号", null=True)
    submitted_at = models.DateTimeField("报送时间", null=True)
    cause_gone_at = models.DateTimeField("成因消除时间", null=True)
    cause_gone_words = models.TextField("成因怎样消除", blank=True)

    class Meta:
        verbose_name = "问题"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "state"]), models.Index(fields=["round", "state"]), models.Index(fields=["cause"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "cause"], condition=~models.Q(cause=""), name="problem_once_per_release_and_cause")
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}：{self.title}"

    @property
    def owner(self) -> Owner:
        owner = owner_of(self.unit.kind, self.unit.path)
        assert owner is not None, "raise_problem lays problems upon schools and counties alone"
        return owner

    @property
    def counted_path(self) -> str:
        return self.unit.counted_path

    @property
    def is_open(self) -> bool:
        return self.state not in FINISHED

    @property
    def is_of_plan(self) -> bool:
        """A measure that a plan chose, which no release shows as a shortfall."""
        return self.source.startswith("plan:")

    def days(self, deadline: Deadline) -> int:
        return self.round.days(deadline)

    def is_late_on(self, day: date) -> bool:
        """Whether the unit that has to mend is behind; waiting for others is not its delay."""
        return self.state in MENDING and self.overdue_on(day)


MENDING = ("assigned", "planned")
FINISHED = ("closed", "withdrawn")


class _OfProblem(Subject):
    class Meta:
        abstract = True

    problem: models.ForeignKey[Problem, Problem] | models.OneToOneField[Problem, Problem]

    def __str__(self) -> str:
        return str(self.problem)

    def days(self, deadline: Deadline) -> int:
        return self.problem.days(deadline)

    @property
    def owner(self) -> Owner:
        return self.problem.owner

    @property
    def department(self) -> str:
        return str(self.problem.department)


class Escalation(_OfProblem):
    """How far a problem was escalated. due_on: the last day before the next level, None = the clock stands still."""

    process = ESCALATION

    problem = models.OneToOneField(Problem, models.PROTECT, related_name="escalation", verbose_name="问题")

    class Meta:
        verbose_name = "督办升级"


class ExtensionRequest(_OfProblem):
    """A request for more time. wished: the day asked for; until: the day granted, None = not (yet)."""

    process = EXTENSION

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="extensions", verbose_name="问题")
    wished = models.DateField("申请延至")
    reason = models.TextField("申请理由")
    until = models.DateField("批准延至", null=True, blank=True)
    asked_by_name = models.CharField("申请人", max_length=80)
    asked_at = models.DateTimeField("申请时间", default=timezone.now)

    class Meta:
        verbose_name = "延期申请"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["problem"], condition=models.Q(state="asked"), name="one_open_extension_per_problem")
        ]
