"""Every shortfall of a county as one list, which the three action lists, the report and the page share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from junheng.common.findings import Place
from junheng.common.stages import Stage
from junheng.indicators import REGISTRY
from junheng.indicators.expression import (
    ClassesOver,
    OfStage,
    Reported,
    RoomsAtLeast,
    Shared,
    Term,
    WholeSchool,
)
from junheng.intake.model import county_key, school_key
from junheng.judging.result import (
    BalanceVerdict,
    CriterionVerdict,
    DemandVerdict,
    Evidence,
    Gap,
    IndicatorVerdict,
    SchoolVerdict,
    StageVerdict,
    Verdict,
)
from junheng.policy.in_force import Scope
from junheng.reports.context import CountyReport
from junheng.reports.grid import round_half_up
from junheng.reports.measured_words import (
    cv_value,
    demand_limit,
    demand_title,
    demand_value,
    gap_words,
    quantity,
    resource_limit,
    resource_value,
    school_gap_words,
)
from junheng.reports.remedies import GIVE_EVIDENCE, REPORT_MISSING, Remedy, remedy_for
from junheng.reports.school_figures import rooms_needed, school_figure, school_gap
from junheng.reports.words import school_label


@dataclass(frozen=True)
class Problem:
    """One shortfall. verdict: FAIL, or INSUFFICIENT where figures or evidence are missing.

    subject: the school (and stage) or the county; anchor: where the page shows it; source: cells it rests on;
    short: the gap as a number, where there is one. cause: what is short, named the same in every release, so that a
    later one can be asked whether it still is: "balance/<stage>/<code>", "composite/<stage>", "evidence/<criterion>",
    "criterion/<criterion>/<indicator>/<stage>[/<school>]", "school/<school>/<stage>/<code>"; a school is
    "code" or "code@campus".
    """

    verdict: Verdict
    subject: str
    item: str
    clause: str
    current: str
    required: str
    gap: str
    remedy: Remedy
    source: str
    anchor: str
    is_school: bool
    cause: str
    short: Gap | None = None


def problems(report: CountyReport) -> list[Problem]:
    """All shortfalls: failures before what is undecided, the county's before its schools'."""
    found = [*_of_balance(report), *_of_criteria(report), *_of_schools(report)]
    return sorted(found, key=lambda each: (each.verdict is not Verdict.FAIL, each.is_school))


def _of_balance(report: CountyReport) -> Iterator[Problem]:
    titles = {each.code: each.title for each in report.policy.resources}
    for stage in report.verdict.stages.values():
        for each in stage.balance:
            if each.verdict is not Verdict.PASS and stage.composite_verdict is None:
                yield _balance_problem(report, stage, each, titles[each.code])
        if stage.composite_verdict not in (None, Verdict.PASS):
            limit = stage.balance[0].limit
            remedy = remedy_for("balance") if stage.composite_verdict is Verdict.FAIL else REPORT_MISSING
            current = "待定" if stage.composite_cv is None else round_half_up(stage.composite_cv, 3)
            yield Problem(stage.composite_verdict or Verdict.INSUFFICIENT, report.county_name, f"{_label(stage.stage)}综合差异系数",
                          report.clause(limit.source), current, f"≤ {limit.value}", "", remedy, "", "cv", False, f"composite/{stage.stage}")  # fmt: skip


def _balance_problem(report: CountyReport, stage: StageVerdict, balance: BalanceVerdict, title: str) -> Problem:
    limit = float(balance.limit.value)
    gap, remedy, measure = "", remedy_for("balance"), ""
    if balance.cv is not None:
        gap = f"须再降 {round_half_up(balance.cv - limit, 3)}" if balance.cv - limit >= 0.0005 else "略高于限值"
        measure = influence_words(balance)
    else:
        waiting = [s for s in stage.schools if _value_of(s, balance.code) is None]
        gap = f"{len(waiting)} 所学校缺数：" + "、".join(school_label(s.name, s.campus) for s in waiting[:5]) + ("等" if len(waiting) > 5 else "")
        remedy = REPORT_MISSING
    if measure:
        remedy = remedy._replace(measure=measure)
    return Problem(balance.verdict, report.county_name, f"{_label(stage.stage)}“{title}”校际差异系数", report.clause(balance.limit.source),
                   cv_value(balance), f"≤ {balance.limit.value}", gap, remedy, "", f"cv/{stage.stage}/{balance.code}", False,
                   f"balance/{stage.stage}/{balance.code}")  # fmt: skip


def influence_words(balance: BalanceVerdict) -> str:
    """Which single school would bring the coefficient under its limit; "" when none would."""
    parts = []
    for each in balance.influence:
        name = school_label(each.name, each.campus)
        if each.flips_if_brought_to_limit and each.cv_if_brought_to_limit is not None:
            parts.append(f"将{name}补齐到限值，差异系数降到 {round_half_up(each.cv_if_brought_to_limit, 3)}")
    return "；".join(parts[:3])


def _value_of(school: SchoolVerdict, code: str) -> float | None:
    return next((each.value for each in school.indicators if each.code == code), None)


def _label(stage: str) -> str:
    return Stage(stage).label


def _of_criteria(report: CountyReport) -> Iterator[Problem]:
    asked = {each.id: {(d.indicator, d.stage): d.scope for d in each.demands} for each in report.policy.criteria}
    for criterion in report.verdict.criteria.values():
        scopes = asked.get(criterion.id, {})
        for demand in criterion.demands:
            # A second formula shown beside the judged one is no demand of the policy.
            scope = scopes.get((demand.indicator, demand.stage))
            if scope is not None and demand.verdict is not Verdict.PASS:
                by_school = scope in (Scope.EACH_SCHOOL, Scope.EACH_SCHOOL_STAGE) and (demand.failing or demand.undecided)
                yield from (_demand_by_school if by_school else _demand_of_county)(report, criterion, demand)
        if criterion.evidence and criterion.evidence.verdict is not Verdict.PASS:
            yield _evidence_problem(report, criterion, criterion.evidence)


def _evidence_problem(report: CountyReport, criterion: CriterionVerdict, evidence: Evidence) -> Problem:
    failed = evidence.verdict is Verdict.FAIL
    return Problem(evidence.verdict, report.county_name, criterion.title, criterion.clause, "评定为未达标" if failed else "未评定",
                   "；".join(evidence.needed) or "评定达标", "", remedy_for(criterion.id) if failed else GIVE_EVIDENCE, "评定表",
                   f"criterion/{criterion.id}", False, f"evidence/{criterion.id}")  # fmt: skip


def _demand_of_county(report: CountyReport, criterion: CriterionVerdict, demand: DemandVerdict) -> Iterator[Problem]:
    missing = demand.verdict is Verdict.INSUFFICIENT
    named = demand.undecided if missing else demand.failing
    gap = gap_words(demand.gap, demand.indicator)
    if named:
        names = "、".join(report.name_of(key) for key in named[:5]) + (f"等 {len(named)} 所" if len(named) > 5 else "")
        gap = "；".join(part for part in (gap, f"{'缺报' if missing else '涉及'}：{names}") if part)
    yield Problem(demand.verdict, report.county_name, demand_title(demand), criterion.clause, _county_figure(demand), demand_limit(demand), gap,
                  REPORT_MISSING if missing else remedy_for(demand.indicator), sources(report, demand.indicator, {}, ""),
                  f"criterion/{criterion.id}", False, _cause(criterion, demand), demand.gap if demand.gap and demand.gap.amount else None)  # fmt: skip


def _county_figure(demand: DemandVerdict) -> str:
    if demand.value is None:
        return "待定" if demand.verdict is Verdict.INSUFFICIENT and demand.undecided else demand_value(demand)
    return quantity(demand.indicator, demand.value)


def _demand_by_school(report: CountyReport, criterion: CriterionVerdict, demand: DemandVerdict) -> Iterator[Problem]:
    for verdict, keys in ((Verdict.FAIL, demand.failing), (Verdict.INSUFFICIENT, demand.undecided)):
        for key in keys:
            row = report.row_of(key)
            remedy = remedy_for(demand.indicator) if verdict is Verdict.FAIL else REPORT_MISSING
            gap = school_gap(demand.indicator, row, float(demand.limit.value), report.policy) if demand.limit and row else ""
            needed = rooms_needed(row, report.policy) if row and demand.indicator in ("music_rooms", "art_rooms") else None
            required = demand_limit(demand) if needed is None else f"面积达标的 {needed} 间以上"
            yield Problem(verdict, report.name_of(key), demand_title(demand), criterion.clause,
                          school_figure(demand.indicator, row) or verdict.label, required, gap, remedy,
                          sources(report, demand.indicator, row, demand.stage), f"criterion/{criterion.id}", True,
                          f"{_cause(criterion, demand)}/{key}")  # fmt: skip


def _cause(criterion: CriterionVerdict, demand: DemandVerdict) -> str:
    return f"criterion/{criterion.id}/{demand.indicator}/{demand.stage}"


def _of_schools(report: CountyReport) -> Iterator[Problem]:
    titles = {each.code: each.title for each in report.policy.resources}
    for stage in report.verdict.stages.values():
        for school in stage.schools:
            if school.verdict is Verdict.PASS:
                continue
            for each in school.indicators:
                if each.met is not True:
                    yield _school_problem(report, school, each, titles[each.code])


def _school_problem(report: CountyReport, school: SchoolVerdict, indicator: IndicatorVerdict, title: str) -> Problem:
    row = report.school_rows.get((school.code, school.campus), {})
    undecided = indicator.met is None
    verdict = Verdict.INSUFFICIENT if undecided else Verdict.FAIL
    where = f"school/{school.code}{'@' + school.campus if school.campus else ''}/{school.stage}/{indicator.code}"
    return Problem(
        verdict, f"{school_label(school.name, school.campus)}（{_label(school.stage)}）", title, report.clause(indicator.limit.source),
        resource_value(indicator), resource_limit(indicator), school_gap_words(school, indicator),
        REPORT_MISSING if undecided else remedy_for(indicator.indicator), sources(report, indicator.indicator, row, school.stage),
        where, True, where, indicator.gap if indicator.gap and indicator.gap.amount else None,
    )  # fmt: skip


def columns_read(term: Term, stage: str) -> Iterator[tuple[str, str]]:
    """(table, column) of every reported column a term reads for a stage; stage "" = the whole school."""
    for part in term.walk():
        if isinstance(part, Reported):
            yield part.table, part.column
        elif isinstance(part, OfStage):
            yield "school", f"{part.base}_{stage}"
        elif isinstance(part, Shared | WholeSchool):
            yield "school", part.base
        elif isinstance(part, RoomsAtLeast):
            yield from (("school", name) for name in (part.total, *(band for band, _ in part.bands)))
        elif isinstance(part, ClassesOver):
            yield from (("school", name) for name, _, _ in part.bands)


def sources(report: CountyReport, indicator: str, row: Mapping[str, object], stage: str) -> str:
    """Where the figures an indicator reads stood: "《file》sheet E12、E13", at most the first file and six cells."""
    known = REGISTRY.get(indicator)
    if known is None:
        return ""
    columns = list(columns_read(known.numerator, stage))
    columns += [(table, f"{column}_{each}") for table, column in columns if table == "school" for each in Stage]
    places = [place for table, column in columns if (place := place_of(report, table, column, row)).file]
    if not places:
        return ""
    first = places[0]
    cells = list(dict.fromkeys(p.cell for p in places if (p.file, p.sheet) == (first.file, first.sheet) and p.cell))
    return f"《{first.file}》{first.sheet} {'、'.join(cells[:6])}{'等' if len(cells) > 6 else ''}".strip()


def place_of(report: CountyReport, table: str, column: str, row: Mapping[str, object]) -> Place:
    facts = report.facts
    if table == "county":
        county = report.figures.county_row
        return facts.place_of("county", county_key(county), column) if county else Place()
    return facts.place_of("school", school_key(row), column) if row else Place()
