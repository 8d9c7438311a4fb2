"""What every figure of a school rests on: its pupils by stage, split weights, exceptions, and whether it counts.

Layers are computed one after the other; each is a mapping from new column to value, reading the columns before it.
A condition that is null cannot be told; a bound that is null is unbounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial, reduce

from junheng.common.codes import SPECIAL_SCHOOL_TYPES, STAGES_OF_SCHOOL_TYPE
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.algebra import Algebra, Value
from junheng.policy.in_force import Condition, ExceptionRule, Exclusion, PolicyInForce
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS

P, J, S = Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR
Layer = dict[str, Value]
WhenAsked = dict[str, Callable[[], Value]]
"""Column → what works it out, reading raw columns and others of these."""


@dataclass(frozen=True)
class Interval:
    """All values a figure can take; null = unbounded on that side.

    lo None: the figure is the single number `hi`, which when missing may be anything from 0. column: its name where
    it already is a column.
    """

    lo: Value | None
    hi: Value
    column: str = ""

    def least(self, algebra: Algebra) -> Value:
        """The lower end."""
        return algebra.first(self.hi, 0.0) if self.lo is None else self.lo


def pupils(stage: Stage) -> str:
    """Column of the effective pupils of a stage, null = missing."""
    return f"n_{stage}"


def unsplit(base: str) -> str:
    """Column: the whole school's figure, where no stage line of it was reported."""
    return f"u_{base}"


def unplaced(total: str) -> str:
    """Column: rooms of one kind that stand in none of the bands reported, null when the total is missing."""
    return f"unplaced_{total}"


def absent(algebra: Algebra, stage: Stage) -> Value:
    """The school has no pupils of the stage; null = it may have."""
    return algebra.equals(algebra.column(pupils(stage)), 0)


def total_pupils(algebra: Algebra) -> Value:
    """All pupils of the school, every stage; null when any is missing."""
    return reduce(lambda a, b: a + b, (algebra.column(pupils(stage)) for stage in Stage))


def pupils_below(algebra: Algebra, bound: Value) -> Value:
    """Fewer pupils than this: what is reported may already be too many when the rest is missing."""
    at_least = reduce(lambda a, b: a + b, (algebra.first(algebra.column(pupils(stage)), 0.0) for stage in Stage))
    return (at_least < bound) & (total_pupils(algebra) < bound)


def by_stage(algebra: Algebra, base: str) -> Value:
    """Some stage line of the column was reported."""
    return ~algebra.is_null(algebra.first(*(algebra.column(f"{base}_{stage}") for stage in Stage)))


ROOM_BANDS = {"music_rooms": MUSIC_ROOM_BANDS, "art_rooms": ART_ROOM_BANDS}


def counts(algebra: Algebra, shared: Iterable[str], room_kinds: Iterable[str] = tuple(ROOM_BANDS)) -> Layer:
    """Effective pupils, the whole-school figures that are to be split, and rooms of unknown size.

    shared: columns to split; room_kinds: columns of room totals.
    """
    return _made(counts_when_asked(algebra, shared, room_kinds))


def counts_when_asked(algebra: Algebra, shared: Iterable[str], room_kinds: Iterable[str] = tuple(ROOM_BANDS)) -> WhenAsked:
    """The same, each column to be worked out by itself: a question about one school reads few of them."""
    return {
        **{pupils(stage): partial(_effective_pupils, algebra, stage) for stage in Stage},
        **{unsplit(base): partial(_unsplit, algebra, base) for base in shared},
        **{unplaced(total): partial(_unplaced, algebra, total) for total in room_kinds},
    }


def _effective_pupils(algebra: Algebra, stage: Stage) -> Value:
    """A blank count of a stage the school's type does not have is 0, and of a special school's other stage too; of a school
    of unknown type it is missing."""
    a, school_type = algebra, algebra.column("school_type")
    having = [code for code, stages in STAGES_OF_SCHOOL_TYPE.items() if stage in stages]
    reported = a.column(f"students_{stage}")
    blanks = [a.when(~a.is_in(school_type, having), 0.0)]
    if stage in COMPULSORY_STAGES:
        has_other = a.first(a.column(f"students_{J if stage is P else P}"), 0.0) > a.number(0)
        blanks.append(a.when(a.is_in(school_type, sorted(SPECIAL_SCHOOL_TYPES)) & has_other, 0.0))
    return a.first(reported, *blanks)


def _unsplit(algebra: Algebra, base: str) -> Value:
    a = algebra
    lines = a.first(*(a.column(f"{base}_{stage}") for stage in Stage))
    return a.when(a.is_null(lines), a.column(base))


def _unplaced(algebra: Algebra, total: str) -> Value:
    a = algebra
    placed = reduce(lambda x, y: x + y, (a.first(a.column(name), 0.0) for name, _ in ROOM_BANDS[total]))
    return a.when(a.column(total) < placed, 0.0, a.column(total) - placed)


def standing(algebra: Algebra, policy: PolicyInForce) -> Layer:
    """Split weights by stage, exceptions x_0…, inclusion, exclusion and school form."""
    return _made(standing_when_asked(algebra, policy))


def standing_when_asked(algebra: Algebra, policy: PolicyInForce) -> WhenAsked:
    """The same, each column to be worked out by itself."""
    a = algebra
    weights = {stage: cache(partial(split_weight, a, policy, stage)) for stage in COMPULSORY_STAGES}
    excluded = cache(lambda: [(_excluded(a, rule), rule.reason) for rule in policy.exclusions])
    return {
        **{f"w_{stage}": partial(_most, weight) for stage, weight in weights.items()},
        **{f"least_w_{stage}": partial(_least, a, weight) for stage, weight in weights.items()},
        **{f"x_{number}": partial(_applies, a, policy, rule) for number, rule in enumerate(policy.exceptions)},
        "exclusion": lambda: reduce(lambda rest, one: a.when(one[0], one[1], rest), reversed(excluded()), a.constant("")),
        "included": lambda: reduce(lambda x, y: x & y, (~one for one, _ in excluded()), a.constant(True)),
        "school_form": partial(_form, a),
    }


