"""A what-if that somebody saved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.rounds.models import Round


class Scenario(models.Model):
    """假设方案: changes over named releases, so that it says the same whenever it is opened. Never changed.

    changes: as `changes.Change.to_json`; releases: pks of the county releases it is laid over.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="评估轮次")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="范围")
    title = models.CharField("名称", max_length=80)
    changes = models.JSONField("改动")
    releases = models.JSONField("冻结版本")
    by_id = models.BigIntegerField("保存人编号")
    by_name = models.CharField("保存人", max_length=80)
    at = models.DateTimeField("保存时间", default=timezone.now)

    class Meta:
        verbose_name = "假设方案"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path
