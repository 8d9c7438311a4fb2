"""From facts to the board: measure and judge what is reported, see what each measure changes, say what cannot be planned.

The effect of a measure is taken from the engine itself: every school gets one unit at once, the county is measured again, and
the difference of the numerators is what one unit does. That is exact for the purpose because every resource indicator's
numerator is linear in the reported columns once the pupils are fixed (terms are sums, differences and shares by pupils).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import scipy.sparse as sp

from junheng.common.errors import UserError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.measure import measure
from junheng.engine.result import Measurements
from junheng.intake.model import Facts, Row
from junheng.judging.counties import Located
from junheng.judging.limits import limit_of
from junheng.judging.schools import SchoolColumns, judge_schools
from junheng.planning.improvement.board import Board, Decision, Floats, Group, Ints, Together
from junheng.planning.improvement.levers import BY_ID, LEVERS, Lever, add, stock, targets
from junheng.planning.improvement.pins import Pin, Pins
from junheng.planning.improvement.unit_costs import UnitCost
from junheng.policy.in_force import PolicyInForce

MOVABLE_SHARE = 0.30
"""At most this share of a school's stock of a kind may leave it (design parameter; prototype B)."""

_PLAIN_TEACHERS = ("hire_teacher", "hire_pe_art_teacher", "move_teacher", "move_pe_art_teacher")


@dataclass(frozen=True)
class Scenario:
    """Facts with one forecast of pupils. name: Chinese."""

    name: str
    facts: Facts


@dataclass(frozen=True)
class Situation:
    """A county ready to be planned. unplanned: stage → why it is left out (figures missing). scenarios[0] is as reported;
    its facts are what a plan changes. schools: position in the facts → stages that count."""

    county_code: str
    policy: PolicyInForce
    scenarios: tuple[Scenario, ...]
    board: Board
    unplanned: Mapping[str, str]
    schools: Mapping[int, tuple[str, ...]]
    row_school: Ints
    row_stage: tuple[str, ...]


@dataclass(frozen=True)
class _Rows:
    """The counted rows of one scenario, in the order of the facts' schools."""

    school: Ints
    stage: tuple[str, ...]
    pupils: Floats
    start: Floats
    limit: Floats
    floor: Floats
    missing: Mapping[str, tuple[str, ...]]


def situation(
    scenarios: Sequence[Scenario], policy: PolicyInForce, costs: Mapping[str, UnitCost], pins: Pins, years: int = 1
) -> Situation:
    """The board of one county. Raises UserError when the policy is not one of the kind planned for, or nothing can be planned."""
    _refuse_other_rules(policy)
    resources_only = replace(policy, criteria=())
    found = [_rows_of(each.facts, resources_only) for each in scenarios]
    unplanned = {stage: _missing_text(stage, names) for rows in found for stage, names in rows.missing.items()}
    found = [_without(rows, unplanned) for rows in found]
    if not len(found[0].school):
        raise UserError("没有可以规划的学段", why="；".join(unplanned.values()) or "没有计入评估的学校", remedy="请补报后重新测算")
    schools = {int(s): tuple(stage for at, stage in zip(found[0].school, found[0].stage, strict=True) if at == s)
               for s in dict.fromkeys(found[0].school.tolist())}  # fmt: skip
    decisions = _decisions(scenarios[0].facts, schools, costs, pins, years)
    effect = sp.vstack([_effects(each.facts, resources_only, rows, decisions) for each, rows in zip(scenarios, found, strict=True)])
    useful = _useful(effect, decisions)
    decisions, effect = tuple(decisions[j] for j in useful), effect[:, useful]
    offsets = np.cumsum([0, *(len(rows.school) for rows in found)])
    board = Board(
        np.concatenate([rows.pupils for rows in found]), np.vstack([rows.start for rows in found]),
        np.vstack([rows.limit for rows in found]), np.vstack([rows.floor for rows in found]), policy.school_rule.min_met if policy.school_rule else 0,
        tuple(group for number, rows in enumerate(found) for group in _groups(number, rows, int(offsets[number]), policy)),
        decisions, sp.csr_array(effect), _together(scenarios[0].facts, decisions, costs), tuple(each.code for each in policy.resources),
    )  # fmt: skip
    return Situation(
        str(scenarios[0].facts.school[0]["county_code"] or ""), policy, tuple(scenarios), board, unplanned, schools,
        np.concatenate([rows.school for rows in found]), tuple(stage for rows in found for stage in rows.stage),
    )  # fmt: skip


