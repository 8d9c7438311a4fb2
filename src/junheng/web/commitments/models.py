"""Commitments that departments report on. What they say stands in the policy pack; here is how far they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from junheng.web.accounts.models import User
from junheng.web.commitments.effects import leads
from junheng.web.commitments.process import CLAIMS, COMMITMENT
from junheng.web.flow.models import Subject
from junheng.web.rights.roles import Department


class Commitment(Subject):
    """One commitment of the province. target: its id in the policy pack; title: as the pack had it. department: who leads, "" =
    the plan names nobody with an account. claim, words, basis: of the last report; reported_on: its day, None = none yet.
    due_on: last day for what the present state waits for."""

    process = COMMITMENT

    target = models.CharField("承诺", max_length=60)
    title = models.CharField("名称", max_length=200)
    department = models.CharField("牵头部门", max_length=30, choices=Department.choices, blank=True)
    claim = models.CharField("进展", max_length=12, blank=True)
    words = models.TextField("进展说明", blank=True)
    basis = models.CharField("依据", max_length=400, blank=True)
    reported_on = models.DateField("报告日期", null=True)

    class Meta:
        verbose_name = "承诺"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "target"], name="commitment_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def claim_label(self) -> str:
        return CLAIMS.get(self.claim, "没有报告")

    def is_led_by(self, user: User) -> bool:
        return leads(self.department, user)
