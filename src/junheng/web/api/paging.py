"""Lists by cursor: a page goes on after the last row of the one before, whatever was added meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from junheng.web.api.problems import ApiProblem

M = TypeVar("M", bound=Model)
LONGEST = 200


class Paged(Schema):
    """What every list takes."""

    model_config = ConfigDict(extra="ignore")

    limit: int = Field(50, ge=1, le=LONGEST, description="一页几条，最多 200")
    cursor: str = Field("", max_length=200, description="上一页答复里的 next；第一页不写")


Paging = Annotated[Paged, Query()]


def page_of(found: QuerySet[M], paging: Paged, shown: Callable[[M], Any], key: str = "pk") -> dict[str, Any]:
    """{"items": …, "next": cursor or None}. key: the unique column the list runs along, upwards."""
    if paging.cursor:
        found = found.filter(**{f"{key}__gt": _read(paging.cursor, key)})
    rows = list(found.order_by(key)[: paging.limit + 1])
    more = len(rows) > paging.limit
    rows = rows[: paging.limit]
    return {"items": [shown(each) for each in rows], "next": _cursor(getattr(rows[-1], key)) if more else None}


def slice_of(found: list[Any], paging: Paged) -> dict[str, Any]:
    """The same of a list that is no table: the cursor is a place in it."""
    start = int(_read(paging.cursor, "pk")) if paging.cursor else 0
    end = start + paging.limit
    return {"items": found[start:end], "next": _cursor(end) if end < len(found) else None}


def _cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(str(value).encode()).decode().rstrip("=")


def _read(cursor: str, key: str) -> str:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not text or "\0" in text or (key == "pk" and not (text.isascii() and text.isdigit() and len(text) < 19)):
        raise ApiProblem(422, "cursor", "不认得这个 cursor", remedy="请用上一页答复里的 next，原样送回；或从第一页重新取")
    return text
