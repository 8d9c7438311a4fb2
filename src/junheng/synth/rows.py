"""What a planned county reports: rows of the school, county and judgement tables, every number plausible.

The levels aimed at come from the policy in force, so that a changed standard changes the synthetic province too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from junheng.common.codes import STAGES_OF_SCHOOL_TYPE
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.policy.in_force import PolicyInForce
from junheng.synth.plan import Character, PlannedCounty, PlannedSchool
from junheng.tables.county import MONITORED_SUBJECTS, VETO_ITEMS
from junheng.tables.school import CLASS_SIZE_BANDS, SCHOOL

_RESOURCES = ("higher_degree_teachers_per100", "backbone_teachers_per100", "pe_art_teachers_per100", "teach_area_per_pupil",
              "sport_area_per_pupil", "equipment_value_per_pupil", "multimedia_rooms_per100")  # fmt: skip
_SPREAD = {Character.EVEN: 0.14, Character.UNEVEN: 0.55, Character.SHORT: 0.3, Character.INCOMPLETE: 0.16}
_LEAST = {Character.EVEN: 1.03, Character.UNEVEN: 1.0, Character.SHORT: 0.7, Character.INCOMPLETE: 1.03}


def school_row(school: PlannedSchool, county: PlannedCounty, policy: PolicyInForce, rng: np.random.Generator) -> Row:
    """A complete school row: every column of the table present, null where a school of this type has nothing to report."""
    row: Row = dict.fromkeys(column.name for column in SCHOOL.columns)
    total = sum(each.size for each in school.classes)
    row.update(
        school_name=school.name, school_type=school.school_type, school_code=school.code,
        county_code=county.population.code, founded_year=school.founded_year,
        built_by_2010=school.founded_year <= 2010, built_by_2016=school.founded_year <= 2016,
        is_dense_urban_core=False, is_small_rural_50_99=50 <= total < 100 and school.urban_rural in ("210", "220"),
        is_small_rural_class_under_30=False, sponsor="10" if school.private else "7", urban_rural=school.urban_rural,
        is_boarding=school.boarding, grades=len({each.grade for each in school.classes}),
    )  # fmt: skip
    _fill_pupils(row, school, county.population.from_other_provinces / county.population.population, rng)
    _fill_classes(row, school)
    levels = _levels(school, county.character, policy, rng)
    _fill_teachers(row, school, levels, rng)
    _fill_assets(row, school, levels, policy)
    _fill_rooms(row, school, county.character, rng)
    _fill_funds(row, school, rng)
    return row


def _levels(school: PlannedSchool, character: Character, policy: PolicyInForce, rng: np.random.Generator) -> dict[tuple[str, Stage], float]:
    """The value aimed at for each (resource, stage): limit × a factor that is even or uneven as the county is."""
    out: dict[tuple[str, Stage], float] = {}
    for indicator in _RESOURCES:
        usual = 1.85 if indicator == "higher_degree_teachers_per100" else 1.25
        factor = max(_LEAST[character], usual * float(rng.lognormal(0, _SPREAD[character])))
        for stage in COMPULSORY_STAGES:
            out[indicator, stage] = float(policy.limits[indicator].at(stage).value) * factor
    return out


def _fill_pupils(row: Row, school: PlannedSchool, migrant_share: float, rng: np.random.Generator) -> None:
    for stage in STAGES_OF_SCHOOL_TYPE[school.school_type]:
        row[f"students_{stage}"] = school.pupils(stage)
        if stage in COMPULSORY_STAGES:
            inside = school.pupils(stage)
            row[f"catchment_pupils_{stage}"] = inside if stage is Stage.PRIMARY else math.ceil(inside * rng.uniform(0.955, 1))
    total = sum(school.pupils(stage) for stage in COMPULSORY_STAGES)
    row["migrant_pupils"] = int(total * min(0.45, migrant_share * rng.uniform(0.5, 1.5)))
    row["boarders"] = int(total * rng.uniform(0.2, 0.5)) if school.boarding else 0
    row["dormitory_area_m2"] = 600.0 if school.boarding else 0.0
    if school.pupils(Stage.JUNIOR):
        entered = round(school.pupils(Stage.JUNIOR) / 3)
        moved_in, moved_out = int(entered * 0.03), int(entered * 0.02)
        row.update(
            grade7_pupils_3_years_ago=entered, transfers_in_3_years=moved_in, transfers_out_3_years=moved_out,
            deaths_3_years=0, graduates=entered + moved_in - moved_out - int(entered * rng.uniform(0, 0.03)),
        )  # fmt: skip


def _fill_classes(row: Row, school: PlannedSchool) -> None:
    row["classes"] = len(school.classes)
    several = len(school.stages) > 1
    for name, smallest, largest in CLASS_SIZE_BANDS:
        sizes = [each for each in school.classes if smallest <= each.size <= (largest or 10_000)]
        row[name] = len(sizes)
        if several:
            for stage in school.stages:
                row[f"{name}_{stage}"] = sum(each.stage is stage for each in sizes)
    if several:
        for stage in school.stages:
            row[f"classes_{stage}"] = sum(each.stage is stage for each in school.classes)


def _fill_teachers(row: Row, school: PlannedSchool, levels: Mapping[tuple[str, Stage], float], rng: np.random.Generator) -> None:
    total = 0
    for stage in school.stages:
        pupils = school.pupils(stage)
        if stage is Stage.SENIOR:
            total += math.ceil(pupils / 11)
            continue
        degrees = math.ceil(pupils * levels["higher_degree_teachers_per100", stage] / 100)
        doctor, master = 0, int(degrees * rng.uniform(0.02, 0.12))
        college = int(degrees * rng.uniform(0.1, 0.3)) if stage is Stage.PRIMARY else 0
        row[f"doctor_teachers_{stage}"], row[f"master_teachers_{stage}"] = doctor, master
        row[f"bachelor_teachers_{stage}"] = degrees - master - college
        if stage is Stage.PRIMARY:
            row["junior_college_teachers_primary"] = college
        total += degrees
    needed = {
        indicator: math.ceil(sum(school.pupils(s) * levels[indicator, s] / 100 * (1.2 if len(school.stages) > 1 else 1)
                                 for s in school.stages if s in COMPULSORY_STAGES)
                             + 0.02 * school.pupils(Stage.SENIOR))
        for indicator in ("backbone_teachers_per100", "pe_art_teachers_per100")
    }  # fmt: skip
    total = max(total, needed["pe_art_teachers_per100"] + 4, needed["backbone_teachers_per100"])
    pe = max(1, needed["pe_art_teachers_per100"] // 2)
    music = (needed["pe_art_teachers_per100"] - pe + 1) // 2
    row.update(
        full_time_teachers=total, certified_teachers=total, trained_360h_teachers=total, staff=total + max(1, total // 12),
        backbone_teachers=needed["backbone_teachers_per100"], pe_teachers=pe, music_teachers=music,
        fine_art_teachers=max(0, needed["pe_art_teachers_per100"] - pe - music), art_teachers=0,
    )  # fmt: skip


def _fill_assets(row: Row, school: PlannedSchool, levels: Mapping[tuple[str, Stage], float], policy: PolicyInForce) -> None:
    """Whole-school resources large enough that the stage worst served by the split still gets its level."""
    weights = {stage: float(policy.limits["split_weight"].at(stage).value) for stage in Stage}
    load = sum(weights[stage] * school.pupils(stage) for stage in school.stages)

    def whole(indicator: str) -> float:
        return max(levels[indicator, s] * load / weights[s] for s in school.stages if s in COMPULSORY_STAGES)

    indoor = round(whole("teach_area_per_pupil") * 0.04, 1)
    sport = whole("sport_area_per_pupil")
    row.update(
        teach_aux_area_m2=round(whole("teach_area_per_pupil") + indoor + 1, 1), indoor_pe_area_m2=indoor,
        gym_area_m2=round(sport * 0.12, 1), sport_field_area_m2=round(sport * 0.88 + 1, 1),
        equipment_value_yuan=round(whole("equipment_value_per_pupil") / 100 + 1) * 100.0,
        multimedia_rooms=math.ceil(whole("multimedia_rooms_per100") / 100),
    )  # fmt: skip


def _fill_rooms(row: Row, school: PlannedSchool, character: Character, rng: np.random.Generator) -> None:
    compulsory = sum(each.stage in COMPULSORY_STAGES for each in school.classes)
    rooms = -(-compulsory // 12)
    short = character is Character.SHORT and rooms > 1 and rng.random() < 0.2
    old = school.founded_year <= 2016
    for kind, large, middle, small in (("music", "music_rooms_from_96_m2", "music_rooms_73_to_96_m2", "music_rooms_61_to_73_m2"),
                                       ("art", "art_rooms_from_90_m2", "art_rooms_67_to_90_m2", "art_rooms_61_to_67_m2")):  # fmt: skip
        have = rooms - short
        row[f"{kind}_rooms"] = have
        row[middle] = have // 2 if old else 0
        row[large], row[small] = have - (have // 2 if old else 0), 0


def _fill_funds(row: Row, school: PlannedSchool, rng: np.random.Generator) -> None:
    pupils = max(100, sum(each.size for each in school.classes))
    budget = math.ceil(pupils * 1400 * rng.uniform(1.0, 1.15) / 100) * 100
    row.update(running_budget_yuan=float(budget), running_spent_yuan=float(round(budget * 0.98)),
               training_budget_yuan=float(math.ceil(budget * rng.uniform(0.052, 0.07) / 100) * 100))  # fmt: skip


def county_row(county: PlannedCounty, schools: list[Row], names: tuple[str, ...], school_year: int, rng: np.random.Generator) -> Row:
    """The county's own row; names: the columns of the county table."""
    population = county.population
    pupils = sum(int(row[f"students_{s}"] or 0) for row in schools for s in COMPULSORY_STAGES)  # type: ignore[call-overload]
    teachers = sum(int(row["full_time_teachers"] or 0) for row in schools)  # type: ignore[call-overload]
    eligible, migrants, disabled = teachers // 3, max(10, pupils // 20), max(5, pupils // 250)
    rotated, valid, places = math.ceil(eligible * rng.uniform(0.11, 0.16)), int(rng.integers(1500, 4000)), max(50, pupils // 12)
    pay = round(float(rng.uniform(9.2, 12.5)), 2)
    row: Row = dict.fromkeys(names)
    types = [str(row["school_type"]) for row in schools]
    row.update(
        county_name=population.name, county_code=population.code, school_year=school_year,
        primary_quota_yuan=1150.0, junior_quota_yuan=1350.0,
        special_school_funds_yuan=120 * 8600.0, special_school_pupils=120,
        inclusive_funds_yuan=60 * 8200.0, inclusive_pupils=60,
        teacher_pay_yuan=round(pay * 10000), civil_servant_pay_yuan=round((pay - 0.2) * 10000),
        rotation_eligible=eligible, rotated_teachers=rotated, rotated_backbone_teachers=math.ceil(rotated * rng.uniform(0.21, 0.4)),
        senior_high_places=places, senior_high_allocated=math.ceil(places * rng.uniform(0.52, 0.8)),
        senior_high_allocated_rural=places // 5,
        migrant_eligible=migrants, migrant_in_public=math.ceil(migrants * 0.9), migrant_in_purchased=migrants // 50,
        disabled_children=disabled, disabled_enrolled=math.ceil(disabled * 0.97), disabled_in_special_schools=disabled // 3,
        resident_population=float(population.population), rural_population=float(population.rural_population),
        townships=12, villages=130, gdp_per_head_yuan=62000.0, revenue_per_head_yuan=5200.0,
        farmer_income_yuan=21500.0, urban_income_yuan=42600.0,
        primary_schools=types.count("211"), nine_year_schools=types.count("312"), junior_schools=types.count("311"),
        complete_middle_schools=types.count("341"), twelve_year_schools=types.count("345"), special_schools=1,
        teaching_points=types.count("218"),
        teaching_points_from_50=sum(t == "218" and int(r["students_primary"] or 0) >= 50 for t, r in zip(types, schools, strict=True)),  # type: ignore[call-overload]
        questionnaires=valid + 60, questionnaires_valid=valid, questionnaires_satisfied=math.ceil(valid * rng.uniform(0.88, 0.97)),
        interviews=200, interviews_satisfied=int(rng.integers(176, 196)),
    )  # fmt: skip
    for name, _ in MONITORED_SUBJECTS:
        row[f"level_{name}"], row[f"difference_{name}"] = 3, round(float(rng.uniform(0.06, 0.14)), 3)
    row.update({name: False for name, _, _ in VETO_ITEMS})
    return row


def judgement_rows(county_code: str, policy: PolicyInForce, school_year: int) -> list[Row]:
    """评定表 with 达标 for everything people must judge."""
    return [
        {"county_code": county_code, "criterion": criterion.id, "outcome": "pass", "evidence": "仿真佐证材料",
         "judged_by": "仿真评定人", "judged_on": f"{school_year}-10-15"}
        for criterion in policy.criteria if criterion.evidence
    ]  # fmt: skip


