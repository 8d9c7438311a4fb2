"""One meaning, several engines: what DuckDB, Polars and Spark measure is what plain Python with fractions does."""

import random
import shutil
from dataclasses import replace

import pytest
from comparison import PACKS, assert_same, keys_of, policies
from generated_counties import counties, sample_counties
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.engine.backends import Spark
from junheng.engine.measure import measure
from junheng.intake.model import Facts

QUICK = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=500)
PACK = st.sampled_from(PACKS)


def agree(facts: Facts, engine: str, pack: str) -> None:
    given_policies = policies(facts, pack)
    assert_same(measure(facts, given_policies, facts.school_year, engine), facts, given_policies)


@pytest.mark.parametrize("engine", ["duckdb", "duckdb-plan", "polars"])
@QUICK
@given(facts=counties(max_counties=3), pack=PACK)
def test_an_engine_measures_what_the_reference_does(engine: str, facts: Facts, pack: str) -> None:
    agree(facts, engine, pack)


@pytest.mark.long
@pytest.mark.parametrize("engine", ["duckdb", "duckdb-plan", "polars"])
@LONG
@given(facts=counties(max_counties=3, max_schools=8), pack=PACK)
def test_an_engine_measures_what_the_reference_does_again_and_again(engine: str, facts: Facts, pack: str) -> None:
    agree(facts, engine, pack)


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed here")
def test_spark_measures_what_the_reference_does(tmp_path_factory: pytest.TempPathFactory) -> None:
    pyspark = pytest.importorskip("pyspark.sql", reason="the spark extra is not installed")
    builder = pyspark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", False)
    builder = builder.config("spark.sql.shuffle.partitions", 1)
    session = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse"))).getOrCreate()
    facts = sample_counties(seed=7, schools=60)
    given_policies = policies(facts)
    assert_same(measure(facts, given_policies, 2025, Spark(session)), facts, given_policies)


@settings(QUICK, max_examples=8)
@given(facts=counties(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(facts: Facts, shuffle: random.Random) -> None:
    mixed = replace(facts, school=shuffle.sample(facts.school, len(facts.school)), county=facts.county[::-1])
    given_policies = policies(facts)
    first, second = (measure(each, given_policies, 2025) for each in (facts, mixed))
    assert keys_of(first.school_stage) == keys_of(second.school_stage)
    assert_same(second, facts, given_policies)


@settings(QUICK, max_examples=8)
@given(facts=counties())
def test_a_county_measured_alone_is_measured_as_among_others(facts: Facts) -> None:
    for code, policy in policies(facts).items():
        alone = replace(facts, school=[row for row in facts.school if row["county_code"] == code],
                        county=[row for row in facts.county if row["county_code"] == code])  # fmt: skip
        assert_same(measure(alone, policy, 2025), alone, {code: policy})
