"""A parameter nobody knows is refused: a filter with a slip in its name would otherwise be answered with everything. So is one
given twice: of two values only one would be heeded, and nobody would know which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest

from junheng.web.api.problems import ApiProblem


def only_known_parameters(view: Callable[..., Any]) -> Callable[..., Any]:
    """Around every operation. Raises ApiProblem."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        assert request.resolver_match is not None
        known = _known()[str(request.resolver_match.url_name)]
        unknown = sorted(request.GET.keys() - known)
        if unknown:
            raise ApiProblem(422, "input", "没有这个参数", why=f"不认得 {'、'.join(unknown)[:200]}", remedy=f"这里可以用：{'、'.join(sorted(known)) or '没有参数'}")
        twice = sorted(name for name, values in request.GET.lists() if len(values) > 1)
        if twice:
            raise ApiProblem(422, "input", "参数重复", why=f"{'、'.join(twice)} 给了不止一个值", remedy="每个参数只给一次；要几样的请分几次查询")
        return view(request, *args, **kwargs)

    return checked


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """Operation → the names of its query parameters."""
    from junheng.web.api.v1 import API, PREFIX

    return {
        operation["operationId"]: frozenset(each["name"] for each in operation["parameters"] if each["in"] == "query")
        for methods in API.get_openapi_schema(path_prefix=f"/{PREFIX}")["paths"].values()
        for operation in methods.values()
    }
