"""A plan as a question to its planner: the facts it stands on, its tables, its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from junheng.common.errors import UserError
from junheng.planners.county_facts import CountyFacts, not_counted
from junheng.planners.model import Planner, Scope, Value
from junheng.web.areas.models import Unit
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import Plan
from junheng.web.desk.offered import OFFERED
from junheng.web.desk.solving import Question
from junheng.web.reporting.frozen import open_kept
from junheng.web.reporting.models import CountyRelease
from junheng.web.reporting.uploads import file_name
from junheng.web.rights.levels import UnitKind

_LIGHT = ("result", "detail")


def planner_of(plan: Plan) -> Planner:
    """Raises UserError where it is no longer offered."""
    planner = OFFERED.get(plan.planner)
    if planner is None:
        raise UserError(f"这个版本的软件不再有“{plan.planner}”这种规划", remedy="已有的结果仍可查看、下载")
    return planner


def releases_of(county: Unit, most: int = 10) -> list[CountyRelease]:
    """The county's frozen releases, the newest first."""
    found = CountyRelease.objects.filter(unit=county).select_related("unit", "round").defer(*_LIGHT)
    return list(found.order_by("-round__school_year", "-pk")[:most])


def newest_of_area(area: Unit) -> list[CountyRelease]:
    """The newest release of every county at or below the unit, all of the latest school year."""
    found = CountyRelease.objects.filter(unit__path__startswith=area.path, unit__kind=UnitKind.COUNTY).select_related("unit", "round").defer(*_LIGHT)
    newest: dict[int, CountyRelease] = {}
    for each in found.order_by("-round__school_year", "-pk"):
        newest.setdefault(each.unit_id, each)
    latest = max((each.round.school_year for each in newest.values()), default=0)
    return sorted((each for each in newest.values() if each.round.school_year == latest), key=lambda each: each.unit.code)


def releases_under(plan: Plan) -> list[CountyRelease]:
    """Those the plan stands on. Raises UserError where one is gone."""
    found = list(CountyRelease.objects.filter(pk__in=plan.releases).select_related("unit", "round").defer(*_LIGHT).order_by("unit__code"))
    if len(found) != len(plan.releases):
        raise UserError("方案所依据的冻结版本不在了", remedy="请用“复制并修改”另建一个方案")
    return found


def county_facts(releases: Sequence[CountyRelease], on_county: Callable[[str], None] = lambda name: None) -> list[CountyFacts]:
    """Their figures, without the cells they stood in. Raises StoreError or ReleaseError."""
    return [_facts(each, on_county) for each in releases]


def _facts(frozen: CountyRelease, on_county: Callable[[str], None]) -> CountyFacts:
    on_county(frozen.unit.name)
    release = open_kept(frozen.key)
    return CountyFacts(frozen.unit.code, release.figures(), frozen.hash, not_counted(list(release.left_out)))


def values_of(planner: Planner, typed: Mapping[str, str]) -> dict[str, Value]:
    """A value of every parameter, typed or default. Raises UserError."""
    by_id = {each.id: each for each in planner.parameters}
    return planner.values({id: by_id[id].read(text) for id, text in typed.items() if id in by_id})


def question_of(plan: Plan, folder: Path, on_county: Callable[[str], None]) -> Question:
    """Tables are laid into the folder; on_county: told whose facts are read. Raises UserError."""
    planner = planner_of(plan)
    tables = {each.table: _laid(folder / each.table, each.name, bytes_of(each)) for each in plan.files.exclude(table="")}
    facts = county_facts(releases_under(plan), on_county) if planner.needs_facts else []
    return Question(planner.id, facts, tables, values_of(planner, plan.values), plan.unit.name)


def _laid(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir()
    path = folder / file_name(name)
    path.write_bytes(data)
    return path


def takes_areas(planner: Planner) -> bool:
    return planner.needs_facts is Scope.COUNTIES
