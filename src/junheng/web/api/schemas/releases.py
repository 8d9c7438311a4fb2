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

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    school_year: int = Field(description="学年开始的那一年")
    number: int = Field(description="本县本轮的第几版")
    hash: str = Field(description="内容的校验值 sha256:…")
    policy: str = Field(description="标准的编号")
    as_of: date = Field(description="基准日")
    engine: str = Field(description="测算引擎")
    engine_version: str = Field(description="软件版本")
    verdict: VerdictId = Field(description="pass 达标、fail 未达标、insufficient 待定")
    formal: bool = Field(description="冻结时没有错误")
    frozen_at: datetime = Field(description="冻结时间")

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
    unit: dict[str, str] = Field(description="代码和名称")
    school_year: int = Field(description="学年开始的那一年")
    policy: dict[str, str] = Field(description="标准和基准日")
    release: str = Field(description="数据版本的校验值")
    engine: str = Field(description="测算引擎")
    verdict: VerdictId = Field(description="pass 达标、fail 未达标、insufficient 待定")
    stages: dict[str, Any] = Field(description="primary、junior：balance（L1–L7）和 schools")
    criteria: dict[str, Any] = Field(description="逐条结论")
    excluded: list[dict[str, Any]] = Field(description="不参与判定的学校和原因")
    findings: list[dict[str, Any]] = Field(description="校核发现")


class ManifestTable(Schema):
    rows: int
    sha256: str


class ManifestSource(Schema):
    name: str = Field(description="名称")
    sha256: str
    size_bytes: int
    kind: str = Field(description="类别")


class ManifestOut(Schema):
    """数据版本的清单 manifest.json 中供核验的部分。"""

    contract: Literal["junheng.release/1"] = Field(alias="schema", serialization_alias="schema")
    hash: str = Field(description="校验值")
    tables_contract: str = Field(description="数据契约的版本")
    school_year: int = Field(description="学年开始的那一年")
    counties: dict[str, str] = Field(description="县的代码和名称")
    frozen_at: datetime = Field(description="冻结时间")
    tables: dict[str, ManifestTable] = Field(description="各表的行数和校验值")
    sources: list[ManifestSource] = Field(description="原表")
    left_out: list[str] = Field(description="没有采用的内容，逐条说明")
