"""From a policy to lazy plans: every figure of every school and county, and the balance between schools.

A row of the school plan is one campus; the figures of its stages stand side by side, so a register of millions is
read once. Plans are kept small (a column is carried only as far as it is read): an engine spends more on
understanding a plan than on running it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Algebra, Lazy, Value
from junheng.engine.balance import Numerators, spread
from junheng.engine.basis import Interval, Layer, counts, pupils, standing
from junheng.engine.needs import county_needs, quota_columns, room_kinds, school_needs, shared_bases
from junheng.engine.terms import Meaning
from junheng.indicators import REGISTRY, Grain, Indicator
from junheng.indicators.expression import QuotaForPupils
from junheng.policy.in_force import PolicyInForce
from junheng.tables import Kind, table

Frame = nw.LazyFrame[Any]
Named = str | float | None
"""A column of the plan, the constant that stands in its place, or None: as the upper end, but 0 where missing."""
KEY = ("county_code", "school_code", "campus")


@dataclass(frozen=True)
class Place:
    """Where an indicator's interval stands among the plan's columns, before its scale."""

    num_lo: Named
    num_hi: Named
    den_lo: Named
    den_hi: Named
    member: Named


class _Figures:
    """Columns that hold the ends of intervals. The same term on the same rows is computed once."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.layer: Layer = {}
        self.plain: dict[str, None] = {}
        self._seen: dict[Hashable, tuple[Named, Named]] = {}

    def interval(self, key: Hashable, interval: Interval) -> tuple[Named, Named]:
        if key not in self._seen:
            if interval.column:
                self.plain[interval.column] = None
            hi = interval.column or self.value(interval.hi)
            self._seen[key] = (None if interval.lo is None else self.value(interval.lo), hi)
        return self._seen[key]

    def value(self, value: Value) -> Named:
        if isinstance(value, float):
            return value
        name = f"{self.prefix}_{len(self.layer)}"
        self.layer[name] = value
        return name


def measured(policy: PolicyInForce) -> tuple[Indicator, ...]:
    """The indicators measured under a policy: its resource indicators, and all others its limits suffice for."""
    resources = {each.indicator for each in policy.resources}
    return tuple(
        each
        for each in REGISTRY.values()
        if each.id in resources
        or (not (each.grain is Grain.SCHOOL_STAGE and each.what and not each.scope) and each.limits_read <= set(policy.limits))
    )


class Emitted:
    """What the terms of a set of indicators become under one algebra. places: (stage, indicator) → its columns."""

    def __init__(self, policy: PolicyInForce, indicators: Sequence[Indicator], of_school: Algebra, of_county: Algebra) -> None:
        self.figures, self.quotas, self.county = _Figures("v"), _Figures("q"), _Figures("v")
        self._policy, self._algebras = policy, {Grain.COUNTY: of_county}
        self._of_school = of_school
        self.places: dict[tuple[Stage | None, str], Place] = {}
        for each in indicators:
            stages = COMPULSORY_STAGES if each.grain is Grain.SCHOOL_STAGE else (None,)
            for stage in stages:
                self.places[(stage, each.id)] = self._place(each, stage)

    def _place(self, indicator: Indicator, stage: Stage | None) -> Place:
        of_county = indicator.grain is Grain.COUNTY
        figures = self.county if of_county else self.figures
        meaning = Meaning(self._algebras.get(indicator.grain, self._of_school), self._policy, stage)
        num = figures.interval((stage, indicator.numerator, tuple(indicator.extra.items())), meaning.numerator(indicator))
        # A quota is known only once the county's row is joined.
        below = self.quotas if isinstance(indicator.denominator, QuotaForPupils) else figures
        den = below.interval((stage, indicator.denominator), meaning.interval(indicator.denominator))
        member = figures.value(meaning.member(indicator)) if indicator.scope else 1.0
        return Place(*num, *den, member)


