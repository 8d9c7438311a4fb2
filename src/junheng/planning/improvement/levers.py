"""措施: what can be done for a school, and which reported columns one unit of it changes. Declarations only.

No effect on an indicator is written here: the engine measures it (`effects`), so splits, exceptions and a new policy
need nothing in this file. Prices are in the unit-cost table (`unit_costs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from junheng.common.stages import Stage
from junheng.tables import Split, table

Row = dict[str, object]
_COLUMNS = {column.name: column for column in table("school").columns}


@dataclass(frozen=True)
class Change:
    """One unit of a measure adds `amount` to a column.

    bases: column names without the stage suffix. Of several (the subjects of 体艺教师) the reported one with the fewest is
    added to and the one with the most is taken from. needed: the measure is not offered where the column was not
    reported; a column that is not needed is kept in step where it was reported and otherwise left alone.
    """

    bases: tuple[str, ...]
    amount: int = 1
    needed: bool = True


@dataclass(frozen=True)
class Lever:
    """A measure. Amounts are counted in `unit`; whole: only whole ones.

    by_stage: it is done for one stage of a combined school (people belong to a stage); otherwise for the whole school,
    unless the school reports the column by stage. moves: taken from another school of the county, and measured at the
    receiving one; what leaves is bounded by a share of the columns' stock. converts: the column that runs out. profile: who or
    what exactly, in Chinese. instead: the measure that makes up what rounding takes from a move.
    """

    id: str
    title: str
    unit: str
    changes: tuple[Change, ...]
    whole: bool = True
    by_stage: bool = False
    moves: bool = False
    converts: str = ""
    profile: str = ""
    instead: str = ""


_TEACHER = (Change(("full_time_teachers",), needed=False), Change(("certified_teachers",), needed=False))
_GRADUATE = Change(("bachelor_teachers",))
PE_ART = ("pe_teachers", "music_teachers", "fine_art_teachers", "art_teachers")
_PE_ART = Change(PE_ART)
_BACKBONE = Change(("backbone_teachers",))

LEVERS: tuple[Lever, ...] = (
    Lever("hire_teacher", "招聘专任教师", "人", (_GRADUATE, *_TEACHER), by_stage=True, profile="本科及以上，持教师资格证"),
    Lever("hire_pe_art_teacher", "招聘体育、艺术专任教师", "人", (_GRADUATE, _PE_ART, *_TEACHER), by_stage=True,
          profile="本科及以上，持教师资格证，体育、音乐或美术专业"),
    Lever("raise_degree", "在职教师学历提升", "人", (_GRADUATE, Change(("junior_college_teachers",), -1)), by_stage=True,
          converts="junior_college_teachers", profile="专科提升为本科"),
    Lever("raise_to_college", "在职教师学历提升（至专科）", "人", (Change(("junior_college_teachers",)), Change(("below_college_teachers",), -1)),
          by_stage=True, converts="below_college_teachers", profile="高中及以下提升为专科"),
    Lever("train_backbone", "培养县级及以上骨干教师", "人", (_BACKBONE,), profile="本校专任教师，经评选认定"),
    Lever("move_teacher", "调配教师（交流轮岗）", "人", (_GRADUATE, *_TEACHER), by_stage=True, moves=True,
          profile="本科及以上，非骨干、非体育艺术学科"),
    Lever("move_pe_art_teacher", "调配体育、艺术教师（交流轮岗）", "人", (_PE_ART, _GRADUATE, *_TEACHER), by_stage=True, moves=True,
          profile="本科及以上，体育或艺术学科，非骨干"),
    Lever("move_backbone", "调配骨干教师（交流轮岗）", "人", (_BACKBONE, _GRADUATE, *_TEACHER), by_stage=True, moves=True,
          profile="本科及以上，县级及以上骨干，非体育艺术学科"),
    Lever("build_teaching_area", "新建、改扩建教学及辅助用房", "㎡", (Change(("teach_aux_area_m2",)),), whole=False),
    Lever("build_sport_area", "新建、改扩建体育运动场地", "㎡", (Change(("sport_field_area_m2",)),), whole=False),
    Lever("buy_equipment", "购置教学仪器设备", "元", (Change(("equipment_value_yuan",)),), whole=False),
    Lever("move_equipment", "调配教学仪器设备", "元", (Change(("equipment_value_yuan",)),), whole=False, moves=True,
          profile="按账面原值计", instead="buy_equipment"),
    Lever("fit_multimedia_room", "建设网络多媒体教室", "间", (Change(("multimedia_rooms",)),)),
)  # fmt: skip
"""Every measure whose amount the optimiser chooses, in the order they are listed in a plan."""

PREPARATORY: tuple[Lever, ...] = (
    Lever("divert_pupil", "分流学生（按班额或规模上限）", "人", (), by_stage=True, profile="使学校不超过规模或学生上限"),
    Lever("open_class", "增开班级（拆分超过班额的班）", "个", (), by_stage=True, profile="使每个班不超过规定班额"),
    Lever("build_classroom", "新建普通教室", "间", (), profile="供增开的班级使用"),
    Lever("fit_special_room", "建设音乐、美术专用教室", "间", (), profile="每 12 个班级音乐、美术专用教室各 1 间以上"),
)  # fmt: skip
"""Measures that `preparing` decides on before anything is optimised; what they change is in its deltas."""

BY_ID: Mapping[str, Lever] = {each.id: each for each in (*PREPARATORY, *LEVERS)}


def column_places(row: Row, base: str, stage: str) -> tuple[str, ...]:
    """The columns of this row in which a figure of `base` stands: the stage's own line, the school's, or both; () = it was
    not reported. stage: "" for the school as a whole."""
    by_stage = f"{base}_{stage}"
    if base not in _COLUMNS:
        return (by_stage,) if row.get(by_stage) is not None else ()
    whole = (base,) if row.get(base) is not None else ()
    if _COLUMNS[base].split is Split.OPTIONAL and has_stage_lines(row, base):
        return (by_stage, *whole) if stage and row.get(by_stage) is not None else ()
    return whole


def has_stage_lines(row: Row, base: str) -> bool:
    """The school reports this column by stage."""
    return any(row.get(f"{base}_{stage}") is not None for stage in Stage)


def targets(row: Row, lever: Lever, stages: tuple[str, ...]) -> tuple[str, ...]:
    """What a measure can be done for in this school: stages, or "" = the school. Only where every needed column is reported."""
    by_stage = lever.by_stage or any(has_stage_lines(row, base) for base in lever.changes[0].bases)
    return tuple(each for each in (stages if by_stage else ("",)) if _offered(row, lever, each))


def _offered(row: Row, lever: Lever, stage: str) -> bool:
    return all(any(column_places(row, base, stage) for base in change.bases) for change in lever.changes if change.needed)


def add(row: Row, lever: Lever, stage: str, amount: Decimal) -> None:
    """Do `amount` units of the measure to the row, in place; negative: they leave it. Raises ValueError when a column has
    less than what leaves."""
    for change in lever.changes:
        _add(row, change, stage, amount * change.amount)


def _add(row: Row, change: Change, stage: str, amount: Decimal) -> None:
    places = {base: columns for base in change.bases if (columns := column_places(row, base, stage))}
    if len(places) == 1:
        _to(row, next(iter(places.values())), amount)
    elif places:
        for _ in range(abs(int(amount))):
            amounts = {base: _number(row[columns[0]]) for base, columns in places.items()}
            chosen = min(amounts, key=amounts.__getitem__) if amount > 0 else max(amounts, key=amounts.__getitem__)
            _to(row, places[chosen], Decimal(1 if amount > 0 else -1))


def _to(row: Row, columns: tuple[str, ...], amount: Decimal) -> None:
    for name in columns:
        before = row[name]
        after = Decimal(repr(before)) + amount
        if after < 0:
            raise ValueError(f"{name}: {before} {amount:+}")
        row[name] = int(after) if isinstance(before, int) and after == int(after) else float(after)


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def stock(row: Row, bases: tuple[str, ...], stage: str) -> float:
    """How much of the columns the row reports, together."""
    return sum(_number(row[places[0]]) for base in bases if (places := column_places(row, base, stage)))
