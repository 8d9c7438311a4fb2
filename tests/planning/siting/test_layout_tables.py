"""A county written as tables and read again is the same county."""

from __future__ import annotations

from dataclasses import replace

import pytest

from junheng.planning.geography import Datum
from junheng.planning.siting.bands import Band
from junheng.planning.siting.reading import read_county
from junheng.reports.plans.siting_tables import write_county_tables
from junheng.synth.siting import draw_county


def _with_one_primary_school(point):
    """As the table has it: that of grades 1–3 where there are two."""
    primary, junior = point.school.get(Band.LOWER) or point.school.get(Band.UPPER), point.school.get(Band.JUNIOR)
    return replace(point, school={band: at for band, at in zip(Band, (primary, primary, junior), strict=True) if at})


@pytest.mark.parametrize("seed", [1, 2])
def test_a_county_written_as_tables_is_read_back_the_same(seed, tmp_path):
    county = draw_county(seed, villages=20, estates=6, townships=3)
    read = read_county(write_county_tables(tmp_path, county), county.name, Datum.CGCS2000)
    assert (read.school_years, read.points, read.sites, read.pins) == (county.school_years, tuple(map(_with_one_primary_school, county.points)), county.sites, county.pins)
    assert (read.km == county.km).all()
