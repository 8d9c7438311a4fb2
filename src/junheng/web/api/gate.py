"""Before every operation: a token that holds, its pace, its scope, its owner's right; and the subject within reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from ninja.security import HttpBearer

from junheng.web.accounts.models import User
from junheng.web.api.actions import pace
from junheng.web.api.actions.pace import count_call, count_visit
from junheng.web.api.actions.tokens import hash_of
from junheng.web.api.models import Token
from junheng.web.api.problems import ApiProblem, no_such_thing, unknown_token
from junheng.web.api.scopes import Scope
from junheng.web.pages.table import Page
from junheng.web.rights.right import Right


@dataclass(frozen=True)
class Gate:
    """Who may see what an operation is about: the rights and the finder of the page that shows the same.

    rights: one of them is enough. subject: finds it by the URL's parts, None for lists, which are cut to reach.
    """

    rights: tuple[Right, ...]
    subject: Callable[..., Any] | None = None

    @staticmethod
    def of(page: Page) -> Gate:
        return Gate(page.rights, page.subject)

    def find(self, request: HttpRequest, **parts: Any) -> Any:
        """The subject, for an owner who reaches it. Raises ApiProblem 404 for everything else."""
        assert self.subject is not None
        try:
            found = self.subject(**parts)
        except (ObjectDoesNotExist, OverflowError):
            raise no_such_thing() from None
        if not any(right.covers(owner(request), found) for right in self.rights):
            raise no_such_thing()
        return found


class Bearer(HttpBearer):
    """`Authorization: Bearer jh_…`. scope: what the token must have been made for. gate: asked of its owner's role. weight: as
    how many calls one counts."""

    def __init__(self, scope: Scope, gate: Gate, weight: int = 1) -> None:
        super().__init__()
        self.scope, self.gate, self.weight = scope, gate, weight

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Raises ApiProblem: 401, 429, 403 or, where the owner's role has not the right, 404."""
        shown = Token.objects.select_related("user__unit").filter(secret_hash=hash_of(token)).first()
        if shown is None:
            raise unknown_token("没有这个令牌")
        if shown.over:
            raise unknown_token(f"令牌不能再用：{shown.over}")
        if wait := count_call(shown, self.weight):
            raise _too_fast(f"一个令牌一分钟最多 {pace.MOST_A_MINUTE} 次", wait)
        if self.scope.id not in shown.scopes:
            raise ApiProblem(403, "scope", "令牌没有这个范围", why=f"要有“{self.scope.label}”（{self.scope.id}）", remedy="请建立带有这个范围的令牌")
        if not any(right.held_by(shown.user) for right in self.gate.rights):
            raise no_such_thing()
        request.user = shown.user
        return shown


class Anybody(Enum):
    """Who asks without a token."""

    PUBLIC = "public"


def visitor(request: HttpRequest) -> Anybody:
    """Anybody, at the pace of an address. Raises ApiProblem 429."""
    if wait := count_visit(str(request.META.get("REMOTE_ADDR", ""))):
        raise _too_fast(f"不用令牌的，一个地址一分钟最多 {pace.MOST_OF_VISITORS} 次", wait)
    return Anybody.PUBLIC


def _too_fast(why: str, wait: int) -> ApiProblem:
    return ApiProblem(429, "pace", "请求太快", why=why, remedy=f"请 {wait} 秒后再试", headers={"Retry-After": str(wait)})


def owner(request: HttpRequest) -> User:
    """The account whose token was shown."""
    return cast(Token, request.auth).user  # type: ignore[attr-defined]
