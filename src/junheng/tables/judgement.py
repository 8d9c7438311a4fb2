"""评定表: one row per county and criterion — what people judged because no number shows it."""

from __future__ import annotations

from junheng.common.codes import CodeList
from junheng.tables.model import Column, Kind, Table

OUTCOMES = CodeList(
    name="评定结论",
    labels={"pass": "达标", "fail": "未达标"},
    variants={"是": "pass", "否": "fail", "合格": "pass", "不合格": "fail", "不达标": "fail", "通过": "pass", "不通过": "fail",
              "符合": "pass", "不符合": "fail", "达到": "pass", "未达到": "fail", "已达标": "pass", "没有达标": "fail",
              "符合要求": "pass", "不符合要求": "fail", "未通过": "fail", "√": "pass", "✓": "pass", "×": "fail", "✗": "fail"},
    source="评定表填写说明",
)  # fmt: skip

JUDGEMENT = Table(
    name="judgement",
    label="评定表",
    grain="一行一县一条目",
    key=("county_code", "criterion"),
    columns=(
        Column("county_code", "区县代码", Kind.ID, null_means="取同一文件夹内区县表的代码"),
        Column("criterion", "条目", Kind.TEXT, required=True,
               variants=("条目编号", "条目代码", "条目id", "指标编号", "指标代码", "指标id", "指标", "指标名称", "指标内容", "评估指标", "评估内容", "评估项目", "条目名称",
                         "条目内容", "评估条目", "评定条目", "评定指标",
                         "criterion", "criterion_id", "criterionid", "criterion id")),
        Column("outcome", "结论", Kind.CODE, codes=OUTCOMES, required=True,
               variants=("评定结论", "是否达标", "评定结果", "达标情况", "评定", "达标/未达标", "verdict")),
        Column("evidence", "佐证", Kind.TEXT, variants=("佐证材料", "依据", "证据", "评定依据", "说明", "evidence")),
        Column("judged_by", "评定人", Kind.TEXT, variants=("评定者", "填表人", "责任人", "by")),
        Column("judged_on", "评定日期", Kind.DATE, variants=("日期", "评定时间", "时间", "date")),
    ),
)  # fmt: skip
