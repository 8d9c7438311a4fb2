"""What anybody reads beside places: policies clause by clause, the open data and its versions, lotteries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from junheng.opendata.datasets import Dataset
from junheng.policy.in_force import Document
from junheng.web.api.schemas.common import StateOut, UnitRef
from junheng.web.portal.checking import admitted, outcome_of
from junheng.web.portal.models import DataRelease, Lottery
from junheng.web.portal.policy_library import Line, lines_of


class DocumentItem(Schema):
    """政策库里的一份文件。"""

    id: str = Field(description="编号")
    title: str = Field(description="标题")
    number: str | None = Field(description="文号；null 表示待核")
    issuer: str = Field(description="印发机关")
    issued: date | None = Field(description="印发日期；null 表示待核")
    unverified: str = Field(description="为什么待核；空表示已核实")
    lines: int = Field(description="取用几条")

    @staticmethod
    def of(document: Document) -> dict[str, Any]:
        return {"id": document.id, "title": document.title, "number": document.number or None, "issuer": document.issuer, "issued": document.issued,
                "unverified": document.unverified, "lines": sum(len(of) for _, of in lines_of(document.id))}  # fmt: skip


class PolicyLineOut(Schema):
    title: str = Field(description="名称")
    words: str = Field(description="内容；数值带单位")
    since: str = Field(description="从哪天起；空表示没有单独的日期")
    pack: str = Field(description="在哪个标准里取用")
    unverified: str = Field(description="为什么待核；空表示已核实")

    @staticmethod
    def of(line: Line) -> dict[str, Any]:
        return {name: getattr(line, name) for name in ("title", "words", "since", "pack", "unverified")}


class PolicyClauseOut(Schema):
    clause: str = Field(description="条款")
    lines: list[PolicyLineOut] = Field(description="取用的内容")


class DocumentOut(DocumentItem):
    """一份文件，逐条。"""

    clauses: list[PolicyClauseOut] = Field(description="取用的条款")

    @staticmethod
    def of(document: Document) -> dict[str, Any]:
        clauses = [{"clause": clause, "lines": [PolicyLineOut.of(each) for each in of]} for clause, of in lines_of(document.id)]
        return DocumentItem.of(document) | {"clauses": clauses}


class FileOut(Schema):
    dataset: str = Field(description="数据集的编号")
    format: str = Field(description="csv、json、parquet")
    rows: int = Field(description="行数")
    size: int = Field(description="字节")
    sha256: str = Field(description="校验值")
    url: str = Field(description="下载的路径，接在站点网址后面；内容永不改变")


class DataVersionOut(Schema):
    """开放数据的一版。发布以后不再变，更正是新的一版。"""

    number: int = Field(description="第几版")
    published_at: datetime = Field(description="发布时间")
    changes: list[str] = Field(description="与上一版相比")
    announcements: list[int] = Field(description="所依据的公告的编号")
    files: list[FileOut] = Field(description="文件")

    @staticmethod
    def of(release: DataRelease) -> dict[str, Any]:
        files = [{**each, "url": reverse("open_data_file", args=[release.number, each["dataset"], each["format"]])} for each in release.files]
        return {"number": release.number, "published_at": release.at, "changes": release.changes, "announcements": release.announcements, "files": files}


class ColumnOut(Schema):
    name: str = Field(description="英文名，JSON 和 Parquet 用")
    label: str = Field(description="中文名，CSV 用")
    unit: str = Field(description="单位")
    note: str = Field(description="含义")
    null_means: str | None = Field(description="空白表示什么；null 表示不会空白")


class DatasetOut(Schema):
    """开放数据的一张表。"""

    id: str = Field(description="编号")
    title: str = Field(description="名称")
    grain: str = Field(description="一行是什么")
    about: str = Field(description="说明")
    method: str = Field(description="怎样得来")
    people: bool = Field(description="数的是人；人数少的不公布")
    columns: list[ColumnOut] = Field(description="列")

    @staticmethod
    def of(dataset: Dataset) -> dict[str, Any]:
        columns = [{"name": each.name, "label": each.label, "unit": each.unit.symbol, "note": each.note, "null_means": None if each.required else each.null_means}
                   for each in dataset.table.columns]  # fmt: skip
        return {name: getattr(dataset, name) for name in ("id", "title", "about", "method", "people")} | {"grain": dataset.table.grain, "columns": columns}


class LotteryItem(Schema):
    """一次摇号。"""

    id: int = Field(description="编号")
    county: UnitRef = Field(description="县")
    school: str = Field(description="学校")
    state: StateOut = Field(description="状态")
    places: int | None = Field(description="招生计划")
    applicants: int | None = Field(description="报名人数")

    @staticmethod
    def of(lottery: Lottery) -> dict[str, Any]:
        return {"id": lottery.pk, "county": UnitRef.of(lottery.unit), "school": lottery.school, "state": StateOut.of(lottery), "places": lottery.places,
                "applicants": lottery.applicants}  # fmt: skip


class LotteryOut(LotteryItem):
    """一次摇号：名单的哈希先公布，种子后产生，任何人都能重算。已撤回的只有理由。"""

    digest: str | None = Field(description="算法：sm3 或 sha256")
    list_hash: str | None = Field(description="公示名单的哈希")
    list_url: str | None = Field(description="公示名单的路径；内容永不改变")
    listed_at: datetime | None = Field(description="名单公示时间")
    seed_from: str | None = Field(description="种子怎样产生，在知道种子以前就说了")
    seed_on: date | None = Field(description="种子产生的日期")
    seed_text: str | None = Field(description="种子文字；null 表示还没有抽取")
    seed: str | None = Field(description="种子")
    result_url: str | None = Field(description="结果的路径；null 表示还没有抽取")
    drawn_at: datetime | None = Field(description="抽取时间")
    admitted: int | None = Field(description="录取人数")
    verified: bool | None = Field(description="现在用公布的名单和种子重新抽取，与公布的结果完全相同；null 表示还没有抽取")
    faults: list[str] = Field(description="不同的地方")
    ended_reason: str = Field(description="撤回的理由；空表示没有撤回")

    @staticmethod
    def of(lottery: Lottery) -> dict[str, Any]:
        if lottery.state == "withdrawn":
            nothing = dict.fromkeys(LotteryOut.model_fields.keys() - LotteryItem.model_fields.keys())
            return LotteryItem.of(lottery) | nothing | {"places": None, "applicants": None, "faults": [], "ended_reason": lottery.ended_reason}
        faults, drawn = outcome_of(lottery), bool(lottery.record_sha256)
        names = ("digest", "list_hash", "listed_at", "seed_from", "seed_on", "drawn_at", "ended_reason")
        return LotteryItem.of(lottery) | {name: getattr(lottery, name) for name in names} | {
            "list_url": reverse("lottery_list", args=[lottery.pk]), "result_url": reverse("lottery_result", args=[lottery.pk]) if drawn else None,
            "seed_text": lottery.seed_text or None, "seed": lottery.seed or None, "admitted": admitted(lottery) if drawn else None,
            "verified": None if faults is None else not faults, "faults": list(faults or ()),
        }  # fmt: skip
