"""Frozen releases and the public contract of their result."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from junheng.web.api.schemas.common import UnitRef
from junheng.web.reporting.models import CountyRelease

VerdictId = Literal["pass", "fail", "insufficient"]


class ReleaseOut(Schema):
    """一个冻结的数据版本。冻结以后不再变。"""

    id: int
    unit: UnitRef
    round: int
    school_year: int
    number: int = Field(description="本县本轮的第几版")
    hash: str = Field(description="内容的校验值 sha256:…")
    policy: str
    as_of: date
    engine: str
    engine_version: str
    verdict: VerdictId
    formal: bool = Field(description="冻结时没有错误")
    frozen_at: datetime

    @staticmethod
    def of(release: CountyRelease) -> dict[str, Any]:
        return {
            "id": release.pk, "unit": UnitRef.of(release.unit), "round": release.round_id, "school_year": release.round.school_year,
            "number": release.number, "hash": release.hash, "policy": release.policy, "as_of": release.as_of, "engine": release.engine,
            "engine_version": release.engine_version, "verdict": release.verdict, "formal": release.is_formal, "frozen_at": release.at,
        }  # fmt: skip


class _Open(Schema):
    """A document of a contract that has its own version; what is named here is always there."""

    model_config = ConfigDict(extra="allow")


class ResultOut(_Open):
    """result.json，契约 junheng.assessment/1：与命令行 junheng assess 写出的一字不差。"""

    contract: Literal["junheng.assessment/1"] = Field(alias="schema")
    unit: dict[str, str]
    school_year: int
    policy: dict[str, str]
    release: str
    engine: str
    verdict: VerdictId
    stages: dict[str, Any] = Field(description="primary、junior：balance（L1–L7）和 schools")
    criteria: dict[str, Any]
    excluded: list[dict[str, Any]]
    findings: list[dict[str, Any]]


class ManifestTable(Schema):
    rows: int
    sha256: str


class ManifestSource(Schema):
    name: str
    sha256: str
    size_bytes: int
    kind: str


class ManifestOut(Schema):
    """数据版本的清单 manifest.json 中供核验的部分。"""

    contract: Literal["junheng.release/1"] = Field(alias="schema", serialization_alias="schema")
    hash: str
    tables_contract: str = Field(description="数据契约的版本")
    school_year: int
    counties: dict[str, str]
    frozen_at: datetime
    tables: dict[str, ManifestTable]
    sources: list[ManifestSource]
    left_out: list[str] = Field(description="没有采用的内容，逐条说明")
