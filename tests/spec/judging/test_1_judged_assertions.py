"""从数到结论：达标、未达标、待定

没有舍入的数与限值比较。缺报的数取遍一切可能，结论都一样才下结论，否则待定。全县：七项资源配置逐校判定并判差异系数，政府保障 15 项、
教育质量 9 项全部达到，社会认可度达到，没有一票否决。
"""

from __future__ import annotations

import pytest

from judging.judged_counties import COUNTY, county, judged, outcomes, policy, school, two_stages, verdict
from junheng.common.units import YUAN
from junheng.judging.area import Basis, Status, areas, judge_targets
from junheng.judging.result import CountyVerdict, SchoolVerdict, Verdict


def primary(found: CountyVerdict, code: str = "1") -> SchoolVerdict:
    return next(each for each in found.stages["primary"].schools if each.code == code)


def cv_of(found: CountyVerdict, code: str, stage: str = "primary"):  # type: ignore[no-untyped-def]
    return next(each for each in found.stages[stage].balance if each.code == code)


def test_the_county_everything_starts_from_passes() -> None:
    """以下各段从一个各项都达标的县出发，每次只改动说到的那几个数。这个县的结论是达标，理由是“各项均达到要求。”"""
    found = verdict(two_stages(school("1"), school("2")))
    assert found.verdict is Verdict.PASS, found.reasons
    assert found.reasons == ("各项均达到要求。",)


def test_assertion_01_the_weighted_cv_is_judged_and_the_unweighted_one_appears_nowhere() -> None:
    """五校算例（见 4.1）按加权的 0.5153 判为未达标；不加权的 0.4888 不出现在任何结果里。"""
    pupils, counts = (45, 37, 89, 76, 55), (279, 137, 935, 160, 402)
    schools = [school(str(n), pupils=p, equipment_value_yuan=float(x)) for n, (p, x) in enumerate(zip(pupils, counts, strict=True))]
    found = cv_of(verdict(two_stages(*schools)), "L6")
    assert found.mean == pytest.approx(6.3344, abs=5e-5)
    assert found.sd == pytest.approx(3.2639, abs=5e-5)
    assert found.cv == pytest.approx(0.5153, abs=1e-4)
    assert found.verdict is Verdict.FAIL
    numbers = [found.cv, found.cv_lo, found.cv_hi, found.known_cv]
    assert all(abs(each - 0.4888) > 1e-3 for each in numbers if each is not None)


def test_assertion_02_a_cv_that_rounds_to_the_limit_fails_and_their_mean_is_only_shown() -> None:
    """七项差异系数 0.297929、0.501787、0.401952、0.288419、0.37545、0.312782、0.394205：第二项显示为 0.502，先舍入成 0.50 会误判；
    没有舍入的 0.501787 大于 0.50，未达标。平均数 0.367503 只列出参考，不判定。"""
    published = (0.297929, 0.501787, 0.401952, 0.288419, 0.37545, 0.312782, 0.394205)
    columns = ("junior_college_teachers_primary", "backbone_teachers", "pe_teachers", "teach_aux_area_m2", "sport_field_area_m2",
               "equipment_value_yuan", "multimedia_rooms")  # fmt: skip
    # Two schools of one size at 1 ± cv have exactly that cv.
    schools = [
        school(code, pupils=1_000_000, bachelor_teachers_primary=0,
               **{name: round(10**9 * (1 + sign * cv)) for name, cv in zip(columns, published, strict=True)})
        for code, sign in (("1", 1), ("2", -1))
    ]  # fmt: skip
    stage = verdict(two_stages(*schools)).stages["primary"]
    assert [each.cv for each in stage.balance] == pytest.approx(published)
    assert [each.verdict for each in stage.balance] == [Verdict.PASS, Verdict.FAIL, *[Verdict.PASS] * 5]
    assert stage.composite_cv == pytest.approx(0.367503, abs=1e-6)
    assert stage.composite_verdict is None
    assert "小学“每百名学生拥有县级以上骨干教师数”差异系数 0.502，高于 0.50。" in verdict(two_stages(*schools)).reasons


