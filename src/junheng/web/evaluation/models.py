"""An evaluation of a county in a round, its experts, sample and visits."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.process import ACCEPTANCE, RECOGNITION
from junheng.web.flow.models import Subject
from junheng.web.flow.process import Deadline
from junheng.web.publicity.models import Announcement
from junheng.web.rectification.models import Problem
from junheng.web.reporting.models import CountyRelease
from junheng.web.rounds.models import Round


class Evaluation(Subject):
    """省级评估验收 of one county in one round.

    application: 1, 2, …: a county that did not pass applies again, and is reviewed, drawn and visited anew; what belongs to an
    earlier application stays. release: what the county signed off, None before. recognised_on: of 基本均衡. satisfaction: what 社会认可度 was
    counted as (satisfaction.py), None = not yet. conclusion: pass or fail as publicised, "" before. statement_due_on: last day
    of 申辩 to the draft opinion, None = no draft yet; statements_closed_on: when the county said it has nothing (more) to
    say. opinion: the 督导意见书 as issued with the conclusion (reports.opinion.Opinion.document), None before.
    """

    process = ACCEPTANCE

    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    round = models.ForeignKey(Round, models.PROTECT, related_name="evaluations", verbose_name="评估轮次")
    release = models.ForeignKey(CountyRelease, models.PROTECT, null=True, related_name="+", verbose_name="冻结版本")
    recognised_on = models.DateField("基本均衡认定日期", null=True)
    satisfaction = models.JSONField("社会认可度", null=True)
    announcement = models.ForeignKey(Announcement, models.PROTECT, null=True, related_name="+", verbose_name="公示")
    conclusion = models.CharField("结论", max_length=12, blank=True)
    statement_due_on = models.DateField("申辩截止", null=True)
    statements_closed_on = models.DateField("县里表示没有其他意见", null=True)
    opinion = models.JSONField("督导意见书", null=True)

    class Meta:
        verbose_name = "评估验收"
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="evaluation_once")]

    def __str__(self) -> str:
        return f"{self.unit.name}评估验收"

    def days(self, deadline: Deadline) -> int:
        return self.round.days(deadline)

    @property
    def sample(self) -> Sample | None:
        """The schools drawn for this application, None = not yet."""
        return self.all_samples.filter(application=self.application).first()

    @property
    def visits(self) -> models.QuerySet[Visit]:
        return self.all_visits.filter(application=self.application)

    @property
    def material_judgements(self) -> models.QuerySet[MaterialJudgement]:
        return self.all_material_judgements.filter(application=self.application)

    @property
    def statements(self) -> models.QuerySet[StatementOfCase]:
        return self.all_statements.filter(application=self.application)

    def takes_statements_on(self, day: date) -> bool:
        """Whether the county may still answer the draft opinion."""
        in_time = self.statement_due_on is not None and day <= self.statement_due_on
        return self.state == "prov_conclusion" and in_time and self.statements_closed_on is None


class NationalRecognition(Subject):
    """国家认定 of a county: a status of its own, whatever the round."""

    process = RECOGNITION

    class Meta:
        verbose_name = "国家认定"
        ordering: ClassVar = ["unit__path"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit"], name="recognition_once")]

    def __str__(self) -> str:
        return f"{self.unit.name}国家认定"


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
    """What an expert found on one criterion. client_id: made with the form, so that a form sent twice counts once."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="judgements", verbose_name="入校核查")
    criterion = models.CharField("条目", max_length=60)
    outcome = models.CharField("结论", max_length=8, choices=Outcome.choices)
    reason = models.TextField("理由", blank=True)
    client_id = models.UUIDField(unique=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "核查结论"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.visit} {self.criterion}"

    @property
    def reference(self) -> str:
        """What photographs of it are attached to."""
        return f"judgement:{self.pk}"


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
