"""A survey, whom it asks, its codes and its answers.

An answer cannot be led back to the code it came with. Codes are never written to after they are issued: which of them are
used stands as bits in one row per sheet, so nothing in a code's row, nor in its place on the disk, tells when it was used.
They are known by a hash under a secret of the survey's own, which is sealed, and forgotten when the survey is over.
Answers have random keys, know no sheet, no code and no time, only the day, and a school only where enough people are asked there.
"""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.evaluation.models import Evaluation
from junheng.web.flow.models import Subject
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.privacy.fields import EncryptedBinaryField
from junheng.web.survey.process import SURVEY
from junheng.web.survey.questionnaire import Questionnaire, questionnaires


def new_secret() -> bytes:
    return secrets.token_bytes(32)


class Survey(Subject):
    """One survey of a county, for one application of an evaluation.

    questionnaire: key of its declaration. confidence, margin: fractions. closes_on: last day for answers, None = not opened.
    secret: what the hashes of its codes are made with, b"" once no code is taken any more.
    result: what was confirmed (result.py), None before.
    """

    process = SURVEY

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="surveys", verbose_name="评估")
    application = models.PositiveSmallIntegerField("第几次申报", default=1)
    questionnaire_key = models.CharField("问卷", max_length=60)
    confidence = models.DecimalField("置信水平", max_digits=4, decimal_places=3)
    margin = models.DecimalField("允许误差", max_digits=4, decimal_places=3)
    response = models.DecimalField("预计回收率", max_digits=4, decimal_places=3)
    closes_on = models.DateField("答题截止", null=True)
    secret = EncryptedBinaryField("答题码密钥", default=new_secret)
    result = OrderedJSONField("结果", null=True)

    class Meta:
        verbose_name = "社会认可度调查"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.unit.name}社会认可度调查"

    @property
    def questionnaire(self) -> Questionnaire:
        return questionnaires()[self.questionnaire_key]

    def group_label(self, id: str) -> str:
        return self.questionnaire.group(id).label

    @property
    def percents(self) -> dict[str, str]:
        """confidence, margin, response as a person types them: "95", "5", "70"."""
        return {name: f"{(getattr(self, name) * 100).normalize():f}" for name in ("confidence", "margin", "response")}

    @property
    def confidence_words(self) -> str:
        return f"{self.percents['confidence']}%"

    def takes_answers_on(self, day: date) -> bool:
        return self.state == "open" and self.closes_on is not None and day <= self.closes_on


class Stratum(models.Model):
    """Who is asked together: one group, at a school or in the whole county (school None). population: None = not known.
    quota: valid answers wanted."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="strata", verbose_name="调查")
    group = models.CharField("对象", max_length=20)
    school = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="学校")
    population = models.PositiveIntegerField("总体人数", null=True)
    quota = models.PositiveIntegerField("配额")

    class Meta:
        verbose_name = "调查对象"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "group", "school"], name="stratum_once"),
            models.UniqueConstraint(fields=["survey", "group"], condition=models.Q(school=None), name="stratum_of_county_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label}{f'（{self.school.name}）' if self.school else ''}"

    @property
    def label(self) -> str:
        return self.survey.group_label(self.group)


class Sheet(models.Model):
    """Codes printed together. spent: one bit per code, set when it was used. voided: those not used yet are no longer taken."""

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="sheets", verbose_name="调查对象")
    size = models.PositiveIntegerField("张数")
    spent = models.BinaryField("用过")
    voided = models.BooleanField("作废", default=False)
    by_name = models.CharField("印制人", max_length=80)
    on = models.DateField("印制日期", default=timezone.localdate)

    class Meta:
        verbose_name = "答题码单"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.stratum} {self.size} 张"

    @property
    def used(self) -> int:
        return int.from_bytes(self.spent).bit_count()

    def is_spent(self, position: int) -> bool:
        return bool(int.from_bytes(self.spent) >> position & 1)


class Code(models.Model):
    """What a code is known by (code_hash.py). The code itself is kept nowhere. Written once, never again."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="codes", verbose_name="答题码单")
    position = models.PositiveIntegerField("序号")
    hash = models.CharField("校验值", max_length=64, unique=True)

    class Meta:
        verbose_name = "答题码"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "position"], name="code_position_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.position}"


def random_key() -> int:
    """63 random bits."""
    return secrets.randbits(63)


class PaperEntry(models.Model):
    """Paper questionnaires typed in together from one workbook. sent: group → how many were handed out, as far as it was
    told. withdrawn: no longer counted."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="paper_entries", verbose_name="调查")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64)
    sent = models.JSONField("发放份数", default=dict)
    by_name = models.CharField("录入人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)
    withdrawn = models.BooleanField("撤回", default=False)

    class Meta:
        verbose_name = "纸质问卷录入"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.file_name


class Answer(models.Model):
    """One questionnaire answered. overall: the answer to the overall question, "" = left
    blank on paper; more: question → answer, only what was
    answered. entry: the workbook it was typed in from, None = answered by code."""

    # Not a BigIntegerField: only what SQLite calls INTEGER is the place where the row lies. Beside any other key it keeps a
    # hidden number that counts up, and tells the order in which answers came.
    id = models.BigAutoField(primary_key=True, default=random_key)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", verbose_name="调查")
    group = models.CharField("对象", max_length=20)
    school = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="学校")
    day = models.DateField("日期")
    overall = models.CharField("总体评价", max_length=20, blank=True)
    more = models.JSONField("其他各题", default=dict)
    entry = models.ForeignKey(PaperEntry, models.CASCADE, null=True, related_name="answers", verbose_name="纸质问卷录入")

    class Meta:
        verbose_name = "问卷"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["survey", "group", "overall"])]

    def __str__(self) -> str:
        return self.group


class Interview(models.Model):
    """What an expert heard on one occasion from people of one group. asked: persons; satisfied: of them, content.
    client_id: of the form; sent twice it counts once. withdrawn: entered by mistake."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="interviews", verbose_name="调查")
    group = models.CharField("对象", max_length=20)
    place = models.CharField("地点", max_length=100)
    on = models.DateField("日期")
    asked = models.PositiveIntegerField("访谈人数")
    satisfied = models.PositiveIntegerField("满意人数")
    remark = models.TextField("听到的意见", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="专家")
    client_id = models.UUIDField(unique=True)
    withdrawn = models.BooleanField("撤回", default=False)

    class Meta:
        verbose_name = "现场访谈"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.asked} 人"
