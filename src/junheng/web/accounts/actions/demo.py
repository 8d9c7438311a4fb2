"""One account per role for the demonstration site; its sign-in page names them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.accounts.actions.keep import add_account
from junheng.web.accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from junheng.web.accounts.drafts import Draft, contact_cleaned
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.rights.roles import ROLES, Department, Role


def open_demo_accounts(school: Unit) -> list[User]:
    """The accounts at this school and at the units above it, all with DEMO_PASSWORD. Safe to repeat."""
    if not settings.JUNHENG_DEMO:
        raise UserError("演示账号只能开在演示站点", why="它们的密码人人知道", remedy="用 junheng account create 开立真正的账号")
    above = {unit.kind: unit for unit in Unit.objects.filter(code__in=school.path.rstrip("/").split("/"))}
    hashed = make_password(DEMO_PASSWORD)
    with transaction.atomic():
        for role, username in DEMO_ACCOUNTS.items():
            if not User.objects.filter(username=username).exists():
                # An expert comes from the province here, so that no county is the own one.
                unit = above[ROLES[role].levels[0] if role is not Role.DEPARTMENT else "county"]
                department = Department.FINANCE if role is Role.DEPARTMENT else ""
                draft = Draft(f"演示{role.label}", role, unit, department, email=f"{username}@example.org")
                contact, _ = contact_cleaned(phone="", email=draft.email)
                add_account(draft, contact, username, hashed, by=None, must_change=False)
    return list(User.objects.filter(username__in=DEMO_ACCOUNTS.values()).select_related("unit"))
