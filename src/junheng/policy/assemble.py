"""Lays packs over each other and freezes the outcome as a PolicyInForce; refuses what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from junheng.common.errors import PolicyError
from junheng.common.stages import Stage
from junheng.policy.citations import refuse_unknown_documents
from junheng.policy.in_force import (
    ANY,
    BalanceRule,
    Condition,
    Criterion,
    Demand,
    Document,
    ExceptionRule,
    Exclusion,
    Limit,
    PolicyInForce,
    ResourceIndicator,
    SchoolRule,
    Target,
)
from junheng.policy.loader import LoadedPack
from junheng.policy.pack_model import (
    CriterionSpec,
    DemandSpec,
    EvidenceSpec,
    ExceptionSpec,
    LimitSpec,
    Pack,
    SchoolRuleSpec,
    TargetSpec,
)
from junheng.policy.registry import documents_of, load_documents
from junheng.policy.values import (
    LimitLayer,
    before_first_date,
    in_force_by_key,
    limit_in_force,
    source_of,
    whole,
)

_Spec = TypeVar("_Spec")
_GROUPS = ("government", "quality", "recognition", "veto")


def assemble(asked: LoadedPack, layers: Sequence[LoadedPack], as_of: date) -> PolicyInForce:
    """The packs in `layers` (base first, outermost last) as they stand on a day. `asked` gives id and title."""
    documents = _documents(layers)
    for loaded in layers:
        refuse_unknown_documents(loaded, documents)
    limits = _limits(layers, as_of)
    balance = next(each.pack.balance for each in reversed(layers) if each.pack.balance is not None)
    policy = PolicyInForce(
        id=asked.pack.id,
        title=asked.pack.title,
        as_of=as_of,
        area_code="",
        overlays=tuple(each.pack.id for each in layers[1:] if each.pack.overlays or each is not asked),
        limits=limits,
        resources=_resources(layers),
        school_rule=_school_rule(layers, limits),
        balance=BalanceRule(balance.judge, balance.limit, source_of(balance.source)),
        exclusions=_exclusions(layers),
        exceptions=_exceptions(layers, limits, as_of),
        criteria=_criteria(layers),
        targets=_targets(layers, as_of),
        documents=documents,
    )
    _refuse_unusable_limits(policy, layers)
    return policy


def _outermost(
    layers: Sequence[LoadedPack], part: Callable[[Pack], Mapping[str, _Spec]]
) -> dict[str, tuple[_Spec, LoadedPack]]:
    """Each item of a part of the packs as the outermost pack writes it, in the order of first appearance."""
    return {key: (spec, loaded) for loaded in layers for key, spec in part(loaded.pack).items()}


def _resources(layers: Sequence[LoadedPack]) -> tuple[ResourceIndicator, ...]:
    return tuple(
        ResourceIndicator(code, spec.indicator, spec.title, spec.limit, source_of(spec.source))
        for code, (spec, _) in _outermost(layers, lambda pack: pack.resources).items()
    )


def _exclusions(layers: Sequence[LoadedPack]) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(reason, spec.title, spec.school_types, spec.sponsors, spec.pupils_below, source_of(spec.source))
        for reason, (spec, _) in _outermost(layers, lambda pack: pack.exclusions).items()
    )


def _targets(layers: Sequence[LoadedPack], as_of: date) -> tuple[Target, ...]:
    return tuple(
        _target(target_id, spec, loaded.where("targets", target_id), as_of)
        for target_id, (spec, loaded) in _outermost(layers, lambda pack: pack.targets).items()
    )


def _documents(layers: Sequence[LoadedPack]) -> Mapping[str, Document]:
    documents = dict(load_documents())
    for loaded in layers:
        documents |= documents_of(loaded.pack.documents)
    return documents


def _limits(layers: Sequence[LoadedPack], as_of: date) -> dict[str, Limit]:
    stacks: dict[str, list[LimitLayer]] = {}
    for loaded in layers:
        for limit_id, spec in loaded.pack.limits.items():
            layer = LimitLayer(spec, loaded.where("limits", limit_id), loaded.pack.overlays is not None)
            stacks.setdefault(limit_id, []).append(layer)
    return {limit_id: limit_in_force(limit_id, stack, as_of) for limit_id, stack in stacks.items()}


def _school_rule(layers: Sequence[LoadedPack], limits: Mapping[str, Limit]) -> SchoolRule | None:
    found: list[tuple[SchoolRuleSpec, LoadedPack]] = [
        (each.pack.school_rule, each) for each in layers if each.pack.school_rule is not None
    ]
    if not found:
        return None
    spec, loaded = found[-1]
    for key, limit_id in (("min_met", spec.min_met), ("floor_share", spec.floor_share)):
        if limit_id not in limits:
            raise _unknown_limit(limit_id, loaded.where("school_rule", key))
    min_met = whole(limits[spec.min_met].at("any").value, "至少达标项数", loaded.where("school_rule", "min_met"))
    return SchoolRule(min_met, limits[spec.floor_share].at("any"), source_of(spec.source))


def _exceptions(
    layers: Sequence[LoadedPack], limits: Mapping[str, Limit], as_of: date
) -> tuple[ExceptionRule, ...]:
    """The exceptions whose dates hold the day; an open end (待核) holds every day."""
    return tuple(
        _exception(exception_id, spec, loaded, limits, as_of)
        for exception_id, (spec, loaded) in _outermost(layers, lambda pack: pack.exceptions).items()
        if (spec.start is None or spec.start <= as_of) and (spec.end is None or as_of <= spec.end)
    )


def _exception(
    exception_id: str, spec: ExceptionSpec, loaded: LoadedPack, limits: Mapping[str, Limit], as_of: date
) -> ExceptionRule:
    return ExceptionRule(
        id=exception_id,
        title=spec.title,
        flag=spec.flag,
        conditions=tuple(
            Condition(each.quantity, each.at_least, each.at_most, each.below, each.above, each.one_of)
            for each in spec.conditions
        ),
        extends=spec.extends,
        replaces={
            limit_id: _replacement(exception_id, limit_id, replaced, loaded, limits, as_of)
            for limit_id, replaced in spec.replaces.items()
        },
        start=spec.start,
        end=spec.end,
        obligation=spec.obligation,
        source=source_of(spec.source),
        unverified=spec.unverified,
    )


def _replacement(
    exception_id: str,
    limit_id: str,
    spec: LimitSpec,
    loaded: LoadedPack,
    limits: Mapping[str, Limit],
    as_of: date,
) -> Limit:
    where = loaded.where("exceptions", exception_id, "replaces", limit_id)
    if limit_id not in limits:
        raise _unknown_limit(limit_id, where)
    named = spec.model_copy(update={"title": limits[limit_id].title, "unit": limits[limit_id].unit})
    return limit_in_force(limit_id, [LimitLayer(named, where, False)], as_of)


def _criteria(layers: Sequence[LoadedPack]) -> tuple[Criterion, ...]:
    specs = _outermost(layers, lambda pack: pack.criteria)
    demands = {key: list(spec.demands) for key, (spec, _) in specs.items()}
    evidence = {key: list(spec.evidence) for key, (spec, _) in specs.items()}
    for loaded in layers:
        for key, change in loaded.pack.changes.items():
            if key not in specs:
                raise PolicyError(f"没有编号为“{key}”的条目可改", where=loaded.where("changes", key), remedy="请核对条目编号")
            demands[key] += change.add_demands
            evidence[key] += change.add_evidence
    built = [_criterion(key, spec, demands[key], evidence[key]) for key, (spec, _) in specs.items()]
    return tuple(sorted(built, key=lambda each: (_GROUPS.index(each.group), each.number)))


def _criterion(
    criterion_id: str, spec: CriterionSpec, demands: Sequence[DemandSpec], evidence: Sequence[EvidenceSpec]
) -> Criterion:
    return Criterion(
        id=criterion_id,
        group=spec.group,
        number=int(spec.number),
        title=spec.title,
        text=spec.text,
        source=source_of(spec.source),
        demands=tuple(
            Demand(d.indicator, d.scope, d.compare, d.limit, d.stage, d.when_empty, d.when_reported) for d in demands
        ),
        evidence=tuple(each.needed for each in evidence),
        evidence_unless=tuple(each.unless for each in evidence),
        unverified=spec.unverified,
    )


def _target(target_id: str, spec: TargetSpec, where: str, as_of: date) -> Target:
    value = None
    if spec.values is not None:
        value = in_force_by_key(spec.values, as_of).get("any")
        if value is None:
            raise before_first_date(f"目标“{spec.title}”", spec.values[0], where, as_of)
    return Target(
        id=target_id,
        title=spec.title,
        metric=spec.metric,
        unit=spec.unit,
        compare=spec.compare,
        value=value,
        by_school_year=None if spec.by_school_year is None else int(spec.by_school_year),
        departments=spec.departments,
        departments_named=spec.departments_named,
        text=spec.text,
        source=source_of(spec.source),
        unverified=spec.unverified,
    )


def _refuse_unusable_limits(policy: PolicyInForce, layers: Sequence[LoadedPack]) -> None:
    """Every limit that a rule names exists, has a value for the stages asked for, and can be divided by."""
    for demand in (demand for criterion in policy.criteria for demand in criterion.demands):
        _limit_at(policy, layers, demand.limit, (demand.stage,) if demand.stage else ())
    for limit_id in (policy.balance.limit, *(each.limit for each in policy.resources if each.limit)):
        limit = _limit_at(policy, layers, limit_id, ("primary", "junior"))
        for cited in limit.values.values():
            if cited.value <= 0:
                raise PolicyError(f"“{limit.title}”的限值应大于 0，写的是 {cited.value}", where=_where(layers, limit_id),
                                  remedy="请核对数值；要取消这一项，请改写 resources")  # fmt: skip


def _limit_at(
    policy: PolicyInForce, layers: Sequence[LoadedPack], limit_id: str, stages: Sequence[str]
) -> Limit:
    if limit_id not in policy.limits:
        raise _unknown_limit(limit_id, layers[-1].file)
    limit = policy.limits[limit_id]
    for stage in stages:
        if stage not in limit.values and ANY not in limit.values:
            raise PolicyError(f"“{limit.title}”（{limit_id}）没有写{Stage(stage).label}的数值", where=_where(layers, limit_id),
                              remedy=f"请补写 {stage} 或 any")  # fmt: skip
    return limit


def _where(layers: Sequence[LoadedPack], limit_id: str) -> str:
    outermost = next(each for each in reversed(layers) if limit_id in each.pack.limits)
    return outermost.where("limits", limit_id)


def _unknown_limit(limit_id: str, where: str) -> PolicyError:
    return PolicyError(f"引用的限值“{limit_id}”没有定义", where=where, remedy="请在 limits 下补写这一项，或改正引用")
