"""退休预测: who leaves when, by subject; what that leaves to be found.

A person whose old age of retirement is reached m months after January 2025 (m ≥ 0) stays min(D, ⌊m/4⌋ + 1) months longer:
men from 60 to 63, women teachers from 55 to 58 (全国人大常委会 2024-09-13; all numbers are parameters, 待核).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.planning.parameters import Parameters
from junheng.planning.staffing.subjects import Need, subject_of

MALE, FEMALE = "1", "2"
USED = ("retirement_months_male", "retirement_months_female", "retirement_delay_every", "retirement_delay_most")
_REFORM = 2025 * 12
"""January 2025, in months."""


def retirement_month(born: date, sex: str, parameters: Parameters) -> date | None:
    """The first day of the month in which a teacher retires; None when the sex is not told."""
    if sex not in (MALE, FEMALE):
        return None
    old = born.year * 12 + born.month - 1 + parameters.whole(f"retirement_months_{'male' if sex == MALE else 'female'}")
    late = 0
    if old >= _REFORM:
        late = min(parameters.whole("retirement_delay_most"), (old - _REFORM) // parameters.whole("retirement_delay_every") + 1)
    year, month = divmod(old + late, 12)
    return date(year, month + 1, 1)


@dataclass(frozen=True)
class Forecast:
    """leaving: (school year, subject id) → teachers who retire before 1 September of that year, counted from the year
    before; unknown: teachers without a birth date or sex: they may leave any year. short: (school year, subject) → whole
    teachers to find in the county if nobody is hired and classes stay; None where today's balance is open."""

    leaving: Mapping[tuple[int, str], int]
    unknown: int
    short: Mapping[tuple[int, str], int | None]


def forecast(teachers: Iterable[tuple[str, date | None, str]], county: Sequence[Need], school_year: int, years: int, parameters: Parameters) -> Forecast:
    """teachers: (subject as called, born, sex). county: today's balance by subject. years: how many years ahead."""
    leaving: Counter[tuple[int, str]] = Counter()
    unknown = 0
    for taught, born, sex in teachers:
        month = None if born is None else retirement_month(born, sex, parameters)
        subject = subject_of(taught) or ""
        if month is None:
            unknown += 1
        else:
            # A school year begins in September: who retires by August is not there in the next one.
            due = max(month.year if month.month <= 9 else month.year + 1, school_year + 1)
            if due <= school_year + years:
                leaving[due, subject] += 1
    short: dict[tuple[int, str], int | None] = {}
    for need in county:
        gone = 0
        for year in range(school_year + 1, school_year + years + 1):
            gone += leaving[year, need.subject]
            have = None if need.have is None else need.have - gone
            short[year, need.subject] = Need("", need.subject, need.low, need.high, have).to_find
    return Forecast(leaving, unknown, short)
