"""Releases of open data. Lotteries and zones are in admission.py."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.ordered_json import OrderedJSONField


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
