"""均衡编班: balanced classes for one entry grade."""

from __future__ import annotations

from junheng.planners.common_inputs import DIGEST, STAGES
from junheng.planners.model import Kind, Parameter, Planner, TableInput

CLASSES = Planner(
    "classes", "均衡编班", "均衡编班：人数、男女、随班就读相差不超过 1 人",
    "均衡编班：各班人数、男女、随班就读相差不超过 1 人，多胞胎按意愿，结果由公开种子决定。", None,
    (
        TableInput("pupils", "编班名单", "编班名单：一校一个年级的新生。", True, "编班名单.xlsx", "--pupils", people=True),
        Parameter("classes", "班数", "班数。", Kind.WHOLE, "--classes", least=1, unit="个", required=True),
        Parameter("stage", "学段", "小学或初中；小学不得使用成绩。", Kind.CHOICE, "--stage", "小学", choices=STAGES, placeholder="学段"),
        Parameter("seed", "种子", "名单确定以后才产生的公开数字或文字。", Kind.TEXT, "--seed", placeholder="文字", required=True),
        Parameter("school", "学校", "写在标题里的学校和年级。", Kind.TEXT, "--school", "本校", placeholder="学校"),
        DIGEST,
    ),
    "junheng.planners.work.classes", blank="只写出空白的编班名单。",
)  # fmt: skip
