"""达标方案的约束: which school nothing is done at, whose teachers stay, which schools go first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from junheng.common.codes import URBAN_RURAL
from junheng.intake.plain_table import Line
from junheng.planners.pinning.model import OTHER, Choice, Given, Group, Pinnable, Pinned, PinTable
from junheng.planning.improvement.tables import PINS
from junheng.reports.plans.improvement_words import school_name

_STILL, _STAY, _FIRST = "still", "stay", "first"
_SCHOOLS = Group("school", "学校", "school", (
    Choice(_STILL, "不得变动（不安排措施，也不调出）", _STILL), Choice(_STAY, "只进不出（人和设备不得调出）", _STAY), Choice(_FIRST, "优先安排", _FIRST),
))  # fmt: skip


def _subjects(given: Given) -> tuple[Pinnable, ...]:
    return tuple(each for county in given.facts for each in _of(county.facts.school))


def _of(rows: Sequence[Mapping[str, object]]) -> Iterator[Pinnable]:
    """Nothing a county hands in says where a school stands."""
    for row in rows:
        code, campus, part = str(row["school_code"] or ""), str(row["campus"] or ""), row.get("urban_rural")
        if code:
            yield Pinnable(_key(code, campus), code, school_name(dict(row)), _SCHOOLS, URBAN_RURAL.labels.get(str(part), "") if part else "", None, "上报数据里没有经纬度")


def _key(code: str, campus: str) -> str:
    return f"{code}@{campus}" if campus else code


def _key_of(line: Line) -> str:
    return _key(str(line.values["school_code"] or ""), str(line.values["campus"] or ""))


_BOUNDS = ("least", "most", "fixed", "first")


def _standing(lines: Sequence[Line]) -> Pinned:
    """Lines without a number say nothing (`read_wishes`)."""
    told = [each for each in lines if any(each.values[name] is not None for name in _BOUNDS)]
    said = {_said(each) for each in told}
    found = {
        frozenset({"nothing in", "nothing out"}): _STILL, frozenset({"nothing out"}): _STAY, frozenset({"first"}): _FIRST, frozenset(): "",
    }  # fmt: skip
    return Pinned(found.get(frozenset(said), OTHER), None, next((str(each.values["reason"]) for each in told if each.values["reason"]), ""))


def _said(line: Line) -> str:
    """What a line says where a choice could have written it, else ""."""
    values = line.values
    numbers = {name: values[name] for name in _BOUNDS if values[name] is not None}
    if values["stage"] or values["measure"]:
        return ""
    if numbers == {"most": 0}:
        return "nothing out" if values["leaving"] else "nothing in"
    return "first" if numbers == {"first": 1} and not values["leaving"] else ""


def _lines(subject: Pinnable, pinned: Pinned) -> Sequence[Mapping[str, object]]:
    of = {"school_code": subject.code, "campus": subject.key.partition("@")[2], "reason": pinned.reason}
    out, nothing = of | {"leaving": "是", "most": 0}, of | {"most": 0}
    return {_STILL: (nothing, out), _STAY: (out,), _FIRST: (of | {"first": 1},)}[pinned.choice]


IMPROVEMENT_PINS = PinTable("pins", PINS, (_SCHOOLS,), "冻结的数据版本", _subjects, lambda _: (), _key_of, _standing, _lines)
