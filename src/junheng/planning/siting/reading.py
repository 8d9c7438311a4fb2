"""读入布局规划用表: a workbook or CSV per table → a county, or every fault with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from junheng.common.errors import IntakeError, UserError
from junheng.intake.plain_table import Line, read_plain_table
from junheng.planning.geography import Datum, Places, Roads, in_china, road_km, to_wgs84
from junheng.planning.siting import tables
from junheng.planning.siting.bands import Band
from junheng.planning.siting.county import (
    County,
    Floats,
    Pin,
    PinKind,
    Point,
    Site,
    period_lengths,
    straight_km,
)
from junheng.planning.siting.parameters import LayoutParameters, built_in_parameters
from junheng.tables import Table


def read_county(files: Mapping[str, Path], name: str, datum: Datum = Datum.CGCS2000) -> County:
    """The county of these tables. files: table name → file; datum: the coordinate system of its longitudes and latitudes.

    Raises IntakeError for a table that is missing or cannot be read, UserError for tables that contradict each other.
    """
    lines = {table.name: _read(files, table) for table in (*tables.REQUIRED, *tables.OPTIONAL)}
    years = tuple(sorted({_int(line, "school_year") for line in lines[tables.PUPILS.name]}))
    points = _points(lines[tables.POINTS.name], _pupils(lines[tables.PUPILS.name], lines[tables.POINTS.name], years), datum)
    sites = _sites(lines[tables.SITES.name], points, datum)
    _require_known_schools(points, sites, lines[tables.POINTS.name])
    parameters = _parameters(lines[tables.PARAMETERS.name])
    km = _km(points, sites, lines, parameters)
    return County(name, years, period_lengths(years), points, sites, km, parameters, _pins(lines[tables.PIN_TABLE.name], points, sites, years),
                  _budgets(lines[tables.BUDGETS.name], years))  # fmt: skip


def _read(files: Mapping[str, Path], table: Table) -> list[Line]:
    if table.name in files:
        return read_plain_table(files[table.name], table)
    if table in tables.REQUIRED:
        raise IntakeError(f"缺少《{table.label}》", why=f"应有 {table.label}.xlsx 或 .csv", remedy="请用 --template 生成模板后填写")
    return []


def _int(line: Line, name: str) -> int:
    return int(str(line.values[name]))


def _text(line: Line, name: str) -> str:
    value = line.values[name]
    return "" if value is None else str(value)


def _pupils(lines: Sequence[Line], points: Sequence[Line], years: Sequence[int]) -> dict[str, dict[Band, tuple[int, ...]]]:
    """Point → pupils per band and period. Every point must have every school year: a missing line is no zero."""
    found = {(_text(line, "point"), _int(line, "school_year")): line for line in lines}
    known = {_text(line, "code") for line in points}
    strange = sorted({code for code, _ in found} - known)
    missing = [f"{code}（{year}）" for code in sorted(known) for year in years if (code, year) not in found]
    if strange or missing:
        why = ([f"需求点表里没有 {'、'.join(strange[:10])}"] if strange else []) + ([f"缺 {len(missing)} 行：{'、'.join(missing[:10])}"] if missing else [])
        raise UserError("学生数表与需求点表对不上", why="；".join(why), remedy="每个需求点、每个规划学年都要有一行；没有学生填 0")
    return {code: {band: tuple(_int(found[code, year], str(band)) for year in years) for band in Band} for code in known}


def _located(lines: Sequence[Line], datum: Datum) -> Places:
    places = Places(*(np.array([float(str(line.values[name])) for line in lines]) for name in ("lon", "lat")))
    outside = np.flatnonzero(~in_china(places))
    if len(outside):
        raise UserError("经纬度不在国内", where=lines[int(outside[0])].place, why=f"经度 {places.lon[outside[0]]}，纬度 {places.lat[outside[0]]}",
                        remedy="请核对经度、纬度是否填反，单位应为十进制度")  # fmt: skip
    return to_wgs84(places, datum)


def _points(lines: Sequence[Line], pupils: Mapping[str, Mapping[Band, tuple[int, ...]]], datum: Datum) -> tuple[Point, ...]:
    places = _located(lines, datum)
    out = []
    for line, lon, lat in zip(lines, places.lon.tolist(), places.lat.tolist(), strict=True):
        primary, junior = _text(line, "primary_school"), _text(line, "junior_school")
        school = {Band.LOWER: primary, Band.UPPER: primary, Band.JUNIOR: junior}
        code = _text(line, "code")
        out.append(Point(code, _text(line, "name"), lon, lat, line.values["place"] == "urban", pupils[code], line.values["bus"] is not False,
                         {band: at for band, at in school.items() if at}, line.values["kind"] == "new_estate"))  # fmt: skip
    return tuple(out)


def _sites(lines: Sequence[Line], points: Sequence[Point], datum: Datum) -> tuple[Site, ...]:
    places = _located(lines, datum)
    known = {point.code for point in points}
    return tuple(_site(line, lon, lat, known) for line, lon, lat in zip(lines, places.lon.tolist(), places.lat.tolist(), strict=True))


def _site(line: Line, lon: float, lat: float, points: set[str]) -> Site:
    values = line.values
    existing, rural, dot = values["status"] == "existing", values["place"] != "urban", values["teaching_point"] is True
    now = frozenset(band for band in Band if values[f"now_{band}"] is True)
    may = frozenset(band for band in Band if values[f"may_{band}"] is True or (values[f"may_{band}"] is None and band in now))
    rooms, beds = _int(line, "rooms"), int(str(values["beds"] or 0))
    rooms_most, beds_most = (int(str(values[name])) if values[name] is not None else least for name, least in (("rooms_most", rooms), ("beds_most", beds)))
    if not existing and now:
        raise UserError("候选点还没有学校，不能有现设年级", where=line.place, remedy="请改填“可设”各列")
    if not may or not now <= may or (existing and not now):
        raise UserError("年级段没有填对", where=line.place, why="现有学校至少有一个现设年级段；可设的须包括现设的；候选点至少有一个可设年级段", remedy="请核对现设、可设各列")
    if rooms_most < rooms or beds_most < beds:
        raise UserError("最多可达的班数或床位少于现有", where=line.place, why=f"班数 {rooms}→{rooms_most}，床位 {beds}→{beds_most}", remedy="请核对")
    pupils = None if values["pupils"] is None else _int(line, "pupils")
    if existing and rural and pupils is None and not dot and Band.JUNIOR not in now:
        raise UserError("没有填写现有学生数", where=line.place, why="镇区、乡村小学须判断是不是乡村小规模学校（不足100人）", remedy="请填写现有学生数")
    estate = _text(line, "estate")
    if estate and (existing or estate not in points):
        raise UserError("配建小区编号不能用", where=line.place, why=f"填的是“{estate}”；只有候选点可以填，且须在需求点表里", remedy="请核对")
    share = values["county_share"]
    return Site(_text(line, "code"), _text(line, "name"), lon, lat, existing, rural, dot, now, may, rooms, rooms_most, beds, beds_most, pupils, estate,
                Decimal(1) if share is None else Decimal(str(share)))  # fmt: skip


def _require_known_schools(points: Sequence[Point], sites: Sequence[Site], lines: Sequence[Line]) -> None:
    by_code = {site.code: site for site in sites}
    for point, line in zip(points, lines, strict=True):
        for band, code in point.school.items():
            if code not in by_code or not by_code[code].existing or (any(point.pupils[band]) and band.stage not in {each.stage for each in by_code[code].now}):
                raise UserError(f"{point.name}的现就读学校“{code}”不能用", where=line.place, why=f"须是现有的、设有{band.stage.label}的学校", remedy="请核对学校编号，不知道的留空")
        twice = by_code.get(point.code)
        if twice is not None:
            raise UserError(f"编号“{point.code}”既是需求点又是学校", where=line.place, remedy="请改用不同的编号")


def _parameters(lines: Sequence[Line]) -> LayoutParameters:
    known = built_in_parameters()
    names = {each.title: name for name, each in known.items()}
    out = known
    for line in lines:
        title = _text(line, "title")
        if title not in names:
            raise UserError(f"参数表里有不认识的参数“{title}”", where=line.place, remedy="请从模板（--template）复制参数名称")
        if line.values["value"] is not None:
            out = out.changed({names[title]: Decimal(str(line.values["value"]))}, _text(line, "source") or "本县提供")
    return out


def _km(points: Sequence[Point], sites: Sequence[Site], lines: Mapping[str, Sequence[Line]], parameters: LayoutParameters) -> Floats:
    """Given distances before ways by road, ways by road before straight ones. Between two places on the road network that no
    road joins there is no way."""
    km = straight_km(points, sites, parameters.amount("detour_factor"))
    if lines[tables.ROADS.name]:
        starts, ends = ([_text(line, name) for line in lines[tables.ROADS.name]] for name in ("start", "end"))
        number = {code: at for at, code in enumerate(sorted({*starts, *ends}))}
        roads = Roads(np.array([number[each] for each in starts]), np.array([number[each] for each in ends]),
                      np.array([float(str(line.values["km"])) for line in lines[tables.ROADS.name]]), len(number))  # fmt: skip
        here, there = (_junctions(lines[table.name], number) for table in (tables.POINTS, tables.SITES))
        rows, columns = np.flatnonzero(here >= 0), np.flatnonzero(there >= 0)
        if len(rows) and len(columns):
            km[np.ix_(rows, columns)] = np.round(road_km(roads, here[rows], there[columns]), 2)
    row, column = {point.code: at for at, point in enumerate(points)}, {site.code: at for at, site in enumerate(sites)}
    for line in lines[tables.DISTANCES.name]:
        point, site = _text(line, "point"), _text(line, "site")
        if point not in row or site not in column:
            raise UserError("路程表里有不认识的编号", where=line.place, why=f"需求点“{point}”、学校“{site}”", remedy="请核对编号")
        km[row[point], column[site]] = round(float(str(line.values["km"])), 2)
    return km


def _junctions(lines: Sequence[Line], number: Mapping[str, int]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    out = np.full(len(lines), -1, dtype=np.intp)
    for at, line in enumerate(lines):
        code = _text(line, "junction")
        if code and code not in number:
            raise UserError(f"路网节点“{code}”不在路段表里", where=line.place, remedy="请核对节点编号，不在路网上的留空")
        out[at] = number.get(code, -1)
    return out


def _pins(lines: Sequence[Line], points: Sequence[Point], sites: Sequence[Site], years: Sequence[int]) -> tuple[Pin, ...]:
    by_code, known = {site.code: site for site in sites}, {point.code for point in points}
    out = []
    for line in lines:
        kind, code = PinKind(_text(line, "kind")), _text(line, "code")
        fits = code in known if kind is PinKind.MUST_NOT_MOVE else code in by_code and by_code[code].existing == (kind is not PinKind.MUST_OPEN)
        if not fits:
            of = {PinKind.MUST_NOT_MOVE: "需求点", PinKind.MUST_OPEN: "候选点"}.get(kind, "现有学校")
            raise UserError(f"“{kind.label}”的编号“{code}”不能用", where=line.place, why=f"须是{of}的编号", remedy="请核对")
        year = line.values["school_year"]
        since = 0 if year is None else next((u for u, each in enumerate(years) if each >= int(str(year))), None)
        if since is None:
            raise UserError("约束的学年在规划期以后", where=line.place, why=f"填的是 {year}，最后一期从 {years[-1]} 年起", remedy="请核对学年")
        out.append(Pin(kind, code, since, _text(line, "reason")))
    return tuple(out)


def _budgets(lines: Sequence[Line], years: Sequence[int]) -> tuple[Decimal | None, ...] | None:
    if not lines:
        return None
    found = {_int(line, "school_year"): line for line in lines}
    strange = sorted(set(found) - set(years))
    if strange or len(found) != len(years):
        raise UserError("资金表的学年与学生数表对不上", why=f"各期起始学年为 {'、'.join(map(str, years))}，资金表为 {'、'.join(map(str, sorted(found)))}",
                        remedy="每期一行；不限的一期金额留空")  # fmt: skip
    amounts = [found[year].values["amount_yuan"] for year in years]
    return tuple(None if amount is None else Decimal(str(amount)) for amount in amounts)