class Program:
    """A policy compiled. Build one per group of counties whose policies measure alike (`measuring_key`).

    indicators: None = all that are measured under the policy.
    """

    def __init__(self, policy: PolicyInForce, indicators: Sequence[Indicator] | None = None) -> None:
        self.policy = policy
        self.indicators = measured(policy) if indicators is None else tuple(indicators)
        self.resources = tuple(each.indicator for each in policy.resources)
        self.school_columns = school_needs(self.indicators, policy)
        self.county_columns = county_needs(self.indicators)
        self.quota_columns = quota_columns(self.indicators)
        self.shared = shared_bases(self.indicators)
        self.room_kinds = room_kinds(self.indicators)
        self._algebra = Lazy()
        self._emitted = Emitted(policy, self.indicators, self._algebra, Lazy())
        self.places = self._emitted.places

    @property
    def outputs(self) -> tuple[str, ...]:
        """Columns of the school plan that are not figures."""
        return tuple(dict.fromkeys((
            *_FIXED, *(pupils(stage) for stage in COMPULSORY_STAGES),
            *(f"x_{number}" for number in range(len(self.policy.exceptions))), *self._emitted.figures.plain,
        )))  # fmt: skip

    def school_plan(self, school: Frame, county: Frame) -> Frame:
        """One row per campus, with every figure of the school and of its compulsory stages."""
        outputs, figures = self.outputs, self._emitted.figures.layer
        second = Lazy()
        stands = standing(second, self.policy)
        later = {*outputs, *self._algebra.read}
        basis = counts(Lazy(), self.shared, self.room_kinds)
        frame = school.select(*_typed(name for name in self.school_columns if name in later | second.read), **basis)
        passed = (name for name in (*self.school_columns, *basis) if name in later)
        frame = frame.select(*passed, **stands).select(*outputs, **figures)
        if not self.quota_columns:
            return frame
        quotas = county.select(*_typed(("county_code", *self.quota_columns), "county"))
        return frame.join(quotas, on="county_code", how="left").select(
            *outputs, *figures, **self._emitted.quotas.layer
        )

    def county_plan(self, county: Frame) -> Frame:
        """One row per county that reported."""
        frame = county.select(*_typed(self.county_columns, "county"))
        return frame.select("county_code", "county_name", *self._emitted.county.plain, **self._emitted.county.layer)

    def scale(self, indicator: str) -> int:
        """The scale of one of the measured indicators."""
        return REGISTRY[indicator].scale

    def balance_plan(self, figures: Frame) -> Frame:
        """One row per county and stage, from the rows of the school plan."""
        return spread(figures, self.numerators)

    @property
    def numerators(self) -> Numerators:
        """(stage, resource indicator) → the columns of its numerator's ends."""
        return {
            (stage, id): (self.places[(stage, id)].num_lo, self.places[(stage, id)].num_hi)
            for stage in COMPULSORY_STAGES
            for id in self.resources
        }


_FIXED = (*KEY, "school_name", "school_type", "school_form", "included", "exclusion")


def _typed(columns: Iterable[str], table_name: str = "school") -> Iterator[nw.Expr]:
    """Columns as the source types them, texts made certain: a source may hold nothing but nulls in one."""
    for name in columns:
        column, kind = nw.col(name), table(table_name).column(name).kind
        if kind.is_number or kind is Kind.FLAG:
            yield column
        else:
            text = column.cast(nw.String)
            yield text.fill_null("") if name in KEY else text


def measuring_key(policy: PolicyInForce) -> Hashable:
    """Equal for policies that measure alike; limits that are only compared with do not enter."""
    read = {limit for each in measured(policy) for limit in each.limits_read} | {"split_weight"}
    limits = tuple((id, _values(policy, id)) for id in sorted(read))
    return (
        tuple(each.indicator for each in policy.resources),
        tuple(each.id for each in measured(policy)),
        limits,
        tuple((each.reason, each.school_types, each.sponsors, each.pupils_below) for each in policy.exclusions),
        tuple(
            (rule.id, rule.flag, rule.conditions, rule.extends, rule.start, rule.end,
             tuple((id, tuple((key, cited.value) for key, cited in sorted(limit.values.items())))
                   for id, limit in sorted(rule.replaces.items())))
            for rule in policy.exceptions
        ),
        policy.as_of,
    )  # fmt: skip


def _values(policy: PolicyInForce, id: str) -> tuple[tuple[str, object], ...]:
    return tuple((key, cited.value) for key, cited in sorted(policy.limits[id].values.items()))
