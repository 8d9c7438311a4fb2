"""A frozen release of a county, opened for looking at: its figures, its verdict with margins, the schools that matter."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from junheng.common.kept import Kept
from junheng.engine.measure import measure
from junheng.intake.model import Facts
from junheng.intake.unassessed import unassessed
from junheng.judging.county import Judgement, judge
from junheng.judging.result import CountyVerdict
from junheng.policy import resolve_many
from junheng.policy.in_force import PolicyInForce
from junheng.reports.context import CountyReport
from junheng.reports.page.view import county_view
from junheng.reports.problems import Problem, problems
from junheng.reports.result_json import result_document
from junheng.web.reporting.frozen import differences, open_kept
from junheng.web.reporting.judged import ENGINE
from junheng.web.reporting.models import CountyRelease

_MOST, _MOST_WITH_CELLS = 128, 6
"""The counties of a province, about 1 MB each: whoever looks through them finds each again."""


@dataclass(frozen=True)
class Opened:
    """facts: without the cells they stood in. drift: where judging again gives another figure than was frozen, one line
    each; then what was frozen holds, and the page says so."""

    facts: Facts
    judgement: Judgement
    report: CountyReport
    drift: tuple[str, ...]

    @property
    def verdict(self) -> CountyVerdict:
        return self.report.verdict

    @property
    def policy(self) -> PolicyInForce:
        return self.report.policy

    @cached_property
    def problems(self) -> list[Problem]:
        """Every shortfall."""
        return problems(self.report)

    @cached_property
    def view(self) -> Mapping[str, Any]:
        """What the offline page of the county says, in the same words."""
        return county_view(self.report, self.problems)


_opened = Kept[tuple[str, str, date, int], Opened](_MOST)
_with_cells = Kept[str, Facts](_MOST_WITH_CELLS)


def opened(frozen: CountyRelease) -> Opened:
    """Judged again from the store, and kept by content: a release never changes. Raises StoreError or ReleaseError."""
    return _opened.of((frozen.hash, frozen.policy, frozen.as_of, frozen.pk), lambda: _open(frozen))


def facts_with_cells(frozen: CountyRelease, school: str = "") -> Facts:
    """The figures with the cells they stood in: what a trace needs. school: only this school's cells and the county's own,
    which are read in a moment and not kept."""
    if school:
        return replace(opened(frozen).facts, cells=open_kept(frozen.key).cells(school))
    return _with_cells.of(frozen.hash, lambda: open_kept(frozen.key).facts())


def policy_of(frozen: CountyRelease) -> PolicyInForce:
    """The standard the release was judged by."""
    code = frozen.unit.code
    return resolve_many(frozen.policy, (code,), frozen.as_of)[code]


def _open(frozen: CountyRelease) -> Opened:
    release, code, policy = open_kept(frozen.key), frozen.unit.code, policy_of(frozen)
    facts = release.figures()
    measured = measure(facts, {code: policy}, facts.school_year, ENGINE, {code: release.hash})
    left_out = unassessed(release.findings, release.sources)
    judgement = judge(measured, lambda _: policy, {code: left_out} if left_out else {})
    verdict = judgement.county(code)
    report = CountyReport(verdict, facts, release.findings, policy)
    measured.exact.forget()  # half of what would be kept
    return Opened(facts, judgement, report, _drift(frozen, verdict))


def _drift(frozen: CountyRelease, verdict: CountyVerdict) -> tuple[str, ...]:
    """Findings stand outside: judging's own are added when a release is frozen."""
    now = json.loads(json.dumps(result_document(verdict, [])))
    return tuple(differences(frozen.result | {"findings": []}, now))
