"""Where the present act comes from: set for a request by the middleware, for a job by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_origin: ContextVar[str] = ContextVar("junheng_origin", default="")


def current_origin() -> str:
    """The address a request came from, "job:<id>" in a job, "" on the command line."""
    return _origin.get()


@contextmanager
def acting_from(origin: str) -> Iterator[None]:
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


class OriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_from(str(request.META.get("REMOTE_ADDR", ""))):
            return self._get_response(request)
