"""One criterion of one county with everything that stands behind its verdict."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from junheng.engine.result import Measurements
from junheng.indicators import REGISTRY
from junheng.judging.columns import JudgedColumns
from junheng.judging.compare import FAIL, PASS, UNDECIDED, Bools, holds, verdict_of
from junheng.judging.criteria import CriterionColumn, county_ratio, county_value
from junheng.judging.demands import DemandColumn
from junheng.judging.gaps import demand_gap
from junheng.judging.limits import limit_of
from junheng.judging.result import CriterionVerdict, DemandVerdict, Evidence
from junheng.policy.in_force import ExceptionRule, PolicyInForce, Scope, Source


def criterion_verdict(measured: Measurements, judged: JudgedColumns, column: CriterionColumn, county: int) -> CriterionVerdict:
    """county: position among the judged counties. The other formula of an indicator (口径二) is listed last among the
    demands; it has no part in the verdict."""
    criterion = column.criterion
    demands = tuple(_demand(measured, judged, each, county) for each in column.demands)
    beside = tuple(_demand(measured, judged, each, county) for each in column.beside)
    failing = sorted({key for each in demands for key in each.failing})
    lines = tuple(line for line, asked in zip(criterion.evidence, column.asked[county], strict=True) if asked)
    given = column.judged[county] != UNDECIDED
    evidence = Evidence(lines, verdict_of(column.evidence[county])) if lines or given or not demands else None
    return CriterionVerdict(
        id=criterion.id, group=criterion.group, number=criterion.number, title=criterion.title,
        clause=cited_clause(judged.policy, criterion.source), value=county_value(column, county), failing=tuple(failing),
        verdict=verdict_of(column.verdict[county]), evidence=evidence, conclusion=verdict_of(column.conclusion[county]),
        demands=(*demands, *beside), unverified=_unverified(criterion.unverified, demands, judged.policy),
    )  # fmt: skip


def cited_clause(policy: PolicyInForce, source: Source) -> str:
    """"教督〔2017〕6号 第六条（一）"."""
    document = policy.documents.get(source.document)
    name = (document.number or f"《{document.title}》") if document else source.document
    return f"{name} {source.clause}".strip()


def _unverified(own: str, demands: tuple[DemandVerdict, ...], policy: PolicyInForce) -> tuple[str, ...]:
    found = [own, *(each.limit.unverified for each in demands if each.limit)]
    found += [policy.exception(rule).unverified for each in demands for rule in each.by_exception]
    return tuple(dict.fromkeys(reason for reason in found if reason))


def _demand(measured: Measurements, judged: JudgedColumns, column: DemandColumn, county: int) -> DemandVerdict:
    demand, here = column.demand, column.county == county
    summed = demand.scope in (Scope.COUNTY, Scope.COUNTY_TOTAL)
    ratio = county_ratio(column, county) if summed else (None, None, None)
    verdict = column.verdict[county]
    tables = {column.limits.table[at] for at in column.limits.strict[here]} or set(column.limits.table[:1])
    # A school below a whole-county line is named only when the county misses it.
    wanted = demand.scope is not Scope.COUNTY_TOTAL or verdict == FAIL
    return DemandVerdict(
        indicator=demand.indicator, stage=demand.stage, value=ratio[0], numerator=ratio[1], denominator=ratio[2],
        limit=tables.pop() if len(tables) == 1 else None, compare=str(demand.compare), verdict=verdict_of(verdict),
        failing=_keys(column, here & (column.by_row == FAIL)) if wanted else (),
        undecided=_keys(column, here & _open(column) & ~_doubted(judged, column)) if verdict == UNDECIDED else (),
        met=_met(column, here), by_exception=_by_exception(measured, judged, column, here), gap=demand_gap(column, county, ratio),
        open=bool(column.opened[county]),
    )  # fmt: skip


def _doubted(judged: JudgedColumns, column: DemandColumn) -> Bools:
    if column.of is None:
        return np.zeros(0, dtype=bool)
    return judged.counties.open.doubted(column.of.rows, column.at, column.county)


def _open(column: DemandColumn) -> Bools:
    """Rows that leave the verdict open: undecided by themselves, or unknown parts of a sum."""
    if column.demand.scope is not Scope.COUNTY_TOTAL:
        undecided: Bools = column.by_row == UNDECIDED
        return undecided
    figures = column.figures
    known = (figures.num_lo == figures.num_hi) & (figures.den_lo == figures.den_hi) & (figures.member == 1)
    unknown: Bools = ~known & (figures.member != 0)
    return unknown


def _met(column: DemandColumn, here: Bools) -> tuple[str, ...] | None:
    """A school with a row for each stage meets the demand where all of them do."""
    if column.demand.scope not in (Scope.EACH_SCHOOL, Scope.EACH_SCHOOL_STAGE):
        return None
    not_met = set(_keys(column, here & (column.by_row != PASS)))
    return tuple(key for key in _keys(column, here & (column.by_row == PASS)) if key not in not_met)


def _keys(column: DemandColumn, where: Bools) -> tuple[str, ...]:
    """The schools of rows: code, or "code@campus"; nothing for a county's own row."""
    if column.of is None or column.of.rows.grain == "county":
        return ()
    rows = column.of.rows
    return tuple(dict.fromkeys(school_key(rows.school_code[at], rows.campus[at]) for at in column.at[where]))


def school_key(code: object, campus: object) -> str:
    """The code, or "code@campus"."""
    return f"{code}@{campus}" if campus else str(code)


def _by_exception(measured: Measurements, judged: JudgedColumns, column: DemandColumn, here: Bools) -> dict[str, tuple[str, ...]]:
    """Exception id → the schools that pass under it and would not pass without any exception."""
    if column.of is None or column.of.rows.grain == "county":
        return {}
    out: dict[str, tuple[str, ...]] = {}
    for rule in judged.policy.exceptions:
        applied = column.of.rows.exceptions.get(rule.id)
        if applied is None or not _touches(rule, column):
            continue
        passing = here & (column.by_row == PASS) & (applied[column.at] == 1) & (column.figures.member == 1)
        for row in np.flatnonzero(passing):
            passing[row] = not _passes_plainly(measured, judged.policy, column, int(row))
        if passing.any():
            out[rule.id] = _keys(column, passing)
    return out


def _touches(rule: ExceptionRule, column: DemandColumn) -> bool:
    declared = REGISTRY.get(column.demand.indicator)
    read = declared.limits_read if declared else frozenset()
    return column.demand.indicator in rule.extends or column.demand.limit in rule.replaces or bool(read & set(rule.replaces))


def _passes_plainly(measured: Measurements, policy: PolicyInForce, column: DemandColumn, row: int) -> bool:
    assert column.of is not None
    rows, at, demand = column.of.rows, int(column.at[row]), column.demand
    key = rows.stage[at] if rows.grain == "school_stage" else rows.school_form[at]
    limit = limit_of(policy, demand.limit, str(key), demand.stage)
    return holds(demand.compare, measured.exact.interval(rows.grain, at, demand.indicator, plain=True), Fraction(limit.value))
