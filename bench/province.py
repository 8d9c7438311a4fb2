"""P1 and P2: person-level registers of a province, and of a nation ten and thirty times as large, beside hand-written peers."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from side_by_side import in_own_process, report

OURS, PEERS = (Path(__file__).resolve().parent / name for name in ("person_level.py", "peers.py"))
_PEOPLE = ("pupil", "teacher", "room", "class", "school", "county")


def make_province(folder: Path) -> None:
    """100 counties, 3.3 million pupils and some 300,000 teachers, as Parquet."""
    from junheng.synth.people import write_registers
    from junheng.synth.province import synthesise

    write_registers(synthesise(100, scale=1.07), folder)


def multiply(province: Path, folder: Path, times: int) -> None:
    """`times` provinces side by side, every county code with the copy's number before it; one file a copy."""
    import duckdb

    for name in _PEOPLE:
        (folder / name).mkdir(parents=True)
        for copy in range(times):
            duckdb.execute(
                f"COPY (SELECT * REPLACE ('{copy:02d}-' || county_code AS county_code) FROM '{province / name}.parquet') "
                f"TO '{folder / name / f'{name}{copy:02d}.parquet'}' (FORMAT parquet)"
            )


def run() -> None:
    with tempfile.TemporaryDirectory() as place:
        province = Path(place) / "province"
        make_province(province)
        sql = in_own_process(PEERS, "sql", str(province))
        ours = in_own_process(OURS, "duckdb", str(province))
        report("P1 all verdicts", f"DuckDB rolls up, arrays finish: {ours.seconds:.3f} s, {ours.peak_mb:.0f} MB; hand-written SQL for the 14 CVs {sql.seconds:.3f} s, "
                                  f"{sql.peak_mb:.0f} MB: {ours.seconds / sql.seconds:.1f}× (goal ≤ 1.5× + 0.2 s = "
                                  f"{1.5 * sql.seconds + 0.2:.3f} s, < 250 MB)")  # fmt: skip
        for name in ("pandas", "spark"):
            peer = in_own_process(PEERS, name, str(province), repeats=2)
            report(f"P1 beside {name}", f"its 14 CVs {peer.seconds:.2f} s, {peer.peak_mb:.0f} MB: ours {ours.seconds / peer.seconds:.2f}×")
        for engine in ("duckdb-plan", "polars"):
            ran = in_own_process(OURS, engine, str(province), repeats=2)
            report(f"P1 on {engine}", f"{ran.seconds:.2f} s, {ran.peak_mb:.0f} MB: {ran.seconds / ours.seconds:.1f}× the first")
        seconds = {}
        for times in (10, 30):
            nation = Path(place) / f"nation{times}"
            multiply(province, nation, times)
            cvs, plain = in_own_process(OURS, "cvs", str(nation), repeats=3), in_own_process(PEERS, "sql", str(nation), repeats=3)
            seconds[times] = cvs.seconds
            report(f"P2 CVs ×{times}", f"{cvs.seconds:.2f} s, {cvs.peak_mb:.0f} MB; hand-written SQL {plain.seconds:.2f} s, "
                                       f"{plain.peak_mb:.0f} MB: {cvs.seconds / plain.seconds:.2f}× (goal at ×30 ≤ 1.5×, < 500 MB)")  # fmt: skip
        report("P2 growth", f"time(×30) / time(×10) = {seconds[30] / seconds[10]:.2f} (goal ≤ 3.3)")


if __name__ == "__main__":
    run()
