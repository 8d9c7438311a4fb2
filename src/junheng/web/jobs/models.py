"""A piece of background work and how far it is."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit


class JobState(models.TextChoices):
    QUEUED = "queued", "等候"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "未完成"
    CANCELLED = "cancelled", "已停止"


class Job(models.Model):
    """kind: which handler (handlers.py); arguments: what it needs, JSON; done of total: progress, total 0 = unknown;
    message: Chinese, what is being done, or why it failed; outcome: what it leaves for the page that asked,
    a file of its own under "file" (files.py); leads_to: the page to go to when it is done. started_at: of the latest attempt, None while it waits. heartbeat_at: a running job whose heart stopped is taken up again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField("类别", max_length=60)
    label = models.CharField("任务", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by_id = models.BigIntegerField(null=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED, db_index=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField("说明", max_length=500, blank=True)
    outcome = models.JSONField(default=dict)
    leads_to = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "后台任务"
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.label

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.done / self.total)) if self.total else 0