def _refuse_other_rules(policy: PolicyInForce) -> None:
    if policy.balance.judge != "each" or policy.school_rule is None:
        raise UserError("达标方案只支持逐校判定、逐项判差异系数的标准", where=policy.title, remedy="请改用优质均衡的政策包")


def _rows_of(facts: Facts, policy: PolicyInForce) -> _Rows:
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
    return _Rows(
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


def _missing_text(stage: str, names: Sequence[str]) -> str:
    shown = "、".join(names[:5]) + (f"等 {len(names)} 所" if len(names) > 5 else "")
    return f"{Stage(stage).label}：{shown}有未报的数据或不能确定是否计入，差异系数无从计算，须先补报"


def _without(rows: _Rows, stages: Mapping[str, str]) -> _Rows:
    kept = np.array([k for k, stage in enumerate(rows.stage) if stage not in stages], dtype=np.intp)
    return _Rows(rows.school[kept], tuple(rows.stage[k] for k in kept), rows.pupils[kept], rows.start[kept],
                 rows.limit[kept], rows.floor[kept], rows.missing)  # fmt: skip


def _groups(number: int, rows: _Rows, offset: int, policy: PolicyInForce) -> list[Group]:
    return [
        Group(number, str(stage), float(limit_of(policy, policy.balance.limit, stage).value),
              np.array([offset + k for k, each in enumerate(rows.stage) if each == stage], dtype=np.intp))
        for stage in COMPULSORY_STAGES if stage in rows.stage
    ]  # fmt: skip


def _decisions(
    facts: Facts, schools: Mapping[int, tuple[str, ...]], costs: Mapping[str, UnitCost], pins: Pins, years: int
) -> tuple[Decision, ...]:
    out = []
    for lever in LEVERS:
        price = costs.get(lever.id)
        if price is None:
            continue  # a measure without a price is not offered
        per_unit = float(price.usual_yuan) * price.times(years)
        for school, stages in schools.items():
            row = facts.school[school]
            # A mover belongs to a stage's pool also where the school reports the column as a whole.
            for stage in targets(row, lever, stages):
                pin = pins.of(row, lever.id, stage)
                out.append(_decision(school, lever, stage, 1, _most_in(row, lever, stage), per_unit, pin))
                if lever.moves:
                    out.append(_decision(school, lever, stage, -1, _most_out(row, lever, stage), 0.0, pins.leaving(row, lever.id, stage)))
    return tuple(each for each in out if each.most > 0 or each.least > 0 or each.unpinned is not None)


def _decision(school: int, lever: Lever, stage: str, direction: int, most: float, cost: float, pin: Pin | None) -> Decision:
    size = 10_000.0 if lever.unit == "元" else 1.0
    if pin is None:
        return Decision(school, lever.id, stage, direction, 0.0, most, cost, lever.whole, size)
    return Decision(school, lever.id, stage, direction, pin.least, min(most, pin.most), cost, lever.whole, size, (0.0, most))


def _most_in(row: Row, lever: Lever, stage: str) -> float:
    if lever.converts:
        return stock(row, (lever.converts,), stage)
    return np.inf


def _most_out(row: Row, lever: Lever, stage: str) -> float:
    share = min(stock(row, change.bases, stage) for change in lever.changes if change.needed) * MOVABLE_SHARE
    return float(np.floor(share + 1e-9)) if lever.whole else share


def _together(facts: Facts, decisions: Sequence[Decision], costs: Mapping[str, UnitCost]) -> tuple[Together, ...]:
    """What comes must leave somewhere; no school gives more than its share; the county's own bounds."""
    out = []
    members: dict[tuple[str, str], list[int]] = {}
    leaving: dict[tuple[int, str], list[int]] = {}
    of_lever: dict[str, list[int]] = {}
    for j, each in enumerate(decisions):
        lever = BY_ID[each.lever]
        if lever.moves:
            members.setdefault((each.lever, each.stage if lever.by_stage else ""), []).append(j)
        if each.direction < 0 and lever.whole:
            leaving.setdefault((each.school, each.stage), []).append(j)
        if each.direction > 0:
            of_lever.setdefault(each.lever, []).append(j)
    for (name, stage), where in members.items():
        signs = np.array([float(decisions[j].direction) for j in where])
        title = BY_ID[name].title
        out.append(Together(f"{Stage(stage).label if stage else ''}{title}：调入等于调出", np.array(where), signs, 0.0, equal=True))
    for (school, stage), where in leaving.items():
        most = float(np.floor(stock(facts.school[school], ("bachelor_teachers",), stage) * MOVABLE_SHARE + 1e-9))
        out.append(Together(f"{facts.school[school]['school_name']}调出教师合计", np.array(where), np.ones(len(where)), most))
    out += _no_more_backbone_than_teachers(facts, decisions)
    for name, where in of_lever.items():
        most_of_county = costs[name].county_most
        if most_of_county is not None:
            out.append(Together(f"全县{costs[name].title}上限", np.array(where), np.ones(len(where)), float(most_of_county), of_county=True))
    return tuple(out)


def _no_more_backbone_than_teachers(facts: Facts, decisions: Sequence[Decision]) -> list[Together]:
    """Σ培养 ≤ teachers who are not backbone yet, with those who come and go. One who comes or goes as a backbone teacher changes
    neither side."""
    out = []
    for j, each in enumerate(decisions):
        if each.lever != "train_backbone":
            continue
        row = facts.school[each.school]
        teachers = stock(row, ("full_time_teachers",), each.stage)
        if not teachers:
            continue  # not reported: nothing to compare with
        people = [k for k, other in enumerate(decisions) if other.school == each.school and other.lever in _PLAIN_TEACHERS
                  and (not each.stage or other.stage == each.stage)]  # fmt: skip
        signs = [1.0, *(-float(decisions[k].direction) for k in people)]
        most = max(0.0, teachers - stock(row, ("backbone_teachers",), each.stage))
        out.append(Together(f"{row['school_name']}尚非骨干的专任教师", np.array([j, *people]), np.array(signs), most))
    return out


def _effects(facts: Facts, policy: PolicyInForce, rows: _Rows, decisions: Sequence[Decision]) -> sp.csr_array:
    """(rows·indicators) × decisions. Decisions of different schools do not meet, so one measurement tells all of one measure
    and one turn (the first, second … stage of each school)."""
    size, indicators = len(rows.school), rows.start.shape[1]
    stages: dict[tuple[str, int], list[str]] = {}
    turns: dict[tuple[str, int], dict[int, list[int]]] = {}
    for j, each in enumerate(decisions):
        seen = stages.setdefault((each.lever, each.school), [])
        if each.stage not in seen:
            seen.append(each.stage)
        turns.setdefault((each.lever, seen.index(each.stage)), {}).setdefault(each.school, []).append(j)
    data, at_row, at_column = [], [], []
    for (lever, _), at_school in turns.items():
        changed = Facts(facts.school_year, [dict(row) for row in facts.school], facts.county, facts.judgement)
        for school, where in at_school.items():
            if _can_try(changed.school[school], lever, decisions[where[0]].stage):
                add(changed.school[school], BY_ID[lever], decisions[where[0]].stage, Decimal(1))
        difference = _numerators(measure(changed, policy, facts.school_year), changed, rows, policy) - rows.start
        for r, i in zip(*np.nonzero(np.abs(difference) > 1e-9), strict=True):
            for j in at_school.get(int(rows.school[r]), ()):
                data.append(difference[r, i] * decisions[j].direction)
                at_row.append(r * indicators + i)
                at_column.append(j)
    return sp.csr_array((data, (at_row, at_column)), shape=(size * indicators, len(decisions)))


def _can_try(row: Row, lever: str, stage: str) -> bool:
    """A column that runs out has something left to try one unit with."""
    converts = BY_ID[lever].converts
    return not converts or stock(row, (converts,), stage) >= 1


def _numerators(measured: Measurements, facts: Facts, rows: _Rows, policy: PolicyInForce) -> Floats:
    grain = measured.school_stage
    place = {(str(grain.school_code[k]), str(grain.campus[k] or ""), str(grain.stage[k])): k for k in range(len(grain))}
    at = np.array([place[str(facts.school[s]["school_code"] or ""), str(facts.school[s]["campus"] or ""), stage]
                   for s, stage in zip(rows.school, rows.stage, strict=True)], dtype=np.intp)  # fmt: skip
    return np.column_stack([grain.indicators[each.indicator].num_lo[at] for each in policy.resources])


def _useful(effect: sp.csr_array, decisions: Sequence[Decision]) -> list[int]:
    """Decisions that change some indicator, and those that are pinned to be done all the same."""
    changes = np.asarray(abs(effect).sum(axis=0)).ravel() > 0
    return [j for j, each in enumerate(decisions) if changes[j] or each.least > 0]
