"""What a trace shows is what the reference computes: the CV, every school's value, every cell that was read."""

import math

from comparison import policy_in_force
from generated_counties import counties
from hypothesis import HealthCheck, given, settings

from junheng.common.findings import Place
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.engine.reference import measure_reference
from junheng.engine.trace import TraceNode, trace_criterion, trace_indicator
from junheng.intake.model import Facts, SourceCell, county_key, school_key

SETTINGS = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
POLICY = policy_in_force("210102")


def with_cells(facts: Facts) -> Facts:
    """Every value stands in a cell of its own."""
    for name, rows, key_of in (("school", facts.school, school_key), ("county", facts.county, county_key)):
        for number, row in enumerate(rows):
            for column, value in row.items():
                if value is not None:
                    place = Place(f"{name}{number}.xlsx", "表", column)
                    facts.cells[(name, key_of(row), column)] = SourceCell(place, str(value))
    return facts


def leaves(tree: TraceNode) -> list[TraceNode]:
    """The nodes that speak of a cell: nothing below, and no clause of their own."""
    return [node for node in tree.walk() if not node.children and node.source is None and node.raw]


@SETTINGS
@given(facts=counties(max_counties=1))
def test_the_tree_of_a_balance_ends_in_the_references_cv(facts: Facts) -> None:
    expected = measure_reference(with_cells(facts), lambda _: POLICY)
    for county, stage in expected["balance"]:
        for resource in POLICY.resources:
            tree = trace_indicator(facts, POLICY, county, Stage(stage), resource.code)
            cv = next(node for node in tree.walk() if node.label == "差异系数 CV")
            figures = expected["balance"][county, stage]["indicators"][resource.indicator]
            if figures["cv_squared"] is None:
                assert cv.value == "未定"
                assert not cv.exact
            else:
                assert math.isclose(float(cv.exact), figures["cv"], rel_tol=1e-12, abs_tol=1e-15)
            assert all(node.place.cell for node in leaves(tree))


@SETTINGS
@given(facts=counties(max_counties=1))
def test_every_criterion_of_any_county_can_be_opened_down_to_its_cells(facts: Facts) -> None:
    with_cells(facts)
    for county in {str(row["county_code"]) for row in facts.school}:
        for criterion in POLICY.criteria:
            tree = trace_criterion(facts, POLICY, county, criterion.id)
            assert tree.source is not None
            assert all(facts_say(facts, leaf) for leaf in leaves(tree)), criterion.id


def facts_say(facts: Facts, leaf: TraceNode) -> bool:
    return any(cell.place == leaf.place and cell.raw == leaf.raw for cell in facts.cells.values())


@SETTINGS
@given(facts=counties(max_counties=1))
def test_the_tree_of_one_schools_value_shows_every_cell_that_was_added_up(facts: Facts) -> None:
    expected = measure_reference(with_cells(facts), lambda _: POLICY)["school_stage"]
    for (county, school, campus, stage), row in expected.items():
        tree = trace_indicator(facts, POLICY, county, Stage(stage), "L5", school, campus=campus)
        num, den = (row["indicators"]["sport_area_per_pupil"][part] for part in ("num", "den"))
        decided = num.exact is not None and den.exact is not None
        assert decided != tree.value.startswith("未定"), tree.value
        labels = {leaf.label.split("：")[0] for leaf in tree.walk() if not leaf.children}
        assert any("体育馆面积" in label for label in labels)
        assert any("体育场面积" in label for label in labels)
        assert Stage(stage) in COMPULSORY_STAGES
