"""佐证: one thing that is shown, and every version of the file that shows it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.rounds.models import Round


class Evidence(models.Model):
    """Something that shows that a criterion is met, a place was visited, or a problem was mended.

    criterion: criterion id or indicator code, "" for neither. subject: what it is attached to besides ("problem:12"),
    "" = the criterion itself. latest: number of its newest version. is_fixed: found on the spot; no newer file takes its place.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence", verbose_name="单位")
    round = models.ForeignKey(Round, models.PROTECT, related_name="evidence", verbose_name="评估轮次")
    criterion = models.CharField("指标", max_length=60, blank=True)
    title = models.CharField("名称", max_length=200)
    subject = models.CharField("对象", max_length=80, blank=True, db_index=True)
    latest = models.PositiveIntegerField("最新版次", default=0)
    is_fixed = models.BooleanField("现场佐证", default=False)
    created_at = models.DateTimeField("登记时间", default=timezone.now)

    class Meta:
        verbose_name = "佐证"
        ordering: ClassVar = ["unit__path", "criterion", "pk"]
        indexes: ClassVar = [models.Index(fields=["round", "unit", "criterion"])]

    def __str__(self) -> str:
        return f"{self.unit.name}：{self.title}"

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path

    @property
    def counted_path(self) -> str:
        path: str = self.unit.counted_path
        return path


class EvidenceVersion(models.Model):
    """One file of an evidence. Never changed. sha256: its name in the store; preview: that of a small picture, "" = none."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="versions", verbose_name="佐证")
    number = models.PositiveIntegerField("版次")
    sha256 = models.CharField(max_length=64)
    preview = models.CharField(max_length=64, blank=True)
    name = models.CharField("文件", max_length=255)
    size = models.PositiveIntegerField("大小")
    media_type = models.CharField("类型", max_length=100)
    by_id = models.BigIntegerField("上传人编号", null=True)
    by_name = models.CharField("上传人", max_length=80)
    at = models.DateTimeField("上传时间", default=timezone.now)

    class Meta:
        verbose_name = "佐证版本"
        ordering: ClassVar = ["evidence", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once")]

    def __str__(self) -> str:
        return f"{self.name}（第 {self.number} 版）"

    @property
    def unit_path(self) -> str:
        return self.evidence.unit_path

    @property
    def counted_path(self) -> str:
        return self.evidence.counted_path
