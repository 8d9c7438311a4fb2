"""五岁组 → 单岁 on real figures: the 2020 census of Liaoning's counties tells age 0 beside ages 1–4, so that one group of it can be
hidden and found again. No real series of pupils over years is at hand; back-tests of whole forecasts run on synthetic ones."""

from __future__ import annotations

import numpy as np

from junheng.planning.forecast.ages import AgeGroup, single_years
from junheng.planning.forecast.sources import census


def test_the_youngest_year_of_a_five_year_group_is_found_better_than_by_a_fifth_of_it() -> None:
    """Ages 0–4 as one group: the error of age 0, Σ|found − counted| / Σ counted over the counties, beside "every year the same"."""
    found, fifth, counted = [], [], []
    for area in census().values():
        ages = {(each.first, each.last): each.persons for each in area.persons}
        together = ages[0, 0] + ages[1, 4]
        groups = [AgeGroup(0, 4, together), *(each for each in area.persons if each.first >= 5)]
        found.append(single_years(groups)[0])
        fifth.append(together / 5)
        counted.append(ages[0, 0])
    error, even = (float(np.abs(np.array(each) - counted).sum() / np.sum(counted)) for each in (found, fifth))

    assert len(counted) >= 100
    assert error < 0.6 * even
    assert error < 0.15
