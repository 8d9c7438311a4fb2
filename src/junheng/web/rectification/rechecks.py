"""The schools that fell short in one criterion, each with how it stands now: whatever the whole criterion says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from junheng.web.areas.models import Unit, counts_within
from junheng.web.rectification.causes import Seen, Standing, look_up, newest_release, seen_in
from junheng.web.rectification.models import Problem
from junheng.web.rights.levels import UnitKind

_WORDS = {Standing.GONE: "重新判定达到，可以销号", Standing.STILL: "仍未达到", Standing.UNDECIDED: "待定", Standing.UNKNOWN: "由核查人复查"}
_TAKEN_BACK, _CLOSED = "提出它的判断已更正，可以撤回", "已销号"


@dataclass(frozen=True)
class Recheck:
    """One school's problem. seen: what the newest release, or whoever judged it, says of it."""

    problem: Problem
    seen: Seen

    @property
    def words(self) -> str:
        if not self.problem.is_open:
            return _CLOSED
        return _TAKEN_BACK if self.problem.cause_gone_at else _WORDS[self.seen.standing]

    @property
    def verdict(self) -> str:
        """pass, fail or insufficient: of this school alone."""
        if not self.problem.is_open or self.seen.standing is Standing.GONE:
            return "pass"
        return "fail" if self.seen.standing is Standing.STILL else "insufficient"


def rechecks_of(county: Unit, criterion: str) -> list[Recheck]:
    """Of every school of the county that has, or had, a problem with this criterion; three queries, whatever their number.

    What was withdrawn is left out: it was no shortfall."""
    found = Problem.objects.filter(counts_within(county.path), unit__kind=UnitKind.SCHOOL, criterion=criterion)
    problems = list(found.exclude(state="withdrawn").select_related("unit").order_by("unit__path", "pk"))
    release = newest_release(county.code) if any(each.cause for each in problems) else None
    return [Recheck(each, seen_in(release, each) if release and each.cause and not each.is_of_plan and not each.cause_gone_at else look_up(each)) for each in problems]


def counted(rechecks: list[Recheck]) -> str:
    """"5 所学校：已销号 1 所，重新判定达到，可以销号 2 所…": schools, each by its worst problem; "" for none."""
    worst: dict[int, str] = {}
    for each in rechecks:
        before = worst.get(each.problem.unit_id, _CLOSED)
        worst[each.problem.unit_id] = min(before, each.words, key=_BY_WEIGHT.index)
    counts = Counter(worst.values())
    return f"{len(worst)} 所学校：" + "；".join(f"{words} {counts[words]} 所" for words in _BY_WEIGHT if counts[words]) if worst else ""


_BY_WEIGHT = [*(_WORDS[each] for each in (Standing.STILL, Standing.UNDECIDED, Standing.UNKNOWN, Standing.GONE)), _TAKEN_BACK, _CLOSED]
