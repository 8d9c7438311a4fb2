"""Make a token, and end it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.web.accounts.keeping import keeps
from junheng.web.accounts.models import User
from junheng.web.accounts.permissions import KEEP
from junheng.web.api.models import Token
from junheng.web.api.scopes import scopes_for
from junheng.web.audit.actions import record
from junheng.web.flow.errors import NotAllowed
from junheng.web.rights.roles import Role

PREFIX = "jh_"
DAYS = (30, 90, 180, 365)
"""How long a token may hold."""
_MOST = 20


def hash_of(secret: str) -> str:
    """The secret has 256 random bits: nobody finds it from a plain hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def makes_for(keeper: User, account: User) -> bool:
    """A department's system has an account nobody signs in to: its keeper makes the token."""
    return account.role == Role.DEPARTMENT and KEEP.held_by(keeper) and keeps(keeper, account)


@transaction.atomic
def make_token(user: User, name: str, scopes: Collection[str], days: int, *, by: User) -> tuple[Token, str]:
    """A token of the account and its secret, which is told this once. by: the owner, or the keeper of a system's account.
    Raises UserError."""
    if by.pk != user.pk and not makes_for(by, user):
        raise NotAllowed("您不能为这个账号建立令牌", remedy="请本人登录后建立；部门系统的账号由安全管理员建立")
    name = name.strip()
    possible = {each.id for each in scopes_for(user)}
    wanted = [each for each in possible if each in scopes]
    if not name or len(name) > 60:
        raise UserError("没有写明用途", why="用途要有内容，不超过 60 字", remedy="请写清哪个系统用它做什么，如“市数据平台每晚取结论”")
    if not wanted or len(wanted) != len(set(scopes)):
        raise UserError("没有选好范围", why="至少选一项，且只能选本账号有权办理的", remedy="请只勾选用得到的范围")
    if days not in DAYS:
        raise UserError("没有选有效期", remedy=f"请从 {'、'.join(map(str, DAYS))} 天中选一个")
    now = timezone.now()
    if Token.objects.filter(user=user, revoked_at=None, expires_at__gt=now).count() >= _MOST:
        raise UserError("令牌太多", why=f"一个账号最多 {_MOST} 个有效的令牌", remedy="请先作废不用的令牌")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user, name=name, secret_hash=hash_of(secret), hint=secret[:8], scopes=sorted(wanted), role=user.role, unit=user.unit,
        made_by_name=by.name, by_keeper=by.pk != user.pk, made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(by=by.actor, action="api.token_made", subject=f"token:{token.pk}", unit_path=user.unit_path,
           after={"scopes": token.scopes, "expires_at": token.expires_at.isoformat()}, detail={"account": user.pk})  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: User) -> None:
    """It holds no more from now on. A token that is revoked already stays as it is."""
    locked = Token.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        record(by=by.actor, action="api.token_revoked", subject=f"token:{token.pk}", unit_path=token.unit_path, detail={"account": token.user_id})
