"""民办学校: all who applied when they fit, a lottery when they do not; published before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import Applicant, Outcome, Terms, canonical_list
from junheng.planning.admission.lottery_record import Record, record_of
from junheng.planning.admission.model import Child, Placement, Rules, School, Waiting, Way

PUBLIC_ORDER = "全县公办学校"
"""The list whose tickets break ties between children of equal right; its places are those of all public schools."""


@dataclass(frozen=True)
class PrivateResult:
    placements: Mapping[str, Placement]
    lotteries: Mapping[str, Record]
    waiting: Sequence[Waiting]


def lists_to_publish(schools: Sequence[School], children: Sequence[Child], rules: Rules) -> dict[str, str]:
    """School code (or PUBLIC_ORDER) → canonical list whose hash must be public before the seed is known.

    Raises UserError when a child chose a school that is not private or not there.
    """
    out = {PUBLIC_ORDER: _list(PUBLIC_ORDER, sum(each.places for each in schools if not each.is_private), children, rules, waiting=False)}
    for school, applicants in _by_school(schools, children).items():
        if len(applicants) > school.places:
            out[school.code] = _list(f"{school.name}（{school.code}）", school.places, applicants, rules, waiting=rules.private_waiting)
    return out


def admit_private(schools: Sequence[School], children: Sequence[Child], lists: Mapping[str, str], seed_text: str) -> PrivateResult:
    """Those admitted by private schools; the others go on to the public ones (教基厅〔2023〕1号: 公民办同步). lists: published."""
    placements: dict[str, Placement] = {}
    lotteries: dict[str, Record] = {}
    waiting: list[Waiting] = []
    for school, applicants in _by_school(schools, children).items():
        if school.code not in lists:
            placements |= {each.number: Placement(each.number, school.code, Way.PRIVATE, of=len(applicants)) for each in applicants}
            continue
        record = lotteries[school.code] = record_of(lists[school.code], seed_text)
        for line in record.result:
            if line.outcome is Outcome.ADMITTED:
                placements[line.number] = Placement(line.number, school.code, Way.DRAWN, line.rank, len(applicants))
            elif line.waiting is not None:
                waiting.append(Waiting(school.code, line.waiting, line.number))
    return PrivateResult(placements, lotteries, waiting)


def _list(name: str, places: int, applicants: Sequence[Child], rules: Rules, *, waiting: bool) -> str:
    terms = Terms(name, places, rules.digest, siblings_together=rules.siblings_together, waiting_list=waiting)
    return canonical_list(terms, (Applicant(each.number, each.siblings) for each in applicants))


def _by_school(schools: Sequence[School], children: Sequence[Child]) -> dict[School, list[Child]]:
    private = {each.code: each for each in schools if each.is_private}
    out: dict[School, list[Child]] = {}
    for child in children:
        if not child.private_choice:
            continue
        if child.private_choice not in private:
            raise UserError(f"民办志愿“{child.private_choice}”不是招生学校表里的民办学校", where=f"报名号 {child.number}", remedy="请核对学校编号和“是否民办”")
        out.setdefault(private[child.private_choice], []).append(child)
    return out
