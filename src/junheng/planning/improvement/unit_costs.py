"""单价: what one unit of each measure costs, as a table with a range and a source.

The built-in amounts are examples, 待核: no public schedule of Liaoning was found. Every plan says so until a county hands in
its own table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from junheng.common.errors import UserError

COLUMNS = ("measure", "title", "unit", "low_yuan", "usual_yuan", "high_yuan", "yearly", "county_most", "source", "unverified")


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
    return costs_from(csv.DictReader(text.splitlines()), "自带单价表")


def costs_from(records: Iterable[Mapping[str, object]], where: str) -> Mapping[str, UnitCost]:
    """A table's records by measure. Raises UserError for an amount that is no number, or a range out of order."""
    out: dict[str, UnitCost] = {}
    for number, record in enumerate(records, 2):
        place = f"{where}第 {number} 行"
        low, usual, high = (_yuan(record, name, place) for name in ("low_yuan", "usual_yuan", "high_yuan"))
        if not 0 <= low <= usual <= high:
            raise UserError("单价的低、常用、高三档次序不对", where=place, why=f"{low}、{usual}、{high}", remedy="请使低 ≤ 常用 ≤ 高，且不为负数")
        most = str(record.get("county_most") or "").strip()
        out[str(record["measure"])] = UnitCost(
            str(record["measure"]), str(record.get("title") or ""), str(record.get("unit") or ""), low, usual, high,
            str(record.get("yearly") or "").strip() in ("是", "1", "True"), _yuan(record, "county_most", place) if most else None,
            str(record.get("source") or ""), str(record.get("unverified") or ""),
        )  # fmt: skip
    return out


def _yuan(record: Mapping[str, object], name: str, place: str) -> Decimal:
    try:
        value = Decimal(str(record[name]).strip().replace(",", ""))
    except (InvalidOperation, KeyError) as error:
        raise UserError("单价表里有不是数字的金额或数量", where=place, why=f"{name} 为“{record.get(name)}”", remedy="请填写数字，单位元") from error
    if not value.is_finite() or value < 0:
        raise UserError("单价表里有不能用的金额或数量", where=place, why=f"{name} 为“{record[name]}”", remedy="请填写不小于 0 的数字")
    return value
