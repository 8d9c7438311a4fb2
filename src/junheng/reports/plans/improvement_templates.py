"""单价表 and 约束表 to be filled in: the built-in prices to be replaced, the county's schools to be pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.intake.model import Row
from junheng.planning.improvement.tables import PINS, UNIT_COSTS
from junheng.planning.improvement.unit_costs import built_in_costs
from junheng.reports.plans.blank_tables import write_filled_table


def write_templates(folder: Path, schools: Sequence[Row]) -> tuple[Path, Path]:
    """Write both tables into a folder that exists; returns their paths."""
    prices: list[Mapping[str, object]] = [
        {"measure": each.title, "low_yuan": float(each.low_yuan), "usual_yuan": float(each.usual_yuan), "high_yuan": float(each.high_yuan),
         "yearly": "是" if each.yearly else "否", "source": each.source, "unverified": each.unverified}
        for each in built_in_costs().values()
    ]  # fmt: skip
    pins = [{"school_code": str(row["school_code"] or ""), "campus": str(row["campus"] or ""), "reason": str(row["school_name"] or "")} for row in schools]
    return write_filled_table(folder, UNIT_COSTS, prices), write_filled_table(folder, PINS, pins)
