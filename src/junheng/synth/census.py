"""School-age population of Liaoning's counties, from the 2020 census (source named in the data file)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class CountyPopulation:
    """One county in the 2020 census. Counts are persons."""

    code: str
    name: str
    city: str
    population: int
    urban_population: int
    rural_population: int
    age_5_9: int
    age_10_14: int
    from_other_provinces: int

    @property
    def urban_share(self) -> float:
        return self.urban_population / self.population

    @property
    def primary_age(self) -> float:
        """Children of 6–11, ages spread evenly inside the census' five-year groups."""
        return 0.8 * self.age_5_9 + 0.4 * self.age_10_14

    @property
    def junior_age(self) -> float:
        """Children of 12–14."""
        return 0.6 * self.age_10_14


@cache
def counties() -> tuple[CountyPopulation, ...]:
    """The 100 counties, by code."""
    text = files("junheng.synth").joinpath("data/liaoning_census_2020.csv").read_text(encoding="utf-8")
    return tuple(_parse(line for line in text.splitlines() if not line.startswith("#")))


def _parse(lines: Iterator[str]) -> Iterator[CountyPopulation]:
    for record in csv.DictReader(lines):
        yield CountyPopulation(
            code=record["county_code"], name=record["county"], city=record["city"],
            **{name: int(record[name]) for name in ("population", "urban_population", "rural_population", "age_5_9",
                                                   "age_10_14", "from_other_provinces")},
        )  # fmt: skip
