"""What the pages here share."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from junheng.web.accounts.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def me(request: HttpRequest) -> User:
    return cast(User, request.user)


def download(content: bytes, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """A file to be saved, never to be shown by the browser; name: may be Chinese."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
