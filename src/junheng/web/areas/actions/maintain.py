"""What the system administrator does to the tree; each act is audited."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from junheng.common.errors import UserError
from junheng.web.areas.actions.tree import ensure_unit
from junheng.web.areas.models import Unit
from junheng.web.areas.signals import school_placed
from junheng.web.audit.actions import Actor, record
from junheng.web.rights.levels import UnitKind

_CODE_LENGTHS = {UnitKind.CITY: (6,), UnitKind.COUNTY: (6, 9, 12), UnitKind.SCHOOL: (10,)}


@transaction.atomic
def add_unit(code: str, name: str, kind: UnitKind, parent: Unit, *, by: Actor, lies_in: Unit | None = None) -> Unit:
    """增设: a development zone, a new school. lies_in: the county of a school that a city or the province runs, which
    needs one. Raises UserError, also for a code that is taken or not of the kind's form."""
    code, name = code.strip(), name.strip()
    if not name:
        raise UserError("没有填写单位名称", remedy="请填写全称")
    if not code.isdigit() or len(code) not in _CODE_LENGTHS[kind]:
        lengths = "或".join(str(length) for length in _CODE_LENGTHS[kind])
        raise UserError(f"{kind.label}的代码“{code}”不对", why=f"应是 {lengths} 位数字", remedy="请核对代码")
    taken = Unit.objects.filter(code=code).first()
    if taken is not None:
        raise UserError(f"代码 {code} 已是“{taken.name}”", remedy="请核对代码")
    unit = ensure_unit(code, name, kind, parent)
    record(by=by, action="areas.add", subject=f"unit:{unit.pk}", unit_path=unit.path, after={"code": code, "name": name})
    if unit.run_by_in_words:
        return place_school(unit, lies_in, by=by)
    if kind == UnitKind.SCHOOL:
        school_placed.send(Unit, school=unit)
    return unit


@transaction.atomic
def place_school(school: Unit, county: Unit | None, *, by: Actor) -> Unit:
    """指明所在县: the county with which a school run by a city or the province is counted from now on."""
    if not school.run_by_in_words:
        raise UserError(f"{school.name}不是市直属或省直属学校", why="县属学校计入举办它的县（市、区）")
    if county is None or county.kind != UnitKind.COUNTY or county.closed_on is not None:
        raise UserError(f"没有指明{school.name}所在的县（市、区）", why=f"{school.run_by_in_words}学校计入所在的县（市、区）", remedy="请从列表中选一个")
    if school.parent is not None and not school.parent.contains(county):
        raise UserError(f"{county.name}不在{school.parent.name}", why=f"{school.run_by_in_words}学校计入举办它的市（省）里的县（市、区）", remedy="请从列表中选一个")
    before = school.lies_in
    Unit.objects.filter(pk=school.pk).update(lies_in=county)
    record(by=by, action="areas.place_school", subject=f"unit:{school.pk}", unit_path=school.path,
           before={"county": before.code if before else None}, after={"county": county.code})  # fmt: skip
    school.lies_in = county
    school_placed.send(Unit, school=school)
    return school


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, by: Actor) -> Unit:
    name = name.strip()
    if not name:
        raise UserError("没有填写新名称", remedy="请填写全称")
    before = unit.name
    renamed = ensure_unit(unit.code, name, UnitKind(unit.kind), unit.parent)
    record(by=by, action="areas.rename", subject=f"unit:{unit.pk}", unit_path=unit.path, before={"name": before}, after={"name": name})
    return renamed


@transaction.atomic
def close_unit(unit: Unit, on: date, *, by: Actor) -> None:
    """撤并: the unit keeps its history and is no longer asked to report."""
    if unit.kind != UnitKind.SCHOOL:
        raise UserError(f"{unit.name}不是学校", why="只有学校可以撤并，区划调整请更名或增设单位")
    Unit.objects.filter(pk=unit.pk).update(closed_on=on)
    record(by=by, action="areas.close", subject=f"unit:{unit.pk}", unit_path=unit.path,
           before={"closed_on": str(unit.closed_on) if unit.closed_on else None}, after={"closed_on": str(on)})  # fmt: skip
