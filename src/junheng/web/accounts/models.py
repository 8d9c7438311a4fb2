"""Accounts and what they reach."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from junheng.web.rights.roles import ROLES, Department, Role
from junheng.web.areas.models import Unit
from junheng.web.audit.actions import Actor


class UserManager(BaseUserManager["User"]):
    pass


class User(AbstractBaseUser):
    """One person in one role at one unit. A second duty is a second account (三员分立, and a clear audit).

    username: what the person signs in with. name: the person's, as pages and the log show it. department: for
    部门用户. must_change_password: the first password came from somebody else.
    """

    username = models.CharField("账号", max_length=50, unique=True)
    name = models.CharField("姓名", max_length=50)
    email = models.EmailField("电子邮箱", blank=True)
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
        granted = [grant.unit.path for grant in self.reaches_granted.select_related("unit") if grant.holds_on(today)]
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

    def holds_on(self, day: date) -> bool:
        return self.until is None or day <= self.until
