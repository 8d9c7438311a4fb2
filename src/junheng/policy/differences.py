"""What differs between two policies in force, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from junheng.policy.in_force import ANY, Cited, ExceptionRule, Limit, PolicyInForce

KEY_LABELS: Mapping[str, str] = {
    ANY: "", "primary": "小学", "junior": "初中", "senior": "高中", "nine_year": "九年一贯制", "twelve_year": "十二年一贯制",
}  # fmt: skip


def differences(a: PolicyInForce, b: PolicyInForce) -> tuple[str, ...]:
    """One Chinese line for each difference: rules, limits, exceptions, exclusions, criteria, targets. () = the same."""
    return (*_rules(a, b), *_limits(a, b), *_exceptions(a, b), *_exclusions(a, b), *_criteria(a, b), *_targets(a, b))


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, digits as in the pack (0.50 stays 0.50)."""
    return f"{number:f}"


def _changed(name: str, unit: str, old: Cited, new: Cited) -> str:
    step = new.value - old.value
    size = f"{plain(abs(step))}{unit and ' ' + unit}"
    return f"{name}：{plain(old.value)} → {plain(new.value)}，{'提高' if step > 0 else '降低'} {size}"


def _named(limit: Limit, key: str) -> str:
    label = KEY_LABELS.get(key, key)
    return f"{limit.title}（{label}）" if label else limit.title


def _limits(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    for limit_id in dict.fromkeys((*a.limits, *b.limits)):
        yield from _one_limit(a.limits.get(limit_id), b.limits.get(limit_id))


def _one_limit(old: Limit | None, new: Limit | None) -> Iterator[str]:
    either = old or new
    assert either is not None
    before, after = (old.values if old else {}), (new.values if new else {})
    for key in dict.fromkeys((*before, *after)):
        name, unit = _named(either, key), either.unit
        if key not in after:
            yield f"{name}：取消（原为 {plain(before[key].value)}{unit and ' ' + unit}）"
        elif key not in before:
            yield f"{name}：新增 {plain(after[key].value)}{unit and ' ' + unit}"
        elif before[key].value != after[key].value:
            yield _changed(name, unit, before[key], after[key])


def _rules(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    codes_a, codes_b = ({each.indicator: each.title for each in policy.resources} for policy in (a, b))
    yield from _only("资源配置指标", codes_a, codes_b)
    if (a.school_rule is None) != (b.school_rule is None):
        yield "逐校规则：取消" if b.school_rule is None else "逐校规则：新增"
    if a.balance.judge != b.balance.judge:
        yield f"校际均衡：{_judge(a)} → {_judge(b)}"


def _judge(policy: PolicyInForce) -> str:
    return "逐项判差异系数" if policy.balance.judge == "each" else "判各项差异系数的平均数"


def _exceptions(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    old, new = ({each.id: each for each in policy.exceptions} for policy in (a, b))
    yield from _only("特殊口径", {k: v.title for k, v in old.items()}, {k: v.title for k, v in new.items()})
    for exception_id in [each for each in old if each in new]:
        yield from _one_exception(old[exception_id], new[exception_id])


def _one_exception(old: ExceptionRule, new: ExceptionRule) -> Iterator[str]:
    if (old.start, old.end) != (new.start, new.end):
        yield f"特殊口径“{new.title}”的起止：{_span(old)} → {_span(new)}"
    if (old.flag, old.conditions, old.extends) != (new.flag, new.conditions, new.extends):
        yield f"特殊口径“{new.title}”的适用条件有变"
    for limit_id in dict.fromkeys((*old.replaces, *new.replaces)):
        for line in _one_limit(old.replaces.get(limit_id), new.replaces.get(limit_id)):
            yield f"特殊口径“{new.title}”：{line}"


def _span(rule: ExceptionRule) -> str:
    return f"{rule.start or '待核'} 至 {rule.end or '待核'}"


def _exclusions(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    old, new = ({each.reason: each for each in policy.exclusions} for policy in (a, b))
    yield from _only("不纳入的学校", {k: v.title for k, v in old.items()}, {k: v.title for k, v in new.items()})
    for reason in [each for each in old if each in new]:
        before, after = old[reason], new[reason]
        if (before.school_types, before.sponsors, before.pupils_below) != (
            after.school_types, after.sponsors, after.pupils_below,
        ):  # fmt: skip
            yield f"不纳入的学校“{after.title}”的范围有变"


def _criteria(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    old, new = ({each.id: each for each in policy.criteria} for policy in (a, b))
    yield from _only("条目", {k: v.title for k, v in old.items()}, {k: v.title for k, v in new.items()})
    for criterion_id in [each for each in old if each in new]:
        before, after = old[criterion_id], new[criterion_id]
        if before.demands != after.demands:
            yield f"条目“{after.title}”的可计算要求有变：{len(before.demands)} 项 → {len(after.demands)} 项"
        if before.evidence != after.evidence:
            yield f"条目“{after.title}”的佐证要求有变"


def _targets(a: PolicyInForce, b: PolicyInForce) -> Iterator[str]:
    old, new = ({each.id: each for each in policy.targets} for policy in (a, b))
    yield from _only("目标", {k: v.title for k, v in old.items()}, {k: v.title for k, v in new.items()})
    for target_id in [each for each in old if each in new]:
        before, after = old[target_id], new[target_id]
        if before.value and after.value and before.value.value != after.value.value:
            yield _changed(f"目标“{after.title}”", "", before.value, after.value)
        if before.by_school_year != after.by_school_year:
            yield f"目标“{after.title}”的期限：{before.by_school_year or '无'} → {after.by_school_year or '无'}"


def _only(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{what}“{title}”：取消" for key, title in old.items() if key not in new)
    yield from (f"{what}“{title}”：新增" for key, title in new.items() if key not in old)
