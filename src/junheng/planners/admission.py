"""招生方案: every child to a school."""

from __future__ import annotations

from junheng.planners.common_inputs import DIGEST, STAGES
from junheng.planners.model import Kind, Parameter, Planner, TableInput

ADMISSION = Planner(
    "admission", "招生方案", "招生方案：每个孩子去哪所学校，为什么",
    "招生方案：民办和公办同时安排，划片学校按次序录取，其余统筹到路程合计最短，逐人说明为什么。", None,
    (
        TableInput("schools", "招生学校表", "招生学校表。", True, "招生学校表.xlsx", "--schools"),
        TableInput("children", "招生儿童名单", "招生儿童名单。", True, "招生儿童名单.xlsx", "--children", people=True),
        TableInput("order", "录取次序表", "录取次序表；不写则用自带的次序（第一类以外待核）。", False, "录取次序表.xlsx", "--order"),
        Parameter("seed", "种子", "名单公示以后才产生的公开数字或文字；不写则只写出公示名单和哈希。", Kind.TEXT, "--seed", placeholder="文字"),
        DIGEST,
        Parameter("siblings_apart", "同胞各自安排", "同胞各自安排；不写则尽量同校。", Kind.FLAG, "--siblings-apart", False),
        Parameter("no_elder", "不照顾兄姊在读", "不照顾兄姊在读；不写则同类中兄姊在读的优先。", Kind.FLAG, "--no-elder", False),
        Parameter("private_waiting", "民办可以候补", "民办未抽中的可以候补；不写则不补录。", Kind.FLAG, "--private-waiting", False),
        Parameter("stage", "学段", "小学或初中；写了就按班额标准核对招生计划。", Kind.CHOICE, "--stage", choices=STAGES, placeholder="学段"),
    ),
    "junheng.planners.work.admission", "先不写 --seed 运行一次，公示名单和哈希；种子产生后加上 --seed 再运行。", blank="只写出空白表和自带的录取次序表。",
)  # fmt: skip
