"""Public pages: the same for everybody, kept until the edition changes, and not sent again to whoever has them already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from junheng.web.portal.edition import edition
from junheng.web.portal.menu import PUBLIC_MENU

_BROWSER_SECONDS = 60
View = Callable[..., HttpResponse]


def shown(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page without anything of who asks for it: rendered without the frame of a signed-in person, so that one copy serves all."""
    return HttpResponse(render_to_string(template, {**context, "request": request, "menu": PUBLIC_MENU, "menu_counts": {}}))


def kept(view: View) -> Callable[..., HttpResponseBase]:
    """A view whose page is kept per edition and path. What is asked with a query (a search) is answered anew every time."""

    @wraps(view)
    def answer(request: HttpRequest, *about: Any, **parts: Any) -> HttpResponseBase:
        now = edition()
        key = f"{now.key}:{sha256(request.path.encode()).hexdigest()}"
        found: tuple[bytes, str] | None = None if request.GET else caches["portal"].get(key)
        if found is None:
            response = view(request, *about, **parts)
            if response.status_code != 200:
                return response
            found = response.content, response["Content-Type"]
            if not request.GET:
                caches["portal"].set(key, found)
        body, media_type = found
        response = HttpResponse(body, content_type=media_type)
        response["ETag"] = etag = f'"{sha256(body).hexdigest()[:32]}"'
        response["Last-Modified"] = http_date(now.changed_at.timestamp())
        response["Cache-Control"] = f"public, max-age={_BROWSER_SECONDS}"
        return get_conditional_response(request, etag, int(now.changed_at.timestamp()), response) or response

    return answer


def unchanging(response: HttpResponse, request: HttpRequest, etag: str) -> HttpResponseBase:
    """For what never changes under its URL."""
    response["ETag"] = quoted = f'"{etag}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return get_conditional_response(request, quoted, None, response) or response
