"""How an operation is declared: its scope and gate, beside ninja's own words; and how an operation that writes answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, Path, Schema
from ninja.responses import NinjaJSONEncoder

from junheng.web.api.actions.once import fingerprint, once
from junheng.web.api.filters import BIGGEST
from junheng.web.api.gate import Bearer, Gate, visitor
from junheng.web.api.models import Token
from junheng.web.api.schemas.common import ERRORS, BytesOut, ProblemOut
from junheng.web.api.scopes import Scope
from junheng.web.pages.table import Page

Number = Annotated[int, Path(ge=1, le=BIGGEST, description="编号")]
Key = Annotated[str, Header("", alias="Idempotency-Key", max_length=100, pattern=r"^[!-~]*$", description="同一件事重发时用同一个，24 小时内只办一次")]

Out = TypeVar("Out", bound=Schema)


def gate_of(pages: Iterable[Page], name: str) -> Gate:
    """The gate of the page of this name."""
    return Gate.of(next(page for page in pages if page.name == name))


def read(scope: Scope, gate: Gate, response: Any, summary: str, name: str) -> dict[str, Any]:
    """Arguments of `router.get`. name: of its URL and in the document."""
    return {"auth": Bearer(scope, gate), "response": {200: response, **ERRORS}, "by_alias": True, **_named(summary, name, f"要有范围 {scope.id}（{scope.label}）。")}


def read_file(scope: Scope, gate: Gate, summary: str, name: str) -> dict[str, Any]:
    """Arguments of `router.get` for the bytes of a file."""
    return read(scope, gate, BytesOut, summary, name)


def open_to_all(response: Any, summary: str, name: str) -> dict[str, Any]:
    """Arguments of `router.get` where no token is asked for."""
    return {"auth": visitor, "response": {200: response, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut}, "by_alias": True, **_named(summary, name, "公开，不要令牌。")}


def write(scope: Scope, gate: Gate, response: Any, summary: str, name: str, status: int = 200, weight: int = 1) -> dict[str, Any]:
    """Arguments of `router.post`. weight: as how many calls one counts."""
    responses = {status: response, **ERRORS, 400: ProblemOut, 409: ProblemOut, 413: ProblemOut}
    words = f"要有范围 {scope.id}（{scope.label}）。" + (f"一次按 {weight} 次计。" if weight > 1 else "")
    return {"auth": Bearer(scope, gate, weight), "response": responses, **_named(summary, name, words)}


def _named(summary: str, name: str, description: str) -> dict[str, Any]:
    return {"summary": summary, "url_name": name, "operation_id": name, "description": description}


def done_once(request: HttpRequest, key: str, asked: Iterable[str], act: Callable[[], dict[str, Any]], out: type[Out], status: int = 200) -> HttpResponse:
    """Do it, or give the answer that was given before (then with the header Idempotent-Replayed)."""

    def answered() -> dict[str, Any]:
        """As the operations that read write it, to the digit of a time."""
        read: dict[str, Any] = json.loads(json.dumps(out.model_validate(act()).model_dump(), cls=NinjaJSONEncoder))
        return read

    token = cast(Token, request.auth)  # type: ignore[attr-defined]
    body, before = once(token, key, fingerprint((request.path, *asked)), answered)
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    if before:
        response["Idempotent-Replayed"] = "true"
    return response
