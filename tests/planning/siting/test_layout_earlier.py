"""安排表: what a layout writes is what the next one may begin from, also when the county has changed since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from siting_cases import county, point, school

from junheng.common.errors import IntakeError
from junheng.planners.model import Asked
from junheng.planners.registry import BY_ID
from junheng.planning.siting.checking import faults_of
from junheng.planning.siting.county import County, Pin, PinKind
from junheng.planning.siting.earlier import earlier_rows, read_earlier
from junheng.planning.siting.solve import solve
from junheng.planning.siting.tables import EARLIER, POINTS, PUPILS, SITES
from junheng.reports.plans.blank_tables import write_filled_table
from junheng.synth.siting import draw_county


@pytest.fixture(scope="module")
def drawn() -> County:
    return draw_county(5, villages=8, estates=2, townships=2)


def test_a_plan_reads_back_as_it_was(drawn: County, tmp_path: Path) -> None:
    plan = solve(drawn, seconds=4)
    again = read_earlier(write_filled_table(tmp_path, EARLIER, earlier_rows(plan)), drawn)

    assert again is not None
    assert sorted(map(repr, again.going)) == sorted(map(repr, plan.going))
    for mine, theirs in zip(again.states, plan.states, strict=True):  # what stood open and empty is not in the table
        assert all(set(own.classes) <= set(other.classes) and own.open <= other.open for own, other in zip(mine, theirs, strict=True))


def test_begun_from_it_the_next_plan_of_a_changed_county_is_lawful_and_keeps_the_new_pin(drawn: County, tmp_path: Path) -> None:
    plan = solve(drawn, seconds=4)
    table = write_filled_table(tmp_path, EARLIER, earlier_rows(plan))
    kept = next((site.code for j, site in enumerate(drawn.sites) if site.existing and not plan.states[j][-1].open), drawn.sites[0].code)
    changed = replace(drawn, pins=(*drawn.pins, Pin(PinKind.MUST_KEEP, kept)))
    begun = solve(changed, seconds=4, start=read_earlier(table, changed))

    assert next(faults_of(begun), None) is None
    assert all(state.open for state in begun.states[changed.site_at(kept)])


def test_a_table_of_another_county_is_no_beginning_and_a_strange_file_is_refused(drawn: County, tmp_path: Path) -> None:
    table = write_filled_table(tmp_path, EARLIER, earlier_rows(solve(drawn, seconds=2)))
    other = county([point("A", 40, 4)], [school("S0", 4, 6, rural=False)], [[1.5]])
    assert read_earlier(table, other) is None
    with pytest.raises(IntakeError):
        read_earlier(write_filled_table(tmp_path, POINTS, []), drawn)


def test_the_planner_writes_it_and_takes_it(tmp_path: Path) -> None:
    siting, folder = BY_ID["siting"], tmp_path / "表"
    folder.mkdir()
    tables = {
        POINTS.name: write_filled_table(folder, POINTS, [{"code": "P1", "name": "东村", "lon": 123.40, "lat": 41.80, "place": "乡村"}]),
        PUPILS.name: write_filled_table(folder, PUPILS, [{"point": "P1", "school_year": 2026, "lower": 30, "upper": 30, "junior": 0}]),
        SITES.name: write_filled_table(folder, SITES, [
            {"code": "S1", "name": "东村小学", "lon": 123.40, "lat": 41.80, "status": "现有", "place": "乡村", "now_lower": "是", "now_upper": "是", "rooms": 6, "pupils": 60},
        ]),
    }  # fmt: skip
    first = siting.run(Asked((), tables, siting.values({"seconds": 2.0}), tmp_path / "一", unit_name="试验县"))
    written = next(path for path in first.files if path.stem == EARLIER.label)
    rows = list(openpyxl.load_workbook(written)[EARLIER.label].iter_rows(min_row=3, values_only=True))
    assert sum(row[5] for row in rows) == 60
    second = siting.run(Asked((), tables | {EARLIER.name: written}, siting.values({"seconds": 2.0}), tmp_path / "二", unit_name="试验县"))
    assert second.headline == first.headline
