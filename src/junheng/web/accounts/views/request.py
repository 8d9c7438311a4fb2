"""What every view here asks of a request behind the gate."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse

from junheng.web.accounts.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def me(request: HttpRequest) -> User:
    return cast(User, request.user)


def as_workbook(content: bytes, name: str) -> HttpResponse:
    """A download; name: ASCII."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
