"""What was told to whom, how far the log was read, and what is on its way by e-mail and text message."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User


class Reader(models.IntegerChoices):
    """Who reads the audit log on, each at its own pace."""

    NOTICES = 1
    WEBHOOKS = 2


class Cursor(models.Model):
    """How far the audit log was read: one row per reader, whose number is the key. seq: every event up to it was told."""

    seq = models.BigIntegerField(default=0)


class Notice(models.Model):
    """One thing told to one person. event_seq: the audit event it comes from; an event tells a person once. count: how
    many events of one kind it stands for, the last of which is event_seq.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="notices", verbose_name="收件人")
    event_seq = models.BigIntegerField("审计序号")
    title = models.CharField("标题", max_length=120)
    text = models.CharField("内容", max_length=600)
    url = models.CharField("网址", max_length=200, blank=True)
    count = models.PositiveIntegerField("事项数", default=1)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        ordering: ClassVar = ["-event_seq"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event_seq", "user"], name="notice_once_per_event_and_user")]
        indexes: ClassVar = [
            models.Index(fields=["user", "-event_seq"]),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title


class Channel(models.TextChoices):
    """Ways out of the site. A notice itself is the way inside it, and needs no delivery."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"


class Preference(models.Model):
    """Which ways a person wants to be told besides the site. No row: by e-mail where an address is known."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_preference", verbose_name="用户")
    email = models.BooleanField("电子邮件", default=True)
    sms = models.BooleanField("短信", default=False)

    class Meta:
        verbose_name = "通知方式"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    FAILED = "failed", "未送达"


class Outgoing(models.Model):
    """Something on its way out of the site (actions/outbox.py). attempts: how often it was tried; next_try_at: not before;
    error: why the last attempt failed, without addresses or numbers.
    """

    state = models.CharField("状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送", default=timezone.now)
    error = models.CharField("原因", max_length=200, blank=True)
    created_at = models.DateTimeField("生成时间", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        abstract = True


class Delivery(Outgoing):
    """One message to one person, saying what is new since the last. titles: of the notices it stands for, each once;
    upto_seq: the last event it covers.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="收件人")
    channel = models.CharField("方式", max_length=10, choices=Channel.choices)
    upto_seq = models.BigIntegerField("审计序号")
    count = models.PositiveIntegerField("通知数")
    titles = models.JSONField("标题", default=list)

    class Meta:
        verbose_name = "外发消息"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "channel", "upto_seq"], name="delivery_once_per_batch")]
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"])]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"

    @property
    def key(self) -> str:
        """The same for every attempt, so that whoever receives a message twice can tell."""
        return f"junheng-{self.pk}-{self.upto_seq}"


class Reminder(models.Model):
    """A deadline of which was reminded already. stage: "soon" (within three days) or "today"."""

    subject = models.CharField("对象", max_length=80)
    due_on = models.DateField("期限")
    stage = models.CharField("时点", max_length=5)

    class Meta:
        verbose_name = "期限提醒"
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "due_on", "stage"], name="reminded_once")]
