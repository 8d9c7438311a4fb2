"""A policy as it stands for one area on one date: what the engine and the judge are given.

Built by `policy.resolve` from packs and overlays. Numbers are Decimal: comparisons are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True)
class Source:
    """Where a value stands in the law. document: id in the document register; clause: as printed, never a number."""

    document: str
    clause: str


@dataclass(frozen=True)
class Cited:
    """A value with its authority. unverified: "" when checked, else the Chinese reason it is 待核."""

    value: Decimal
    source: Source
    since: date
    unverified: str = ""


ANY = "any"
"""Key of a limit that is the same for every stage and school form."""


@dataclass(frozen=True)
class Limit:
    """A number in force, by key. Keys are ANY, or stages ("primary", "junior", "senior"), or school forms
    ("primary", "junior", "nine_year", "twelve_year")."""

    id: str
    title: str
    unit: str
    values: Mapping[str, Cited]

    def at(self, key: str) -> Cited:
        """The value for a key, else the one for ANY; KeyError when neither is there."""
        return self.values[key] if key in self.values else self.values[ANY]


class Compare(StrEnum):
    """How a measured ratio is compared with its limit; always on unrounded numbers."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL = "equal"


class Scope(StrEnum):
    """EACH_SCHOOL: every school (school grain) must satisfy it. EACH_SCHOOL_STAGE: every school's every stage.
    COUNTY_TOTAL: numerators and denominators of schools are added up over the county (of `stage`, if given).
    COUNTY: the county's own row."""

    EACH_SCHOOL = "each_school"
    EACH_SCHOOL_STAGE = "each_school_stage"
    COUNTY_TOTAL = "county_total"
    COUNTY = "county"


class WhenEmpty(StrEnum):
    """What a ratio with denominator 0 means: the duty does not arise (pass), or nothing was shown (insufficient)."""

    NOT_APPLICABLE = "not_applicable"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True)
class Demand:
    """One countable demand of a criterion.

    indicator: id in `indicators`; limit: id in PolicyInForce.limits; stage: "" or the stage it speaks of.
    when_reported: an absent figure does not hold back the verdict (unverified items, and figures
    whose absence leaves an evidence line instead).
    """

    indicator: str
    scope: Scope
    compare: Compare
    limit: str
    stage: str = ""
    when_empty: WhenEmpty = WhenEmpty.INSUFFICIENT
    when_reported: bool = False


@dataclass(frozen=True)
class Criterion:
    """One item of the clause list. group: government, quality, recognition or veto. number: printed item number.

    demands: all must pass; evidence: what people must judge because no number shows it (Chinese, one line each);
    evidence_unless: indicator ids that, when reported, replace the evidence line of the same index ("" = none).
    """

    id: str
    group: str
    number: int
    title: str
    text: str
    source: Source
    demands: tuple[Demand, ...] = ()
    evidence: tuple[str, ...] = ()
    evidence_unless: tuple[str, ...] = ()
    unverified: str = ""


@dataclass(frozen=True)
class Condition:
    """What the reported data must show before an exception applies. A null quantity contradicts nothing.

    quantity: total_pupils, founded_year, urban_rural, largest_class_at_least (lower end of the largest class-size
    band in use) or migrant_share. at_least / below / at_most / above: bounds; one_of: accepted codes.
    """

    quantity: str
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    above: Decimal | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExceptionRule:
    """特殊口径: a dated exception.

    flag: school column that must be 是, or "" when the conditions alone decide. conditions: all must hold.
    extends: indicator ids whose optional extra terms count while it applies.
    replaces: limit id → the limit used instead. start, end: None = 待核 (see unverified).
    obligation: what is owed in return (认定后三年内达到规定标准).
    """

    id: str
    title: str
    flag: str
    conditions: tuple[Condition, ...]
    extends: tuple[str, ...]
    replaces: Mapping[str, Limit]
    start: date | None
    end: date | None
    obligation: str
    source: Source
    unverified: str = ""


@dataclass(frozen=True)
class Exclusion:
    """Who is left out of the resource indicators and the CV. reason: id, e.g. teaching_point_under_50.

    school_types: codes, () = any; sponsors: codes, () = any; pupils_below: None = whatever the size.
    """

    reason: str
    title: str
    school_types: tuple[str, ...]
    sponsors: tuple[str, ...]
    pupils_below: Decimal | None
    source: Source


@dataclass(frozen=True)
class ResourceIndicator:
    """One of the resource indicators. code: L1…L7 (B1…B8 for 2012); limit: id of the per-school limit or ""."""

    code: str
    indicator: str
    title: str
    limit: str
    source: Source


@dataclass(frozen=True)
class SchoolRule:
    """逐校规则: at least `min_met` indicators reach their limit, every other at least `floor_share` of it."""

    min_met: int
    floor_share: Cited
    source: Source


@dataclass(frozen=True)
class BalanceRule:
    """校际均衡: judge "each" CV against the limit, or their arithmetic "mean". limit: by stage."""

    judge: str
    limit: str
    source: Source


@dataclass(frozen=True)
class Target:
    """A commitment of a plan: what, how much, by when, who. metric: "" when the software counts nothing of it; "criterion:…" when the
    counties' standing by a criterion can be held beside what departments report. unit: of value, "占比" for a fraction.

    departments_named: the document itself names them; else they follow from the duties of its joint issuers.
    """

    id: str
    title: str
    metric: str
    compare: Compare | None
    value: Cited | None
    by_school_year: int | None
    departments: tuple[str, ...]
    text: str
    source: Source
    unverified: str = ""
    departments_named: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Document:
    """A policy document. issued: None when 待核."""

    id: str
    title: str
    number: str
    issuer: str
    issued: date | None
    unverified: str = ""


@dataclass(frozen=True)
class PolicyInForce:
    """A standard for one area on one date.

    limits: every number the engine and the judge may ask for, by id. veto_limit semantics live in criteria.
    split_weights: limit id of the per-stage weights used to split whole-school resources.
    overlays: ids of the packs laid over the base, outermost last.
    """

    id: str
    title: str
    as_of: date
    area_code: str
    overlays: tuple[str, ...]
    limits: Mapping[str, Limit]
    resources: tuple[ResourceIndicator, ...]
    school_rule: SchoolRule | None
    balance: BalanceRule
    exclusions: tuple[Exclusion, ...]
    exceptions: tuple[ExceptionRule, ...]
    criteria: tuple[Criterion, ...]
    targets: tuple[Target, ...]
    documents: Mapping[str, Document]

    def exception(self, exception_id: str) -> ExceptionRule:
        """KeyError for an unknown id."""
        for rule in self.exceptions:
            if rule.id == exception_id:
                return rule
        raise KeyError(exception_id)
