"""布局方案的约束: which school must stay or stop, which site must open, which village keeps its schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from junheng.intake.plain_table import Line, read_plain_table
from junheng.planners.pinning.model import OTHER, Choice, Given, Group, Pinnable, Pinned, PinTable
from junheng.planning.geography import Datum, Places, in_china, to_wgs84
from junheng.planning.siting import tables
from junheng.planning.siting.county import PinKind
from junheng.tables import Table


def _choices(*kinds: PinKind) -> tuple[Choice, ...]:
    return tuple(Choice(str(kind), kind.label, str(kind)) for kind in kinds)


_SCHOOLS = Group("school", "现有学校", "school", _choices(PinKind.MUST_KEEP, PinKind.MUST_CLOSE))
_SITES = Group("site", "候选点", "site", _choices(PinKind.MUST_OPEN))
_POINTS = Group("place", "村和小区", "place", _choices(PinKind.MUST_NOT_MOVE))
_NAMED = ("code", "name", "lon", "lat")


def _cut(table: Table, *columns: str) -> Table:
    """The columns a list and a map need, with places that may be missing: whatever else is wrong with the table is said when a plan is made."""
    return replace(table, columns=tuple(replace(each, required=each.required and each.name not in ("lon", "lat")) for each in table.columns if each.name in columns))


_SITE_TABLE, _POINT_TABLE = _cut(tables.SITES, *_NAMED, "status", "place"), _cut(tables.POINTS, *_NAMED, "place")
_YEAR_TABLE = _cut(tables.PUPILS, "point", "school_year")


def _subjects(given: Given) -> tuple[Pinnable, ...]:
    datum = Datum(str(given.values.get("datum") or Datum.CGCS2000))
    return (*_of(given.tables.get("siting_sites"), _SITE_TABLE, datum), *_of(given.tables.get("siting_points"), _POINT_TABLE, datum))


def _of(path: Path | None, table: Table, datum: Datum) -> Iterator[Pinnable]:
    for line in read_plain_table(path, table) if path else ():
        values = line.values
        group = _POINTS if table is _POINT_TABLE else _SCHOOLS if values["status"] == "existing" else _SITES
        code, place = str(values["code"]), tables.PLACES.labels[str(values["place"])]
        yield Pinnable(_key(group, code), code, str(values["name"]), group, place, *_where(values["lon"], values["lat"], datum))


def _where(lon: object, lat: object, datum: Datum) -> tuple[tuple[float, float] | None, str]:
    """The place in WGS84, and why there is none."""
    if lon is None or lat is None:
        return None, "没有填写经纬度"
    given = Places(np.array([float(str(lon))]), np.array([float(str(lat))]))
    if not in_china(given)[0]:
        return None, "经纬度不在国内，请核对是否填反"
    found = to_wgs84(given, datum)
    return (float(found.lon[0]), float(found.lat[0])), ""


def _key(group: Group, code: str) -> str:
    return f"{'p' if group is _POINTS else 's'}:{code}"


def _years(given: Given) -> tuple[int, ...]:
    path = given.tables.get("siting_pupils")
    return tuple(sorted({int(str(line.values["school_year"])) for line in read_plain_table(path, _YEAR_TABLE)})) if path else ()


def _key_of(line: Line) -> str:
    return f"{'p' if line.values['kind'] == PinKind.MUST_NOT_MOVE else 's'}:{line.values['code']}"


def _standing(lines: Sequence[Line]) -> Pinned:
    values, year = lines[0].values, lines[0].values["school_year"]
    return Pinned(str(values["kind"]) if len(lines) == 1 else OTHER, None if year is None else int(str(year)), str(values["reason"] or ""))


def _lines(subject: Pinnable, pinned: Pinned) -> Sequence[Mapping[str, object]]:
    return ({"code": subject.code, "kind": PinKind(pinned.choice).label, "school_year": pinned.school_year, "reason": pinned.reason},)


SITING_PINS = PinTable("siting_pins", tables.PIN_TABLE, (_SCHOOLS, _SITES, _POINTS), "《学校和候选点表》《需求点表》", _subjects, _years, _key_of, _standing, _lines)
