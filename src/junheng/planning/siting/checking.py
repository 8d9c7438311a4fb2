"""复核: a plan read again in plain whole numbers and exact yuan, by code that shares nothing with the solver."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.errors import DeclarationError
from junheng.planning.siting.bands import GRADES, Band, Mode
from junheng.planning.siting.county import PinKind, least_classes
from junheng.planning.siting.plan import Plan
from junheng.planning.siting.program import duty_since
from junheng.planning.siting.ways import lawful_modes


def require_holds(plan: Plan) -> None:
    """Raises DeclarationError when a plan breaks any of what it must keep: a bug of ours, never shown as a plan."""
    faults = list(faults_of(plan))
    if faults:
        raise DeclarationError("a siting plan does not hold: " + "; ".join(faults[:10]))


def faults_of(plan: Plan) -> Iterator[str]:
    """Everything that is wrong with a plan, in Chinese; nothing when it holds."""
    for u in range(len(plan.county.years)):
        yield from _served(plan, u)
        yield from _places(plan, u)
        yield from _budget(plan, u)
    for j in range(len(plan.county.sites)):
        yield from _site(plan, j)
    yield from _pins(plan)


def _served(plan: Plan, u: int) -> Iterator[str]:
    """Nobody lost, nobody twice, every way lawful and to an open section."""
    county = plan.county
    count: dict[tuple[int, Band], int] = {}
    for each in plan.going:
        if each.period != u:
            continue
        way = each.way
        name, school = county.points[way.point].name, county.sites[way.site]
        count[way.point, way.band] = count.get((way.point, way.band), 0) + each.pupils
        if each.pupils <= 0:
            yield f"{name}：人数不是正数"
        if way.km != float(county.km[way.point, way.site]) or way.mode not in lawful_modes(county, way.point, way.band, way.site):
            yield f"{name}到{school.name}的上学方式不合法"
        if not plan.states[way.site][u].open or way.band not in plan.states[way.site][u].classes:
            yield f"{name}被安排到没有开办{way.band.label}的{school.name}"
    for i, point in enumerate(county.points):
        for band in Band:
            wanted = point.pupils.get(band, (0,) * len(county.years))[u]
            if count.get((i, band), 0) != wanted:
                yield f"{point.name}{band.label}应有 {wanted} 人，方案安排 {count.get((i, band), 0)} 人"


def _places(plan: Plan, u: int) -> Iterator[str]:
    county = plan.county
    for j, site in enumerate(county.sites):
        state = plan.states[j][u]
        boarders = sum(each.pupils for each in plan.going if each.period == u and each.way.site == j and each.way.mode is Mode.BOARD)
        if boarders > state.beds or state.beds > max(site.beds, site.beds_most):
            yield f"{site.name}：寄宿 {boarders} 人，床位 {state.beds}"
        if sum(state.classes.values()) > state.rooms or state.rooms > max(site.rooms, site.rooms_most):
            yield f"{site.name}：{sum(state.classes.values())} 个班，教室 {state.rooms} 间，上限 {site.rooms_most}"
        for band, classes in state.classes.items():
            pupils = plan.loads.get((j, band, u), 0)
            if pupils > classes * county.parameters.class_size(band):
                yield f"{site.name}{band.label}：{pupils} 人，{classes} 个班"
            if classes < least_classes(site, GRADES) or band not in site.may:
                yield f"{site.name}{band.label}：不能只开 {classes} 个班"


def _budget(plan: Plan, u: int) -> Iterator[str]:
    budget = plan.county.budget(u)
    if budget is not None and plan.accounts[u].capital > budget:
        yield f"{plan.county.school_years[u]} 年起的建设支出 {plan.accounts[u].capital} 元，超过资金 {budget} 元"


def _site(plan: Plan, j: int) -> Iterator[str]:
    """Open and shut in order; rooms and beds are those that stood and were added."""
    site, states = plan.county.sites[j], plan.states[j]
    before = site.existing
    taught = set(site.now) if site.existing else set()
    rooms, beds = site.rooms, site.beds
    for state in states:
        if state.open != bool(state.classes):
            yield f"{site.name}：开办与班数不一致"
        if before != state.open and before != site.existing:
            yield f"{site.name}：反复开办、停办"
        if not site.existing and state.open and set(state.classes) != set(site.may):
            yield f"{site.name}：新建学校没有开齐学段"
        for band in Band:
            if (band in taught) != (band in state.classes) and (band in taught) != (site.existing and band in site.now):
                yield f"{site.name}：{band.label}反复设置"
        rooms, beds = rooms + state.more_rooms, beds + state.more_beds
        if (rooms, beds) != (state.rooms, state.beds) or min(state.more_rooms, state.more_beds) < 0:
            yield f"{site.name}：教室或床位的增减对不上"
        before, taught = state.open, set(state.classes)


def _pins(plan: Plan) -> Iterator[str]:
    county = plan.county
    for pin in county.pins:
        if pin.kind is PinKind.MUST_NOT_MOVE:
            at = county.point_at(pin.code)
            for each in plan.going:
                present = county.points[at].school.get(each.way.band, "")
                if each.way.point == at and each.period >= pin.since and present and county.sites[each.way.site].code != present:
                    yield f"{county.points[at].name}不得调整学区，方案调整了{each.way.band.label}"
            continue
        j = county.site_at(pin.code)
        for state in plan.states[j][pin.since :]:
            if pin.kind is PinKind.MUST_CLOSE:
                if state.open:
                    yield f"{county.sites[j].name}必须停办，方案没有停办"
            elif not state.open or (pin.kind is PinKind.MUST_KEEP and not county.sites[j].now <= set(state.classes)):
                yield f"{county.sites[j].name}{pin.kind.label}，方案没有做到"
    for j, site in enumerate(county.sites):
        since = duty_since(county, j)
        if since is not None and not all(state.open for state in plan.states[j][since:]):
            yield f"{site.name}是小区配建学校，没有按期开办"
