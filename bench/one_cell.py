"""P4: one changed cell of one school → the county's verdict, beside measuring the county afresh."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from junheng.engine.edit import measure_edited
from junheng.engine.measure import measure
from junheng.judging.county import judge
from junheng.policy import resolve
from junheng.synth.province import synthesise
from side_by_side import best_of, report


def run() -> None:
    county = synthesise(1)[0]
    facts, code = county.facts, county.population.code
    policy = resolve("quality_balance_2017", code, date(facts.school_year, 9, 1))
    measured = measure(facts, policy, facts.school_year)
    row = facts.school[3]

    def change() -> None:
        row["multimedia_rooms"] = int(row["multimedia_rooms"] or 0) + 1  # type: ignore[call-overload]

    def follow() -> None:
        nonlocal measured
        change()
        measured = measure_edited(measured, facts, policy, code, (str(row["school_code"]), ""))
        judge(measured, lambda _: policy).verdicts()

    def afresh() -> None:
        change()
        judge(measure(facts, policy, facts.school_year), lambda _: policy).verdicts()

    edited, whole = best_of(follow, 9), best_of(afresh, 5)
    report("P4 one cell", f"{edited.seconds * 1000:.1f} ms to the verdict of {len(facts.school)} schools (goal < 50 ms); "
                          f"afresh {whole.seconds * 1000:.0f} ms: {edited.seconds / whole.seconds:.2f}×")  # fmt: skip


if __name__ == "__main__":
    run()
