"""国家申报表 表Ⅳ and 表Ⅴ: the printed sentences with their figures set in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.judging.result import CriterionVerdict, DemandVerdict
from junheng.reports.context import CountyReport
from junheng.reports.figures import (
    COMBINED_TYPES,
    compulsory_pupils,
    number,
    of_stage,
    percent,
    stages_of,
    tally,
    words,
)
from junheng.reports.grid import NOT_REPORTED, Cell, Grid, Line, Look, head_lines, round_half_up
from junheng.reports.text import clean
from junheng.reports.words import verdict_words
from junheng.tables.county import MONITORED_SUBJECTS
from junheng.tables.judgement import OUTCOMES
from junheng.tables.school import CLASS_SIZE_BANDS

LEVELS = {1.0: "Ⅰ", 2.0: "Ⅱ", 3.0: "Ⅲ", 4.0: "Ⅳ"}

def demand(criterion: CriterionVerdict, indicator: str, stage: str = "") -> DemandVerdict | None:
    """A criterion's demand by its indicator and stage; None when the policy does not make it."""
    return next((d for d in criterion.demands if d.indicator == indicator and d.stage in ("", stage)), None)


def _share(criterion: CriterionVerdict, indicator: str, stage: str = "") -> str:
    found = demand(criterion, indicator, stage)
    return percent(found.value if found else None)


def _rooms(report: CountyReport, criterion: CriterionVerdict) -> str:
    parts = []
    for indicator, word in (("music_rooms", "音乐"), ("art_rooms", "美术")):
        found = demand(criterion, indicator)
        if found:
            waiting = f"，待定 {len(found.undecided)} 所" if found.undecided else ""
            parts.append(f"{word}专用教室不足的学校 {len(found.failing)} 所{waiting}")
    return "；".join(parts) + "。" if parts else ""


def _size(report: CountyReport, criterion: CriterionVerdict) -> str:
    limit = report.policy.limits["school_size"]
    over = {"小学": 0, "初中": 0, "一贯制": 0}
    unknown = 0
    for row in report.figures.schools:
        pupils, stages = compulsory_pupils(row), [s for s in COMPULSORY_STAGES if s in stages_of(row)]
        if pupils is None:
            unknown += 1
        elif stages:
            combined = len(stages) == 2 and str(row["school_type"]) in COMBINED_TYPES
            form = "nine_year" if combined else str(stages[0])
            over["一贯制" if combined else stages[0].label] += pupils > limit.at(form).value
    one, many = limit.at("primary").value, limit.at("nine_year").value
    by_exception = {key for each in criterion.demands for keys in each.by_exception.values() for key in keys}
    text = f"超过 {one} 人的小学 {over['小学']} 所，初中 {over['初中']} 所，超过 {many} 人的一贯制学校 {over['一贯制']} 所"
    text += f"；按特殊口径达标 {len(by_exception)} 所" if by_exception else ""
    return text + (f"；{unknown} 所未报学生数。" if unknown else "。")


def _classes(report: CountyReport, criterion: CriterionVerdict) -> str:
    limit = report.policy.limits["class_size"]
    parts = []
    for stage in COMPULSORY_STAGES:
        top = limit.at(stage).value
        bands = [name for name, smallest, _ in CLASS_SIZE_BANDS if smallest > top]
        over = tally(report.figures.with_stage(stage), _classes_in(bands, stage))
        parts.append(f"超过 {top} 人的{stage.label}班级 {over.text()} 个")
    waiting = sum(len(each.undecided) for each in criterion.demands)
    return "，".join(parts) + (f"；{waiting} 所学校待定。" if waiting else "。")


def _classes_in(bands: list[str], stage: Stage) -> Callable[[Row], float | None]:
    def count(row: Row) -> float | None:
        values = [of_stage(row, band, stage) for band in bands]
        return None if any(value is None for value in values) else sum(value or 0.0 for value in values)

    return count


def _small(report: CountyReport, criterion: CriterionVerdict) -> str:
    line = report.policy.limits["small_school_floor_pupils"].at("any").value
    small = [r for r in report.figures.mainstream if (pupils := _all_pupils(r)) is not None and pupils < line]
    counted, money = tally(small, _all_pupils), report.figures.total("running_budget_yuan", small)
    return f"不足 {line} 人的规模较小学校学生数 {counted.text()} 人，公用经费 {money.text()} 元。"


def _all_pupils(row: Row) -> float | None:
    counts = [number(row, f"students_{stage}") for stage in stages_of(row)]
    return None if not counts or any(count is None for count in counts) else sum(count or 0.0 for count in counts)


