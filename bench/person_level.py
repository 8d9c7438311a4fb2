"""Junheng from the registers. `python bench/person_level.py duckdb|duckdb-plan|polars|pyspark|cvs FOLDER REPEATS`: one JSON line.

An engine: all verdicts of all counties on it; cvs: the 14 CVs alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from junheng.engine.balance_alone import measure_balance
from junheng.engine.measure import measure_registers
from junheng.judging.county import judge
from junheng.policy import resolve, resolve_many
from side_by_side import best_of, peak_mb

SCHOOL_YEAR = 2025


def county_codes(folder: Path) -> tuple[str, ...]:
    import duckdb

    found = duckdb.sql(f"SELECT county_code FROM read_parquet('{folder}/county*.parquet') ORDER BY 1").fetchall()
    return tuple(code for (code,) in found)


def verdicts(folder: Path, engine: str) -> Callable[[], float]:
    policies = resolve_many("quality_balance_2017", county_codes(folder), date(SCHOOL_YEAR, 9, 1))

    def work() -> float:
        measured = measure_registers(folder, policies, SCHOOL_YEAR, engine)
        judge(measured, policies.__getitem__).verdicts()
        return float(sum(column.known_cv[column.known_cv > 0].sum() for column in measured.balance.indicators.values()))

    return work


def balance_alone(folder: Path) -> Callable[[], float]:
    """The 14 CVs of every county and nothing a criterion needs: one policy for all."""
    policy = resolve("quality_balance_2017", "", date(SCHOOL_YEAR, 9, 1))

    def work() -> float:
        balance = measure_balance(folder, policy)
        return float(sum(column.known_cv[column.known_cv > 0].sum() for column in balance.indicators.values()))

    return work


if __name__ == "__main__":
    which, folder, repeats = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    work = balance_alone(folder) if which == "cvs" else verdicts(folder, which)
    print(json.dumps({"seconds": best_of(work, repeats).seconds, "peak_mb": peak_mb(), "check": work()}))
