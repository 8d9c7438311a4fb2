"""DESCRIPTION
The rural population is part of the population.

WHY
Both are printed in 表Ⅰ of the application.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.shapes import parts_within


def rural_population_within_population(reported: Reported) -> Iterator[Breach]:
    return parts_within(reported, "county", ("rural_population",), "resident_population")


CHECK = Check(
    id="E-rural-population-exceeds-population",
    title="农业人口数不多于人口总数",
    why="农业人口是总人口的一部分。",
    fields=("county.rural_population", "county.resident_population"),
    run=rural_population_within_population,
)