def _most(weight: Callable[[], Interval]) -> Value:
    return weight().hi


def _least(algebra: Algebra, weight: Callable[[], Interval]) -> Value:
    return weight().least(algebra)


def _made(later: WhenAsked) -> Layer:
    return {name: make() for name, make in later.items()}


def split_weight(algebra: Algebra, policy: PolicyInForce, stage: Stage) -> Interval:
    """The stage's share of whole-school things, w·n / Σ w·n; (0, 1] when a count is missing, 1 for a single stage."""
    a, limit = algebra, policy.limits["split_weight"]
    weighted = {each: a.column(pupils(each)) * a.number(limit.at(each).value) for each in Stage}
    share = a.ratio(weighted[stage], weighted[P] + weighted[J] + weighted[S])
    alone = reduce(lambda x, y: x & y, (absent(a, other) for other in Stage if other is not stage))
    return Interval(a.when(alone, 1.0, a.first(share, 0.0)), a.when(alone, 1.0, a.first(share, 1.0)))


def whole_school(algebra: Algebra, base: str) -> Interval:
    """The whole line; else the sum of the stage lines of the stages the school has; else anything."""
    a, whole = algebra, algebra.column(base)
    lines = [(a.column(f"{base}_{stage}"), stage) for stage in Stage]
    least = reduce(lambda x, y: x + y, (a.first(line, 0.0) for line, _ in lines))
    # Without any stage line the sum is null too: some stage is there, and its line is blank.
    most = reduce(lambda x, y: x + y, (line_most(a, line, stage) for line, stage in lines))
    return Interval(a.first(whole, least), a.first(whole, most))


def line_most(algebra: Algebra, line: Value, stage: Stage) -> Value:
    """A stage's own line: a blank is 0 where the school has no such stage, else anything."""
    return algebra.first(line, algebra.when(absent(algebra, stage), 0.0))


def _form(algebra: Algebra) -> Value:
    a, school_type = algebra, algebra.column("school_type")
    single: dict[Stage, list[str]] = {P: [], J: []}
    for code, stages in STAGES_OF_SCHOOL_TYPE.items():
        compulsory = [stage for stage in stages if stage in COMPULSORY_STAGES]
        if len(compulsory) == 1:
            single[compulsory[0]].append(code)
    by_type = a.when(a.is_in(school_type, ["345"]), "twelve_year",
                     a.when(a.is_in(school_type, single[P]), "primary",
                            a.when(a.is_in(school_type, single[J]), "junior", "nine_year")))  # fmt: skip
    return a.when(absent(a, J), "primary", a.when(absent(a, P), "junior", by_type))


def _excluded(algebra: Algebra, rule: Exclusion) -> Value:
    a, parts = algebra, []
    if rule.school_types:
        parts.append(a.is_in(a.column("school_type"), rule.school_types))
    if rule.sponsors:
        parts.append(a.is_in(a.column("sponsor"), rule.sponsors))
    if rule.pupils_below is not None:
        parts.append(pupils_below(a, a.number(rule.pupils_below)))
    return reduce(lambda x, y: x & y, parts)


def in_time(policy: PolicyInForce, rule: ExceptionRule) -> bool:
    """The exception is in force on the day the policy is asked for; open ends are 待核 and hold."""
    day = policy.as_of
    return (rule.start is None or rule.start <= day) and (rule.end is None or day <= rule.end)


def _applies(algebra: Algebra, policy: PolicyInForce, rule: ExceptionRule) -> Value:
    """With a flag, a condition on what is not reported contradicts nothing; without one it leaves the case open."""
    if not in_time(policy, rule):
        return algebra.constant(False)
    conditions = [_holds(algebra, condition) for condition in rule.conditions]
    if rule.flag:
        conditions = [algebra.column(rule.flag), *(algebra.first(each, True) for each in conditions)]
    return reduce(lambda x, y: x & y, conditions)


def _holds(algebra: Algebra, condition: Condition) -> Value:
    a, value = algebra, _quantity(algebra, condition.quantity)
    if condition.one_of:
        return a.is_in(value, condition.one_of)
    tests = []
    if condition.at_least is not None:
        tests.append(value >= a.number(condition.at_least))
    if condition.at_most is not None:
        tests.append(value <= a.number(condition.at_most))
    if condition.below is not None:
        tests.append(value < a.number(condition.below))
    if condition.above is not None:
        tests.append(value > a.number(condition.above))
    return reduce(lambda x, y: x & y, tests)


def _quantity(algebra: Algebra, name: str) -> Value:
    a = algebra
    if name == "total_pupils":
        return total_pupils(a)
    if name == "largest_class_at_least":
        return _largest_class(a)
    if name == "migrant_share":
        migrants = whole_school(a, "migrant_pupils")
        return a.ratio(a.when(a.equals(migrants.lo, migrants.hi), migrants.hi), total_pupils(a))
    return a.column(name)


def _largest_class(algebra: Algebra) -> Value:
    """The lower end of the largest class-size band known to be in use; null when none is."""
    a, out = algebra, None
    for name, smallest, _ in CLASS_SIZE_BANDS:
        lines = (name, *(f"{name}_{stage}" for stage in Stage))
        out = a.when(a.largest(*map(a.column, lines)) > 0, float(smallest), out)
    return out