@pytest.mark.parametrize(("figures", "expected"), [
    ({"equipment_value_yuan": 1_698_000.0}, Verdict.FAIL),
    ({"equipment_value_yuan": 1_699_999.99}, Verdict.FAIL),
    ({"equipment_value_yuan": 1_700_000.0}, Verdict.PASS),
    ({"teach_aux_area_m2": 3825.0}, Verdict.PASS),
    ({"teach_aux_area_m2": 3824.99}, Verdict.FAIL),
    ({"equipment_value_yuan": 1_980_000.0, "teach_aux_area_m2": 4455.0}, Verdict.FAIL),
])  # fmt: skip
def test_assertion_03_six_met_and_the_seventh_at_85_percent_pass(figures: dict[str, object], expected: Verdict) -> None:
    """逐校规则：至少六项达标，余下一项不低于要求的 85%。设备值每生 1698 元（84.9%）不通过，1699.99999 元不通过，1700 元（85%）通过；
    教学用房每生 3.825 ㎡通过；五项达标、两项各 99% 的不通过。"""
    found = primary(verdict(two_stages(school("1", **figures))))
    assert found.verdict is expected
    assert found.binding in ("L4", "L6")


@pytest.mark.parametrize(("bands", "expected"), [
    ({"classes_41_45": 24}, Verdict.PASS),
    ({"classes_41_45": 23, "classes_46_50": 1}, Verdict.FAIL),
    ({"classes_41_45": 12, "classes_36_40": 11, "classes_46_50": 1}, Verdict.FAIL),
    ({"classes_41_45": 23, "classes_46_50": None}, Verdict.INSUFFICIENT),
])  # fmt: skip
def test_assertion_08_every_class_is_judged_by_its_own_size(bands: dict[str, object], expected: Verdict) -> None:
    """小学 24 个班都在 41—45 人档，达标；有 1 个班在 46—50 人档就未达标，平均数不算；46—50 人档没有填的，待定。"""
    found = verdict(two_stages(school("1", **bands))).criteria["class_size"]
    assert found.verdict is expected
    assert found.failing == (("1",) if expected is Verdict.FAIL else ())


def test_assertion_09_equipment_given_in_ten_thousand_yuan() -> None:
    """设备值 12.5 万元、100 名学生：每生 1250 元，不达标也不到 85%，这所学校未达标；还差 75000 元（达到 85% 还差 45000 元）。"""
    factor = YUAN.factor("万元")
    assert factor is not None
    found = primary(verdict(two_stages(school("1", pupils=100, equipment_value_yuan=12.5 * float(factor)))))
    equipment = found.indicators[5]
    assert (equipment.value, equipment.met, equipment.near) == (1250.0, False, False)
    assert equipment.gap is not None
    assert (equipment.gap.amount, equipment.gap.amount_to_floor, equipment.gap.unit) == (75000.0, 45000.0, "元")
    assert found.verdict is Verdict.FAIL


@pytest.mark.parametrize(("difference", "expected"), [(0.15, Verdict.FAIL), (0.149, Verdict.PASS), (None, Verdict.INSUFFICIENT)])
def test_assertion_10_a_difference_of_exactly_the_limit_fails(difference: float | None, expected: Verdict) -> None:
    """校际差异率 0.15 未达标，0.149 达标，没有填的待定。"""
    found = verdict(two_stages(school("1")), county(difference_science=difference))
    assert found.criteria["national_monitoring"].verdict is expected
    assert found.verdict is expected


def test_assertion_11_both_retention_formulas_and_a_warning_where_they_part() -> None:
    """巩固率按口径一判定，口径二并列。两种口径结论不同的（例：口径一 94.0%，口径二 95.2%），给出提醒，仍按口径一判定。"""
    figures = {"grade7_pupils_3_years_ago": 200, "transfers_in_3_years": 10, "transfers_out_3_years": 15, "deaths_3_years": 1}
    found = verdict([school("1"), school("9", "junior", graduates=190, **figures)]).criteria["retention"]
    judged_one, beside = found.demands
    assert (judged_one.indicator, beside.indicator) == ("retention", "retention_b")
    assert judged_one.value == pytest.approx(0.9799, abs=5e-5)
    assert beside.value == pytest.approx(0.9794, abs=5e-5)
    assert found.value == judged_one.value
    # 50 pupils came: (238 − 50)/200 = 94.0 %, but 238/(200 + 50) = 95.2 %.
    apart = judged([school("1"), school("9", "junior", graduates=238, grade7_pupils_3_years_ago=200, transfers_in_3_years=50,
                                        transfers_out_3_years=0, deaths_3_years=0)])  # fmt: skip
    assert [finding.rule for finding in apart.findings(COUNTY)] == ["W-retention-formulas-differ"]
    assert apart.county(COUNTY).criteria["retention"].verdict is Verdict.FAIL


