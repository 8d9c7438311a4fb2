"""/healthz: whether the site can serve: the database answers and is migrated."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from junheng.web.areas.models import Unit


def healthz(request: HttpRequest) -> JsonResponse:
    try:
        connection.ensure_connection()
        Unit.objects.only("pk").first()
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})
