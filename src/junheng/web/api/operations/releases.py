"""Frozen releases of counties."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import Query, Router
from pydantic import Field

from junheng.web.api import scopes
from junheng.web.api.filters import InRound, M
from junheng.web.api.gate import Gate, owner
from junheng.web.api.operations.declared import Number, gate_of, read
from junheng.web.api.paging import page_of
from junheng.web.api.schemas.common import PageOut
from junheng.web.api.schemas.releases import ManifestOut, ReleaseOut, ResultOut
from junheng.web.areas.models import lies_within
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.pages import PAGES

router = Router(tags=["数据版本和结论"])


def _release(pk: int) -> CountyRelease:
    """Without its documents, which are large."""
    return CountyRelease.objects.select_related("unit", "round").defer("result", "detail").get(pk=pk)


_RELEASES = Gate(gate_of(PAGES, "county_release").rights, _release)


class OfReleases(InRound):
    formal: bool | None = Field(None, description="true 只要正式版本，false 只要非正式的")

    def cut(self, found: QuerySet[M], of_round: str = "round_id") -> QuerySet[M]:
        found = super().cut(found, of_round)
        return found if self.formal is None else found.filter(is_formal=self.formal)


@router.get("/releases", **read(scopes.RELEASES, _RELEASES, PageOut[ReleaseOut], "冻结的数据版本", "api_releases"))
def releases(request: HttpRequest, cut: Annotated[OfReleases, Query()]) -> Any:
    """Oldest first."""
    found = CountyRelease.objects.filter(lies_within(*owner(request).reach)).select_related("unit", "round").defer("result", "detail")
    return page_of(cut.cut(found), cut, ReleaseOut.of)


@router.get("/releases/{int:pk}", **read(scopes.RELEASES, _RELEASES, ReleaseOut, "一个数据版本", "api_release"))
def release(request: HttpRequest, pk: Number) -> Any:
    return ReleaseOut.of(_RELEASES.find(request, pk=pk))


@router.get("/releases/{int:pk}/result.json", **read(scopes.RELEASES, _RELEASES, ResultOut, "结论 result.json", "api_result"))
def result(request: HttpRequest, pk: Number) -> HttpResponse:
    """The document as it was frozen, untouched: same keys, same order, same digits. Who has it already gets it without its being read."""
    found: CountyRelease = _RELEASES.find(request, pk=pk)
    tag = f'"{found.pk}-{found.hash.removeprefix("sha256:")}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(json.dumps(found.result, ensure_ascii=False, indent=1, allow_nan=False) + "\n", content_type="application/json; charset=utf-8")
    response["ETag"] = tag
    return response


@router.get("/releases/{int:pk}/manifest", **read(scopes.RELEASES, _RELEASES, ManifestOut, "数据版本的清单", "api_manifest"))
def manifest(request: HttpRequest, pk: Number) -> Any:
    """What is verified with it. Who froze it is in the audit log, and not here."""
    found = open_kept(_RELEASES.find(request, pk=pk).key).manifest
    return {
        "schema": "junheng.release/1", "hash": found.hash, "tables_contract": found.contract, "school_year": found.school_year,
        "counties": found.counties, "frozen_at": found.when, "left_out": found.left_out,
        "tables": {name: {"rows": rows, "sha256": found.table_sha256[name]} for name, rows in found.row_counts.items()},
        "sources": [{"name": each.name, "sha256": each.sha256, "size_bytes": each.size_bytes, "kind": str(each.kind)} for each in found.sources],
    }  # fmt: skip