def test_assertion_15_a_veto_fails_the_county_and_everything_is_still_computed() -> None:
    """一票否决任一项为“是”：全县未达标，理由写明是哪一项；其余条目照算，各有各的结论。"""
    found = verdict(two_stages(school("1"), school("2")), county(veto_school_choice=True))
    assert found.verdict is Verdict.FAIL
    assert found.reasons == ("一票否决：存在违规择校行为。",)
    assert found.criteria["veto"].verdict is Verdict.FAIL
    assert all(each.conclusion is Verdict.PASS for id, each in found.criteria.items() if id != "veto")
    assert all(stage.verdict is Verdict.PASS for stage in found.stages.values())
    assert cv_of(found, "L1").cv == pytest.approx(0)


def test_assertion_17_a_missing_figure_is_not_zero() -> None:
    """一所学校没有填设备值：这所学校其余六项达标，但第七项可能低于 85%，待定；全县这项差异系数不给出，待定；全县待定，并写明缺哪所学校的
    哪一项。另有确定未达标的条目时，全县就是未达标。"""
    found = verdict(two_stages(school("1"), school("2", equipment_value_yuan=None)))
    assert primary(found, "2").indicators[5].value is None
    # Six other indicators are met, but the seventh may lie under its floor.
    assert primary(found, "2").verdict is Verdict.INSUFFICIENT
    equipment = cv_of(found, "L6")
    assert (equipment.cv, equipment.mean, equipment.verdict) == (None, None, Verdict.INSUFFICIENT)
    assert found.verdict is Verdict.INSUFFICIENT
    assert found.reasons[0].startswith("暂不能判定：小学 1 所学校未报全“生均教学仪器设备值”（L6）所需的数（学校2）")
    failing = verdict(two_stages(school("1"), school("2", equipment_value_yuan=None)), county(rotated_teachers=9))
    assert failing.verdict is Verdict.FAIL
    assert cv_of(failing, "L6").cv is None


def test_assertion_19_half_of_the_counties_is_at_least_half() -> None:
    """“50% 以上的县通过省级评估验收”含本数：100 个县通过 50 个，达到；49 个，未达到；50 个里有 1 个还没有结论，待定。"""
    judgement = judged(two_stages(school("1")))
    target = next(each for each in policy("quality_balance_2017").targets if each.id == "acceptance_2025")
    units = [str(number) for number in range(210001, 210101)]
    accepted = {code: Status(provincial_acceptance=position < 50) for position, code in enumerate(units)}
    (found,) = judge_targets([target], judgement, accepted, units)
    assert (found.verdict, found.counted, found.needed, found.basis) == (Verdict.PASS, 50, 50, Basis.ACCEPTANCE)
    accepted[units[49]] = Status(provincial_acceptance=False)
    assert judge_targets([target], judgement, accepted, units)[0].verdict is Verdict.FAIL
    accepted[units[49]] = Status()
    assert judge_targets([target], judgement, accepted, units)[0].verdict is Verdict.INSUFFICIENT


def test_without_recorded_decisions_a_target_counts_measured_counties_and_says_so() -> None:
    """没有登记评估结论时，目标按测算达标的县数说明，并写明“测算达标不等于省级评估验收”，不下结论。"""
    judgement = judged(two_stages(school("1")))
    targets = {each.target.id: each for each in judge_targets(policy().targets, judgement)}
    assert targets["acceptance_2025"].verdict is Verdict.INSUFFICIENT
    assert targets["acceptance_2025"].text == (
        "100 个县（市、区）中 1 个测算达标（不等于省级评估验收），99 个尚无结论；目标不少于 50 个：待定。"
    )
    province, city = areas(judgement).values()
    assert (province.name, city.name) == ("辽宁省", "大连市")
    assert city.counties[Verdict.PASS] == (COUNTY,)
    assert (city.accepted, city.recognised) == ((), ())
    assert city.between["primary"]["L1"].all_units.n == 1


