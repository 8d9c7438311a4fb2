"""Why a county stands where it stands, in Chinese: what decides first, then what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from junheng.common.stages import Stage
from junheng.indicators import REGISTRY
from junheng.judging.balance_detail import MEAN_ZERO
from junheng.judging.result import (
    BalanceVerdict,
    CriterionVerdict,
    DemandVerdict,
    SchoolVerdict,
    StageVerdict,
    Verdict,
)

ALL_MET = "各项均达到要求。"
NO_DATA = "暂不能判定：没有该县任何学校的数据。"
_SHOWN = 5
_SIGNS = {"at_least": "低于", "at_most": "高于", "less_than": "未低于", "equal": "不等于"}


def reasons_for(
    stages: Mapping[str, StageVerdict], criteria: Mapping[str, CriterionVerdict], names: Mapping[str, str],
    unassessed: Sequence[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Veto items, what certainly fails, what was left out, then what is missing; one line when all is well.

    names: school key → name, of every school of the county; empty when none was reported. unassessed: as in CountyVerdict.
    """
    lines = [*_vetoes(criteria)]
    for stage in stages.values():
        lines += [*_failing_schools(stage), *_failing_balance(stage)]
    lines += [line for each in criteria.values() if each.group != "veto" for line in _failing_criterion(each, names)]
    if unassessed:
        shown = "、".join(unassessed[:_SHOWN]) + (f"等 {len(unassessed)} 处" if len(unassessed) > _SHOWN else "")
        lines.append(f"暂不能判定：{shown}未能计入，其中的学校没有参加测算，差异系数和各校均达标的条目不能下结论。改正后重新测算。")
    if not names:
        lines.append(NO_DATA)
    for stage in stages.values():
        lines += [*_open_stage(stage)] if names else []
    lines += [line for each in criteria.values() for line in _open_criterion(each, names)]
    return tuple(dict.fromkeys(lines)) or (ALL_MET,)


def title_of(indicator: str) -> str:
    """An indicator's Chinese title; its id when it is not declared."""
    return REGISTRY[indicator].title if indicator in REGISTRY else indicator


def names_of(names: Sequence[str]) -> str:
    """"甲、乙、丙等 7 所"."""
    shown = "、".join(names[:_SHOWN])
    return f"{shown}等 {len(names)} 所" if len(names) > _SHOWN else shown


def _named(keys: Sequence[str], names: Mapping[str, str]) -> str:
    return names_of([names.get(key, key) for key in keys])


def cv_words(value: float, limit: Decimal) -> str:
    """Three decimals, or as many as keep the value on its own side of the limit."""
    for decimals in (3, 6, 9, 12):
        shown = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if (shown > limit) == (Decimal(repr(value)) > limit):
            return f"{shown:f}" if decimals == 3 else f"{shown:f}".rstrip("0")
    return repr(value)


def _school_name(school: SchoolVerdict) -> str:
    name = school.name or school.code
    return f"{name}（{school.campus}）" if school.campus else name


def _vetoes(criteria: Mapping[str, CriterionVerdict]) -> Iterator[str]:
    for criterion in criteria.values():
        if criterion.group != "veto":
            continue
        for demand in criterion.demands:
            if demand.verdict is Verdict.FAIL:
                yield f"一票否决：{title_of(demand.indicator)}。"
        if criterion.evidence and criterion.evidence.verdict is Verdict.FAIL:
            yield f"一票否决：{criterion.title}评定为未达标。"


def _failing_schools(stage: StageVerdict) -> Iterator[str]:
    failing = [_school_name(school) for school in stage.schools if school.verdict is Verdict.FAIL]
    if failing:
        yield f"{Stage(stage.stage).label}：{len(failing)} 所学校未满足逐校规则（{names_of(failing)}）。"


def _failing_balance(stage: StageVerdict) -> Iterator[str]:
    label = Stage(stage.stage).label
    if stage.composite_verdict is not None:
        if stage.composite_verdict is Verdict.FAIL:
            limit = stage.balance[0].limit.value
            found = MEAN_ZERO if stage.composite_cv is None else f"{cv_words(stage.composite_cv, limit)}，高于 {limit}"
            yield f"{label}综合差异系数未达标：{found}。"
        return
    for each in stage.balance:
        if each.verdict is Verdict.FAIL:
            yield f"{label}“{title_of(each.indicator)}”差异系数{_cv_reason(each)}。"


