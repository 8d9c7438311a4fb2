"""轮岗方案: the best moves found, how good they are proven to be, and words for what could not be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from junheng.common.errors import UserError
from junheng.planning.highs import Floats, minimise_narrowed
from junheng.planning.rotation.eligible import left_out
from junheng.planning.rotation.model import Move, RotationPlan, RotationRequest, YearReached
from junheng.planning.rotation.program import UNTOLD_TIMES, Layout, build, layout_of, target, term
from junheng.planning.rotation.worth import careers_after
from junheng.planning.staffing.subjects import curriculum

USED = ("rotation_min_years", "near_retirement_years", "commute_km", "school_most_share", "county_most_share")
_SEVERAL = ("rotation_term_years",)
_GAP = 1e-6


def plan_rotation(request: RotationRequest) -> RotationPlan:
    """Moves for the school years asked for. Raises UserError for repeated numbers or codes, and when the solver found nothing in time."""
    _refuse(request)
    layout, used = layout_of(request), USED + _SEVERAL * (request.years > 1)
    out = {number: why for number, why in left_out(request).items() if number not in {each.number for each in layout.teachers}}
    if not layout.teachers:
        years = [YearReached(request.school_year + y, 0, 0, 0, 0, 0, True) for y in range(request.years)]
        return RotationPlan(request, [], years, _gaps(request), 0.0, 0.0, careers_after(request, [], term(request)), out,
                            ("没有符合交流条件的教师。", *request.parameters.notes(used)))  # fmt: skip
    answer = minimise_narrowed(build(request, layout), seconds=request.seconds, gap=_GAP)
    if answer.values is None:
        raise UserError("规定时间内没有求出轮岗方案", remedy="请用 --seconds 延长求解时间")
    moves = _described(request, layout, answer.values)
    years = [_reached(request, layout, moves, answer.values, year) for year in range(request.years)]
    notes = (*_notes(request, layout, years, out), *request.parameters.notes(used))
    careers = careers_after(request, moves, term(request))
    return RotationPlan(request, moves, years, sum(layout.gap_sizes), answer.objective, answer.bound, careers, out, notes)


def _refuse(request: RotationRequest) -> None:
    for numbers, table in (([each.number for each in request.teachers], "教师表"), ([each.code for each in request.schools], "学校表")):
        if twice := [number for number, times in Counter(numbers).items() if times > 1]:
            raise UserError(f"编号重复：{'、'.join(twice[:10])}", where=table, remedy="请核对")


def _gaps(request: RotationRequest) -> int:
    return sum(each.to_find or 0 for each in request.needs)


def _reached(request: RotationRequest, layout: Layout, moves: Sequence[Move], values: Floats, year: int) -> YearReached:
    numbers = {layout.teachers[t].number for t in layout.may[year]}
    now = request.school_year + year
    eligible = len(numbers) - sum(each.number in numbers and each.school_year < now for each in moves)
    sent = [each for each in moves if each.school_year == now]
    closed = round(sum(values[layout.closed(year, at)] for at in range(len(layout.gaps))))
    least, backbone = target(request, eligible), sum(each.is_backbone for each in sent)
    reached = len(sent) >= least and backbone >= request.parameters.number("backbone_share") * len(sent) - 1e-6
    return YearReached(now, eligible, least, len(sent), backbone, closed, reached)


def _described(request: RotationRequest, layout: Layout, values: Floats) -> list[Move]:
    titles = {each.id: each.title for each in curriculum()}
    names = {each.code: each.name for each in request.schools}
    left = Counter({key: round(max(values[layout.closed(y, at)] for y in range(layout.years))) for at, key in enumerate(layout.gaps)})
    out = []
    for t, s, y, km in (layout.moves[column] for column in np.flatnonzero(values[: len(layout.moves)] > 0.5).tolist()):
        teacher, school = layout.teachers[t], request.schools[s]
        key = (school.code, teacher.subject)
        fills = left[key] > 0
        left[key] -= fills
        subject = titles.get(teacher.subject, "其他学科")
        purpose = f"填补{school.name}{subject}缺口" if fills else f"到{school.name}交流，{names[teacher.school]}同学科有人来或有余"
        served = 0.0 if teacher.years_here is None else teacher.years_here + y
        why = f"{purpose}；本校任教 {served:g} 年，以往轮岗{'未报' if teacher.times is None else f' {teacher.times} 次'}，距{'住址' if teacher.longitude is not None else '原校'} {km:.1f} 公里"
        out.append(Move(teacher.number, teacher.school, school.code, teacher.subject, teacher.is_backbone, km, fills, why, request.school_year + y))
    return out


def _notes(request: RotationRequest, layout: Layout, years: Sequence[YearReached], out: Mapping[str, str]) -> Iterator[str]:
    for year, each in enumerate(years):
        which = f"{each.school_year} 年" if len(years) > 1 else ""
        if each.sent < each.target:
            can = len({t for t, _, y, _ in layout.moves if y == year})
            yield (f"{which}达不到 {request.parameters.number('rotation_share'):.0%}：须轮岗 {each.target} 人，最多只能安排 {each.sent} 人。符合条件的 {each.eligible} 人中，"
                   f"{can} 人在通勤上限内有同学段的其他学校；其余受学科（不得使任何学校缺人或超员）、单校派出上限、夫妻不同时派出所限。")  # fmt: skip
        elif not each.reached:
            backbone = sum(layout.teachers[t].is_backbone for t in layout.may[year])
            yield f"{which}骨干教师达不到 {request.parameters.number('backbone_share'):.0%}：符合条件的骨干教师 {backbone} 人，安排了 {each.backbone} 人。"
    if len(years) > 1:
        yield f"{len(years)} 年一起安排：每人最多去一次，去后任教 {term(request)} 年；各年的学科需求按现在的班数和教师计。"
    untold = sum(each.times is None for each in layout.teachers)
    if untold:
        yield f"{untold} 名符合条件的教师未报以往轮岗次数，排序时按 {UNTOLD_TIMES} 次处理。"
    unknown = sum(why.startswith("未报") for why in out.values())
    if unknown:
        yield f"{unknown} 名教师未报本校连续任教年数，没有计入符合条件的人数；比例可能因此偏高，请补报。"
