"""退休预测: who leaves when.

A person whose old age of retirement is reached m months after January 2025 (m ≥ 0) stays min(D, ⌊m/4⌋ + 1) months longer:
men from 60 to 63, women teachers from 55 to 58 (全国人大常委会 2024-09-13; all numbers are parameters, 待核).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.planning.parameters import Parameters

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
class Leaving:
    """when: school year → positions of the teachers who retire before its 1 September, counted from the year before; unknown:
    how many have no birth date or sex: they may leave any year."""

    when: Mapping[int, Sequence[int]]
    unknown: int


def leaving(teachers: Iterable[tuple[date | None, str]], school_year: int, years: int, parameters: Parameters) -> Leaving:
    """teachers: (born, sex). years: how many years ahead."""
    when: dict[int, list[int]] = {year: [] for year in range(school_year + 1, school_year + years + 1)}
    unknown = 0
    for at, (born, sex) in enumerate(teachers):
        month = None if born is None else retirement_month(born, sex, parameters)
        if month is None:
            unknown += 1
            continue
        # A school year begins in September: who retires by August is not there in the next one.
        due = max(month.year if month.month <= 9 else month.year + 1, school_year + 1)
        if due in when:
            when[due].append(at)
    return Leaving(when, unknown)
