"""轮岗方案: the best moves found, how good they are proven to be, and words for what could not be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from junheng.common.errors import UserError
from junheng.planning.highs import minimise
from junheng.planning.rotation.eligible import left_out
from junheng.planning.rotation.model import Move, RotationPlan, RotationRequest
from junheng.planning.rotation.program import UNTOLD_TIMES, Layout, build
from junheng.planning.staffing.subjects import curriculum

USED = ("rotation_min_years", "near_retirement_years", "commute_km", "school_most_share", "county_most_share")
_GAP = 1e-6


def plan_rotation(request: RotationRequest) -> RotationPlan:
    """Moves for one school year. Raises UserError for repeated numbers or codes, and when the solver found nothing in time."""
    _refuse(request)
    out = left_out(request)
    eligible = [each for each in request.teachers if each.number not in out]
    if not eligible:
        return RotationPlan(request, [], 0, 0, True, 0, _gaps(request), 0.0, 0.0, out, ("没有符合交流条件的教师。", *request.parameters.notes(USED)))
    program, layout = build(request, eligible)
    answer = minimise(program, seconds=request.seconds, gap=_GAP)
    if answer.values is None:
        raise UserError("规定时间内没有求出轮岗方案", remedy="请用 --seconds 延长求解时间")
    n, m = len(layout.moves), len(layout.gaps)
    chosen = [layout.moves[column] for column in np.flatnonzero(answer.values[:n] > 0.5).tolist()]
    closed = np.rint(answer.values[n : n + m]).astype(int)
    short_all, short_backbone = float(answer.values[n + m]), float(answer.values[n + m + 1])
    moves = _described(request, layout, chosen, closed)
    notes = (*_notes(request, layout, moves, short_all, short_backbone, out), *request.parameters.notes(USED))
    reached = short_all < 0.5 and short_backbone < 1e-6
    return RotationPlan(request, moves, len(eligible), layout.target, reached, int(closed.sum()), sum(layout.gap_sizes), answer.objective, answer.bound, out, notes)


def _refuse(request: RotationRequest) -> None:
    for numbers, table in (([each.number for each in request.teachers], "教师表"), ([each.code for each in request.schools], "学校表")):
        if twice := [number for number, times in Counter(numbers).items() if times > 1]:
            raise UserError(f"编号重复：{'、'.join(twice[:10])}", where=table, remedy="请核对")


def _gaps(request: RotationRequest) -> int:
    return sum(each.to_find or 0 for each in request.needs)


def _described(request: RotationRequest, layout: Layout, chosen: Sequence[tuple[int, int, float]], closed: np.ndarray) -> list[Move]:
    titles = {each.id: each.title for each in curriculum()}
    names = {each.code: each.name for each in request.schools}
    left = dict(zip(layout.gaps, closed.tolist(), strict=True))
    out = []
    for t, s, km in chosen:
        teacher, school = layout.teachers[t], request.schools[s]
        key = (school.code, teacher.subject)
        fills = left.get(key, 0) > 0
        left[key] = left.get(key, 0) - fills
        subject = titles.get(teacher.subject, "其他学科")
        purpose = f"填补{school.name}{subject}缺口" if fills else f"到{school.name}交流，{names[teacher.school]}同学科有人来或有余"
        why = f"{purpose}；本校任教 {teacher.years_here:g} 年，以往轮岗{'未报' if teacher.times is None else f' {teacher.times} 次'}，距{'住址' if teacher.longitude is not None else '原校'} {km:.1f} 公里"
        out.append(Move(teacher.number, teacher.school, school.code, teacher.subject, teacher.is_backbone, km, fills, why))
    return out


def _notes(request: RotationRequest, layout: Layout, moves: Sequence[Move], short_all: float, short_backbone: float, out: Mapping[str, str]) -> Iterator[str]:
    if short_all > 0.5:
        can = len({t for t, _, _ in layout.moves})
        yield (f"达不到 {request.parameters.number('rotation_share'):.0%}：须轮岗 {layout.target} 人，最多只能安排 {len(moves)} 人。符合条件的 {len(layout.teachers)} 人中，"
               f"{can} 人在通勤上限内有同学段的其他学校；其余受学科（不得使任何学校缺人或超员）、单校派出上限、夫妻不同时派出所限。")  # fmt: skip
    if short_backbone > 1e-6:
        backbone = sum(each.is_backbone for each in layout.teachers)
        yield f"骨干教师达不到 {request.parameters.number('backbone_share'):.0%}：符合条件的骨干教师 {backbone} 人，安排了 {sum(each.is_backbone for each in moves)} 人。"
    untold = sum(each.times is None for each in layout.teachers)
    if untold:
        yield f"{untold} 名符合条件的教师未报以往轮岗次数，排序时按 {UNTOLD_TIMES} 次处理。"
    unknown = sum(why.startswith("未报") for why in out.values())
    if unknown:
        yield f"{unknown} 名教师未报本校连续任教年数，没有计入符合条件的人数；比例可能因此偏高，请补报。"
