"""The planning desk: planners as they are declared, plans, what came out, plans side by side."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from junheng.planners.model import Figure, Parameter, Planner, TableInput, Task
from junheng.web.api.filters import BIGGEST
from junheng.web.api.schemas.common import UnitRef
from junheng.web.desk.answer import gap_in_words, printed, read
from junheng.web.desk.comparison import Compared, Comparison, Measure
from junheng.web.desk.forms import default_words
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.saying import releases_said, values_said

Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_]{1,40}$")]


class ParameterOut(Schema):
    """规划的一个参数。"""

    id: str = Field(description="编号")
    label: str = Field(description="名称")
    help: str = Field(description="怎样填")
    kind: str = Field(description="whole 整数、number 数、money 金额、moneys 几个金额（逗号分开）、text 文字、choice 选一个、flag 是否（1、0）、policy 标准的编号")
    unit: str = Field(description="单位")
    required: bool = Field(description="是否必填")
    default: str = Field(description="不填是什么，用话说")
    least: int | None = Field(description="最小；null 表示没有限制")
    most: int | None = Field(description="最大；null 表示没有限制")
    choices: dict[str, str] = Field(description="可选的值和名称")

    @staticmethod
    def of(each: Parameter) -> dict[str, Any]:
        names = ("id", "label", "help", "kind", "unit", "required", "least", "most")
        return {name: getattr(each, name) for name in names} | {"default": default_words(each), "choices": dict(each.choices)}


class TableOut(Schema):
    """规划要的一张表。"""

    id: str = Field(description="编号")
    label: str = Field(description="名称")
    help: str = Field(description="怎样填；空白表在规划台下载")
    required: bool = Field(description="是否必须")

    @staticmethod
    def of(each: TableInput) -> dict[str, Any]:
        return {name: getattr(each, name) for name in ("id", "label", "help", "required")}


class PlannerOut(Schema):
    """一种规划。用到个人名单的规划和表不在接口上。"""

    id: str = Field(description="编号")
    label: str = Field(description="名称")
    purpose: str = Field(description="做什么")
    needs: Literal["county", "counties"] | None = Field(description="用一个县还是几个县的冻结数据；null 表示只用上传的表")
    parameters: list[ParameterOut] = Field(description="参数")
    tables: list[TableOut] = Field(description="表")
    any_of: list[str] = Field(description="其中至少给一样")

    @staticmethod
    def of(each: Planner) -> dict[str, Any]:
        return {
            "id": each.id, "label": each.label, "purpose": each.purpose, "needs": each.needs_facts, "any_of": list(each.any_of),
            "parameters": [ParameterOut.of(one) for one in each.parameters], "tables": [TableOut.of(one) for one in each.tables if not one.people],
        }  # fmt: skip


class PlanIn(Schema):
    """一个新的方案。"""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]*$")] = Field(description="名称；不要写人名")
    values: dict[Id, Line] = Field({}, max_length=60, description="参数的编号 → 写成文字的值；不写的用默认值")
    release: int | None = Field(None, ge=1, le=BIGGEST, description="依据哪个数据版本；不写是最新的。几个县一起规划的，各取最新的")
    start: bool = Field(True, description="立即求解；要先上传表的写 false")


class PlanStateOut(Schema):
    id: str = Field(description="draft 草稿、queued 排队、solving 正在求解、solved 已有方案、impossible 无解、stopped 已停止、failed 出错")
    label: str = Field(description="中文名称")


class PlanItem(Schema):
    """一个方案。"""

    id: int = Field(description="编号")
    unit: UnitRef = Field(description="范围")
    planner: str = Field(description="规划的编号")
    name: str = Field(description="名称")
    state: PlanStateOut = Field(description="状态")
    headline: str = Field(description="结论，一句话；空表示还没有")
    gap: float | None = Field(description="已证明比最好的多出不超过多少，小数；null 表示没有证明或还没有方案")
    gap_words: str = Field(description="同上，用话说")
    made_at: datetime = Field(description="建立时间")
    solved_at: datetime | None = Field(description="求得时间；null 表示还没有")

    @staticmethod
    def of(plan: Plan) -> dict[str, Any]:
        return {
            "id": plan.pk, "unit": UnitRef.of(plan.unit), "planner": plan.planner, "name": plan.name, "headline": plan.headline, "gap": plan.gap,
            "state": {"id": plan.state, "label": plan.state_shown.label}, "gap_words": gap_in_words(plan.gap, plan.possible), "made_at": plan.at,
            "solved_at": plan.solved_at,
        }  # fmt: skip


class PlanFigureOut(Schema):
    """方案的一个数。"""

    id: str = Field(description="编号，同一种规划的方案都相同")
    label: str = Field(description="名称")
    value: Decimal | None = Field(description="精确的值，写成文字；null 表示没有这个数，不是 0")
    unit: str = Field(description="单位")
    shown: str = Field(description="页面上的写法")
    better: Literal["less", "more"] | None = Field(description="少的好还是多的好；null 表示无所谓")

    @staticmethod
    def of(figure: Figure) -> dict[str, Any]:
        return {name: getattr(figure, name) for name in ("id", "label", "value", "unit", "better")} | {"shown": printed(figure)}


class ProgressOut(Schema):
    message: str = Field(description="正在做什么，或结果怎样")
    done: int = Field(description="办了几步")
    total: int = Field(description="共几步；0 表示还不知道")


class PlanFileOut(Schema):
    id: int = Field(description="编号")
    table: str | None = Field(description="上传的哪张表；null 表示是结果")
    name: str = Field(description="文件名")
    size: int = Field(description="字节")
    sha256: str = Field(description="校验值")

    @staticmethod
    def of(file: PlanFile) -> dict[str, Any]:
        return {"id": file.pk, "table": file.table or None, "name": file.name, "size": file.size, "sha256": file.sha256}


class AskedWith(Schema):
    label: str = Field(description="参数")
    value: str = Field(description="值，用话说")
    chosen: bool = Field(description="是自己选的，不是默认的")


class PlanOut(PlanItem):
    """一个方案和结果。求得以后不再变；措施另取。"""

    progress: ProgressOut | None = Field(description="求解的进度；null 表示没有开始")
    refused: str = Field(description="没有算成的原因；空表示没有这回事")
    lines: list[str] = Field(description="还要知道的")
    reasons: list[str] = Field(description="没有方案时：什么互相冲突，最少放宽什么；有方案时：不得不突破的")
    stopped_early: bool = Field(description="求解提前结束，用的是当时最好的")
    figures: list[PlanFigureOut] = Field(description="结果的数")
    measures: int = Field(description="有几项措施")
    asked: list[AskedWith] = Field(description="按什么条件求的")
    releases: list[int] = Field(description="所依据的数据版本的编号")
    files: list[PlanFileOut] = Field(description="上传的表和结果文件")
    version: str = Field(description="求解时的软件版本；空表示还没有求得")

    @staticmethod
    def of_plan(plan: Plan) -> dict[str, Any]:
        answer, job = read(plan.result), plan.job
        return PlanItem.of(plan) | {
            "progress": {"message": job.message, "done": job.done, "total": job.total} if job else None, "refused": plan.refused,
            "lines": list(answer.lines), "reasons": list(answer.reasons), "stopped_early": answer.stopped,
            "figures": [PlanFigureOut.of(each) for each in answer.figures], "measures": len(answer.tasks),
            "asked": [dict(zip(("label", "value", "chosen"), each, strict=True)) for each in values_said(plan)],
            "releases": [release.pk for release, _ in releases_said(plan)], "files": [PlanFileOut.of(each) for each in plan.files.defer("sealed")],
            "version": plan.version,
        }  # fmt: skip


class MeasureOut(Schema):
    """方案里的一项措施。"""

    school_code: str = Field(description="学校标识码")
    school_name: str = Field(description="学校")
    what: str = Field(description="做什么")
    amount: Decimal | None = Field(description="多少，写成文字；null 表示一次")
    unit: str = Field(description="单位")
    school_year: int | None = Field(description="哪一年秋季开学前；null 表示没有说")
    criterion: str | None = Field(description="为了哪一条或哪项指标；null 表示没有说")
    cost_yuan: Decimal | None = Field(description="按通常价格的费用，元，写成文字；null 表示不知道，不是 0")

    @staticmethod
    def of(task: Task) -> dict[str, Any]:
        return vars(task)


class ComparedOut(Schema):
    """一个数，每个方案的。"""

    label: str = Field(description="名称")
    rule: str = Field(description="越少越好、越多越好；空表示无所谓")
    figures: list[PlanFigureOut | None] = Field(description="按方案的次序；null 表示那个方案没有这个数")
    best: list[bool] = Field(description="是不是较好的；都相同的没有较好的")

    @staticmethod
    def of(each: Compared) -> dict[str, Any]:
        return {"label": each.label, "rule": each.rule, "figures": [figure and PlanFigureOut.of(figure) for figure in each.figures], "best": list(each.best)}


class AskedBeside(Schema):
    label: str = Field(description="条件")
    values: list[str] = Field(description="按方案的次序")


class MeasureBeside(Schema):
    school: str = Field(description="学校")
    what: str = Field(description="做什么")
    amounts: list[str | None] = Field(description="按方案的次序；null 表示那个方案不做")

    @staticmethod
    def of(each: Measure) -> dict[str, Any]:
        return {"school": each.school, "what": each.what, "amounts": list(each.amounts)}


class ComparisonOut(Schema):
    """两个到四个同一种规划的方案并排。条件和措施只列不同的。"""

    plans: list[PlanItem] = Field(description="方案")
    figures: list[ComparedOut] = Field(description="结果的数")
    asked: list[AskedBeside] = Field(description="不同的条件")
    measures: list[MeasureBeside] = Field(description="不同的措施")
    same_measures: int = Field(description="相同的措施有几项")

    @staticmethod
    def of(found: Comparison) -> dict[str, Any]:
        return {
            "plans": [PlanItem.of(each) for each in found.plans], "figures": [ComparedOut.of(each) for each in found.figures],
            "asked": [{"label": label, "values": list(values)} for label, values in found.asked],
            "measures": [MeasureBeside.of(each) for each in found.measures], "same_measures": found.same_measures,
        }  # fmt: skip
