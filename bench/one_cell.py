"""P4: one changed cell of one school → the county's verdict, on arrays, beside the same on DuckDB and Polars."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from junheng.engine.measure import measure
from junheng.judging.county import judge
from junheng.policy import resolve
from junheng.synth.province import synthesise
from side_by_side import Timed, best_of, report


def run() -> None:
    county = synthesise(1)[0]
    facts, code = county.facts, county.population.code
    policy = resolve("quality_balance_2017", code, date(facts.school_year, 9, 1))
    row = facts.school[3]

    def timed(engine: str) -> Timed:
        def work() -> None:
            row["multimedia_rooms"] = int(row["multimedia_rooms"] or 0) + 1  # type: ignore[call-overload]
            judge(measure(facts, policy, facts.school_year, engine), lambda _: policy).verdicts()

        return best_of(work, 7)

    default, plan, polars = (timed(engine) for engine in ("duckdb", "duckdb-plan", "polars"))
    report("P4 one cell", f"{default.seconds * 1000:.1f} ms from the changed cell to the verdict of {len(facts.school)} schools (goal < 50 ms); "
                          f"the whole plan in DuckDB {plan.seconds * 1000:.0f} ms: {default.seconds / plan.seconds:.2f}×, "
                          f"Polars {polars.seconds * 1000:.0f} ms: {default.seconds / polars.seconds:.2f}×")  # fmt: skip


if __name__ == "__main__":
    run()