def _special(report: CountyReport, criterion: CriterionVerdict) -> str:
    county, found = report.figures.county, demand(criterion, "special_education_funding")
    funds = county("special_school_funds_yuan")
    text = (
        f"特殊教育学校公用经费为 {_ten_thousand(funds)} 万元，特殊教育学生数为 {words(county('special_school_pupils'))} 人，"
        f"特殊教育学校生均公用经费为 {words(found.value if found else None)} 元。"
    )
    inclusive = demand(criterion, "inclusive_education_funding")
    if inclusive and inclusive.value is not None:
        text += f"随班就读残疾学生生均公用经费为 {words(inclusive.value)} 元。"
    return text


def _ten_thousand(yuan: float | None) -> str:
    return NOT_REPORTED if yuan is None else round_half_up(yuan / 10000, 2, thousands=True)


def _pay(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    return (f"全县义务教育学校教师年平均工资收入为 {words(county('teacher_pay_yuan'))} 元，"
            f"当地公务员年平均工资收入 {words(county('civil_servant_pay_yuan'))} 元。")  # fmt: skip


def _training(report: CountyReport, criterion: CriterionVerdict) -> str:
    done, all_of_them = report.figures.total("trained_360h_teachers"), report.figures.total("full_time_teachers")
    return (f"完成 360 学时培训的教师 {done.text()} 人，全县教师 {all_of_them.text()} 人，"
            f"教师培训完成率 {_share(criterion, 'training_hours')}。")  # fmt: skip


def _rotation(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    return (
        f"全县符合交流轮岗条件教师总数 {words(county('rotation_eligible'))} 名，上一年度交流轮岗教师 {words(county('rotated_teachers'))} 名，"
        f"交流轮岗教师占符合交流轮岗条件教师总数的比例 {_share(criterion, 'rotation_share')}；交流轮岗的骨干教师 "
        f"{words(county('rotated_backbone_teachers'))} 名，占交流轮岗教师总数的比例 {_share(criterion, 'rotation_backbone_share')}。"
    )


def _certificates(report: CountyReport, criterion: CriterionVerdict) -> str:
    holding, all_of_them = report.figures.total("certified_teachers"), report.figures.total("full_time_teachers")
    return (f"全县在岗专任教师 {all_of_them.text()} 人，其中持有教师资格证的专任教师 {holding.text()} 人，"
            f"占比 {_share(criterion, 'teacher_certificates')}。")  # fmt: skip


def _nearby(report: CountyReport, criterion: CriterionVerdict) -> str:
    shares = "、".join(_share(criterion, "nearby_enrolment", stage) for stage in COMPULSORY_STAGES)
    return f"城区和镇区公办小学、初中（均不含寄宿制学校）就近划片入学比例分别 {shares}。"


def _senior_high(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    rural, allocated = county("senior_high_allocated_rural"), county("senior_high_allocated")
    return (
        f"全县优质高中招生名额总数 {words(county('senior_high_places'))} 人，分配名额 {words(allocated)} 人，"
        f"占比 {_share(criterion, 'senior_high_share')}。其中分配农村学校的名额 {words(rural)} 人，占分配名额总数的 {percent(_ratio(rural, allocated))}。"
    )


def _ratio(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def _migrant(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    public, bought = county("migrant_in_public"), county("migrant_in_purchased")
    both = public + bought if public is not None and bought is not None else None
    return (
        f"全县符合条件的随迁子女数 {words(county('migrant_eligible'))} 人，在公办学校就读 {words(public)} 人，"
        f"在政府购买服务的民办学校就读 {words(bought)} 人，合计 {words(both)} 人，占比 {_share(criterion, 'migrant_share')}。"
    )


def _retention(report: CountyReport, criterion: CriterionVerdict) -> str:
    schools = report.figures.with_stage(Stage.JUNIOR)

    def total(name: str) -> str:
        return report.figures.total(name, schools).text()

    other = demand(criterion, "retention_b")
    beside = f"（另一口径 {percent(other.value)}，仅供参考）" if other and other.value is not None else ""
    return (
        f"全县初中毕业班学生数为 {total('graduates')} 人，三年前该年级入学学生数为 {total('grade7_pupils_3_years_ago')} 人，"
        f"毕业年级三年转入学生数为 {total('transfers_in_3_years')} 人，死亡学生数为 {total('deaths_3_years')} 人，"
        f"转出学生数为 {total('transfers_out_3_years')} 人，全县初中三年巩固率为 {_share(criterion, 'retention')}{beside}。"
    )


def _disabled(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    enrolled, special = county("disabled_enrolled"), county("disabled_in_special_schools")
    return (
        f"全县残疾儿童少年为 {words(county('disabled_children'))} 人，入学 {words(enrolled)} 人，入学率为 {_share(criterion, 'disabled_share')}。"
        f"其中，在特殊教育学校就读 {words(special)} 人，占比 {percent(_ratio(special, enrolled))}。"
    )


def _training_budget(report: CountyReport, criterion: CriterionVerdict) -> str:
    budget, spent = report.figures.total("training_budget_yuan"), report.figures.total("running_budget_yuan")
    failing = sum(len(each.failing) for each in criterion.demands)
    waiting = sum(len(each.undecided) for each in criterion.demands)
    line = report.policy.limits["training_budget_share"].at("any").value
    return (
        f"上一年度各校教师培训经费预算合计 {budget.text(2, 10000)} 万元，公用经费预算合计 {spent.text(2, 10000)} 万元；"
        f"低于 {percent(float(line))} 的学校 {failing} 所" + (f"，待定 {waiting} 所。" if waiting else "。")
    )


def _monitoring(report: CountyReport, criterion: CriterionVerdict) -> str:
    county = report.figures.county
    parts = []
    for name, label in MONITORED_SUBJECTS:
        level, difference = county(f"level_{name}"), county(f"difference_{name}")
        shown = NOT_REPORTED if level is None else f"{LEVELS.get(level, words(level))} 级"
        parts.append(f"{label}{shown}、校际差异率 {NOT_REPORTED if difference is None else round_half_up(difference, 3)}")
    return "；".join(parts) + "。"


Sentence = Callable[[CountyReport, CriterionVerdict], str]
SENTENCES: Mapping[str, Sentence] = {
    "music_art_rooms": _rooms, "school_size": _size, "class_size": _classes, "small_school_funding": _small,
    "special_education_funding": _special, "teacher_pay": _pay, "training_hours": _training, "rotation": _rotation,
    "teacher_certificates": _certificates, "nearby_enrolment": _nearby, "senior_high_quota": _senior_high,
    "migrant_children": _migrant, "retention": _retention, "disabled_enrolment": _disabled,
    "training_budget": _training_budget, "national_monitoring": _monitoring,
}  # fmt: skip
"""Criterion → its printed sentence; criteria without one are judged by people alone."""


def conclusion_text(report: CountyReport, criterion: CriterionVerdict, *, names: bool = True) -> str:
    """指标值或简要结论: the sentence with its figures, then what people judged. names: and who they were."""
    sentence = SENTENCES.get(criterion.id)
    parts = [sentence(report, criterion)] if sentence else []
    judged = report.figures.judgements.get(criterion.id)
    if judged:
        outcome = OUTCOMES.labels.get(str(judged["outcome"]), "")
        who = "，".join(clean(judged[name]) for name in (("judged_by", "judged_on") if names else ("judged_on",)) if judged.get(name))
        told = clean(judged.get("evidence"))
        parts.append(f"评定：{outcome or NOT_REPORTED}" + (f"（{who}）" if who else "") + (f"。佐证：{told}" if told else ""))
    elif criterion.evidence and criterion.evidence.needed:
        parts.append(f"待评定：{'；'.join(criterion.evidence.needed)}")
    return "\n".join(part for part in parts if part)


def _table(report: CountyReport, name: str, title: str, group: str, notes: tuple[str, ...]) -> Grid:
    body = [
        _criterion_line(report, each)
        for each in sorted(_of_group(report.verdict.criteria.values(), group), key=lambda c: c.number)
    ]
    heads = (("A1", "名称"), ("B1", "指标值或简要结论"), ("C1", "是否达标"))
    return Grid(name, title, (50, 66, 12), head_lines(3, *heads), body, notes, subtitle=report.heading)


def _of_group(criteria: Iterable[CriterionVerdict], group: str) -> list[CriterionVerdict]:
    return [each for each in criteria if each.group == group]


def _criterion_line(report: CountyReport, criterion: CriterionVerdict) -> Line:
    text = next((c.text for c in report.policy.criteria if c.id == criterion.id), criterion.title)
    return [Cell(f"{criterion.number}. {text}"), Cell(conclusion_text(report, criterion)),
            Cell(verdict_words(criterion.conclusion, yes="是", no="否"), Look.CENTRE)]  # fmt: skip


def table_4(report: CountyReport) -> Grid:
    """表Ⅳ: the fifteen items of government support."""
    return _table(report, "表Ⅳ", "表Ⅳ　政府保障程度评估指标", "government", ("注：表中所有比例数值保留一位小数，其余保留整数。",))


def table_5(report: CountyReport) -> Grid:
    """表Ⅴ: the nine items of quality."""
    return _table(report, "表Ⅴ", "表Ⅴ　教育质量评估指标", "quality", ("注：表中所有比例数值保留一位小数，其余保留整数。",))


