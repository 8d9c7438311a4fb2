"""A county in a round, its national status, and what the county says to the draft opinion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from junheng.web.evaluation.process import ACCEPTANCE, RECOGNITION
from junheng.web.flow.models import Subject
from junheng.web.flow.process import Deadline
from junheng.web.publicity.models import Announcement
from junheng.web.reporting.models import CountyRelease
from junheng.web.rounds.models import Round

if TYPE_CHECKING:
    from junheng.web.evaluation.models.experts import Sample
    from junheng.web.evaluation.models.materials import MaterialJudgement
    from junheng.web.evaluation.models.opinions import StatementOfCase
    from junheng.web.evaluation.models.visits import Visit


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
