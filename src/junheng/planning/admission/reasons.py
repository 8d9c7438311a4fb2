"""为什么是这所学校: one Chinese sentence per child, from the plan alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from junheng.planning.admission.model import AdmissionPlan, Child, Placement, PriorityClass, School, Way
from junheng.planning.admission.priorities import class_numbers


def reasons(plan: AdmissionPlan) -> Iterator[str]:
    """In the order of plan.placements. Nothing personal beyond class and ranks: it may stand in a parent's letter."""
    schools = {each.code: each for each in plan.schools}
    classes = [plan.rules.classes[at] for at in class_numbers(plan.children, plan.rules.classes)]
    waiting = {(each.number, each.school): each.rank for each in plan.waiting}
    for child, placement, own in zip(plan.children, plan.placements, classes, strict=True):
        yield "".join(_sentences(plan, child, placement, own, schools, waiting))


def _sentences(plan: AdmissionPlan, child: Child, placement: Placement, own: PriorityClass, schools: Mapping[str, School],
               waiting: Mapping[tuple[str, str], int]) -> Iterator[str]:  # fmt: skip
    school = schools.get(placement.school)
    if placement.way is Way.PRIVATE and school:
        yield f"民办“{school.name}”报名 {placement.of} 人，不超过计划 {school.places} 人，全部录取。"
        return
    if placement.way is Way.DRAWN and school:
        yield f"民办“{school.name}”报名 {placement.of} 人，超过计划 {school.places} 人，电脑随机录取，抽签第 {placement.rank} 位，录取。"
        return
    if child.private_choice:
        yield f"民办“{schools[child.private_choice].name}”未抽中" + _queue(waiting.get((child.number, child.private_choice))) + "。"
    for refusal in plan.refusals.get(child.number, ()):
        full = schools[refusal.school]
        yield (f"“{full.name}”计划 {full.places} 人，申请 {refusal.of} 人，本人（{own.title}）排第 {refusal.rank} 位，未录取"
               f"{_queue(waiting.get((child.number, refusal.school)))}。")  # fmt: skip
    if placement.way is Way.ZONED and school:
        why = "兄姊在读" if placement.school == child.elder_school and plan.rules.elder_first else "划片学校"
        yield f"{why}“{school.name}”计划 {school.places} 人，申请 {placement.of} 人，本人（{own.title}）排第 {placement.rank} 位，录取。"
    elif placement.way is Way.ALLOCATED and school and placement.distance_m is not None:
        if not child.zone_schools:
            yield "没有划片学校。"
        yield f"统筹到“{school.name}”，直线距离 {placement.distance_m / 1000:.1f} 公里；"
        if placement.nearer:
            yield f"更近的 {placement.nearer} 所公办学校学位已满。"
        if placement.nearer_open:
            yield f"更近的 {placement.nearer_open} 所公办学校有学位，为与同胞同校未安排。"
        if not placement.nearer + placement.nearer_open:
            yield "是离家最近的公办学校。"
    elif placement.way is Way.NONE:
        yield f"全县公办学位已满，按录取次序（{own.title}）待安排。"


def _queue(rank: int | None) -> str:
    return f"，候补第 {rank} 位" if rank else ""
