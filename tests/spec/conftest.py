"""The `spec` fixture: a table drawn as text, measured by every engine, compared with what the paragraph says.

A table has one school per line under Chinese labels of the official form (a column's name does too); a blank cell is
not reported. Numbers may carry a unit ("12.5万元"). Expected results are keyed by "学校代码 学段" (school-stage figures),
"学校代码" (figures of a school) or "区县" and are written
  0.5        the value, nothing missing            "2/3"     numerator and denominator
  "2~5/3"    what is missing leaves bounds; ∞ = none  None   the row is not measured, or not in scope
  "?"        whether it is in scope cannot be told
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from junheng.common.stages import Stage
from junheng.engine.backends import Spark
from junheng.engine.measure import measure
from junheng.engine.reference import measure_reference
from junheng.engine.result import Measurements, Rows
from junheng.indicators import indicator as declared
from junheng.intake.model import Facts, Row
from junheng.policy import resolve
from junheng.policy.in_force import PolicyInForce
from junheng.tables import Column, Kind, table

COUNTY, YEAR = "210102", 2025
ENGINES = ("duckdb", "polars", "numpy", "pyspark", "reference")
PACK = "quality_balance_2017"
Expected = Mapping[str, object]
Drawn = tuple[str, str]
"""The text of a school table, and of a county's line or ""."""


@dataclass(frozen=True)
class Spec:
    """Measures a drawn table on one engine. batch: what Spark measured beforehand, all paragraphs at once."""

    engine: str
    batch: Mapping[Drawn, Measurements] | None = None

    def __call__(self, drawn: str, indicator: str, expected: Expected, **given: Any) -> None:
        """given: county = a drawn one-line table of the county's own form."""
        county = given.get("county", "")
        if self.engine == "reference":
            found = self._by_reference(facts_of(drawn, county), indicator)
        else:
            found = figures(self.measured(drawn, indicator, county), indicator)
        for key, wanted in expected.items():
            assert_figure(found.get(key), wanted, f"{indicator} {key} ({self.engine})")

    def balance(self, drawn: str, indicator: str, stage: str, **expected: float | None) -> None:
        """The balance of a stage: mean, sd, cv, n, n_missing, known_mean, known_cv; None = undefined or undecided."""
        if self.engine == "reference":
            group = measure_reference(facts_of(drawn), lambda county: policy_for(indicator))["balance"][(COUNTY, stage)]
            got: dict[str, Any] = {**group["indicators"][indicator], "n": group["n"]}  # type: ignore[index]
        else:
            balance = self.measured(drawn, indicator).balance
            at = int(np.flatnonzero(balance.stage == stage)[0])
            column = balance.indicators[indicator]
            got = {name: getattr(column, name)[at] for name in ("mean", "sd", "cv", "known_mean", "known_cv", "n_missing")}
            got["n"] = balance.n[at]
        for name, wanted in expected.items():
            value = None if got[name] is None or math.isnan(got[name]) else float(got[name])
            assert value == (None if wanted is None else pytest.approx(wanted, rel=1e-9, abs=5e-5 if name in ROUNDED else 0)), name

    def rows(self, drawn: str) -> Rows:
        """The school-stage rows as measured (by DuckDB in place of the reference, which has no such rows)."""
        return self.measured(drawn, "teach_area_per_pupil").school_stage

    def measured(self, drawn: str, indicator: str, county: str = "") -> Measurements:
        """Measurements by the engine, which must agree with their own exact source."""
        if self.batch is not None:
            return self.batch[drawn, county]
        engine = "duckdb" if self.engine == "reference" else self.engine
        found = measure(facts_of(drawn, county), policy_for(indicator), YEAR, engine)
        for rows in (found.school_stage, found.school):
            for id, column in rows.indicators.items():
                for index in range(len(rows)):
                    exact = found.exact.interval(rows.grain, index, id)
                    assert column.num_lo[index] == pytest.approx(-math.inf if exact.num_lo is None else float(exact.num_lo))
                    assert column.den_hi[index] == pytest.approx(math.inf if exact.den_hi is None else float(exact.den_hi))
        return found

    def _by_reference(self, facts: Facts, indicator: str) -> dict[str, Any]:
        rows = measure_reference(facts, lambda county: policy_for(indicator))[declared(indicator).grain]
        found = {}
        for key, row in rows.items():
            figure = row["indicators"][indicator]  # type: ignore[index]
            member = figure["member"]
            ends = [*figure["num"], *figure["den"]]
            bounds = [float(missing if end is None else end) for end, missing in zip(ends, (-math.inf, math.inf) * 2, strict=True)]
            found[_key(key)] = (*bounds, math.nan if member is None else float(member))
        return found


