"""How an operation is declared: its scope and gate, beside ninja's own words."""

from __future__ import annotations

from typing import Any

from junheng.web.api.gate import Bearer, Gate
from junheng.web.api.schemas.common import ERRORS
from junheng.web.api.scopes import Scope


def read(scope: Scope, gate: Gate, response: Any, summary: str, name: str) -> dict[str, Any]:
    """Arguments of `router.get`. name: of its URL and in the document."""
    return {"auth": Bearer(scope, gate), "response": {200: response, **ERRORS}, "by_alias": True, "summary": summary, "url_name": name, "operation_id": name,
            "description": f"范围：`{scope.id}`（{scope.label}）。"}  # fmt: skip
