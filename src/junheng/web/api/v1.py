"""API v1: the routers together, their URLs, and what is the same for all: problems as JSON, ETags."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from junheng.common.errors import UserError
from junheng.web.api.document import Documented
from junheng.web.api.gate import Anybody
from junheng.web.api.known import only_known_parameters
from junheng.web.api.operations import (
    boards,
    evaluation,
    plans,
    public,
    rectification,
    releases,
    reporting,
    searching,
    surveys,
    units,
    whatif,
)
from junheng.web.api.problems import answer, answer_to, install, no_such_thing

PREFIX = "api/v1/"
NAMESPACE = "api-v1"
_PUBLIC_SECONDS = 60
View = Callable[..., HttpResponseBase]

API = Documented()
API.add_decorator(only_known_parameters, mode="operation")
for _router in (units, reporting, releases, boards, whatif, plans, searching, evaluation, surveys, rectification, public):
    API.add_router("", _router.router)
install(API)


def _finished(view: View) -> View:
    """ETag and If-None-Match; of what a token shows only this token may be answered from a copy, and only after asking again."""
    conditional = conditional_page(view)

    @csrf_exempt
    @wraps(view)
    def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = conditional(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response["Allow"]
            return answer(request, 405, "method", UserError(f"这个网址不能用 {request.method}", why=f"只能用 {allowed}", remedy="请按接口文档改正"),
                          headers={"Allow": allowed})  # fmt: skip
        of_all = getattr(request, "auth", None) is Anybody.PUBLIC
        response.setdefault("Cache-Control", f"public, max-age={_PUBLIC_SECONDS}" if of_all else "private, no-cache")
        if not of_all:
            response.setdefault("Vary", "Authorization")
        return response

    return finished


@csrf_exempt
def _nothing(request: HttpRequest) -> HttpResponseBase:
    return answer_to(request, no_such_thing())


def urlpatterns() -> list[URLPattern]:
    patterns, _, _ = API.urls
    for each in patterns:
        assert isinstance(each, URLPattern)
        each.callback = _finished(each.callback)
    return [*patterns, re_path("", _nothing, name="api_nothing")]  # type: ignore[list-item]
