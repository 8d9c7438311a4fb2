"""What admission is planned from and what it plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from junheng.common.digests import Digest
from junheng.planning.admission.lottery_record import Record


@dataclass(frozen=True)
class School:
    """One place that admits: a school, or a campus with a plan of its own. places: 招生计划; classes: of the entry grade.
    Position and classes: None = not told."""

    code: str
    name: str
    places: int
    is_private: bool = False
    longitude: float | None = None
    latitude: float | None = None
    classes: int | None = None


@dataclass(frozen=True)
class Child:
    """One application. number: 报名号. zone_schools: 划片 schools, first wish first; private_choice: at most one (rules.md §9).

    household, residence: in the zone. permit_months, points: None = none handed in. elder_school: where an elder sibling
    is a pupil. longitude, latitude: of the home; None = not told.
    """

    number: str
    name: str = ""
    siblings: str = ""
    household: bool = False
    residence: bool = False
    permit_months: int | None = None
    points: float | None = None
    zone_schools: tuple[str, ...] = ()
    private_choice: str = ""
    elder_school: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True)
class PriorityClass:
    """One line of the order of admission. household, residence: None = does not matter; permit_months_at_least: None =
    no permit asked for. unverified: Chinese reason why it is 待核, "" when checked."""

    id: str
    title: str
    household: bool | None
    residence: bool | None
    permit_months_at_least: int | None
    source: str
    unverified: str

    def holds(self, child: Child) -> bool:
        return (
            self.household in (None, child.household)
            and self.residence in (None, child.residence)
            and (self.permit_months_at_least is None or (child.permit_months is not None and child.permit_months >= self.permit_months_at_least))
        )


@dataclass(frozen=True)
class Rules:
    """The county's choices, all 待核 unless its 招生办法 says so.

    siblings_together: twins go to one school where the places allow it. elder_first: within a class, a child whose elder
    sibling is at the school comes first, and may wish for that school although it is not its zone's (behind the zone's own).
    private_waiting: those not drawn wait for places given up; rules.md §9 says no place is filled again.
    class_size: the most pupils a class of the entry grade may have (起始年级控班额), None = not looked at.
    """

    classes: tuple[PriorityClass, ...]
    siblings_together: bool = True
    elder_first: bool = True
    private_waiting: bool = False
    digest: Digest = Digest.SHA256
    class_size: int | None = None


class Way(StrEnum):
    """How a child came to its school."""

    PRIVATE = "民办录取"
    DRAWN = "民办摇号录取"
    ZONED = "划片录取"
    ALLOCATED = "统筹安排"
    NONE = "待安排"


@dataclass(frozen=True)
class Placement:
    """Where a child goes. school: code, "" with Way.NONE. rank, of: place in the order it was admitted by, and how many
    asked there (None where there is no order). Of the allocated: distance_m from home; nearer: full public schools nearer to
    it; nearer_open: nearer ones with places left, passed over so that siblings stay together."""

    number: str
    school: str
    way: Way
    rank: int | None = None
    of: int | None = None
    distance_m: int | None = None
    nearer: int = 0
    nearer_open: int = 0


@dataclass(frozen=True)
class Waiting:
    """One line of a school's waiting list: the child would rather be here. rank: from 1."""

    school: str
    rank: int
    number: str


@dataclass(frozen=True)
class Refusal:
    """A school that was full for a child who would rather have been there. rank: the child's place in its order; of: all
    who asked there."""

    school: str
    rank: int
    of: int


@dataclass(frozen=True)
class AdmissionPlan:
    """placements: of every child, in the order handed in. refusals: by 报名号. total_m: distance summed over the allocated;
    bound_m: no allocation of these children to these places that keeps the same siblings together is shorter. lotteries: by school. notes: Chinese."""

    schools: Sequence[School]
    children: Sequence[Child]
    rules: Rules
    placements: Sequence[Placement]
    refusals: Mapping[str, Sequence[Refusal]]
    waiting: Sequence[Waiting]
    lotteries: Mapping[str, Record]
    total_m: int
    bound_m: int
    notes: tuple[str, ...]

    @property
    def gap(self) -> float:
        """How far the total distance may be above the least possible, relative."""
        return (self.total_m - self.bound_m) / self.total_m if self.total_m else 0.0
