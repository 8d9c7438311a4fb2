"""What of a plan is drawn on a map: the answer, from the GeoJSON its planner wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.common.school_years import school_year_label
from junheng.planning.siting.plan import Decision
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.sketch import ZONE_KINDS, Mark, Sketch, Tie, sketch_of

_SUFFIX = ".geojson"
_ZONES = {f"zone{at}": "" for at in range(ZONE_KINDS)}


@dataclass(frozen=True)
class Drawing:
    """sketch: None = nothing has a place. periods: number and words of what can be looked at, () = there is but one; period: the one
    shown. heads, rows: the same as a table."""

    sketch: Sketch | None
    periods: Sequence[tuple[int, str]]
    period: int
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def drawing_of(plan: Plan, files: Sequence[PlanFile], asked: str = "") -> Drawing | None:
    """asked: number of a period as typed, the last where there is none such. None: the planner drew nothing, or the plan is about people,
    whose files are read with a purpose alone."""
    file = next((each for each in files if not each.table and each.name.endswith(_SUFFIX)), None)
    if file is None or plan.personal:
        return None
    found = json.loads(bytes_of(file))
    spots = [_Spot(each["properties"], *each["geometry"]["coordinates"]) for each in found["features"] if each["geometry"]["type"] == "Point"]
    ways = [each["properties"] for each in found["features"] if each["geometry"]["type"] == "LineString"]
    home = plan.unit.code
    return _zones(spots, ways, home) if found["plan"] == "zones" else _siting(spots, ways, found["school_years"], home, asked)


@dataclass(frozen=True)
class _Spot:
    says: Mapping[str, Any]
    lon: float
    lat: float

    @property
    def key(self) -> str:
        return _key(self.says["role"], self.says["code"])


def _key(role: str, code: str) -> str:
    return f"{'s' if role == 'school' else 'p'}:{code}"


def _siting(spots: Sequence[_Spot], ways: Sequence[Mapping[str, Any]], years: Sequence[int], home: str, asked: str) -> Drawing:
    period = int(asked) if asked.isascii() and asked.isdigit() and int(asked) < len(years) else len(years) - 1
    names = {each.key: each.says["name"] for each in spots}
    shown = [each for each in ways if each["period"] == period]
    ties = [Tie(_key("place", each["from"]), _key("school", each["to"]), f"{names[_key('place', each['from'])]} → {names[_key('school', each['to'])]}：{_way(each)}") for each in shown]
    goes = {each.start: each.title.partition(" → ")[2] for each in ties}
    marks = [_site(each, period) if each.says["role"] == "school" else
             Mark(each.key, "place", each.lon, each.lat, f"{each.says['name']}，{each.says['pupils'][period]:,} 人" + (f"，去{goes[each.key]}" if each.key in goes else ""),
                  2 + min(5.0, (each.says["pupils"][period] / 40) ** 0.5)) for each in spots]  # fmt: skip
    marks.sort(key=lambda each: each.kind != "place")  # schools over villages
    drawn = {each.kind for each in marks}
    labels = {str(each): each.label for each in Decision if str(each) in drawn} | {"place": "村、小区（大小按学生数）"}
    rows = [(each.says["name"], each.says["decision_label"], f"{each.says['when'][:4]} 年" if each.says["when"] else "—", each.says["into"] or "—", *_counts(each.says["pupils"]), each.says["classes"][period])
            for each in sorted(spots, key=_by_decision) if each.says["role"] == "school" and each.says["decision"] != Decision.UNUSED]  # fmt: skip
    heads = ("学校", "决定", "何时", "并入", *(f"{year} 年学生" for year in years), f"班数（{years[period]} 年）")
    label = f"{school_year_label(years[period])}的学校和学生去向示意图；同样的内容见旁边的表"
    return Drawing(sketch_of(marks, labels, home=home, label=label, ties=ties), [(at, school_year_label(year)) for at, year in enumerate(years)], period, heads, rows)


def _by_decision(spot: _Spot) -> tuple[int, str]:
    return list(Decision).index(Decision(spot.says.get("decision", "unused"))), spot.says["name"]


def _site(spot: _Spot, period: int) -> Mark:
    says = spot.says
    more = [each for each in (says["when"] and f"{says['when']}起", says["into"] and f"并入{says['into']}", says["more_rooms"] and f"增 {says['more_rooms']} 间教室",
                              says["more_beds"] and f"增 {says['more_beds']} 张床位") if each]  # fmt: skip
    now = f"{says['pupils'][period]:,} 人、{says['classes'][period]:,} 班" if says["classes"][period] else "这一期没有学生"
    return Mark(spot.key, says["decision"], spot.lon, spot.lat, f"{says['name']}：{'，'.join([says['decision_label'], *more, now])}", 7.0)


def _way(way: Mapping[str, Any]) -> str:
    return "、".join(f"{mode} {pupils:,} 人" for mode, pupils in way["modes"].items()) + f"，{way['km']:g} 公里"


def _counts(pupils: Sequence[int]) -> list[str]:
    return [f"{each:,}" for each in pupils]


def _zones(spots: Sequence[_Spot], ways: Sequence[Mapping[str, Any]], home: str) -> Drawing:
    """Every school with its own shape and colour, as far as there are shapes; the lines tell the rest."""
    schools = [each for each in spots if each.says["role"] == "school"]
    kinds = {each.says["code"]: f"zone{at % ZONE_KINDS}" for at, each in enumerate(schools)}
    ties = [Tie(_key("place", each["from"]), _key("school", each["to"]), f"{each['pupils']:,} 名儿童") for each in ways]
    marks = list(_zone_marks(spots, kinds))
    labels = {kind: "、".join(each.says["name"] for each in schools if kinds[each.says["code"]] == kind) for kind in _ZONES}
    rows = [(each.says["name"], each.says["school_name"], _moved(each.says), f"{each.says['pupils']:,}") for each in spots if each.says["role"] == "place"]
    sketch = sketch_of(marks, {kind: name for kind, name in labels.items() if name}, home=home, label="片区和学校的示意图；同样的内容见旁边的表", ties=ties)
    return Drawing(sketch, (), 0, ("片区", "学校", "上年学校", "适龄儿童"), rows)


def _zone_marks(spots: Sequence[_Spot], kinds: Mapping[str, str]) -> Iterator[Mark]:
    for each in sorted(spots, key=lambda spot: spot.says["role"] == "school"):
        says = each.says
        if says["role"] == "school":
            over = f"，超计划 {says['over']:,} 人" if says["over"] else ""
            yield Mark(each.key, kinds[says["code"]], each.lon, each.lat, f"学校：{says['name']}，招生计划 {says['places']:,}，适龄儿童 {says['pupils']:,}{over}", 9.0)
        else:
            yield Mark(each.key, kinds[says["school"]], each.lon, each.lat, f"{says['name']}：划给{says['school_name']}，{says['pupils']:,} 名儿童", 4.0)


def _moved(says: Mapping[str, Any]) -> str:
    if not says["last_school"]:
        return "上年没有划片"
    return "不变" if says["last_school"] == says["school"] else f"{says['last_school_name']}（改划）"
