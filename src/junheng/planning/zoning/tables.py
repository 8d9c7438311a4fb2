"""划片用表: blocks, schools and, where a county has them, ways by road."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from junheng.common.errors import UserError
from junheng.intake.plain_table import read_plain_table
from junheng.planning.transport import Ints
from junheng.planning.zoning.model import Block, ZoneSchool
from junheng.tables import Column, Kind, Table

_SPOT = (Column("longitude", "经度", Kind.AMOUNT, required=True, note="度；全部表格用同一坐标系"), Column("latitude", "纬度", Kind.AMOUNT, required=True, note="度"))
BLOCKS = Table(
    "zone_blocks", "片区表", "一行一个村、小区或路段", ("id",),
    (
        Column("id", "片区编号", Kind.ID, required=True), Column("name", "片区名称", Kind.TEXT, required=True),
        Column("children", "适龄儿童", Kind.COUNT, required=True, note="规划学年的入学年龄人数；没有的填 0"), *_SPOT,
        Column("neighbours", "相邻片区编号", Kind.TEXT, null_means="不与任何片区相邻", note="用顿号分开；甲写了乙，乙不必再写甲"),
        Column("last_school", "上年学校编号", Kind.ID, null_means="上年没有划片"),
        Column("together", "小区组", Kind.TEXT, null_means="单独划片", note="同一小区的几期填同一个名称，划给同一所学校"),
    ),
)  # fmt: skip
SCHOOLS = Table(
    "zone_schools", "划片学校表", "一行一所公办学校（或单独招生的校区）", ("code",),
    (
        Column("code", "学校编号", Kind.ID, required=True, variants=("学校标识码",)), Column("name", "学校名称", Kind.TEXT, required=True),
        Column("places", "招生计划", Kind.COUNT, required=True), *_SPOT, Column("block", "所在片区编号", Kind.ID, required=True),
    ),
)  # fmt: skip
WAYS = Table(
    "zone_ways", "路程表", "一行一个片区到一所学校", ("block", "school"),
    (
        Column("block", "片区编号", Kind.ID, required=True), Column("school", "学校编号", Kind.ID, required=True),
        Column("distance_m", "路程", Kind.COUNT, required=True, note="米"),
    ),
)  # fmt: skip
_BETWEEN = re.compile(r"[、,，;；\s]+")


def read_blocks(path: Path) -> list[Block]:
    out = []
    for values in (line.values for line in read_plain_table(path, BLOCKS)):
        neighbours = tuple(part for part in _BETWEEN.split(str(values["neighbours"] or "").upper()) if part)
        out.append(Block(str(values["id"]), str(values["name"]), int(str(values["children"])), float(str(values["longitude"])), float(str(values["latitude"])),
                         neighbours, str(values["last_school"] or ""), str(values["together"] or "")))  # fmt: skip
    return out


def read_schools(path: Path) -> list[ZoneSchool]:
    return [
        ZoneSchool(str(v["code"]), str(v["name"]), int(str(v["places"])), float(str(v["longitude"])), float(str(v["latitude"])), str(v["block"]))
        for v in (line.values for line in read_plain_table(path, SCHOOLS))
    ]  # fmt: skip


def read_ways(path: Path, blocks: Sequence[Block], schools: Sequence[ZoneSchool]) -> Ints:
    """Metres by block and school. Raises UserError when a pair is missing: a way that is not told is not nought."""
    told = {(str(line.values["block"]), str(line.values["school"])): int(str(line.values["distance_m"])) for line in read_plain_table(path, WAYS)}
    missing = [f"{block.name}—{school.name}" for block in blocks for school in schools if (block.id, school.code) not in told]
    if missing:
        raise UserError(f"路程表缺少 {len(missing)} 对", where=path.name, why="、".join(missing[:5]), remedy="请补齐每个片区到每所学校的路程，或不用路程表（按直线距离）")
    return np.array([[told[block.id, school.code] for school in schools] for block in blocks], dtype=np.int64)