ROUNDED = {"mean", "sd", "cv"}


class Recorder:
    """Takes the part of a Spec to learn which tables a paragraph draws."""

    def __init__(self) -> None:
        self.drawn: dict[Drawn, None] = {}

    def __call__(self, drawn: str, indicator: str, expected: Expected, county: str = "") -> None:
        self.drawn[drawn, county] = None

    def balance(self, drawn: str, indicator: str, stage: str, **expected: float | None) -> None:
        self.drawn[drawn, ""] = None

    def rows(self, drawn: str) -> Rows:
        self.drawn[drawn, ""] = None
        raise _LearnedEnoughError


class _LearnedEnoughError(Exception):
    pass


def measured_at_once(drawn: Iterable[Drawn], session: Any) -> dict[Drawn, Measurements]:
    """Every table as a county of its own in one measurement: Spark takes seconds to understand a plan, of any size."""
    facts, codes = Facts(YEAR), {}
    for number, (table_text, county_text) in enumerate(drawn):
        codes[table_text, county_text] = code = str(210001 + number)
        one = facts_of(table_text, county_text)
        facts.school.extend({**row, "county_code": code} for row in one.school)
        facts.county.extend({**row, "county_code": code} for row in one.county)
    found = measure(facts, resolve(PACK, "21", date(YEAR, 9, 1)), YEAR, Spark(session))
    return {each: _of_county(found, code) for each, code in codes.items()}


def _of_county(found: Measurements, code: str) -> Measurements:
    def rows(whole: Rows) -> Rows:
        here = whole.county_code == code
        names = [each.name for each in fields(Rows) if each.name not in ("grain", "exceptions", "indicators")]
        return replace(
            whole,
            **{name: getattr(whole, name)[here] for name in names},
            exceptions={id: values[here] for id, values in whole.exceptions.items()},
            indicators={id: _masked(column, here) for id, column in whole.indicators.items()},
        )

    balance, here = found.balance, found.balance.county_code == code
    own = replace(
        balance, county_code=balance.county_code[here], stage=balance.stage[here], n=balance.n[here], students=balance.students[here],
        indicators={id: _masked(column, here) for id, column in balance.indicators.items()},
    )  # fmt: skip
    return replace(
        found, school_stage=rows(found.school_stage), school=rows(found.school), county=rows(found.county), balance=own
    )


def _masked(column: Any, here: Any) -> Any:
    return replace(column, **{each.name: getattr(column, each.name)[here] for each in fields(column)})


@cache
def policy_for(indicator: str) -> PolicyInForce:
    """The policy, cut down to what the indicator reads: a paragraph is about one indicator."""
    policy = resolve(PACK, "21", date(YEAR, 9, 1))
    read = declared(indicator).limits_read | {"split_weight"}
    return replace(
        policy,
        resources=tuple(each for each in policy.resources if each.indicator == indicator) or policy.resources[:1],
        limits={id: limit for id, limit in policy.limits.items() if id in read},
    )


def figures(found: Measurements, indicator: str) -> dict[str, Any]:
    rows: Rows = getattr(found, declared(indicator).grain)
    column = rows.indicators[indicator]
    return {
        _key((rows.county_code[i], rows.school_code[i], rows.campus[i], rows.stage[i])): tuple(
            float(each[i]) for each in (column.num_lo, column.num_hi, column.den_lo, column.den_hi, column.member)
        )
        for i in range(len(rows))
    }


