"""Accounts and what they reach; invitations; first passwords that wait to be fetched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from junheng.web.areas.models import Unit
from junheng.web.audit.actions import Actor
from junheng.web.privacy.fields import BlindIndexField, EncryptedBinaryField, EncryptedTextField
from junheng.web.rights.roles import ROLES, Department, Role


class UserManager(BaseUserManager["User"]):
    pass


class User(AbstractBaseUser):
    """One person in one role at one unit. A second duty is a second account (三员分立, and a clear audit).

    username: what the person signs in with. name: the person's, as pages and the log show it. department: for
    部门用户. must_change_password: the first password came from somebody else. phone_index: blind index of the phone,
    to find the same person again (三员分立) without reading it.
    """

    username = models.CharField("账号", max_length=50, unique=True)
    name = models.CharField("姓名", max_length=50)
    email = models.EmailField("电子邮箱", blank=True)
    phone = EncryptedTextField("手机", blank=True, default="")
    phone_index = BlindIndexField(of="phone")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="users", verbose_name="单位")
    department = models.CharField("部门", max_length=30, choices=Department.choices, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    created_at = models.DateTimeField("开立时间", default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False
    is_superuser = False

    objects = UserManager()

    class Meta:
        verbose_name = "用户"
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @cached_property
    def reach(self) -> tuple[str, ...]:
        """The paths whose subtrees this account sees today: its own unit's, and what was granted besides."""
        today = timezone.localdate()
        return self.reach_with(self.reaches_granted.filter(models.Q(until=None) | models.Q(until__gte=today)).order_by("pk").values_list("unit__path", flat=True))

    def reach_with(self, granted: Iterable[str]) -> tuple[str, ...]:
        """The same, where the paths granted today are known already (session_store.py)."""
        home = [self.unit.path] if ROLES[Role(self.role)].reaches_home else []
        return (*home, *granted)

    def reaches(self, unit_path: str) -> bool:
        return any(unit_path.startswith(path) for path in self.reach)

    @property
    def actor(self) -> Actor:
        return Actor(self.pk, self.name, self.get_role_display())

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used: rights are declared (rights.py)."""
        return False


class Reach(models.Model):
    """A part of the tree granted to an account beyond its own: an expert's counties, a deputy's. reason: Chinese.

    source: what granted it ("evaluation:12"), so that it can be taken back with it; until: last day, None = open.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="reaches_granted", verbose_name="用户")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="范围")
    reason = models.CharField("事由", max_length=100)
    source = models.CharField("来源", max_length=60)
    until = models.DateField("截止", null=True, blank=True)

    class Meta:
        verbose_name = "授权范围"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "unit", "source"], name="reach_once")]

    def __str__(self) -> str:
        return f"{self.user} → {self.unit}"


class Invitation(models.Model):
    """A place kept for a person: whoever has the link chooses a name and a password, once, in time.

    token_hash: SHA-256 of the link's token, which is shown to the inviter once and stored nowhere.
    """

    LASTS: ClassVar = timedelta(days=7)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    department = models.CharField("部门", max_length=30, choices=Department.choices, blank=True)
    name = models.CharField("姓名", max_length=50)
    email = models.EmailField("电子邮箱", blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="邀请人")
    created_at = models.DateTimeField("邀请时间", default=timezone.now)
    expires_at = models.DateTimeField("有效期至")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    accepted_at = models.DateTimeField("接受时间", null=True)
    account = models.OneToOneField(User, models.PROTECT, null=True, related_name="invitation", verbose_name="账号")

    class Meta:
        verbose_name = "邀请"
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"

    @property
    def unit_path(self) -> str:
        return self.unit.path

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and timezone.now() < self.expires_at

    @property
    def state_in_words(self) -> str:
        if self.accepted_at:
            return "已接受"
        if self.withdrawn_at:
            return "已撤回"
        return "等待接受" if self.is_open else "已过期"


class InvitationSheet(models.Model):
    """Many invitations made in one act, in the background, and the workbook of their links: it can be fetched once, by its
    maker, for three days after they were made.

    typed: the upload's lines as they were typed (workbook/kept.py), until they are looked at; then either wrong: the cells
    in which something is wrong, and nobody is invited, or rows: JSON of who is invited to what, in the order of the upload.
    secret: 32 bytes from which, with a row's place in `rows`, the token of its link is made, so that a job that runs
    again makes the same ones and none is stored. All None once the workbook was fetched or its time is over. done_at: when
    all were made.
    """

    LASTS: ClassVar = timedelta(days=3)
    LINKS_LAST: ClassVar = timedelta(days=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="invitation_sheets", verbose_name="邀请人")
    made_at = models.DateTimeField("时间", default=timezone.now)
    people = models.PositiveIntegerField("人数")
    typed = EncryptedBinaryField(null=True)
    wrong = EncryptedBinaryField(null=True)
    rows = EncryptedBinaryField(null=True)
    secret = EncryptedBinaryField(null=True)
    done_at = models.DateTimeField("完成时间", null=True)
    fetched_at = models.DateTimeField("下载时间", null=True)

    class Meta:
        verbose_name = "邀请链接单"
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.people} 个人的邀请链接"

    @property
    def is_waiting(self) -> bool:
        return self.secret is not None and self.done_at is not None and timezone.now() < self.done_at + self.LASTS


class PasswordSheet(models.Model):
    """The workbook with the first passwords of accounts opened in bulk. It can be fetched once, by its maker, for a day.

    sealed: the workbook, encrypted in the database; None once it was fetched or the day is over.
    """

    LASTS: ClassVar = timedelta(hours=24)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="password_sheets", verbose_name="开立人")
    made_at = models.DateTimeField("开立时间", default=timezone.now)
    accounts = models.PositiveIntegerField("账号数")
    sealed = EncryptedBinaryField(null=True)
    fetched_at = models.DateTimeField("下载时间", null=True)

    class Meta:
        verbose_name = "首次密码单"
        ordering: ClassVar = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.accounts} 个账号的首次密码"

    @property
    def is_waiting(self) -> bool:
        return self.sealed is not None and timezone.now() < self.made_at + self.LASTS