def _cv_reason(balance: BalanceVerdict) -> str:
    limit = balance.limit.value
    if balance.cv is not None:
        return f" {cv_words(balance.cv, limit)}，高于 {limit}"
    if balance.cv_lo is not None:
        return f"无论缺报的数是多少都不低于 {cv_words(balance.cv_lo, limit)}，高于 {limit}"
    return f"未达标：{balance.note or MEAN_ZERO}"


def _failing_criterion(criterion: CriterionVerdict, names: Mapping[str, str]) -> Iterator[str]:
    for demand in criterion.demands if criterion.verdict is Verdict.FAIL else ():
        if demand.verdict is Verdict.FAIL and not demand.indicator.endswith("_b"):
            yield f"{criterion.title}：{_demand_reason(demand, names)}。"
    if criterion.evidence and criterion.evidence.verdict is Verdict.FAIL:
        yield f"{criterion.title}：评定为未达标。"


def _demand_reason(demand: DemandVerdict, names: Mapping[str, str]) -> str:
    title = title_of(demand.indicator)
    if demand.value is not None and demand.limit is not None:
        return f"{title} {_figure(demand, demand.value)}，{_SIGNS[demand.compare]} {_figure(demand, float(demand.limit.value))}"
    if demand.failing:
        return f"“{title}”{len(demand.failing)} 所学校未达标（{_named(demand.failing, names)}）"
    return f"“{title}”未达标"


def _figure(demand: DemandVerdict, value: float) -> str:
    unit = REGISTRY[demand.indicator].unit.symbol if demand.indicator in REGISTRY else ""
    percent = unit == "%"
    number = Decimal(repr(float(value))) * (100 if percent else 1)
    limit = demand.limit.value * (100 if percent else 1) if demand.limit else number
    for decimals in (*((1,) if percent else ()), 2, 3, 4, 6, 9, 12):
        shown = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if (shown > limit) == (number > limit) and (shown < limit) == (number < limit):
            break
    text = f"{shown:,f}"
    text = text if percent or "." not in text else text.rstrip("0").rstrip(".")
    return f"{text}%" if percent else f"{text} {unit}".strip()


def _open_stage(stage: StageVerdict) -> Iterator[str]:
    label = Stage(stage.stage).label
    if stage.verdict is Verdict.INSUFFICIENT and not stage.schools:
        yield f"暂不能判定：没有纳入测算的{label}学校数据。"
        return
    for position, code in enumerate(each.code for each in stage.balance):
        missing = [_school_name(s) for s in stage.schools if s.indicators[position].value is None]
        if missing:
            title = title_of(stage.balance[position].indicator)
            yield f"暂不能判定：{label} {len(missing)} 所学校未报全“{title}”（{code}）所需的数（{names_of(missing)}）。补报后自动重算。"
    unsure = [s for s in stage.schools if s.students is None]
    if unsure:
        yield f"暂不能判定：{label} {len(unsure)} 所学校未报在校生数（{names_of([_school_name(s) for s in unsure])}）。补报后自动重算。"


def _open_criterion(criterion: CriterionVerdict, names: Mapping[str, str]) -> Iterator[str]:
    if criterion.conclusion is not Verdict.INSUFFICIENT:
        return
    waiting = [each for each in criterion.demands if each.verdict is Verdict.INSUFFICIENT and not each.indicator.endswith("_b")]
    for demand in waiting if criterion.verdict is Verdict.INSUFFICIENT else ():
        if demand.open and not demand.undecided:
            continue
        schools = f"（{_named(demand.undecided, names)}）" if demand.undecided else ""
        yield f"暂不能判定“{criterion.title}”：未报全“{title_of(demand.indicator)}”所需的数{schools}。补报后自动重算。"
    if criterion.evidence and criterion.evidence.verdict is Verdict.INSUFFICIENT:
        yield f"暂不能判定“{criterion.title}”：评定表尚无结论（{'；'.join(criterion.evidence.needed) or criterion.title}）。"
