"""Behind a proxy, the visitor's address is the one the proxy saw."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse


class VisitorAddress:
    """REMOTE_ADDR from the last entry of X-Forwarded-For, which the proxy in front wrote itself; those before it are
    the visitor's own claim. Only where there is a proxy (JUNHENG_HTTPS), else anybody could name any address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(last))
        return self._get_response(request)
