"""What is handed in, every version of it, and the releases frozen out of it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from junheng.common.findings import Finding
from junheng.intake.model import Facts
from junheng.web.areas.models import Unit
from junheng.web.flow.models import Subject
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.reporting import stored
from junheng.web.reporting.process import FILLABLE, HANDED_IN, SUBMISSION
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round


class Submission(Subject):
    """What one school, or one county for its own form and 评定表, hands in in one round.

    latest: its newest version, None = nothing yet. locked_from: the state it was locked in, "" while it is not.
    due_on: the last day it may be filled; None while it is locked.
    """

    process = SUBMISSION

    round = models.ForeignKey(Round, models.PROTECT, related_name="submissions", verbose_name="评估轮次")
    latest = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+", verbose_name="最新一版")
    locked_from = models.CharField("锁定前状态", max_length=40, blank=True)

    class Meta:
        verbose_name = "填报"
        ordering: ClassVar = ["unit__path"]
        indexes: ClassVar = [models.Index(fields=["round", "state"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "unit"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.unit.name}{'县级填报表' if self.is_county else '填报表'}"

    @property
    def is_county(self) -> bool:
        return bool(self.unit.kind == UnitKind.COUNTY)

    @property
    def counted_path(self) -> str:
        return self.unit.counted_path

    @property
    def county_code(self) -> str:
        return self.unit.county_code

    @property
    def is_fillable(self) -> bool:
        return self.state in FILLABLE and self.round.is_open

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN or (self.state == "locked" and self.locked_from in HANDED_IN)

    @property
    def fill_until(self) -> date:
        """The last day it may be filled, exceptions included; the end of time for a round without a day."""
        until = [self.round.reports_due_on or date.max, *self.lock_exceptions.values_list("until", flat=True)]
        return max(until)


class LockException(models.Model):
    """截止后例外: one submission may be filled beyond the round's deadline. Never changed; a later one adds to it."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="lock_exceptions", verbose_name="填报")
    until = models.DateField("准许到")
    reason = models.TextField("理由")
    by_id = models.BigIntegerField("准许人编号")
    by_name = models.CharField("准许人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "截止后例外"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission} 至 {self.until}"


class Origin(models.TextChoices):
    UPLOAD = "upload", "上传文件"
    PAGE = "page", "网页填报"
    PREFILL = "prefill", "预填"


class Version(models.Model):
    """One state of a submission's figures. Never changed: a correction is a new version.

    rows, cells, findings: as `stored` writes facts, their places and what was found. sources: the files behind it, as
    `stored` writes them; their bytes are kept in the store by sha256. left_out: Chinese lines. content_sha256: of rows.
    job: the job that read it, so that a job that runs again makes nothing twice; None for what was typed in a page.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions", verbose_name="填报")
    number = models.PositiveIntegerField("版次")
    origin = models.CharField("方式", max_length=10, choices=Origin.choices)
    file_name = models.CharField("文件", max_length=255, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    sources = OrderedJSONField("来源文件", default=list)
    rows = OrderedJSONField("数据")
    cells = OrderedJSONField("出处")
    findings = OrderedJSONField("校核发现", default=list)
    left_out = models.JSONField("未采用", default=list)
    error_count = models.PositiveIntegerField("错误", default=0)
    warning_count = models.PositiveIntegerField("提醒", default=0)
    content_sha256 = models.CharField(max_length=64)
    job = models.UUIDField(null=True)
    by_id = models.BigIntegerField("填报人编号", null=True)
    by_name = models.CharField("填报人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "填报版本"
        ordering: ClassVar = ["submission", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["submission", "job"], name="version_once_per_job"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} 第 {self.number} 版"

    @property
    def unit_path(self) -> str:
        return self.submission.unit_path

    def facts(self, school_year: int) -> Facts:
        return stored.facts_from(self.rows, self.cells, school_year)

    def read_findings(self) -> list[Finding]:
        return stored.findings_from(self.findings)

    def warning_keys(self) -> list[str]:
        return [stored.finding_key(each) for each in self.read_findings() if each.level == "warning"]


class Explanation(models.Model):
    """A school's word about one warning. key: which one, whatever the version (`stored.finding_key`)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="explanations", verbose_name="填报")
    key = models.CharField(max_length=160)
    words = models.CharField("说明", max_length=400)
    by_name = models.CharField("说明人", max_length=80)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "提醒说明"
        constraints: ClassVar = [models.UniqueConstraint(fields=["submission", "key"], name="explanation_once")]

    def __str__(self) -> str:
        return self.words


class CountyRelease(models.Model):
    """A data release of a county, frozen and judged. Never changed.

    hash: "sha256:<64 hex>"; key: its name in the store. number: 1, 2, 3 … within round and county. policy, as_of:
    what it was judged under. verdict: pass, fail or insufficient. result: a document "junheng.assessment/1"; detail:
    "junheng.detail/1". is_formal: no error finding stood. source_versions: the versions it was made of, by number.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="county_releases", verbose_name="评估轮次")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="county_releases", verbose_name="县（市、区）")
    number = models.PositiveIntegerField("版次")
    hash = models.CharField("校验值", max_length=80, db_index=True)
    key = models.CharField(max_length=200)
    policy = models.CharField("标准", max_length=60)
    as_of = models.DateField("基准日")
    engine = models.CharField("测算引擎", max_length=20)
    engine_version = models.CharField("软件版本", max_length=20)
    verdict = models.CharField("结论", max_length=12)
    result = OrderedJSONField("结果")
    detail = OrderedJSONField("明细")
    is_formal = models.BooleanField("正式")
    source_versions = models.JSONField("来源版本", default=list)
    by_id = models.BigIntegerField("冻结人编号", null=True)
    by_name = models.CharField("冻结人", max_length=80)
    at = models.DateTimeField("冻结时间", default=timezone.now)

    class Meta:
        verbose_name = "冻结版本"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "unit", "number"], name="release_number_once"),
            models.UniqueConstraint(fields=["round", "unit", "hash", "policy"], name="release_once_per_content"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}第 {self.number} 版"

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path


def content_hash(rows: Any) -> str:
    """SHA-256 over a version's rows."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
