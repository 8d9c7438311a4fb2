"""The `spec` fixture: what a paragraph of the manual states is held against every engine, and against plain Python."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from drawn import BALANCE_WORDS, Claim, Drawn, Spec, ends
from engines import ByEngine, ByReference, Figure, Question, question

from junheng.engine.backends import Spark

# One process owns Spark: a second session would only slow both down.
ENGINES = ("duckdb", "duckdb-plan", "polars", "reference", pytest.param("pyspark", marks=pytest.mark.xdist_group("spark")))
Found = ByEngine | ByReference


@dataclass(frozen=True)
class Checked:
    """One engine's findings about every drawn table of the run."""

    asked: Question
    found: Found

    def take(self, claim: Claim) -> None:
        code = self._code(claim.drawn)
        if claim.stage:
            self._balance(self.found.balance(code, claim.stage, claim.indicator), claim.expected)
        elif claim.indicator:
            figures = self.found.figures(code, claim.indicator)
            for key, wanted in claim.expected.items():
                assert_figure(figures.get(key), wanted, f"{claim.indicator} {key}")
        else:
            titles = {rule.reason: rule.title for rule in self.asked.policies[code].exclusions}
            standing = {school: titles.get(each, each) for school, each in self.found.standing(code).items()}
            assert standing == {school: each for school, each in claim.expected.items() if each is not None}

    def _code(self, drawn: Drawn) -> str:
        if drawn not in self.asked.code:
            drawn.school_rows(""), drawn.county_rows("")  # says what is wrong with the table
        return self.asked.code[drawn]

    def _balance(self, got: Mapping[str, float | None], expected: Mapping[str, object]) -> None:
        for word, wanted in expected.items():
            value = got[BALANCE_WORDS[word]]
            if isinstance(wanted, str):
                decimals = len(wanted.partition(".")[2])
                assert value is not None, word
                assert format(float(value), f".{decimals}f") == wanted, word
            else:
                assert (value is None) == (wanted is None), word
                assert value is None or float(value) == pytest.approx(wanted, rel=1e-9, abs=1e-12), word


def assert_figure(found: Figure | None, wanted: object, what: str) -> None:
    if wanted is None:
        assert found is None or found[4] == 0, what
        return
    assert found is not None, f"{what}: not measured"
    *bounds, member = found
    if wanted == "?":
        assert math.isnan(member), what
        return
    assert member == 1, what
    if isinstance(wanted, str):
        assert bounds == pytest.approx(ends(wanted), rel=1e-9), what
    else:
        num_lo, num_hi, den_lo, den_hi = bounds
        assert (num_lo, den_lo) == (num_hi, den_hi), f"{what}: something is missing"
        assert num_lo / den_lo == pytest.approx(wanted, rel=1e-9), what


@pytest.fixture(scope="session")
def asked(request: pytest.FixtureRequest) -> Question:
    """The tables of every paragraph that runs, found by letting each state its claims."""
    paragraphs = dict.fromkeys(getattr(item, "function", None) for item in request.session.items if "spec" in getattr(item, "fixturenames", ()))
    claims: list[Claim] = []
    for paragraph in paragraphs:
        paragraph(Spec(claims.append))
    return question(claim.drawn for claim in claims)


@pytest.fixture(scope="session", params=ENGINES)
def checked(request: pytest.FixtureRequest, asked: Question, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """One engine's findings; pytest runs all paragraphs on one engine before it turns to the next."""
    if request.param == "reference":
        return Checked(asked, ByReference(asked))
    if request.param == "pyspark":
        return Checked(asked, _on_spark(asked, tmp_path_factory))
    return Checked(asked, ByEngine(asked, request.param))


def _on_spark(asked: Question, tmp: pytest.TempPathFactory) -> ByEngine:
    """A quiet local Spark that speaks to nobody, for one measurement."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed here")
    sql = pytest.importorskip("pyspark.sql", reason="the spark extra is not installed")
    settings = {
        "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1", "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false", "spark.log.level": "ERROR", "spark.sql.warehouse.dir": str(tmp.mktemp("warehouse")),
    }  # fmt: skip
    builder = sql.SparkSession.builder.master("local[1]").appName("junheng-spec")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        return ByEngine(asked, Spark(session))
    finally:
        session.stop()


@pytest.fixture
def spec(checked: Checked) -> Spec:
    """Every paragraph holds on every engine, and in plain Python."""
    return Spec(checked.take)
