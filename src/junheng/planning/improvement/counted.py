"""What counts: the school-stage rows of a county that the rule and the CVs are taken over, with their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.measure import measure
from junheng.intake.model import Facts
from junheng.judging.counties import Located
from junheng.judging.limits import limit_of
from junheng.judging.schools import SchoolColumns, judge_schools
from junheng.planning.improvement.board import Floats, Group, Ints
from junheng.policy.in_force import PolicyInForce


@dataclass(frozen=True)
class CountedRows:
    """The counted rows of one scenario, in the order of the facts' schools."""

    school: Ints
    stage: tuple[str, ...]
    pupils: Floats
    start: Floats
    limit: Floats
    floor: Floats
    missing: Mapping[str, tuple[str, ...]]


def counted_rows(facts: Facts, policy: PolicyInForce) -> CountedRows:
    """The county's rows in the order of the facts, primary before junior. Raises UserError for facts of several counties."""
    measured = measure(facts, policy, facts.school_year)
    located = Located(measured)
    if len(located.codes) != 1:
        raise UserError("达标方案一次只规划一个县（市、区）", why=f"读到 {len(located.codes)} 个", remedy="请分县运行")
    of = located.select(located.codes, {}).school_stage
    judged = judge_schools(of.rows, of.at, measured.exact, policy)
    place = {(str(row["school_code"] or ""), str(row["campus"] or "")): at for at, row in enumerate(facts.school)}
    rows, counted = of.rows, np.flatnonzero(of.rows.included[of.at] != 0)
    counted = np.array(sorted(counted, key=lambda k: (place[str(rows.school_code[of.at[k]]), str(rows.campus[of.at[k]] or "")], rows.stage[of.at[k]] != "primary")), dtype=np.intp)  # fmt: skip
    at = of.at[counted]
    columns = [rows.indicators[each.indicator] for each in policy.resources]
    limit, floor = _limits(judged, policy, counted)
    known = np.column_stack([column.known[at] for column in columns]) & (rows.included[at] == 1)[:, None]
    missing: dict[str, list[str]] = {}
    for k in np.flatnonzero(~known.all(axis=1)):
        missing.setdefault(str(rows.stage[at[k]]), []).append(str(rows.school_name[at[k]] or rows.school_code[at[k]]))
    return CountedRows(
        np.array([place[str(rows.school_code[k]), str(rows.campus[k] or "")] for k in at], dtype=np.intp),
        tuple(str(rows.stage[k]) for k in at), columns[0].den_lo[at], np.column_stack([column.num_lo[at] for column in columns]),
        limit, floor, {stage: tuple(names) for stage, names in missing.items()},
    )  # fmt: skip


def _limits(judged: SchoolColumns, policy: PolicyInForce, rows: Ints) -> tuple[Floats, Floats]:
    """The strict limits, so that a flag that was not reported helps nobody."""
    limit = np.full((len(rows), len(policy.resources)), np.nan)
    floor = np.full_like(limit, np.nan)
    for number, resource in enumerate(policy.resources):
        if resource.code in judged.codes:
            at = judged.codes.index(resource.code)
            for out, of in ((limit, judged.limits[at]), (floor, judged.floors[at])):
                values = np.array([float(cited.value) for cited in of.table])
                out[:, number] = values[of.strict[rows]]
    return limit, floor


def missing_text(stage: str, names: Sequence[str]) -> str:
    """Why a stage is left out, in Chinese."""
    shown = "、".join(names[:5]) + (f"等 {len(names)} 所" if len(names) > 5 else "")
    return f"{Stage(stage).label}：{shown}有未报的数据或不能确定是否计入，差异系数无从计算，须先补报"


def without_stages(rows: CountedRows, stages: Mapping[str, str]) -> CountedRows:
    """The rows of the other stages."""
    kept = np.array([k for k, stage in enumerate(rows.stage) if stage not in stages], dtype=np.intp)
    return CountedRows(rows.school[kept], tuple(rows.stage[k] for k in kept), rows.pupils[kept], rows.start[kept],
                 rows.limit[kept], rows.floor[kept], rows.missing)  # fmt: skip


def groups_of(number: int, rows: CountedRows, offset: int, policy: PolicyInForce) -> list[Group]:
    """The groups of a scenario. offset: of its rows on the board."""
    return [
        Group(number, str(stage), float(limit_of(policy, policy.balance.limit, stage).value),
              np.array([offset + k for k, each in enumerate(rows.stage) if each == stage], dtype=np.intp))
        for stage in COMPULSORY_STAGES if stage in rows.stage
    ]  # fmt: skip
