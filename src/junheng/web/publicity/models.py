"""Announcements, and what people object to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.flow.models import Subject
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.privacy.fields import EncryptedTextField
from junheng.web.publicity.process import ANNOUNCEMENT, OBJECTION
from junheng.web.rounds.models import Round


class Announcement(Subject):
    """公示, and 公告 once it is in force. unit: whom it speaks of. about: what led to it ("acceptance:12").

    conclusion: pass or fail, as publicised; "" where it concludes nothing.
    result: what is shown by criterion: a list of {title, verdict, words}; hashes: release, policy, engine it rests on.
    closes_on: last day on which the public may object. ended_on, ended_reason: of its withdrawal, or of the revocation of what it
    says, which ended_document approved.
    """

    process = ANNOUNCEMENT

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name="评估轮次")
    about = models.CharField("对象", max_length=80, db_index=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    conclusion = models.CharField("结论", max_length=12, blank=True)
    result = OrderedJSONField("结果", default=list)
    hashes = OrderedJSONField("校验", default=dict)
    opens_on = models.DateField("公示开始", default=timezone.localdate)
    closes_on = models.DateField("公示截止")
    proclaimed_on = models.DateField("公告日期", null=True)
    ended_on = models.DateField("撤回或撤销日期", null=True)
    ended_reason = models.TextField("撤回或撤销理由", blank=True)
    ended_document = models.CharField("批准文号", max_length=400, blank=True)

    class Meta:
        verbose_name = "公示公告"
        ordering: ClassVar = ["-opens_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_objections(self) -> bool:
        return self.state == "open" and self.opens_on <= timezone.localdate() <= self.closes_on


class Pace(models.Model):
    """How often something came from one place within the hour. key: a keyed hash of what and where from; slots: the five minutes in
    which each was (Unix time // 300), the newest last; last_slot: that one."""

    key = models.CharField("地点的散列", max_length=64, unique=True)
    slots = models.JSONField("时段", default=list)
    last_slot = models.BigIntegerField("最近时段", db_index=True)

    class Meta:
        verbose_name = "提交频次"

    def __str__(self) -> str:
        return self.key[:8]


class Objection(Subject):
    """One objection. receipt: unguessable, what the person asks with. contact: as the person left it, sealed, "" = none.
    client_id: of the form it was sent with."""

    process = OBJECTION

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="objections", verbose_name="公示")
    receipt = models.CharField("回执号", max_length=20, unique=True)
    client_id = models.UUIDField(null=True, unique=True)
    text = EncryptedTextField("异议内容")
    contact = EncryptedTextField("联系方式", blank=True)
    answer = models.TextField("答复", blank=True)
    received_at = models.DateTimeField("收到时间", default=timezone.now)

    class Meta:
        verbose_name = "异议"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"异议 {self.receipt}"
