"""A verdict that follows the keys: measuring only the edited school gives what measuring everything gives."""

import random

from comparison import assert_same, policies
from generated_counties import counties
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.engine.edit import measure_edited
from junheng.engine.measure import measure
from junheng.intake.model import Facts
from junheng.tables import Kind, table

_EDITABLE = [c for c in table("school").columns if (c.kind.is_number or c.kind is Kind.FLAG) and c.name != "founded_year"]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(facts=counties(max_counties=1), choose=st.randoms(use_true_random=False))
def test_measuring_an_edited_school_alone_is_measuring_afresh(facts: Facts, choose: random.Random) -> None:
    code, policy = next(iter(policies(facts).items()))
    if not facts.school:
        return
    before = measure(facts, policy, facts.school_year)
    for _ in range(3):
        row, column = choose.choice(facts.school), choose.choice(_EDITABLE)
        value = bool(choose.getrandbits(1)) if column.kind is Kind.FLAG else choose.choice([0, 1, 37, 120])
        row[column.name] = choose.choice([None, value])
        before = measure_edited(before, facts, policy, code, (str(row["school_code"] or ""), str(row["campus"] or "")))
        assert_same(before, facts, {code: policy})
