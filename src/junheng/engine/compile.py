"""From a policy to one lazy plan: every figure of every school, and the balance of its county, in a single pass.

A plan row is one campus; the figures of its stages stand side by side, so a register of millions is read once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Lazy, Value
from junheng.engine.balance import balance_layers
from junheng.engine.basis import Interval, J, Layer, P, absent, counts, pupils, standing
from junheng.engine.needs import county_needs, quota_columns, school_needs, shared_bases
from junheng.engine.terms import Meaning
from junheng.indicators import REGISTRY, Grain, Indicator
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


class _Emitted:
    """Columns of the last layer. The same term on the same rows is computed once."""

    def __init__(self) -> None:
        self.layer: Layer = {}
        self.plain: dict[str, None] = {}
        self._seen: dict[Hashable, tuple[Named, Named]] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.layer, *self.plain)

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
        name = f"v_{len(self.layer)}"
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


class Program:
    """A policy compiled. Build one per group of counties whose policies measure alike (`measuring_key`)."""

    def __init__(self, policy: PolicyInForce) -> None:
        self.policy = policy
        self.indicators = measured(policy)
        self.resources = tuple(each.indicator for each in policy.resources)
        self.school_columns = school_needs(self.indicators, policy)
        self.county_columns = county_needs(self.indicators)
        self.quota_columns = quota_columns(self.indicators)
        self._emitted = _Emitted()
        self.places: dict[tuple[Stage | None, str], Place] = {}
        for each in self.indicators:
            if each.grain is not Grain.COUNTY:
                for stage in COMPULSORY_STAGES if each.grain is Grain.SCHOOL_STAGE else (None,):
                    self.places[(stage, each.id)] = self._place(self._emitted, each, stage)
        self._county = _Emitted()
        self.county_places = {
            each.id: self._place(self._county, each, None) for each in self.indicators if each.grain is Grain.COUNTY
        }

    def _place(self, emitted: _Emitted, indicator: Indicator, stage: Stage | None) -> Place:
        meaning = Meaning(Lazy(), self.policy, stage)
        extra = tuple(indicator.extra.items())
        num = emitted.interval((stage, indicator.numerator, extra), meaning.numerator(indicator))
        den = emitted.interval((stage, indicator.denominator), meaning.interval(indicator.denominator))
        member = emitted.value(meaning.member(indicator)) if indicator.scope else 1.0
        return Place(*num, *den, member)

    @cached_property
    def _figures(self) -> tuple[str, ...]:
        """Columns of the school plan before the balance: all that is needed of a school."""
        fixed = (
            *KEY, "school_name", "school_type", "school_form", "included", "exclusion",
            *(pupils(stage) for stage in COMPULSORY_STAGES), *(f"x_{number}" for number in range(len(self.policy.exceptions))),
        )  # fmt: skip
        return tuple(dict.fromkeys((*fixed, *self._emitted.plain)))

    @property
    def balance_outputs(self) -> tuple[str, ...]:
        """Columns of the balance, the same on every row of a county."""
        return tuple(name for layer in self._balance for name in layer)

    def scale(self, indicator: str) -> int:
        """The scale of one of the measured indicators."""
        return REGISTRY[indicator].scale

    @cached_property
    def _balance(self) -> tuple[Layer, Layer]:
        numerators = {
            (stage, id): (self.places[(stage, id)].num_lo, self.places[(stage, id)].num_hi)
            for stage in COMPULSORY_STAGES
            for id in self.resources
        }
        return balance_layers(numerators)

    def school_plan(self, school: Frame, county: Frame) -> Frame:
        """One row per campus with compulsory pupils, or with pupils not reported, sorted by key."""
        lazy = Lazy()
        frame = school.select(*_typed("school", self.school_columns))
        if self.quota_columns:
            quotas = county.select(*_typed("county", ("county_code", *self.quota_columns)))
            frame = frame.join(quotas, on="county_code", how="left")
        basis = counts(lazy, shared_bases(self.indicators))
        frame = frame.with_columns(**basis)
        frame = frame.filter((~(absent(lazy, P) & absent(lazy, J))).fill_null(True))
        frame = frame.with_columns(**standing(lazy, self.policy))
        frame = frame.select(*self._figures, **self._emitted.layer)
        first, second = self._balance
        return frame.with_columns(**first).with_columns(**second).sort(*KEY)

    def county_plan(self, county: Frame) -> Frame:
        """One row per county that reported."""
        frame = county.select(*_typed("county", self.county_columns)).with_columns(**self._county.layer)
        return frame.select("county_code", "county_name", *self._county.columns).sort("county_code")


def _typed(table_name: str, columns: Iterable[str]) -> Iterator[nw.Expr]:
    """Columns as the source types them, texts made certain: a source may hold nothing but nulls in one."""
    for name in columns:
        kind, column = table(table_name).column(name).kind, nw.col(name)
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
