"""Declarations that contradict themselves are refused when they are loaded."""

from __future__ import annotations

import pytest

from junheng.common.errors import DeclarationError
from junheng.indicators import REGISTRY, Grain, Indicator, RatioUnit, SplitRule, indicator
from junheng.indicators.expression import Difference, OfStage, Pupils, Reported, Shared, Sum
from junheng.indicators.library.resources import TEACH_AREA
from junheng.indicators.model import registry

PER_PUPIL = RatioUnit("㎡/生", "m2", "person")


def test_every_indicator_that_policies_cite_is_declared_once() -> None:
    assert len(REGISTRY) == 54
    with pytest.raises(DeclarationError, match="declared twice"):
        registry((TEACH_AREA, TEACH_AREA))


def test_a_unit_that_numerator_and_denominator_do_not_give_is_refused() -> None:
    with pytest.raises(DeclarationError, match="yuan/person"):
        Indicator("x", "生均设备值", Shared("equipment_value_yuan"), Pupils(), PER_PUPIL, Grain.SCHOOL_STAGE)


def test_terms_of_different_units_cannot_be_added_or_subtracted() -> None:
    with pytest.raises(DeclarationError, match="different units"):
        Sum((Shared("gym_area_m2"), Shared("multimedia_rooms")))
    with pytest.raises(DeclarationError, match="different units"):
        Difference(Shared("gym_area_m2"), OfStage("students"))


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(DeclarationError, match="no column"):
        Shared("swimming_pool_area_m2")


def test_a_column_reported_only_for_the_school_cannot_be_split() -> None:
    with pytest.raises(DeclarationError, match="no optional lines"):
        Shared("running_budget_yuan")


def test_a_term_is_refused_at_a_grain_it_has_no_meaning_at() -> None:
    with pytest.raises(DeclarationError, match="grain"):
        Indicator("x", "生均面积", Shared("gym_area_m2"), Pupils(), PER_PUPIL, Grain.SCHOOL)
    with pytest.raises(DeclarationError, match="grain"):
        Indicator("x", "面积", Reported("land_area_m2"), Pupils(), PER_PUPIL, Grain.SCHOOL_STAGE)


def test_an_extra_term_must_be_in_the_unit_of_the_numerator() -> None:
    with pytest.raises(DeclarationError, match="extra term"):
        Indicator("x", "生均面积", Shared("gym_area_m2"), Pupils(), PER_PUPIL, Grain.SCHOOL_STAGE,
                  extra={"dense_core_sport_area": Shared("multimedia_rooms")})  # fmt: skip


def test_the_split_rule_follows_from_the_terms() -> None:
    assert indicator("teach_area_per_pupil").split is SplitRule.RATIO
    assert indicator("backbone_teachers_per100").split is SplitRule.CONVERTED
    assert indicator("higher_degree_teachers_per100").split is SplitRule.NONE
