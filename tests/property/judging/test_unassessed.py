"""What was handed in and left out may hold any school: no verdict contradicts an addition, and 未达标 is kept where none mends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from judging_builders import Row, criterion, demand, limit, measurements, policy, school_stage

from junheng.intake.unassessed import Unassessed
from junheng.judging.county import judge
from junheng.judging.rejudge import items
from junheng.judging.result import Verdict
from junheng.policy.in_force import Compare, PolicyInForce, Scope

COUNTY = "210102"
LEFT_OUT = Unassessed(("《学校9.xlsx》",))
STAGES = ("primary", "junior")
HUGE = 10**12

School = tuple[int, int, int, int, int]
"""Pupils, numerators of resources a and b, numerator of the demand on each school, numerator of the sum."""

schools = st.lists(
    st.tuples(st.sampled_from([10, 20, 50]), *(st.integers(0, 60) for _ in range(4))), min_size=1, max_size=3
)
county_figure = st.sampled_from([0, 1, None])
ADDED: list[School] = [
    (pupils, pupils * a, pupils * b, pupils * each, pupils * summed)
    for pupils, a, b, each, summed in product((1, 30, HUGE), (0, 2, HUGE), (0, 2), (0, 2), (0, 2))
]


def rules() -> PolicyInForce:
    asked = [
        criterion("each", demand("each", Scope.EACH_SCHOOL)),
        criterion("sum", demand("sum", Scope.COUNTY_TOTAL, Compare.AT_LEAST)),
        criterion("form", demand("form", Scope.COUNTY)),
    ]
    return policy({"a": "1", "b": "1"}, min_met=1, cv="0.5", criteria=asked,
                  limits=[limit("each", any="0.5"), limit("sum", any="0.5"), limit("form", any="1")])  # fmt: skip


def verdicts(of: Iterable[School], form: int | None, left_out: Unassessed | None = None) -> dict[object, Verdict]:
    given_schools = list(of)
    stages = [school_stage(f"s{n}", pupils, {"a": a, "b": b}, stage=stage)
              for stage in STAGES for n, (pupils, a, b, _, _) in enumerate(given_schools)]  # fmt: skip
    rows = [Row(f"s{n}", figures={"each": (each, pupils, 1.0), "sum": (summed, pupils, 1.0)})
            for n, (pupils, _, _, each, summed) in enumerate(given_schools)]  # fmt: skip
    county = [Row("", figures={"form": (form, 1, 1.0)})]
    judgement = judge(measurements(stages, rows, county), lambda _: rules(), {COUNTY: left_out} if left_out else None)
    return {item: verdict for item, (_, verdict) in items(judgement, COUNTY).items()}


def with_additions(of: list[School], form: int | None) -> Iterator[dict[object, Verdict]]:
    yield verdicts(of, form)
    for school in ADDED:
        yield verdicts([*of, school], form)


@given(schools, county_figure)
@settings(max_examples=40, deadline=None)
def test_no_verdict_contradicts_a_county_with_one_more_school(of: list[School], form: int | None) -> None:
    found = verdicts(of, form, LEFT_OUT)
    seen: dict[object, set[Verdict]] = {item: set() for item in found}
    for completed in with_additions(of, form):
        for item in found:
            seen[item].add(completed[item])
    for item, verdict in found.items():
        if verdict is not Verdict.INSUFFICIENT:
            assert seen[item] == {verdict}, item
        else:  # and it is open only where an addition, or the county's blank form, leaves it so
            assert seen[item] != {Verdict.FAIL} or item[0] == "school", item


@given(schools, county_figure)
@settings(max_examples=40, deadline=None)
def test_a_county_with_something_left_out_never_passes_and_fails_only_for_good(of: list[School], form: int | None) -> None:
    conclusion = verdicts(of, form, LEFT_OUT)[("county", "", "")]
    possible = {completed[("county", "", "")] for completed in with_additions(of, form)}
    assert (conclusion is Verdict.FAIL) == (possible == {Verdict.FAIL})
    assert conclusion is not Verdict.PASS


@given(schools, st.sampled_from([0, 1]))
@settings(max_examples=40, deadline=None)
def test_no_verdict_contradicts_the_other_record_of_a_school(of: list[School], form: int) -> None:
    found = verdicts(of, form, Unassessed(("《副本.xlsx》",), frozenset({("s0", "")})))
    for other in (of[0], *ADDED):
        completed = verdicts([other, *of[1:]], form)
        for item, verdict in found.items():
            assert verdict in (Verdict.INSUFFICIENT, completed[item]), item


@given(schools, st.sampled_from([0, 1]), st.sampled_from([0, 1]))
@settings(max_examples=20, deadline=None)
def test_no_verdict_contradicts_the_other_form_of_the_county(of: list[School], form: int, other: int) -> None:
    found = verdicts(of, form, Unassessed(("《副本.xlsx》",), county_form=True))
    completed = verdicts(of, other)
    for item, verdict in found.items():
        assert verdict in (Verdict.INSUFFICIENT, completed[item]), item
