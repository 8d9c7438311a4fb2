"""划片方案: which village or neighbourhood belongs to which school."""

from __future__ import annotations

from junheng.planners.common_inputs import seconds
from junheng.planners.model import Kind, Parameter, Planner, TableInput

ZONES = Planner(
    "zones", "划片方案", "划片方案：哪个村、哪个小区划给哪所学校", "划片方案：就近、连片、不超计划、小区不拆分、与上年变动最少；容不下时说明差在哪里。", None,
    (
        TableInput("blocks", "片区表", "片区表：村、小区、路段，适龄儿童，相邻关系，上年学校。", True, "片区表.xlsx", "--blocks"),
        TableInput("schools", "划片学校表", "划片学校表。", True, "划片学校表.xlsx", "--schools"),
        TableInput("ways", "路程表", "路程表；不写则按直线距离。", False, "路程表.xlsx", "--ways"),
        Parameter("change_m", "改划抵路程", "改划一名儿童抵多少米路程：越大，与上年的变动越少（0 为不计变动）。", Kind.WHOLE, "--change-m", 1000, least=0, unit="米"),
        seconds(30.0),
    ),
    "junheng.planners.work.zones",
)  # fmt: skip
