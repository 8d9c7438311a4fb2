"""What a process keeps: its subjects' state, and every step taken."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.flow.process import Deadline, Process, State
from junheng.web.ordered_json import OrderedJSONField


class Subject(models.Model):
    """Something that goes through a process. Give a concrete model `process = SOME_PROCESS` and `unit_path`.

    state: changes only through flow.actions.take. moves: how many transitions it has had; a page sends the number it
    showed, so that the second of two people pressing at once is told instead of acting on what they did not see.
    due_on: last day of the present state, None = no deadline.
    """

    process: ClassVar[Process]

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    state = models.CharField("状态", max_length=40, db_index=True)
    moves = models.PositiveIntegerField("步数", default=0)
    due_on = models.DateField("期限", null=True, blank=True, db_index=True)
    entered_at = models.DateTimeField("进入时间", default=timezone.now)

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = self.state or self.process.initial

    @property
    def unit_path(self) -> str:
        path: str = self.unit.path
        return path

    @property
    def state_shown(self) -> State:
        return self.process.state(self.state)

    @property
    def reference(self) -> str:
        """How the audit log and the timeline name it: "evaluation:12"."""
        return f"{self.process.id}:{self.pk}"

    def days(self, deadline: Deadline) -> int:
        """How many days a step may last here; a subject that belongs to a round asks the round."""
        return deadline.days

    def overdue_on(self, day: date) -> bool:
        return self.due_on is not None and day > self.due_on


class Step(models.Model):
    """One transition taken. frozen: hashes and versions the decision rests on; data: what was entered."""

    subject = models.CharField("对象", max_length=80, db_index=True)
    transition = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=40)
    from_state = models.CharField("原状态", max_length=40)
    to_state = models.CharField("新状态", max_length=40)
    by_id = models.BigIntegerField("用户编号", null=True)
    by_name = models.CharField("用户", max_length=80)
    by_role = models.CharField("角色", max_length=40)
    at = models.DateTimeField("时间", default=timezone.now)
    data = OrderedJSONField("填写内容", default=dict)
    frozen = OrderedJSONField("冻结内容", default=dict)

    class Meta:
        verbose_name = "流程记录"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.transition}"
