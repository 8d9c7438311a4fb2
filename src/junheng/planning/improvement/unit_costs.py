"""单价: what one unit of each measure costs, as a table with a range and a source.

The built-in amounts are examples, 待核: no public schedule of Liaoning was found. Every plan says so until a county hands in
its own table.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class UnitCost:
    """One measure's price in yuan per unit. yearly: due every year from the year it is done (salaries, allowances),
    else once. county_most: units the whole county can have at most (None = no such bound). unverified: Chinese
    reason why the amount is 待核, "" when it was checked."""

    measure: str
    title: str
    unit: str
    low_yuan: Decimal
    usual_yuan: Decimal
    high_yuan: Decimal
    yearly: bool
    county_most: Decimal | None
    source: str
    unverified: str

    def times(self, years: int) -> int:
        """How often the price is due in a plan of so many years when the measure is done in the first."""
        return years if self.yearly else 1


@cache
def built_in_costs() -> Mapping[str, UnitCost]:
    """The example table, by measure."""
    text = files("junheng.planning.improvement").joinpath("data/unit_costs.csv").read_text(encoding="utf-8")
    return {
        row["measure"]: UnitCost(
            row["measure"], row["title"], row["unit"], Decimal(row["low_yuan"]), Decimal(row["usual_yuan"]), Decimal(row["high_yuan"]),
            row["yearly"] == "是", Decimal(row["county_most"]) if row["county_most"] else None, row["source"], row["unverified"],
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip
