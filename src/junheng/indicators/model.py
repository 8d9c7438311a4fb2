"""What an indicator is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from junheng.common.errors import DeclarationError
from junheng.indicators.expression import (
    ByStage,
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
from junheng.indicators.scope import Predicate


class Grain(StrEnum):
    """One value per school and stage, per school, or per county."""

    SCHOOL_STAGE = "school_stage"
    SCHOOL = "school"
    COUNTY = "county"


class Direction(StrEnum):
    HIGHER_IS_BETTER = "higher"
    LOWER_IS_BETTER = "lower"


class SplitRule(StrEnum):
    """How whole-school figures reach a stage: not at all, by the split ratio (拆分), or by the split ratio for
    want of a figure by stage (学段折算)."""

    NONE = "none"
    RATIO = "ratio"
    CONVERTED = "converted"


@dataclass(frozen=True)
class RatioUnit:
    """The unit of a ratio: its sign, and the dimensions its numerator and denominator must have."""

    symbol: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Indicator:
    """value = scale × numerator / denominator, measured only on rows in scope.

    scale is applied to the numerator when it is measured (100 for "per 100 pupils"), so an IntervalColumn's
    num / den is in `unit`. extra: exception id → term added to the numerator while that exception applies.
    scope: all must hold; () = every row. what, gap_unit: Chinese noun and unit for "还差 2 名体育、艺术教师", "" where
    a gap makes no sense. whole_gap: the gap is made of people or rooms, rounded up to whole ones.
    """

    id: str
    title: str
    numerator: Term
    denominator: Term
    unit: RatioUnit
    grain: Grain
    direction: Direction = Direction.HIGHER_IS_BETTER
    scale: int = 1
    extra: Mapping[str, Term] = field(default_factory=dict)
    scope: tuple[Predicate, ...] = ()
    what: str = ""
    gap_unit: str = ""
    whole_gap: bool = False

    def __post_init__(self) -> None:
        declared = (self.unit.numerator, self.unit.denominator)
        if (self.numerator.dimension, self.denominator.dimension) != declared:
            raise DeclarationError(
                f"indicator {self.id}: {self.numerator.dimension}/{self.denominator.dimension} is not {declared}"
            )
        for term in self.terms:
            self._check_grain(term)
        if any(term.dimension != self.numerator.dimension for term in self.extra.values()):
            raise DeclarationError(f"indicator {self.id}: an extra term is not in the numerator's unit")

    def _check_grain(self, term: Term) -> None:
        by_stage = isinstance(term, OfStage | Shared | ByStage)
        of_school = isinstance(term, WholeSchool | CompulsoryClasses | RoomsAtLeast | ClassesOver | QuotaForPupils)
        wrong_table = isinstance(term, Reported) and (term.table == "county") != (self.grain is Grain.COUNTY)
        if (
            wrong_table
            or (by_stage and self.grain is not Grain.SCHOOL_STAGE)
            or (of_school and self.grain is not Grain.SCHOOL)
            or (isinstance(term, Reported) and self.grain is Grain.SCHOOL_STAGE)
        ):
            raise DeclarationError(f"indicator {self.id}: {term} cannot be read at grain {self.grain}")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of numerator, denominator and extras."""
        roots = (self.numerator, self.denominator, *self.extra.values())
        return tuple(term for root in roots for term in root.walk())

    @property
    def split(self) -> SplitRule:
        """How whole-school figures reach a stage in this indicator."""
        shared = [term for term in self.terms if isinstance(term, Shared)]
        if not shared:
            return SplitRule.NONE
        return SplitRule.CONVERTED if any(term.converted for term in shared) else SplitRule.RATIO

    @property
    def missing(self) -> str:
        """缺报规则, in Chinese."""
        claimed = any(isinstance(term, Shared) and term.claimed for term in self.terms)
        return "未报不作 0：取遍一切非负数" + ("；附加项空白为不主张" if claimed else "")

    @cached_property
    def limits_read(self) -> frozenset[str]:
        """Limit ids that enter the measurement itself (not the comparison)."""
        return frozenset(limit for term in self.terms for limit in _limits_of(term))


def _limits_of(term: Term) -> tuple[str, ...]:
    if isinstance(term, RoomsAtLeast):
        return (term.area,)
    limit = getattr(term, "limit", None)
    return (limit,) if isinstance(limit, str) else ()


def registry(indicators: tuple[Indicator, ...]) -> Mapping[str, Indicator]:
    """Indicators by id; refuses an id declared twice."""
    out: dict[str, Indicator] = {}
    for each in indicators:
        if each.id in out:
            raise DeclarationError(f"indicator {each.id} is declared twice")
        out[each.id] = each
    return out
