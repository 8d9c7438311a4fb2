"""What the public gets beside announcements: releases of open data, lotteries, admission zones, and whether figures of single schools are shown."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.flow.models import Subject
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.portal.process import DISCLOSURE, LOTTERY, ZONING


class DataRelease(models.Model):
    """One version of the open data. Never changed: a correction is a new version.

    number: 1, 2, 3 …, in its permalink. announcements: primary keys of those it was made from. changes: Chinese lines, against the version
    before. files: {dataset, format, rows, size, sha256}; the bytes lie in the store under their hash. counted: the whole table of people with
    what was held of it (portal.people), so that a later version can be held against this one: never shown.
    job: the job that made it, so that a job that runs again makes nothing twice.
    """

    number = models.PositiveIntegerField("版次", unique=True)
    announcements = models.JSONField("所依据的公告", default=list)
    changes = models.JSONField("变动", default=list)
    files = OrderedJSONField("文件", default=list)
    counted = models.JSONField("人数表", default=dict)
    job = models.UUIDField(null=True, unique=True)
    by_id = models.BigIntegerField("发布人编号", null=True)
    by_name = models.CharField("发布人", max_length=80)
    at = models.DateTimeField("发布时间", default=timezone.now)

    class Meta:
        verbose_name = "开放数据"
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"开放数据第 {self.number} 版"


class Lottery(Subject):
    """电脑随机录取 of one school. unit: the county that publishes it; school: as it stands in the list, name or 学校标识码.

    list_sha256: the published list's bytes in the store; list_hash: its digest by the algorithm the list names (digest), which is what was
    announced. seed_from: how the seed will come about, said before anybody knows it; seed_on: the first day on which it may be given.
    seed_text, seed, record_sha256: of the draw (planning.admission.lottery_record), "" before. ended_reason: why it was withdrawn.
    """

    process = LOTTERY

    school = models.CharField("学校", max_length=100, db_index=True)
    places = models.PositiveIntegerField("招生计划")
    applicants = models.PositiveIntegerField("报名人数")
    digest = models.CharField("算法", max_length=10)
    list_sha256 = models.CharField(max_length=64)
    list_hash = models.CharField("名单哈希", max_length=64)
    seed_from = models.CharField("种子怎样产生", max_length=300)
    seed_on = models.DateField("种子产生日期")
    listed_at = models.DateTimeField("名单公示时间", default=timezone.now)
    seed_text = models.CharField("种子文字", max_length=200, blank=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    record_sha256 = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField("抽取时间", null=True)
    ended_reason = models.TextField("撤回理由", blank=True)

    class Meta:
        verbose_name = "摇号"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "list_hash"], name="lottery_list_once")]

    def __str__(self) -> str:
        return f"{self.school}摇号"


class Zoning(Subject):
    """学区划分 of a county for one school year. document: by which it was decided. ended_reason: why it was withdrawn."""

    process = ZONING

    school_year = models.PositiveSmallIntegerField("学年")
    document = models.CharField("文件", max_length=200)
    published_on = models.DateField("公布日期", default=timezone.localdate)
    ended_reason = models.TextField("撤回理由", blank=True)

    class Meta:
        verbose_name = "学区划分"
        ordering: ClassVar = ["-school_year", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.school_year} 年学区划分"


class ZoneLine(models.Model):
    """place: a village, estate or stretch of road; school: whose zone it is; code: its 学校标识码, "" = not given."""

    zoning = models.ForeignKey(Zoning, models.CASCADE, related_name="lines", verbose_name="学区划分")
    place = models.CharField("片区", max_length=100, db_index=True)
    school = models.CharField("学校", max_length=100)
    code = models.CharField("学校标识码", max_length=20, blank=True, db_index=True)

    class Meta:
        verbose_name = "片区"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.place}：{self.school}"


class Disclosure(Subject):
    """The province's decision that figures of single schools are shown to the public (opendata.schools). unit: the province.
    document: by which it was decided. ended_reason: why it was withdrawn."""

    process = DISCLOSURE

    document = models.CharField("文件", max_length=200)
    decided_on = models.DateField("登记日期", default=timezone.localdate)
    ended_reason = models.TextField("撤回理由", blank=True)

    class Meta:
        verbose_name = "公开学校数值"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"公开学校数值（{self.document}）"
