"""自评报告.docx in the form of GB/T 9704: the verdict first, then what it rests on. Every figure comes from the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from junheng.common.numerals import numeral
from junheng.common.stages import Stage
from junheng.judging.result import CriterionVerdict, StageVerdict, Verdict
from junheng.reports.application_sentences import conclusion_text
from junheng.reports.context import CountyReport
from junheng.reports.docx_parts import (
    SUBHEADING_FONT,
    TITLE_FONT,
    paper,
    paragraph,
    save,
    table,
)
from junheng.reports.grid import Cell, Grid, Line, Look, head_lines, round_half_up
from junheng.reports.measured_words import cv_value, demand_limit, demand_title, demand_value, plain
from junheng.reports.official_document import CORE_WIDTH_MM, chapters
from junheng.reports.problems import Problem, influence_words
from junheng.reports.words import (
    EXCLUSION_LABELS,
    MARKS,
    amount_words,
    margin_words,
    school_label,
    verdict_words,
)


def write_self_report(path: Path, report: CountyReport, found: Sequence[Problem]) -> None:
    """Write the report; one chapter per part of the standard."""
    title = f"{report.county_name}义务教育{report.subject}发展自评报告"
    pieces = [
        paragraph(title, font=TITLE_FONT, size=22, align="center", indent=False, line=36),
        paragraph(f"（{report.year_label}）", font=SUBHEADING_FONT, align="center", indent=False),
        paragraph("", indent=False),
    ]
    named = [("总体结论", _conclusion(report, found))]
    named.append(("资源配置", _resources(report)))
    named.append(("校际均衡", _balance(report)))
    named += [(word, _criteria(report, group)) for group, word in
                 (("government", "政府保障程度"), ("quality", "教育质量"), ("recognition", "社会认可度"), ("veto", "一票否决事项"))
                 if any(c.group == group for c in report.verdict.criteria.values())]  # fmt: skip
    named.append(("主要差距与建议", _gaps(found)))
    named.append(("缺报与待定事项", _missing(report, found)))
    named.append(("特殊口径、剔除与待核说明", _notes(report)))
    pieces += chapters(named)
    pieces.extend(_closing(report))
    save(paper(landscape=False), pieces, path, title=title)


def _sub(text: str) -> str:
    return paragraph(text, font=SUBHEADING_FONT, keep=True)


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def _conclusion(report: CountyReport, found: Sequence[Problem]) -> Iterator[str]:
    verdict = report.verdict
    said = {
        Verdict.PASS: "各项指标均达到规定要求，县域义务教育{0}发展自评结论为达标。",
        Verdict.FAIL: "尚未达到规定要求，县域义务教育{0}发展自评结论为未达标。",
        Verdict.INSUFFICIENT: "已报数据没有发现未达标事项，但缺报或未评定的事项可能改变结论，自评结论为待定。",
    }[verdict.verdict]
    yield paragraph(f"依据《{report.policy.title}》，以{_day(verdict.as_of)}为评估基准日，对{report.county_name}{report.year_label}"
                    f"义务教育{report.subject}发展情况进行自评。经测算，{report.county_name}{said.format(report.subject)}")  # fmt: skip
    for number, reason in enumerate(verdict.reasons, 1):
        yield paragraph(f"{number}．{report.named(reason).rstrip('。')}。")
    failing, waiting = _counts(found)
    if failing or waiting:
        yield paragraph(f"共发现未达标事项 {failing} 项、待定事项 {waiting} 项，逐项见问题清单、任务清单和责任清单。")


def _counts(found: Iterable[Problem]) -> tuple[int, int]:
    counts = Counter(each.verdict for each in found)
    return counts[Verdict.FAIL], counts[Verdict.INSUFFICIENT]


def _resources(report: CountyReport) -> Iterator[str]:
    for order, stage in enumerate(report.verdict.stages.values()):
        yield _sub(f"（{numeral(order + 1)}）{Stage(stage.stage).label}")
        yield paragraph(_stage_sentence(stage) if report.judges_schools else f"纳入评估的{Stage(stage.stage).label} {len(stage.schools)} 所，标准不设逐校限值。")
        if stage.schools and report.judges_schools:
            yield table(_resource_table(report, stage), width_mm=CORE_WIDTH_MM, size=10.5)
    excluded = Counter(EXCLUSION_LABELS.get(each.reason, each.reason) for each in report.verdict.excluded)
    if excluded:
        yield paragraph("未纳入资源配置评估的：" + "，".join(f"{reason} {count} 所" for reason, count in excluded.items()) + "。")


def _stage_sentence(stage: StageVerdict) -> str:
    label, counts = Stage(stage.stage).label, Counter(school.verdict for school in stage.schools)
    if not stage.schools:
        return f"没有纳入评估的{label}。"
    text = f"纳入评估的{label} {len(stage.schools)} 所（校区、学部单独计），综合评估达标 {counts[Verdict.PASS]} 所、未达标 {counts[Verdict.FAIL]} 所、待定 {counts[Verdict.INSUFFICIENT]} 所。"
    failing = [school_label(s.name, s.campus) for s in stage.schools if s.verdict is Verdict.FAIL]
    if failing:
        text += "未达标的为：" + "、".join(failing[:10]) + (f"等 {len(failing)} 所" if len(failing) > 10 else "") + "。"
    return text


def _resource_table(report: CountyReport, stage: StageVerdict) -> Grid:
    body: list[Line] = []
    for index, resource in enumerate(report.policy.resources):
        each = [school.indicators[index] for school in stage.schools]
        limit = each[0].limit.value
        counts = [sum(i.met is True for i in each), sum(i.met is False and bool(i.near) for i in each),
                  sum(i.met is False and i.near is False for i in each), sum(i.met is None for i in each)]  # fmt: skip
        body.append([Cell(f"{index + 1}．{resource.title}"), Cell(plain(limit), Look.CENTRE), *(Cell(n, Look.WHOLE) for n in counts)])
    heads = zip(("A1", "B1", "C1", "D1", "E1", "F1"), ("指标", "限值", "达标校数", "达到85%", "不足85%", "待定"), strict=True)
    return Grid("", "", (40, 10, 10, 10, 10, 8), head_lines(6, *heads), body)


def _balance(report: CountyReport) -> Iterator[str]:
    tests = [each for stage in report.verdict.stages.values() for each in stage.balance]
    counts = Counter(each.verdict for each in tests)
    composites = [stage for stage in report.verdict.stages.values() if stage.composite_verdict]
    for stage in composites:
        figure = "待定" if stage.composite_cv is None else round_half_up(stage.composite_cv, 3)
        word = stage.composite_verdict.label if stage.composite_verdict else ""
        yield paragraph(f"{Stage(stage.stage).label}综合差异系数 {figure}，限值 {stage.balance[0].limit.value}，{word}。综合差异系数是各项差异系数的算术平均。")
    if not composites:
        yield paragraph(f"小学、初中各项资源配置指标的校际差异系数共 {len(tests)} 项，达标 {counts[Verdict.PASS]} 项、未达标 "
                        f"{counts[Verdict.FAIL]} 项、待定 {counts[Verdict.INSUFFICIENT]} 项。差异系数按学生数加权，用未舍入值判定。")  # fmt: skip
    body: list[Line] = []
    for stage in report.verdict.stages.values():
        for resource, each in zip(report.policy.resources, stage.balance, strict=True):
            mean = Cell(each.mean, Look.TWO)
            body.append([Cell(Stage(stage.stage).label, Look.CENTRE), Cell(resource.title), mean, Cell(cv_value(each), Look.CENTRE),
                         Cell(f"{each.limit.value}", Look.CENTRE), Cell("—" if composites else f"{MARKS[each.verdict]} {each.verdict.label}", Look.CENTRE),
                         Cell(margin_words(each.margin, short="超出") or "—", Look.CENTRE)])  # fmt: skip
    heads = zip(("A1", "B1", "C1", "D1", "E1", "F1", "G1"), ("学段", "指标", "全县平均值", "差异系数", "限值", "结论", "余量"), strict=True)
    yield table(Grid("", "", (8, 36, 13, 11, 9, 13, 14), head_lines(7, *heads), body), width_mm=CORE_WIDTH_MM, size=10.5)
    for stage in report.verdict.stages.values():
        for resource, each in zip(report.policy.resources, stage.balance, strict=True):
            told = influence_words(each)
            if told:
                yield paragraph(f"{Stage(stage.stage).label}“{resource.title}”：{told}。")


def _criteria(report: CountyReport, group: str) -> Iterator[str]:
    items = sorted((c for c in report.verdict.criteria.values() if c.group == group), key=lambda c: c.number)
    counts = Counter(each.conclusion for each in items)
    if len(items) > 1:
        yield paragraph(f"共 {len(items)} 项，达标 {counts[Verdict.PASS]} 项、未达标 {counts[Verdict.FAIL]} 项、待定 {counts[Verdict.INSUFFICIENT]} 项。")
    for each in items:
        yield paragraph(_criterion_text(report, each, numbered=len(items) > 1))


def _criterion_text(report: CountyReport, criterion: CriterionVerdict, *, numbered: bool) -> str:
    number = f"{criterion.number}．" if numbered else ""
    told = conclusion_text(report, criterion).replace("\n", "")
    if criterion.group in ("recognition", "veto"):
        parts = [f"{demand_title(d)} {demand_value(d)}（要求{demand_limit(d)}，{d.verdict.label}）" for d in criterion.demands]
        told = "；".join(parts) + "。" + told
    word = verdict_words(criterion.conclusion)
    return f"{number}{criterion.title}：{word}。{told.rstrip('。')}{'。' if told else ''}"


def _gaps(found: Sequence[Problem]) -> Iterator[str]:
    failing = [each for each in found if each.verdict is Verdict.FAIL]
    if not failing:
        yield paragraph("没有未达标事项。")
        return
    by_item: dict[str, list[Problem]] = {}
    for each in failing:
        by_item.setdefault(each.item, []).append(each)
    for number, (item, group) in enumerate(sorted(by_item.items(), key=lambda pair: -len(pair[1]))[:20], 1):
        first = group[0]
        if first.is_school:
            where = "、".join(p.subject for p in group[:5]) + (f"等 {len(group)} 处" if len(group) > 5 else "")
            text = f"{number}．{item}：{where}未达标{_total_gap(group)}。建议{first.remedy.measure}，由{first.remedy.lead}牵头。"
        else:
            gap = f"，{first.gap}" if first.gap else ""
            text = f"{number}．{item}：现状 {first.current}，要求 {first.required}{gap}。建议{first.remedy.measure}，由{first.remedy.lead}牵头。"
        yield paragraph(text)


def _total_gap(group: Sequence[Problem]) -> str:
    amounts = [p.short for p in group if p.short is not None]
    if not amounts:
        return ""
    return f"，合计还差{amounts[0].what} {amount_words(sum(gap.amount for gap in amounts), amounts[0].unit)}"


def _missing(report: CountyReport, found: Sequence[Problem]) -> Iterator[str]:
    waiting = [each for each in found if each.verdict is Verdict.INSUFFICIENT]
    if not waiting:
        yield paragraph("没有影响结论的缺报和待定事项。")
        return
    yield paragraph(f"共 {len(waiting)} 项。缺报不作零计算，补报或评定后重新判定：")
    for number, each in enumerate(waiting[:40], 1):
        told = f"，{each.gap}" if each.gap else ""
        yield paragraph(f"{number}．{each.subject}：{each.item}（{each.current}{told}）。")
    if len(waiting) > 40:
        yield paragraph(f"其余 {len(waiting) - 40} 项见问题清单。")


def _notes(report: CountyReport) -> Iterator[str]:
    verdict = report.verdict
    for each in verdict.exceptions:
        yield paragraph(report.named(each).rstrip("。") + "。")
    for excluded in verdict.excluded[:30]:
        reason = EXCLUSION_LABELS.get(excluded.reason, excluded.reason)
        yield paragraph(f"{school_label(excluded.name or excluded.code, excluded.campus)}：{reason}，不纳入资源配置指标和差异系数。")
    for each in verdict.unverified:
        yield paragraph(f"待核：{each.rstrip('。')}。")
    if not (verdict.exceptions or verdict.excluded or verdict.unverified):
        yield paragraph("没有适用的特殊口径、剔除和待核事项。")


def _closing(report: CountyReport) -> Iterator[str]:
    verdict = report.verdict
    release = verdict.release or "未冻结"
    yield paragraph(f"数据版本：{release}；政策：{report.policy.title}（{verdict.policy_id}）；评估基准日：{_day(verdict.as_of)}。"
                    "任何人可据此复算本报告的全部数字。", size=12, line=20, before=14, align="left")  # fmt: skip
    yield paragraph(report.county_name + "（盖章）　　", align="right", indent=False, before=28)
    yield paragraph("　　　　年　　月　　日　　", align="right", indent=False)

