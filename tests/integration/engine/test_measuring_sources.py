"""Facts in memory, release folders and person-level registers are measured alike."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from junheng.common.errors import UserError
from junheng.engine.measure import measure, measure_registers
from junheng.engine.result import Measurements
from junheng.intake.model import Facts
from junheng.intake.release_frames import fact_columns
from junheng.policy import resolve
from junheng.policy.in_force import Cited, PolicyInForce
from junheng.synth.people import write_registers
from junheng.synth.province import SyntheticCounty, synthesise

YEAR = 2025


@pytest.fixture(scope="module")
def province() -> list[SyntheticCounty]:
    return synthesise(3, seed=5, scale=0.1)


@pytest.fixture(scope="module")
def facts(province: list[SyntheticCounty]) -> Facts:
    out = Facts(YEAR)
    for county in province:
        out.school.extend(county.facts.school)
        out.county.extend(county.facts.county)
        out.judgement.extend(county.facts.judgement)
    return out


@pytest.fixture(scope="module")
def folders(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same facts as Parquet, one folder per county."""
    out = []
    for code in sorted({str(row["county_code"]) for row in facts.county}):
        folder = tmp_path_factory.mktemp(code)
        own = Facts(YEAR, *([row for row in facts.rows(name) if row["county_code"] == code] for name in ("school", "county", "judgement")))
        for each in fact_columns(own):
            each.frame().write_parquet(folder / f"{each.table.name}.parquet")
        out.append(folder)
    return out


def policy(area: str = "21") -> PolicyInForce:
    return resolve("quality_balance_2017", area, date(YEAR, 9, 1))


def assert_equal(one: Measurements, other: Measurements) -> None:
    for grain in ("school_stage", "school", "county"):
        left, right = getattr(one, grain), getattr(other, grain)
        for name in ("county_code", "school_code", "campus", "stage", "exclusion", "school_form"):
            assert getattr(left, name).tolist() == getattr(right, name).tolist(), (grain, name)
        for id, column in left.indicators.items():
            for end in ("num_lo", "num_hi", "den_lo", "den_hi", "member"):
                np.testing.assert_allclose(getattr(column, end), getattr(right.indicators[id], end), rtol=1e-12, err_msg=id)
    for id, column in one.balance.indicators.items():
        np.testing.assert_allclose(column.cv, other.balance.indicators[id].cv, rtol=1e-9, err_msg=id)
    assert (one.judgements, one.county_names) == (other.judgements, other.county_names)


@pytest.mark.parametrize("engine", ["duckdb", "duckdb-plan", "polars"])
def test_releases_are_measured_as_the_facts_they_hold(facts: Facts, folders: list[Path], engine: str) -> None:
    assert_equal(measure(folders, policy(), YEAR, engine), measure(facts, policy(), YEAR))


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_releases_are_measured_by_their_urls(facts: Facts, folders: list[Path], engine: str) -> None:
    assert_equal(measure([folder.as_uri() for folder in folders], policy(), YEAR, engine), measure(facts, policy(), YEAR))


def test_an_address_duckdb_is_not_equipped_for_says_what_to_do() -> None:
    with pytest.raises(UserError, match="DuckDB 读不了这个地址"):
        measure("s3://bucket/release", policy(), YEAR)


@pytest.mark.parametrize("engine", ["polars", "duckdb-plan"])
def test_registers_give_the_same_on_every_engine(province: list[SyntheticCounty], tmp_path: Path, engine: str) -> None:
    write_registers(province, tmp_path)
    measured = measure_registers(tmp_path, policy(), YEAR)
    assert len(measured.school_stage) > 10
    assert_equal(measured, measure_registers(tmp_path, policy(), YEAR, engine))
    first = measured.exact.interval("school_stage", 0, "higher_degree_teachers_per100")
    assert float(first.num_lo or 0) == measured.school_stage.indicators["higher_degree_teachers_per100"].num_lo[0]


def test_counties_under_policies_that_measure_differently_come_together_in_order(facts: Facts) -> None:
    codes = sorted({str(row["county_code"]) for row in facts.county})
    stricter = policy()
    limit = stricter.limits["classes_per_special_room"]
    halved = replace(limit, values={key: replace(cited, value=Decimal(6)) for key, cited in limit.values.items()})
    assert isinstance(next(iter(limit.values.values())), Cited)
    given = {code: policy() for code in codes} | {codes[1]: replace(stricter, limits={**stricter.limits, limit.id: halved})}
    together, alone = measure(facts, given, YEAR), measure(facts, policy(), YEAR)
    assert together.school.county_code.tolist() == alone.school.county_code.tolist()
    needed, usual = (each.school.indicators["music_rooms"].den_lo for each in (together, alone))
    changed = together.school.county_code == codes[1]
    assert (needed[~changed] == usual[~changed]).all()
    assert (needed[changed] >= usual[changed]).all()
    assert needed[changed].sum() > usual[changed].sum()


def test_a_county_without_a_policy_is_refused(facts: Facts) -> None:
    with pytest.raises(UserError, match="没有给出"):
        measure(facts, {str(facts.county[0]["county_code"]): policy()}, YEAR)


def test_a_county_that_handed_in_no_form_is_measured_with_everything_missing(facts: Facts) -> None:
    silent = replace(facts, county=facts.county[1:])
    code = str(facts.county[0]["county_code"])
    county = measure(silent, policy(), YEAR).county
    at = county.county_code.tolist().index(code)
    quota = county.indicators["primary_quota"]
    assert (quota.num_lo[at], quota.num_hi[at]) == (0, np.inf)


def test_duckdb_measures_without_importing_polars_or_pyarrow(folders: list[Path]) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import date; from junheng.policy import resolve;"
        "from junheng.engine.measure import measure;"
        f"measure([Path(p) for p in {[str(each) for each in folders]!r}], resolve('quality_balance_2017', '21', date({YEAR}, 9, 1)), {YEAR});"
        "print([name for name in ('polars', 'pyarrow', 'pandas') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
