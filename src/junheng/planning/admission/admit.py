"""招生方案: every child of a county to a school, private and public ones at the same time.

  1. private schools: those who chose one, all of them or by lottery                    (`private`)
  2. public schools by zone: the others, in the county's order                          (`zoned`, `priorities`)
  3. the rest, in the same order while there are places, to the nearest places left     (`overflow`)
  4. waiting lists: whoever would rather be at a public school that more asked than it has places
Nobody is lost: who finds no place at all stands in the plan as 待安排, and the notes say how many places are short.
Sources: rules.md §9 (义务教育法 第十二条; 教基厅〔2023〕1号).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import plain
from junheng.planning.admission.model import AdmissionPlan, Child, Placement, Rules, School, Way
from junheng.planning.admission.priorities import class_numbers, orders, public_tickets
from junheng.planning.admission.private import PUBLIC_ORDER, admit_private, lists_to_publish
from junheng.planning.admission.stages import rest_stage, zone_stage


def admit(schools: Sequence[School], children: Sequence[Child], rules: Rules, seed_text: str) -> AdmissionPlan:
    """The plan. seed_text: public, known only after the lists of `lists_to_publish` and their hashes were published.

    Raises UserError for what cannot be planned: unknown or repeated codes and numbers, no position where one is needed.
    """
    _refuse_repeated(schools)
    children = [each if plain(each.number) == each.number else replace(each, number=plain(each.number)) for each in children]
    lists = lists_to_publish(schools, children, rules)
    private = admit_private(schools, children, lists, seed_text)
    public = [each for each in schools if not each.is_private]
    rest = [each for each in children if each.number not in private.placements]
    tickets = public_tickets(children, rules, lists[PUBLIC_ORDER], seed_text)
    order = dict(zip((each.number for each in rest), orders(rest, rules, tickets), strict=True))
    zone = zone_stage(public, rest, [order[each.number] for each in rest], rules)
    over = [each for each in rest if each.number not in zone.placements]
    used = Counter(each.school for each in zone.placements.values())
    last = rest_stage(public, [each.places - used[each.code] for each in public], over, [order[each.number] for each in over], rules)
    found = {**private.placements, **zone.placements, **last.placements}
    return AdmissionPlan(
        schools, children, rules, [found[each.number] for each in children], zone.refusals, [*private.waiting, *zone.waiting],
        private.lotteries, last.total_m, last.bound_m, (*last.notes, *_notes(schools, children, rules, found)),
    )  # fmt: skip


def _refuse_repeated(schools: Sequence[School]) -> None:
    if twice := [code for code, times in Counter(each.code for each in schools).items() if times > 1]:
        raise UserError(f"学校编号重复：{'、'.join(twice[:10])}", where="招生学校表", remedy="一所学校几个校区分别招生的，各给一个编号")


def _notes(schools: Sequence[School], children: Sequence[Child], rules: Rules, found: Mapping[str, Placement]) -> Iterator[str]:
    used = {rules.classes[at] for at in set(class_numbers(children, rules.classes))}
    if doubtful := [each.title for each in rules.classes if each in used and each.unverified]:
        yield f"录取次序待核：{'、'.join(doubtful)}（所用次序表中注明，须以当地招生办法为准）。"
    public = {each.code for each in schools if not each.is_private}
    if rules.elder_first and (astray := sum(each.elder_school not in {"", *public} for each in children)):
        yield f"{astray} 名儿童的兄姊在读学校不是招生学校表里的公办学校，没有照顾；请核对编号。"
    taken = Counter(each.school for each in found.values())
    for school in schools:
        if rules.class_size and school.classes and school.places > rules.class_size * school.classes:
            yield f"“{school.name}”计划 {school.places} 人、{school.classes} 个班，每班 {school.places / school.classes:.1f} 人，超过班额标准 {rules.class_size} 人：请减少计划或增加班数。"
        if school.is_private and taken[school.code] < school.places:
            yield f"民办“{school.name}”计划 {school.places} 人，录取 {taken[school.code]} 人；空余学位未用于统筹（须政府购买学位，另行决定）。"
    lost = sum(child.private_choice != "" and found[child.number].way not in (Way.PRIVATE, Way.DRAWN) for child in children)
    if lost:
        yield f"{lost} 名儿童民办未抽中，已与其他儿童一起按公办次序安排，没有排到后面。"
