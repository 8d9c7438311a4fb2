"""The balance measured alone, inside the engine, is the balance that is measured with everything else."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from comparison import PACKS, policies
from generated_counties import counties
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.engine.balance_alone import measure_balance
from junheng.engine.measure import measure, measure_registers
from junheng.engine.result import Balance, BalanceColumn
from junheng.intake.model import Facts
from junheng.intake.release_frames import fact_columns
from junheng.synth.people import write_registers
from junheng.synth.province import synthesise

QUICK = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def assert_same_balance(one: Balance, other: Balance) -> None:
    assert one.county_code.tolist() == other.county_code.tolist()
    assert one.stage.tolist() == other.stage.tolist()
    for name in ("n", "students"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    assert set(one.indicators) == set(other.indicators)
    for id, column in one.indicators.items():
        for field in fields(BalanceColumn):
            mine, theirs = getattr(column, field.name), getattr(other.indicators[id], field.name)
            np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9, err_msg=f"{id} {field.name}")


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@QUICK
@given(facts=counties(max_counties=3), pack=st.sampled_from(PACKS))
def test_alone_it_is_the_same_with_schools_that_told_little(engine: str, facts: Facts, pack: str) -> None:
    given_policies = policies(facts, pack)
    with TemporaryDirectory() as folder:
        for each in fact_columns(facts):
            each.frame().write_parquet(Path(folder) / f"{each.table.name}.parquet")
        alone = measure_balance(Path(folder), given_policies, engine)
    assert_same_balance(alone, measure(facts, given_policies, facts.school_year).balance)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_alone_it_is_the_same_from_registers(tmp_path: Path, engine: str) -> None:
    province = synthesise(3, seed=5, scale=0.1)
    write_registers(province, tmp_path)
    given_policies = policies(Facts(2025, county=[row for county in province for row in county.facts.county]))
    assert_same_balance(measure_balance(tmp_path, given_policies, engine), measure_registers(tmp_path, given_policies, 2025).balance)
