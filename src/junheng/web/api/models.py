"""Tokens, what was answered under an Idempotency-Key, and subscriptions to events with what is on its way to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.notices.models import Outgoing
from junheng.web.ordered_json import OrderedJSONField
from junheng.web.privacy.fields import EncryptedTextField
from junheng.web.rights.roles import Role


class Token(models.Model):
    """What a program shows instead of a person. secret_hash: SHA-256 of it; the secret is shown once and stored nowhere.

    hint: its first letters, to tell tokens apart. scopes: ids. role, unit: the account's when it was made; with another
    place the token holds no more. by_keeper: of a system's account, whose first password nobody ever changes. minute, calls: the last minute in which it was used (since 1970), and how often in it.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name="账号")
    name = models.CharField("用途", max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField("开头", max_length=12)
    scopes = models.JSONField("范围", default=list)
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    made_by_name = models.CharField("建立人", max_length=80)
    by_keeper = models.BooleanField("由安全管理员建立", default=False)
    made_at = models.DateTimeField("建立时间", default=timezone.now)
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("作废时间", null=True)
    minute = models.BigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "接口令牌"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        return self.user.unit_path

    @property
    def used_at(self) -> datetime | None:
        """When it was last used, to the minute."""
        return datetime.fromtimestamp(self.minute * 60, UTC) if self.minute else None

    @property
    def over(self) -> str:
        """Why it holds no more, in words; "" while it does."""
        if self.revoked_at is not None:
            return "已作废"
        if timezone.now() >= self.expires_at:
            return "已过期"
        lost = place_lost(self.user, self.role, self.unit_id)
        return lost or ("账号还没有改首次密码" if self.user.must_change_password and not self.by_keeper else "")


class Visitor(models.Model):
    """An address that calls without a token, as a keyed hash, and how often within its last minute (since 1970)."""

    key = models.CharField(max_length=64, unique=True)
    minute = models.BigIntegerField(default=0, db_index=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "无令牌的来访"


class Kept(models.Model):
    """What was answered to a request with an Idempotency-Key. asked: fingerprint of the request (actions/once.py)."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+", verbose_name="令牌")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)
    answer = OrderedJSONField("答复")
    at = models.DateTimeField("时间", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "已办请求"
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_per_key")]


class Algorithm(models.TextChoices):
    SM3 = "sm3", "HMAC-SM3"
    SHA256 = "sha256", "HMAC-SHA256"


class Hook(models.Model):
    """A subscription: another system that is told what happens within its owner's reach. scopes: of what; secret: signs each
    message, shown once. after: the last event before it was made. role, unit: as of a token.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="hooks", verbose_name="账号")
    name = models.CharField("用途", max_length=60)
    url = models.CharField("网址", max_length=500)
    scopes = models.JSONField("范围", default=list)
    algorithm = models.CharField("签名", max_length=10, choices=Algorithm.choices, default=Algorithm.SM3)
    secret = EncryptedTextField("密钥")
    after = models.BigIntegerField("起自")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    made_at = models.DateTimeField("建立时间", default=timezone.now)
    ended_at = models.DateTimeField("停止时间", null=True)

    class Meta:
        verbose_name = "事件推送"
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def over(self) -> str:
        """Why nothing is sent any more, in words; "" while it is."""
        if self.ended_at is not None:
            return "已停止"
        return place_lost(self.user, self.role, self.unit_id) or ("账号还没有改首次密码" if self.user.must_change_password else "")


class HookMessage(Outgoing):
    """One event told to one subscription. body: hooks/events.py."""

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="messages", verbose_name="事件推送")
    event_seq = models.BigIntegerField("审计序号")
    body = OrderedJSONField("内容")

    class Meta:
        verbose_name = "推送的消息"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["hook", "event_seq"], name="hook_message_once_per_event")]
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="hook_message_due")]

    def __str__(self) -> str:
        return f"推送 {self.key}"

    @property
    def key(self) -> str:
        """The same for every attempt, so that whoever receives a message twice can tell."""
        return f"{self.hook_id}-{self.event_seq}"


def place_lost(user: User, role: str, unit_id: int) -> str:
    """Why what was made for an account at its place holds no more, in words; "" while it does."""
    if not user.is_active:
        return "账号已停用"
    return "" if (user.role, user.unit_id) == (role, unit_id) else "账号的角色或单位已变"
