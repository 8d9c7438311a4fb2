"""The meaning of the terms indicators are declared in: the interval of values each can take on a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Algebra, Value
from junheng.engine.basis import (
    Interval,
    J,
    P,
    S,
    absent,
    by_stage,
    line_most,
    pupils,
    pupils_below,
    unsplit,
    whole_school,
)
from junheng.engine.rooms import rooms_of_size
from junheng.indicators import Indicator
from junheng.indicators.expression import (
    ByStage,
    CeilDiv,
    ClassesOver,
    CompulsoryClasses,
    Difference,
    OfStage,
    One,
    Pupils,
    QuotaForPupils,
    Reported,
    RoomsAtLeast,
    Shared,
    Sum,
    Term,
    WholeSchool,
)
from junheng.indicators.scope import FewerPupilsThan, HasStage, IsNot, OneOf, Predicate
from junheng.policy.in_force import ANY, PolicyInForce
from junheng.tables import Kind, table


@dataclass(frozen=True)
class Meaning:
    """Terms on the rows of one grain, under one policy. stage: the row's stage, None at other grains."""

    algebra: Algebra
    policy: PolicyInForce
    stage: Stage | None = None

    def numerator(self, indicator: Indicator) -> Interval:
        """With the extra terms of exceptions; the indicator's scale is left to the reader."""
        parts = [self.interval(indicator.numerator)]
        for number, rule in enumerate(self.policy.exceptions):
            if indicator.id in rule.extends and rule.id in indicator.extra:
                parts.append(self._if_applied(number, self.interval(indicator.extra[rule.id])))
        return self._sum(parts)

    def member(self, indicator: Indicator) -> Value:
        """Whether the row is in the indicator's scope (which must not be empty)."""
        return reduce(lambda x, y: x & y, map(self._predicate, indicator.scope))

    def interval(self, term: Term) -> Interval:
        """Every value the term can take."""
        a = self.algebra
        if isinstance(term, Sum):
            return self._sum([self.interval(each) for each in term.terms])
        if isinstance(term, Difference):
            left, right = self.interval(term.left), self.interval(term.right)
            return Interval(left.least(a) - right.hi, left.hi - right.least(a))
        if isinstance(term, ByStage):
            return self.interval(term.primary if self.stage is P else term.junior)
        if isinstance(term, Shared):
            return self._shared(term)
        if isinstance(term, Reported):
            return self._reported(term)
        if isinstance(term, OfStage):
            return self._single(f"{term.base}_{self.stage}")
        if isinstance(term, Pupils):
            stages = COMPULSORY_STAGES if self.stage is None else (self.stage,)
            return self._sum([self._single(pupils(each)) for each in stages])
        return self._of_school(term)

    def _of_school(self, term: Term) -> Interval:
        a = self.algebra
        if isinstance(term, One):
            return Interval(1.0, 1.0)
        if isinstance(term, WholeSchool):
            return whole_school(a, term.base)
        if isinstance(term, CompulsoryClasses):
            return self._compulsory_classes()
        if isinstance(term, CeilDiv):
            parts, per = self.interval(term.parts), a.number(self.policy.limits[term.limit].at(ANY).value)
            return Interval(a.ceil(a.ratio(parts.least(a), per)), a.ceil(a.ratio(parts.hi, per)))
        if isinstance(term, RoomsAtLeast):
            return rooms_of_size(a, self.policy, term)
        if isinstance(term, ClassesOver):
            bands = (self._classes_over(term.limit, *band) for band in term.bands)
            return self._sum([band for band in bands if band is not None])
        assert isinstance(term, QuotaForPupils), term
        return self._quota(term)

    # ---- figures of a stage -----------------------------------------------------------------------------------------

    def _single(self, column: str) -> Interval:
        return Interval(None, self.algebra.column(column), column)

    def _sum(self, parts: Sequence[Interval]) -> Interval:
        if len(parts) == 1:
            return parts[0]
        least = (part.least(self.algebra) for part in parts)
        return Interval(_added(least), _added(part.hi for part in parts))

    def _shared(self, term: Shared) -> Interval:
        a, own, whole = self.algebra, f"{term.base}_{self.stage}", self.algebra.column(unsplit(term.base))
        least = a.first(a.column(own), whole * a.column(f"least_w_{self.stage}"), 0.0)
        most = (a.column(own), whole * a.column(f"w_{self.stage}"))
        return Interval(least, a.first(*most, 0.0) if term.claimed else a.first(*most))

    def _if_applied(self, number: int, part: Interval) -> Interval:
        """Counted while the exception applies; an unknown flag leaves both cases open."""
        a, applies = self.algebra, self.algebra.column(f"x_{number}")
        return Interval(a.when(applies, part.least(a), 0.0), a.when(~applies, 0.0, part.hi))

    def _reported(self, term: Reported) -> Interval:
        if table(term.table).column(term.column).kind is not Kind.FLAG:
            return self._single(term.column)
        a, value = self.algebra, self.algebra.column(term.column)
        return Interval(a.when(value, 1.0, 0.0), a.when(~value, 0.0, 1.0))

    # ---- figures of a school ----------------------------------------------------------------------------------------

    def _compulsory_classes(self) -> Interval:
        a, total = self.algebra, self.algebra.column("classes")
        lines = [(a.column(f"classes_{stage}"), stage) for stage in COMPULSORY_STAGES]
        least = a.when(absent(a, S), total, a.smallest(a.first(total, 0.0), 1.0))
        any_line = by_stage(a, "classes")
        return Interval(
            a.when(any_line, _added(a.first(line, 0.0) for line, _ in lines), a.first(least, 0.0)),
            a.when(any_line, _added(line_most(a, line, stage) for line, stage in lines), total),
        )

    def _classes_over(self, limit: str, band: str, smallest: int, largest: int | None) -> Interval | None:
        """Classes of a band: over when the whole band lies above the limit, uncertain when the limit cuts it.

        Classes of a whole-school line may belong to any stage the school may have, the senior one included.
        """
        a = self.algebra
        limits = {stage: self.policy.limits[limit].at(stage).value for stage in COMPULSORY_STAGES}
        over = [stage for stage, bound in limits.items() if smallest > bound]
        maybe = [stage for stage, bound in limits.items() if largest is None or largest > bound]
        if not maybe:
            return None
        lines, whole = by_stage(a, band), a.column(band)
        only_over = reduce(lambda x, y: x & y, (absent(a, stage) for stage in Stage if stage not in over))
        none = reduce(lambda x, y: x & y, (absent(a, stage) for stage in maybe))
        least = _added(a.when(absent(a, stage), 0.0, a.first(a.column(f"{band}_{stage}"), 0.0)) for stage in over)
        most = _added(a.when(absent(a, stage), 0.0, a.column(f"{band}_{stage}")) for stage in maybe)
        return Interval(a.when(lines, least, a.when(only_over, a.first(whole, 0.0), 0.0)) if over else 0.0,
                        a.when(lines, most, a.when(none, 0.0, whole)))  # fmt: skip

    def _quota(self, term: QuotaForPupils) -> Interval:
        """Where a stage's pupils are missing, the weighted quota lies anywhere between the two."""
        a, floor = self.algebra, self.algebra.number(self.policy.limits[term.limit].at(ANY).value)
        primary, junior = a.column(term.primary), a.column(term.junior)
        share = a.ratio(a.column(pupils(P)), a.column(pupils(P)) + a.column(pupils(J)))

        def weighted(first: Value, second: Value, otherwise: Value) -> Value:
            mixed = a.when(~a.is_null(share), share * first + (1.0 - share) * second, otherwise)
            return a.when(absent(a, P), second, a.when(absent(a, J), first, mixed)) * floor

        least = (a.first(primary, 0.0), a.first(junior, 0.0))
        either = a.when(~a.is_null(primary + junior), a.largest(primary, junior))
        return Interval(weighted(*least, a.smallest(*least)), weighted(primary, junior, either))

    # ---- scope ------------------------------------------------------------------------------------------------------

    def _predicate(self, predicate: Predicate) -> Value:
        a = self.algebra
        if isinstance(predicate, OneOf):
            inside = a.is_in(a.column(predicate.column), predicate.codes)
            return ~inside if predicate.excluded else inside
        if isinstance(predicate, IsNot):
            return ~a.column(predicate.flag)
        if isinstance(predicate, HasStage):
            return a.column(pupils(predicate.stage)) > 0
        assert isinstance(predicate, FewerPupilsThan)
        return pupils_below(a, a.number(self.policy.limits[predicate.limit].at(ANY).value))


def _added(values: Iterable[Value]) -> Value:
    return reduce(lambda x, y: x + y, values)
