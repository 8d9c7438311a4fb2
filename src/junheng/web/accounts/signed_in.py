"""Who asks, in a view behind the gate."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from junheng.web.accounts.models import User


def me(request: HttpRequest) -> User:
    return cast(User, request.user)
