"""The audit log: rows are added and never changed; each carries the hash of the one before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from junheng.web.ordered_json import OrderedJSONField


class AuditEvent(models.Model):
    """One act. No foreign keys, so that history survives whatever it speaks of.

    seq: 1, 2, 3 … without a gap. action: "reporting.submit". subject: "submission:41". unit_path: the unit it
    concerns, which is also who may see it. before, after: what changed, never a person's identity number or phone.
    detail: what notices and reports need of the act. purpose: why a person's record was read (personal data only).
    hash: SM3 over prev_hash and the row's canonical JSON (chain.py).
    """

    seq = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间", db_index=True)
    actor_id = models.BigIntegerField("用户编号", null=True)
    actor_name = models.CharField("用户", max_length=80)
    actor_role = models.CharField("角色", max_length=40)
    origin = models.CharField("来源", max_length=64)
    action = models.CharField("动作", max_length=80, db_index=True)
    subject = models.CharField("对象", max_length=80, db_index=True)
    unit_path = models.CharField("单位", max_length=120, db_index=True)
    before = OrderedJSONField("变更前", null=True)
    after = OrderedJSONField("变更后", null=True)
    detail = OrderedJSONField("说明", default=dict)
    purpose = models.CharField("用途", max_length=200)
    prev_hash = models.CharField("前一条", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = "审计记录"
        ordering: ClassVar = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject}"


class ChainHead(models.Model):
    """The end of the chain: one row, locked by whoever adds an event, so that the chain never forks."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