def test_provincial_acceptance_and_national_recognition_are_kept_apart() -> None:
    """省级评估验收与国家认定分开记，互不代替。"""
    found = areas(judged(two_stages(school("1"))), {COUNTY: Status(provincial_acceptance=True, national_recognition=False)})
    assert found["210000"].accepted == (COUNTY,)
    assert found["210000"].recognised == ()


def test_evidence_is_part_of_the_conclusion_but_not_of_the_countable_verdict() -> None:
    """有些条款光看数不够（例：绩效工资足额核定），要有评定表的结论：数的部分达标而评定没有做的，这一条待定；评定为“否”的未达标。
    不要求评定的条款，评定表里写了“否”，同样算未达标。"""
    open_ = verdict(two_stages(school("1")), said=outcomes(teacher_pay=None))
    assert open_.criteria["teacher_pay"].verdict is Verdict.PASS
    assert open_.criteria["teacher_pay"].conclusion is Verdict.INSUFFICIENT
    assert open_.verdict is Verdict.INSUFFICIENT
    said_no = verdict(two_stages(school("1")), said=outcomes(layout="fail"))
    assert said_no.criteria["layout"].verdict is Verdict.FAIL
    extra = verdict(two_stages(school("1")), said=outcomes(rotation="fail"))
    assert extra.criteria["rotation"].verdict is Verdict.PASS
    assert extra.criteria["rotation"].evidence is not None
    assert extra.criteria["rotation"].evidence.needed == ()
    assert extra.verdict is Verdict.FAIL


def test_inclusive_education_funding_replaces_its_evidence_when_it_is_reported() -> None:
    """随班就读公用经费：县里填了数的按数判（不低于 8000 元），不再要佐证；没有填的要佐证，没有佐证就待定。"""
    reported = verdict(two_stages(school("1")), said=outcomes(special_education_funding=None))
    assert reported.criteria["special_education_funding"].conclusion is Verdict.PASS
    silent = county(inclusive_funds_yuan=None, inclusive_pupils=None)
    absent = verdict(two_stages(school("1")), silent, outcomes(special_education_funding=None)).criteria["special_education_funding"]
    assert (absent.verdict, absent.conclusion) == (Verdict.PASS, Verdict.INSUFFICIENT)
    assert absent.evidence is not None
    assert len(absent.evidence.needed) == 1
    low = verdict(two_stages(school("1")), county(inclusive_funds_yuan=79999.0))
    assert low.criteria["special_education_funding"].verdict is Verdict.FAIL


def test_a_large_school_passes_only_by_its_exception_and_says_until_when() -> None:
    """2300 人的小学超过 2000 人，未达标；2010 年及之前建成并填“是”的，按 2400 人判为达标，结果写明“依例外达标，截止日待核”和学校名称；
    没有填“是”或“否”的，待定。"""
    big = school("1", pupils=2300, classes=51, classes_41_45=51, music_rooms=5, music_rooms_from_96_m2=5, art_rooms=5, art_rooms_from_90_m2=5,
                 founded_year=2009)  # fmt: skip
    assert verdict(two_stages(big)).criteria["school_size"].failing == ("1",)
    found = verdict(two_stages(big | {"built_by_2010": True}, school("2", built_by_2010=True, founded_year=2000)))
    size = found.criteria["school_size"]
    assert size.verdict is Verdict.PASS
    assert size.demands[0].by_exception == {"size_built_by_2010": ("1",)}
    assert any(line.startswith("依例外达标，截止日待核：2010 年及之前") and "（学校1）" in line for line in found.exceptions)
    assert any("起止日期待核" in reason for reason in found.unverified)
    unknown = verdict(two_stages(big | {"built_by_2010": None}))
    assert unknown.criteria["school_size"].verdict is Verdict.INSUFFICIENT