def _key(key: tuple[str, ...]) -> str:
    """"1 小学", "1", "1东校区 小学" or "区县"."""
    if len(key) == 1 or not key[1]:
        return "区县"
    stage = Stage(key[3]).label if len(key) == 4 and key[3] else ""
    return f"{key[1]}{key[2]} {stage}".strip()


def assert_figure(found: Any, wanted: object, what: str) -> None:
    if wanted is None:
        assert found is None or found[4] == 0, what
        return
    assert found is not None, f"{what}: not measured"
    num_lo, num_hi, den_lo, den_hi, member = found
    if wanted == "?":
        assert math.isnan(member), what
        return
    assert member == 1, what
    if isinstance(wanted, str):
        above, below = wanted.split("/")
        assert [num_lo, num_hi, den_lo, den_hi] == pytest.approx([*_ends(above), *_ends(below)]), what
    else:
        assert (num_lo, den_lo) == (num_hi, den_hi), f"{what}: something is missing"
        assert num_lo / den_lo == pytest.approx(wanted, rel=1e-12), what


def _ends(text: str) -> list[float]:
    lo, _, hi = text.partition("~")
    return [float(each.replace("∞", "inf")) for each in (lo, hi or lo)]


def facts_of(drawn: str, county: str = "") -> Facts:
    facts = Facts(YEAR)
    for number, row in enumerate(_rows("school", drawn), start=1):
        facts.school.append({**row, "county_code": COUNTY, "school_code": row["school_code"] or str(number), "campus": row["campus"] or ""})
    facts.county.extend({**row, "county_code": COUNTY, "county_name": "和平区"} for row in _rows("county", county))
    return facts


def _rows(table_name: str, drawn: str) -> Iterator[Row]:
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines() if line.strip()]
    if not lines:
        return
    columns = [_column(table_name, label) for label in lines[0]]
    for line in lines[1:]:
        assert len(line) == len(columns), f"{line} does not fit {lines[0]}"
        cells = {column.name: _value(column, cell) for column, cell in zip(columns, line, strict=True)}
        yield {each.name: cells.get(each.name) for each in table(table_name).columns}


def _column(table_name: str, label: str) -> Column:
    for column in table(table_name).columns:
        if label in (column.name, column.label):
            return column
    return next(column for column in table(table_name).columns if label in column.variants)


def _value(column: Column, cell: str) -> object:
    if cell == "":
        return None
    if column.kind is Kind.FLAG:
        return {"是": True, "否": False}[cell]
    if column.codes is not None:
        return column.codes.code_of(cell)
    if not column.kind.is_number:
        return cell
    digits = cell.rstrip("万亩元㎡平方米%")
    factor = column.unit.factor(cell[len(digits) :])
    assert factor is not None, f"{cell} is not a {column.label}"
    number = float(Fraction(digits) * Fraction(factor))
    return number if column.kind in (Kind.AMOUNT, Kind.FRACTION) else int(number)


@pytest.fixture(scope="session")
def spark_batch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[Drawn, Measurements]:
    """What a quiet local Spark measures for all specs; skips where there is no Java or no PySpark."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed here")
    sql = pytest.importorskip("pyspark.sql", reason="the spark extra is not installed")
    recorder = Recorder()
    for item in request.session.items:
        given = dict(getattr(getattr(item, "callspec", None), "params", {}))
        if given.pop("spec", "") == "pyspark":
            with suppress(_LearnedEnoughError):
                item.obj(spec=recorder, **given)
    settings = {
        "spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1",
        "spark.sql.adaptive.enabled": "false", "spark.sql.codegen.wholeStage": "false", "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("warehouse")),
    }  # fmt: skip
    builder = sql.SparkSession.builder.master("local[1]").appName("junheng-spec")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        return measured_at_once(recorder.drawn, session)
    finally:
        session.stop()


@pytest.fixture(params=ENGINES)
def spec(request: pytest.FixtureRequest) -> Spec:
    """Every paragraph holds on every engine, and in plain Python."""
    return Spec(request.param, request.getfixturevalue("spark_batch") if request.param == "pyspark" else None)
