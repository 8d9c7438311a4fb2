"""The ledger: every commitment with where it stands, what is late first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from junheng.judging.area import Status, TargetVerdict, count_targets
from junheng.judging.result import Verdict
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.commitments.beside import beside
from junheng.web.commitments.models import Commitment
from junheng.web.commitments.plan import GROUPS, Promise, promises
from junheng.web.evaluation.models import Evaluation
from junheng.web.evaluation.process import acceptance_of
from junheng.web.evidence.queries import counts_by_subject
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round

KINDS: Mapping[str, tuple[str, str]] = {
    "overdue": ("fail", "逾期"), "behind": ("fail", "滞后"), "unreported": ("insufficient", "待报告"), "reported": ("insufficient", "待核实"),
    "under_way": ("insufficient", "推进中"), "met": ("pass", "已完成"),
}  # fmt: skip
"""Kind → (tone of the verdict, word), the worst first."""


@dataclass(frozen=True)
class Line:
    """One commitment. commitment: None = counted by the site itself, or not yet in the ledger. words: where it stands, in one
    sentence; due: the day it waits for, None = none; late: days since, 0 = not late. beside: what the releases say of it, "" = nothing; proofs: how
    many files are attached."""

    promise: Promise
    commitment: Commitment | None
    kind: str
    words: str
    due: date | None
    late: int
    beside: str = ""
    proofs: int = 0

    @property
    def reporter(self) -> str:
        """Who says where it stands."""
        if self.promise.measured:
            return "系统按省级评估验收计"
        lead = self.promise.target.departments[0] if self.promise.target.departments else "省教育行政部门"
        return f"{lead}报告"

    @property
    def tone(self) -> str:
        return KINDS[self.kind][0]

    @property
    def word(self) -> str:
        return f"逾期 {self.late:,} 天" if self.kind == "overdue" else KINDS[self.kind][1]

    @property
    def order(self) -> tuple[int, int, date]:
        return (list(KINDS).index(self.kind), -self.late, self.due or date.max)


@dataclass(frozen=True)
class Ledger:
    """lines: the worst first. missing: commitments of the plan that nobody was asked about yet."""

    province: Unit
    day: date
    lines: Sequence[Line]
    missing: int

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(each.kind for each in self.lines)
        return {kind: found[kind] for kind in KINDS}

    @property
    def by_group(self) -> list[tuple[str, dict[str, int], int]]:
        """Heading → kind → how many, and all of them; in the order of the plan."""
        found: dict[str, Counter[str]] = {key: Counter() for key in GROUPS}
        for each in self.lines:
            found[each.promise.group][each.kind] += 1
        return [(GROUPS[key], {kind: of[kind] for kind in KINDS}, of.total()) for key, of in found.items() if of]

    @property
    def urgent(self) -> list[Line]:
        return [each for each in self.lines if each.kind in ("overdue", "behind")]

    @property
    def measured(self) -> list[Line]:
        return [each for each in self.lines if each.promise.measured]

    @property
    def lead(self) -> str:
        """What a leader reads first."""
        of = self.counts
        said = [f"{word} {of[kind]} 项" for kind, (_, word) in KINDS.items() if of[kind]]
        return f"{len(self.lines)} 项承诺：{'，'.join(said)}" if said else "还没有承诺"


def ledger_of(province: Unit, round: Round | None, day: date) -> Ledger:
    """round: whose evaluations the counted commitments are counted by; None leaves them open."""
    plan = promises(province, day)
    kept = {each.target: each for each in Commitment.objects.filter(unit=province).select_related("unit")}
    counted = _counts(plan, province, round) if round else {}
    told = beside(province, round, {each.criterion for each in plan.values() if each.criterion}) if round else {}
    proofs = counts_by_subject([each.reference for each in kept.values()])
    lines = []
    for id, promise in plan.items():
        if promise.measured:
            found = counted.get(id)
            lines.append(_counted(promise, found.text if found else "还没有评估轮次，待定。", found.verdict if found else None, day))
        else:
            commitment = kept.get(id)
            line = _reported(promise, commitment, day)
            lines.append(replace(line, beside=told.get(promise.criterion, ""), proofs=proofs[commitment.reference] if commitment else 0))
    missing = sum(not promise.measured and id not in kept for id, promise in plan.items())
    return Ledger(province, day, sorted(lines, key=lambda each: each.order), missing)


def _counts(plan: Mapping[str, Promise], province: Unit, round: Round) -> dict[str, TargetVerdict]:
    """By 省级评估验收; a county that is not decided may still turn out either way."""
    counties = list(Unit.objects.within(province.path).filter(kind=UnitKind.COUNTY, closed_on=None).values_list("code", flat=True))
    states = Evaluation.objects.filter(round=round, unit__code__in=counties).values_list("unit__code", "state")
    statuses = {code: Status(provincial_acceptance=accepted) for code, state in states if (accepted := acceptance_of(state)) is not None}
    return {each.target.id: each for each in count_targets([each.target for each in plan.values()], {}, statuses, counties)}


def _counted(promise: Promise, words: str, verdict: Verdict | None, day: date) -> Line:
    if verdict is Verdict.PASS:
        return Line(promise, None, "met", words, promise.by, 0)
    late = _late(promise.by, day)
    return Line(promise, None, "overdue" if late else "under_way", words, promise.by, late)


def _reported(promise: Promise, kept: Commitment | None, day: date) -> Line:
    """Late is what the plan's own date has passed for, or a report that did not come."""
    if kept is not None and kept.state == "met":
        return Line(promise, kept, "met", kept.words, kept.reported_on, 0)
    waits_for_report = kept is not None and kept.state in ("asked", "under_way")
    late = max(_late(promise.by, day), _late(kept.due_on, day) if kept is not None and waits_for_report else 0)
    due = min((each for each in (promise.by, kept.due_on if kept else None) if each is not None), default=None)
    words = _words(promise, kept, day)
    if late:
        return Line(promise, kept, "overdue", words, due, late)
    if kept is None or kept.state == "asked":
        return Line(promise, kept, "unreported", words, due, 0)
    if kept.claim == "behind":
        return Line(promise, kept, "behind", words, due, 0)
    return Line(promise, kept, kept.state, words, due, 0)


def _words(promise: Promise, kept: Commitment | None, day: date) -> str:
    passed = f"计划期限 {promise.by.year} 年已过。" if promise.by and _late(promise.by, day) else ""
    if kept is None:
        return f"{passed}还没有布置报告。"
    if not kept.claim:
        return f"{passed}{'报告没有按期送来。' if kept.due_on and _late(kept.due_on, day) else '还没有报告。'}"
    return f"{passed}{chinese_date(kept.reported_on)}报告“{kept.claim_label}”：{kept.words}"


def _late(due: date | None, day: date) -> int:
    return max((day - due).days, 0) if due else 0


def province_of(user: User) -> Unit:
    return Unit.objects.get(path=user.unit.path.split("/")[0] + "/")
