"""Which reported columns a set of indicators reads: the plan asks an engine for no others."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.common.stages import Stage
from junheng.indicators import Grain, Indicator
from junheng.indicators.expression import (
    ClassesOver,
    CompulsoryClasses,
    OfStage,
    QuotaForPupils,
    Reported,
    RoomsAtLeast,
    Shared,
    Term,
    WholeSchool,
)
from junheng.indicators.scope import IsNot, OneOf
from junheng.policy.in_force import PolicyInForce
from junheng.tables import table
from junheng.tables.school import CLASS_SIZE_BANDS

_ALWAYS = ("county_code", "school_code", "campus", "school_name", "school_type")


def shared_bases(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Columns that are split where a school reports them as a whole."""
    return tuple(dict.fromkeys(term.base for each in indicators for term in each.terms if isinstance(term, Shared)))


def room_kinds(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Columns of room totals of which rooms by size are counted."""
    return tuple(dict.fromkeys(term.total for each in indicators for term in each.terms if isinstance(term, RoomsAtLeast)))


def school_needs(indicators: Iterable[Indicator], policy: PolicyInForce) -> tuple[str, ...]:
    """Columns of the school table that are read, in its order."""
    indicators = tuple(indicators)
    staged, names = {"students"}, set(_ALWAYS)
    for each in indicators:
        for term in each.terms:
            staged.update({term.base} if isinstance(term, OfStage) else _bases_of(term))
            names.update(_bases_of(term), _plain_columns(term))
        names.update(p.column for p in each.scope if isinstance(p, OneOf))
        names.update(p.flag for p in each.scope if isinstance(p, IsNot))
    names.update(rule.flag for rule in policy.exceptions)
    quantities = _quantities(policy)
    names.update(quantities)
    if "migrant_share" in quantities:
        staged.add("migrant_pupils")
        names.add("migrant_pupils")
    if "largest_class_at_least" in quantities:
        staged.update(name for name, _, _ in CLASS_SIZE_BANDS)
        names.update(name for name, _, _ in CLASS_SIZE_BANDS)
    if any(rule.sponsors for rule in policy.exclusions):
        names.add("sponsor")
    names.update(f"{base}_{stage}" for base in staged for stage in Stage)
    return tuple(column.name for column in table("school").columns if column.name in names)


def quota_columns(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Columns of the county table that figures of schools read."""
    quotas = [term for each in indicators for term in each.terms if isinstance(term, QuotaForPupils)]
    return tuple(dict.fromkeys(name for quota in quotas for name in (quota.primary, quota.junior)))


def county_needs(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Columns of the county table that county figures read, in its order."""
    names = {
        term.column
        for each in indicators
        if each.grain is Grain.COUNTY
        for term in each.terms
        if isinstance(term, Reported)
    } | {"county_code", "county_name"}
    return tuple(column.name for column in table("county").columns if column.name in names)


def _quantities(policy: PolicyInForce) -> set[str]:
    return {condition.quantity for rule in policy.exceptions for condition in rule.conditions}


def _bases_of(term: Term) -> tuple[str, ...]:
    if isinstance(term, Shared | WholeSchool):
        return (term.base,)
    if isinstance(term, CompulsoryClasses):
        return ("classes",)
    return tuple(name for name, _, _ in term.bands) if isinstance(term, ClassesOver) else ()


def _plain_columns(term: Term) -> tuple[str, ...]:
    if isinstance(term, Reported):
        return (term.column,) if term.table == "school" else ()
    return (term.total, *(name for name, _ in term.bands)) if isinstance(term, RoomsAtLeast) else ()
