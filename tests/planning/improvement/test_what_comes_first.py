"""What is done before anything is optimised: classes over size, special rooms, schools over their size or a ceiling."""

from __future__ import annotations

from decimal import Decimal

from improvement_cases import county, policy, primary_school

from junheng.intake.model import Row
from junheng.judging.result import Verdict
from junheng.planning.improvement.checking import check
from junheng.planning.improvement.improve import Request, improve
from junheng.planning.improvement.preparing import prepare
from junheng.planning.improvement.unit_costs import built_in_costs

BANDS = ("to_25", "26_30", "31_35", "36_40", "41_45", "46_50", "51_55", "56_60", "61_65", "from_66")


def with_classes(row: Row, **bands: int) -> Row:
    """The school with these classes by band; the special rooms it needs are there."""
    row.update({f"classes_{band}": bands.get(f"c{band}", 0) for band in BANDS})
    row["classes"] = sum(bands.values())
    need = -(-int(str(row["classes"])) // 12)
    for name, bands_of in (("music_rooms", ("from_96_m2", "73_to_96_m2", "61_to_73_m2")), ("art_rooms", ("from_90_m2", "67_to_90_m2", "61_to_67_m2"))):
        row[name] = need
        row.update({f"{name}_{band}": need if k == 0 else 0 for k, band in enumerate(bands_of)})
    return row


def test_a_class_over_size_is_split_and_gets_a_room() -> None:
    facts = county([with_classes(primary_school(1, 250, area=7), c46_50=2, c36_40=4), with_classes(primary_school(2, 200), c31_35=6)])
    assert check(facts, policy(), ["primary"]).verdict.criteria["class_size"].verdict is Verdict.FAIL

    plan = improve(Request(facts, policy()))

    assert [(each.lever, each.school, each.amount) for each in plan.prepared.actions] == [("open_class", 0, 2), ("build_classroom", 0, 2)]
    after = plan.after[0].verdict.criteria
    assert after["class_size"].verdict is Verdict.PASS
    assert plan.facts.school[0]["classes"] == 8
    assert plan.facts.school[0]["teach_aux_area_m2"] == 7 * 250 + 2 * 61.2
    assert plan.cost.usual == sum(built_in_costs()[name].usual_yuan * 2 for name in ("open_class", "build_classroom"))
    assert plan.bound == float(plan.cost.usual)


def test_a_spare_classroom_is_used_before_one_is_built() -> None:
    row = with_classes(primary_school(1, 250), c46_50=2, c36_40=4) | {"classrooms": 7}

    prepared = prepare(county([row]), policy(), built_in_costs(), {})

    assert [(each.lever, each.amount) for each in prepared.actions] == [("open_class", 2), ("build_classroom", 1)]


def test_more_classes_ask_for_more_special_rooms() -> None:
    facts = county([with_classes(primary_school(1, 560), c46_50=12), with_classes(primary_school(2, 200), c31_35=6)])

    plan = improve(Request(facts, policy()))

    assert [(each.lever, each.amount) for each in plan.prepared.actions if each.lever == "fit_special_room"] == [("fit_special_room", 1)] * 2
    assert plan.after[0].verdict.criteria["music_art_rooms"].verdict is Verdict.PASS


def test_a_school_over_its_size_sends_the_excess_where_there_are_seats() -> None:
    big, small, full = primary_school(1, 2500), primary_school(2, 300), primary_school(3, 400)
    facts = county([with_classes(big, c36_40=60), with_classes(small, c31_35=20), with_classes(full, c36_40=10)])

    plan = improve(Request(facts, policy()))

    moved = [each for each in plan.prepared.actions if each.lever == "divert_pupil"]
    assert [(each.source, each.school, each.amount) for each in moved] == [(0, 1, 100)]  # big is of 2010: its limit is 2400
    assert [plan.facts.school[s]["students_primary"] for s in range(3)] == [2400, 400, 400]
    assert plan.after[0].verdict.criteria["school_size"].verdict is Verdict.PASS


def test_a_ceiling_set_by_officials_is_kept_and_nobody_is_lost() -> None:
    facts = county([with_classes(primary_school(1, 800), c36_40=20), with_classes(primary_school(2, 300), c31_35=9), with_classes(primary_school(3, 300), c31_35=8)])

    prepared = prepare(facts, policy(), built_in_costs(), {(0, ""): 650})
    after = prepared.applied(facts)

    assert after.school[0]["students_primary"] == 650
    assert sum(int(str(row["students_primary"])) for row in after.school) == 1400
    assert all(int(str(row["students_primary"])) <= 45 * int(str(row["classes"])) for row in after.school)
    assert prepared.notes == ()


def test_pupils_nobody_has_seats_for_are_named() -> None:
    facts = county([with_classes(primary_school(1, 800), c36_40=20), with_classes(primary_school(2, 300), c31_35=7)])

    prepared = prepare(facts, policy(), built_in_costs(), {(0, ""): 700})

    assert [each.amount for each in prepared.actions] == [Decimal(15)]
    assert prepared.notes == ("第1小学超出 100 人，其他学校现有班级只容得下 15 人，其余 85 人须新建、扩建学校",)


def test_a_school_that_reports_no_classes_is_not_touched() -> None:
    assert prepare(county([primary_school(1, 300), primary_school(2, 200)]), policy(), built_in_costs(), {}).actions == ()
