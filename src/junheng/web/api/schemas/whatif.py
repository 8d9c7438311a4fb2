"""试算: what may be changed, what is changed, and the verdicts beside the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Discriminator, Field, StringConstraints, Tag

from junheng.judging.rejudge import Change as Turned
from junheng.policy.in_force import Limit, PolicyInForce
from junheng.tables import Column, Kind
from junheng.web.api.filters import Code
from junheng.web.api.schemas.common import PageOut, UnitRef
from junheng.web.api.schemas.figures import FigureOut, LimitOut, cv_figure
from junheng.web.api.schemas.releases import VerdictId
from junheng.web.dashboards.changes import (
    MOST,
    Change,
    LimitChange,
    each_once,
    figure_change,
    in_words,
    key_words,
)
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.prepared import Prepared
from junheng.web.dashboards.whatif import Beside, Outcome

Name = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_]{1,80}$")]
Campus = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Amount = Annotated[Decimal, Field(ge=0, lt=10**12, description="不小于 0 的数")]


class LimitChangeIn(Schema):
    """把标准里的一个数改成别的。"""

    model_config = ConfigDict(extra="forbid")

    limit: Name = Field(description="限值的编号")
    key: Name = Field("any", description="哪一个学段或办学形式；any 表示不分")
    value: Amount

    def change(self) -> Change:
        return LimitChange(self.limit, self.key, self.value)


class FigureChangeIn(Schema):
    """把一所学校报的一个数改成别的。"""

    model_config = ConfigDict(extra="forbid")

    school: Code = Field(description="学校标识码")
    campus: Campus = Field("", description="校区；空表示全校")
    column: Name = Field(description="填报项的编号")
    value: Amount | None = Field(description="改成多少，按数据契约的单位；null 表示没有报，不是 0")

    def change(self) -> Change:
        """Raises UserError for a column that is none, or a part of what is counted whole."""
        return figure_change(self.school, self.campus, self.column, self.value)


def _kind(change: object) -> str:
    """One of the two, so that what is wrong is said of that one alone."""
    return "limit" if isinstance(change, LimitChangeIn) or (isinstance(change, Mapping) and "limit" in change) else "figure"


ChangeIn = Annotated[Annotated[LimitChangeIn, Tag("limit")] | Annotated[FigureChangeIn, Tag("figure")], Discriminator(_kind)]
Changes = Annotated[list[ChangeIn], Field(min_length=1, max_length=MOST, description="改动；同一个数改两次，后一次为准")]


class SupposeIn(Schema):
    """试算。"""

    changes: Changes

    def read(self) -> list[Change]:
        """Raises UserError."""
        return each_once(each.change() for each in self.changes)


class ScenarioIn(SupposeIn):
    """保存的试算。"""

    title: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]*$")] = Field(description="名称")


class ChangeableLimit(Schema):
    limit: str = Field(description="限值的编号")
    key: str = Field(description="哪一个学段或办学形式")
    label: str = Field(description="名称")
    unit: str = Field(description="单位")
    now: LimitOut = Field(description="现在的值和出处")

    @staticmethod
    def of(limit: Limit, key: str, policy: PolicyInForce) -> dict[str, Any]:
        return {"limit": limit.id, "key": key, "label": f"{limit.title}{key_words(key)}", "unit": limit.unit, "now": LimitOut.of(limit.values[key], policy)}


class ChangeableFigure(Schema):
    column: str = Field(description="填报项的编号")
    label: str = Field(description="名称")
    unit: str = Field(description="单位；改动按它写")
    whole: bool = Field(description="只能是整数")

    @staticmethod
    def of(column: Column) -> dict[str, Any]:
        return {"column": column.name, "label": column.label, "unit": column.unit.symbol, "whole": column.kind is Kind.COUNT}


class ChangeableOut(Schema):
    """可以改什么。"""

    limits: list[ChangeableLimit] = Field(description="标准里的数")
    figures: list[ChangeableFigure] = Field(description="学校报的数")


class ChangedOut(Schema):
    """一处改动，用话说。"""

    what: str = Field(description="改什么")
    now: str = Field(description="现在")
    then: str = Field(description="改成")

    @staticmethod
    def of(change: Change, before: Prepared) -> dict[str, Any]:
        policy = next(iter(before.policies.values()))
        return dict(zip(("what", "now", "then"), in_words(change, policy, before.schools), strict=True))


class CountyBesideOut(Schema):
    """一个县的结论，改动前后。"""

    code: str = Field(description="代码")
    name: str = Field(description="名称")
    old: VerdictId = Field(description="现在")
    new: VerdictId = Field(description="改动以后")


class CvBesideOut(Schema):
    """一个差异系数，改动前后。"""

    stage: str = Field(description="学段")
    code: str = Field(description="指标")
    old: FigureOut = Field(description="现在")
    old_limit: float = Field(description="现在的限值")
    old_verdict: VerdictId = Field(description="现在的结论")
    new: FigureOut = Field(description="改动以后")
    new_limit: float = Field(description="改动以后的限值")
    new_verdict: VerdictId = Field(description="改动以后的结论")

    @staticmethod
    def of(beside: Beside) -> dict[str, Any]:
        out: dict[str, Any] = {"stage": beside.stage, "code": beside.code}
        for name, each in (("old", beside.old), ("new", beside.new)):
            out |= {name: cv_figure(each.cv), f"{name}_limit": float(each.limit.value), f"{name}_verdict": each.verdict}
        return out


class TurnedOut(Schema):
    """一个变了的结论。"""

    county: str = Field(description="县的代码")
    kind: str = Field(description="county 总结论、cv 差异系数、composite 综合差异系数、school 学校、criterion 条目")
    stage: str = Field(description="学段；空表示不分")
    id: str = Field(description="指标、学校（校区的写“代码@校区”）或条目的编号")
    name: str = Field(description="名称")
    old: VerdictId = Field(description="现在")
    new: VerdictId = Field(description="改动以后")

    @staticmethod
    def of(each: Turned) -> dict[str, Any]:
        return {"county": each.county_code} | {name: getattr(each, name) for name in ("kind", "stage", "id", "name", "old", "new")}


class OutcomeOut(Schema):
    """改动以后的结论，和现在的并排。什么也不保存。"""

    changes: list[ChangedOut] = Field(description="改动")
    counties: list[CountyBesideOut] = Field(description="辖区内每个有冻结版本的县")
    cvs: list[CvBesideOut] = Field(description="只有一个县时，它的每个差异系数；几个县时是空的")
    turned: PageOut[TurnedOut] = Field(description="变了的结论，一页一页地取")

    @staticmethod
    def of(found: Outcome, changes: Iterable[Change], turned: dict[str, Any]) -> dict[str, Any]:
        """turned: the page of them."""
        names, codes = found.before.measured.county_names, list(found.before.policies)
        return {
            "changes": [ChangedOut.of(each, found.before) for each in changes],
            "counties": [{"code": code, "name": names.get(code, code), "old": old, "new": new} for code, (old, new) in found.verdicts.items()],
            "cvs": [CvBesideOut.of(each) for each in found.cvs(codes[0])] if len(codes) == 1 else [],
            "turned": turned,
        }  # fmt: skip


class ScenarioItem(Schema):
    """一个保存的试算。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="单位")
    round: int = Field(description="轮次的编号")
    title: str = Field(description="名称")
    releases: list[int] = Field(description="所依据的数据版本的编号")
    saved_at: datetime = Field(description="保存时间")

    @staticmethod
    def of(kept: Scenario) -> dict[str, Any]:
        return {"id": kept.pk, "unit": UnitRef.of(kept.unit), "round": kept.round_id, "title": kept.title, "releases": kept.releases, "saved_at": kept.at}


class ScenarioOut(ScenarioItem):
    """一个保存的试算和它的结果，按保存时的数据版本算。"""

    outdated: bool = Field(description="有的县已经冻结了更新的版本")
    outcome: OutcomeOut = Field(description="改动以后的结论")
