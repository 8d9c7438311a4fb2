"""方案的四个方面: what plans are compared by, whatever their prices; less is better in each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from junheng.planning.siting.plan import Plan


@dataclass(frozen=True)
class Criteria:
    """cost: yuan over the plan; km: a pupil's kilometres one way per school day, boarders at a fifth, averaged over pupils and
    years; uneven: pupils off the aimed class size, averaged over the years; small_closed: small rural schools that close."""

    cost: Decimal
    km: Decimal
    uneven: Decimal
    small_closed: int

    def dominates(self, other: Criteria) -> bool:
        """No worse in anything, and not the same."""
        no_worse = self.cost <= other.cost and self.km <= other.km and self.uneven <= other.uneven and self.small_closed <= other.small_closed
        return no_worse and self != other


def criteria_of(plan: Plan) -> Criteria:
    county = plan.county
    pupil_years = sum(each.pupils * county.years[each.period] for each in plan.going)
    km = sum((each.pupil_km * years for each, years in zip(plan.accounts, county.years, strict=True)), Decimal(0))
    uneven = sum(each.uneven * years for each, years in zip(plan.accounts, county.years, strict=True))
    closed = sum(county.small_rural(j) and not states[-1].open for j, states in enumerate(plan.states))
    return Criteria(plan.cost, km / max(pupil_years, 1), Decimal(uneven) / sum(county.years), closed)
