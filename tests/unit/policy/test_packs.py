"""The packs that come with the software say what the documents say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from junheng.indicators import REGISTRY
from junheng.policy import PolicyInForce, list_packs, load_documents, resolve
from junheng.policy.checking import check_built_in
from junheng.policy.citations import citations
from junheng.policy.in_force import Compare, Demand, Scope
from junheng.policy.registry import built_in_packs

DAY = date(2025, 9, 1)
GOVERNMENT = ["layout", "unified_standards", "music_art_rooms", "school_size", "class_size", "small_school_funding", "special_education_funding", "teacher_pay", "training_hours", "staffing_allocation", "rotation", "teacher_certificates", "nearby_enrolment", "senior_high_quota", "migrant_children"]
QUALITY = ["retention", "disabled_enrolment", "charters_and_it", "training_budget", "it_use", "moral_and_culture", "curriculum", "workload", "national_monitoring"]
LIMITS = {
    "higher_degree_teachers_per100": ("4.2", "5.3"), "backbone_teachers_per100": ("1", "1"),
    "pe_art_teachers_per100": ("0.9", "0.9"), "teach_area_per_pupil": ("4.5", "5.8"),
    "sport_area_per_pupil": ("7.5", "10.2"), "equipment_value_per_pupil": ("2000", "2500"),
    "multimedia_rooms_per100": ("2.3", "2.4"), "cv": ("0.50", "0.45"), "class_size": ("45", "50"),
    "nearby_enrolment": ("1", "0.95"), "school_size": ("2000", "2000"), "split_weight": ("1", "1.1"),
}  # fmt: skip
SINGLE = {
    "classes_per_special_room": "12", "music_room_area_m2": "96", "art_room_area_m2": "90", "oversize_classes": "0",
    "small_school_floor_pupils": "100", "special_education_funding": "8000", "inclusive_education_funding": "8000",
    "teacher_pay": "1", "training_hours": "1", "rotation_share": "0.10", "rotation_backbone_share": "0.20",
    "teacher_certificates": "1", "senior_high_share": "0.50", "migrant_share": "0.85", "retention": "0.95",
    "disabled_share": "0.95", "training_budget_share": "0.05", "monitoring_level": "3",
    "monitoring_difference": "0.15", "satisfaction": "0.85", "veto": "0",
}  # fmt: skip


@pytest.fixture
def quality() -> PolicyInForce:
    return resolve("quality_balance_2017", "", DAY)


def test_every_pack_loads_fits_its_base_and_names_only_known_indicators() -> None:
    assert check_built_in(REGISTRY) == ()
    assert {pack.id for pack in list_packs()} == {
        "quality_balance_2017", "basic_balance_2012", "ln_quality_balance", "shenyang_quality_balance",
        "ln_plan_2023_10",
    }  # fmt: skip


def test_every_cited_document_is_registered_and_every_registered_one_is_complete() -> None:
    documents = load_documents()
    for loaded in built_in_packs().values():
        for _, source in citations(loaded.pack):
            assert source.document in documents
    for document in documents.values():
        assert document.title
        assert document.issued is not None or "待核" in document.unverified or document.id == "assumption"


def test_the_seven_limits_and_the_balance_are_those_of_the_document(quality: PolicyInForce) -> None:
    assert [each.code for each in quality.resources] == [f"L{n}" for n in range(1, 8)]
    for limit_id, (primary, junior) in LIMITS.items():
        limit = quality.limits[limit_id]
        assert (str(limit.at("primary").value), str(limit.at("junior").value)) == (primary, junior)
    for limit_id, value in SINGLE.items():
        assert str(quality.limits[limit_id].at("any").value) == value
    assert quality.balance.judge == "each"
    assert quality.school_rule is not None
    assert (quality.school_rule.min_met, quality.school_rule.floor_share.value) == (6, Decimal("0.85"))
    assert str(quality.limits["split_weight"].at("senior").value) == "1.32"
    assert str(quality.limits["school_size"].at("nine_year").value) == "2500"


def test_all_criteria_are_present_in_the_order_of_the_document(quality: PolicyInForce) -> None:
    assert [each.id for each in quality.criteria] == [*GOVERNMENT, *QUALITY, "recognition", "veto"]
    assert [each.number for each in quality.criteria] == [*range(1, 16), *range(1, 10), 1, 1]


def test_evidence_is_asked_exactly_where_no_number_shows_the_clause(quality: PolicyInForce) -> None:
    only = {each.id for each in quality.criteria if each.evidence and not each.demands}
    also = {each.id for each in quality.criteria if each.evidence and each.demands}
    assert only == {"layout", "unified_standards", "staffing_allocation", "charters_and_it", "it_use",
                    "moral_and_culture", "curriculum", "workload"}  # fmt: skip
    assert also == {"teacher_pay", "migrant_children", "special_education_funding"}


def test_funding_of_pupils_in_ordinary_classes_replaces_its_evidence_once_reported(quality: PolicyInForce) -> None:
    criterion = next(each for each in quality.criteria if each.id == "special_education_funding")
    assert criterion.evidence_unless == ("inclusive_education_funding",)
    assert [(each.indicator, each.when_reported) for each in criterion.demands] == [
        ("special_education_funding", False), ("inclusive_education_funding", True),
    ]  # fmt: skip


def test_monitoring_asks_six_subjects_for_level_three_and_a_difference_strictly_under_the_limit(
    quality: PolicyInForce,
) -> None:
    demands = next(each for each in quality.criteria if each.id == "national_monitoring").demands
    assert len(demands) == 12
    assert {each.compare for each in demands if each.indicator.startswith("difference_")} == {Compare.LESS_THAN}
    assert {each.compare for each in demands if each.indicator.startswith("level_")} == {Compare.AT_LEAST}


def test_nearby_enrolment_is_judged_on_the_county_total_of_each_stage(quality: PolicyInForce) -> None:
    demands: tuple[Demand, ...] = next(each for each in quality.criteria if each.id == "nearby_enrolment").demands
    assert [(each.scope, each.stage) for each in demands] == [
        (Scope.COUNTY_TOTAL, "primary"), (Scope.COUNTY_TOTAL, "junior"),
    ]  # fmt: skip


def test_exceptions_replace_the_limits_that_the_working_rules_name(quality: PolicyInForce) -> None:
    def replaced(exception_id: str) -> dict[tuple[str, str], str]:
        return {
            (limit_id, key): str(cited.value)
            for limit_id, limit in quality.exception(exception_id).replaces.items()
            for key, cited in limit.values.items()
        }

    sizes = {("school_size", "primary"): "2400", ("school_size", "junior"): "2400",
             ("school_size", "nine_year"): "3000", ("school_size", "twelve_year"): "2500"}  # fmt: skip
    assert replaced("size_built_by_2010") == replaced("size_migrant_majority") == sizes
    assert replaced("rooms_built_by_2016") == {("music_room_area_m2", "any"): "73", ("art_room_area_m2", "any"): "67"}
    assert replaced("rooms_small_rural_class_under_30")[("art_room_area_m2", "junior")] == "61"
    assert quality.exception("small_rural_visiting_teachers").extends == ("pe_art_teachers_per100",)
    assert quality.exception("dense_core_sport_area").extends == ("sport_area_per_pupil",)


def test_the_schools_left_out_are_those_of_the_document(quality: PolicyInForce) -> None:
    assert [each.reason for each in quality.exclusions] == ["teaching_point_under_50", "special_education", "vocational"]
    assert quality.exclusions[0].pupils_below == Decimal(50)


def test_the_2012_standard_judges_the_mean_of_eight_and_has_no_school_rule() -> None:
    policy = resolve("basic_balance_2012", "210102", DAY)
    assert [each.code for each in policy.resources] == [f"B{n}" for n in range(1, 9)]
    assert (policy.balance.judge, policy.school_rule, policy.overlays) == ("mean", None, ())
    assert (str(policy.limits["cv"].at("primary").value), str(policy.limits["cv"].at("junior").value)) == ("0.65", "0.55")
    assert {"private", "enterprise_run", "run_above_county", "teaching_point"} <= {e.reason for e in policy.exclusions}


def test_liaonings_two_measured_targets_are_half_by_2025_and_all_by_2030() -> None:
    targets = resolve("quality_balance_2017", "210102", DAY).targets
    measured = [
        (each.by_school_year, each.compare, each.value.value)
        for each in targets
        if each.metric == "county_acceptance_share" and each.value is not None
    ]
    assert measured == [(2025, Compare.AT_LEAST, Decimal("0.5")), (2030, Compare.AT_LEAST, Decimal("1"))]


def test_every_task_of_the_plan_has_commitments_with_clause_text_and_departments() -> None:
    targets = resolve("quality_balance_2017", "21", DAY).targets
    for task in range(1, 13):
        assert any(each.id.startswith(f"t{task}_") for each in targets)
    for target in targets:
        assert target.departments
        assert target.text
        assert target.source.document == "liaojiaofa_2023_10"
    assert {each.id for each in targets if each.departments_named} == {
        "t3_county_plans", "t9_data_sharing", "t9_local_rates", "o1_leadership", "o2_government", "o4_publicity",
    }  # fmt: skip