def test_a_school_that_claims_an_exception_and_does_not_need_it_is_not_listed() -> None:
    """依例外达标只列非此不能达标的学校：同样填“是”的乡村小规模学校，自有体艺教师已经够的不列；音乐教室都在 96 ㎡ 以上的不列。"""
    rural = {"is_small_rural_50_99": True, "urban_rural": "220", "classes": 6, "classes_41_45": 0, "classes_to_25": 6, "music_rooms": 1,
             "music_rooms_from_96_m2": 1, "art_rooms": 1, "art_rooms_from_90_m2": 1, "visiting_pe_teachers": 1}  # fmt: skip
    needs, does_not = school("1", pupils=60, **rural | {"pe_teachers": 0}), school("2", pupils=60, **rural | {"pe_teachers": 1})
    found = verdict(two_stages(needs, does_not, school("3")))
    assert [line for line in found.exceptions if "（学校1）" in line]
    assert not [line for line in found.exceptions if "学校2" in line]
    rooms = {"built_by_2016": True, "founded_year": 2010}
    smaller = school("1", **rooms, music_rooms_from_96_m2=1, music_rooms_73_to_96_m2=2)
    asked = verdict(two_stages(smaller, school("2", **rooms))).criteria["music_art_rooms"]
    assert asked.verdict is Verdict.PASS
    assert {keys for demand in asked.demands for keys in demand.by_exception.values()} == {("1",)}


def test_a_claim_the_figures_speak_against_is_not_applied_and_is_reported() -> None:
    """填“2010 年及之前建成”而建校时间是 2015 年：例外不适用，学校规模未达标，并列入问题清单请学校核对。"""
    claimed = school("1", pupils=2300, built_by_2010=True, founded_year=2015)
    judgement = judged(two_stages(claimed))
    assert judgement.county(COUNTY).criteria["school_size"].verdict is Verdict.FAIL
    (finding,) = judgement.findings(COUNTY)
    assert (finding.rule, finding.field, finding.school_code) == ("W-exception-contradicted", "built_by_2010", "1")


def test_a_county_without_schools_or_without_a_county_form_is_left_open() -> None:
    """一所学校的数据都没有的县，待定；没有交区县填报表的县，县级条目待定。"""
    no_schools = verdict([])
    assert no_schools.verdict is Verdict.INSUFFICIENT
    assert "暂不能判定：没有该县任何学校的数据。" in no_schools.reasons
    rows = two_stages(school("1"))
    no_form = judged(rows, county(county_code="210203"))
    assert no_form.verdicts() == {"210202": Verdict.INSUFFICIENT, "210203": Verdict.INSUFFICIENT}
    assert no_form.county("210202").criteria["teacher_pay"].verdict is Verdict.INSUFFICIENT


def test_a_cv_over_one_is_warned_about() -> None:
    """差异系数大于 1，多半是有学校填错了单位，给出提醒。"""
    rows = two_stages(*(school(str(n)) for n in range(4)), school("5", equipment_value_yuan=50_000_000.0))
    assert [finding.rule for finding in judged(rows).findings(COUNTY)] == ["W-cv-over-1"]


def test_the_composite_mean_is_judged_where_the_policy_says_so() -> None:
    """基本均衡（教督〔2012〕3号）判综合差异系数：八项的平均不超过 0.65 就达标，即使其中一项更大；有一项不能确定，而无论它是多少平均都
    不会超过的，仍判达标；缺得太多，待定。"""
    under = policy("basic_balance_2012")
    columns = {"computers": 100, "books": 20000, "middle_title_teachers": 50, "senior_title_teachers": 10, "full_senior_title_teachers": 0}
    good = [school("1", **columns), school("2", **columns), school("9", "junior", **columns)]
    stage = judged(good, under=under).county(COUNTY).stages["primary"]
    assert (stage.composite_verdict, stage.verdict) == (Verdict.PASS, Verdict.PASS)
    assert stage.composite_cv == pytest.approx(0)
    one_wide = [school("1", **columns | {"books": 10**6}), *good[1:]]
    wide = judged(one_wide, under=under).county(COUNTY).stages["primary"]
    assert max(each.cv or 0 for each in wide.balance) > 0.65
    assert wide.verdict is Verdict.PASS
    silent = judged([school("1", **columns | {"books": None}), *good[1:]], under=under).county(COUNTY).stages["primary"]
    assert silent.composite_cv is None
    assert silent.verdict is Verdict.PASS
    assert judged([school("1", **columns | {"books": None, "computers": None, "full_time_teachers": None, "gym_area_m2": None,
                                            "teach_aux_area_m2": None, "equipment_value_yuan": None}), *good[1:]],
                  under=under).county(COUNTY).stages["primary"].verdict is Verdict.INSUFFICIENT  # fmt: skip
