"""摇号: a list to publish, and the draw from it. At the command line these are two commands and the proof a third, each on files of
its own (`cli/plan_lottery.py`); asked here, the list is made again from the applications, to the same hash."""

from __future__ import annotations

from junheng.planners.common_inputs import DIGEST
from junheng.planners.model import Kind, Parameter, Planner, TableInput

LOTTERY = Planner(
    "lottery", "摇号", "摇号：名单公示、抽取、核验", "摇号：名单公示、抽取；任何人用公示的名单和种子都能算出同样的结果。", None,
    (
        TableInput("applicants", "摇号报名名单", "报名儿童：报名号，同胞组。", True, "摇号报名名单.xlsx", "--applicants", people=True),
        Parameter("school", "学校", "学校名称（或标识码），写入公示名单。", Kind.TEXT, "--school", placeholder="学校", required=True),
        Parameter("places", "招生计划", "招生计划数。", Kind.WHOLE, "--places", least=0, unit="人", required=True),
        DIGEST,
        Parameter("siblings_apart", "同胞各自抽取", "同胞各自抽取；不写则一并抽取，同时录取或同时落选。", Kind.FLAG, "--siblings-apart", False),
        Parameter("add_places", "同胞名额不足时增加计划", "抽到同胞而剩余名额不足时增加计划；不写则后延，由后面的儿童递补（待核，按当地办法）。", Kind.FLAG, "--add-places", False),
        Parameter("waiting_list", "未抽中的候补", "未抽中的按次序候补；不写则放弃的学位不补录（民办学校）。", Kind.FLAG, "--waiting-list", False),
        Parameter("seed", "种子", "公示名单以后才产生的公开数字或文字（空格和全角半角不计）；不写则只写出公示名单和哈希。", Kind.TEXT, "--seed", placeholder="文字"),
        Parameter("list_hash", "公示的名单哈希", "公示的名单哈希（从公告上抄录）：抽取以前核对名单没有变动。", Kind.TEXT, "--list-hash", placeholder="哈希"),
    ),
    "junheng.planners.work.lottery", "先不写种子做一次，公示名单、哈希和将来怎样产生种子；种子产生后填上种子和公示的哈希再做一次。",
)  # fmt: skip
