"""Dated values: which one is in force on a day, and what an overlay or a variant makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from junheng.common.errors import PolicyError
from junheng.policy.in_force import ANY, Cited, Limit, Source
from junheng.policy.pack_model import LimitSpec, SourceSpec, ValueSpec


@dataclass(frozen=True)
class LimitLayer:
    """A limit as one pack writes it. where: file and line; is_overlay: an area overlay (stricter may apply)."""

    spec: LimitSpec
    where: str
    is_overlay: bool


def source_of(spec: SourceSpec) -> Source:
    """The citation as the rest of the house knows it."""
    return Source(spec.document, spec.clause)


def in_force_by_key(values: Sequence[ValueSpec], as_of: date) -> dict[str, Cited]:
    """For every key the value with the latest start on or before the day; keys that start later are absent.

    An entry for `any` ends what earlier entries said of single stages or forms.
    """
    out: dict[str, Cited] = {}
    for entry in values:
        if entry.from_ <= as_of:
            given = entry.by_key()
            if ANY in given:
                out = {}
            for key, number in given.items():
                out[key] = Cited(number, source_of(entry.source), entry.from_, entry.unverified)
    return out


def limit_in_force(limit_id: str, layers: Sequence[LimitLayer], as_of: date) -> Limit:
    """The limit that all layers together set, the outermost last.

    Raises PolicyError when no layer gives title and unit, or a key has no value in force on the day in any layer.
    """
    title = next((layer.spec.title for layer in reversed(layers) if layer.spec.title is not None), None)
    unit = next((layer.spec.unit for layer in reversed(layers) if layer.spec.unit is not None), None)
    if title is None or unit is None:
        raise PolicyError(f"限值“{limit_id}”没有名称（title）或单位（unit），所依据的包里也没有这一项",
                          where=layers[-1].where, remedy="请核对限值编号，或补写 title 和 unit")  # fmt: skip
    values: dict[str, Cited] = {}
    rule = next((layer.spec for layer in layers if layer.spec.overlay is not None), None)
    for layer in layers:
        found = in_force_by_key(layer.spec.values, as_of)
        stricter = rule.stricter_is if rule and layer.is_overlay else None
        values |= {key: _pick(values.get(key), cited, stricter) for key, cited in _spread(found, values).items()}
    _refuse_before_first_date(limit_id, title, layers, values, as_of)
    return Limit(limit_id, title, unit, values)


def _spread(found: Mapping[str, Cited], below: Mapping[str, Cited]) -> Mapping[str, Cited]:
    """`any` over a limit that is keyed by stage or form speaks of each of those keys; else it would change nothing."""
    if ANY not in found or not below or ANY in below:
        return found
    return {key: found.get(key, found[ANY]) for key in dict.fromkeys((*below, *found)) if key != ANY}


def _pick(below: Cited | None, above: Cited, stricter_is: str | None) -> Cited:
    if below is None or stricter_is is None:
        return above
    binds = above.value > below.value if stricter_is == "higher" else above.value < below.value
    return above if binds else below


def _refuse_before_first_date(
    limit_id: str, title: str, layers: Sequence[LimitLayer], found: Mapping[str, Cited], as_of: date
) -> None:
    """A key that only begins later raises, unless `any` holds for it already: there is no silent nothing."""
    declared: dict[str, tuple[ValueSpec, str]] = {}
    for layer in layers:
        for entry in layer.spec.values:
            for key in entry.by_key():
                if key not in declared or entry.from_ < declared[key][0].from_:
                    declared[key] = (entry, layer.where)
    for key, (first, where) in declared.items():
        held = bool(found) if key == ANY else key in found or ANY in found
        if not held and first.from_ > as_of:
            raise before_first_date(f"“{title}”（{limit_id}）", first, where, as_of)


def before_first_date(what: str, first: ValueSpec, where: str, as_of: date) -> PolicyError:
    """The refusal of a day before a value's first date."""
    return PolicyError(
        f"{what}在 {chinese_date(as_of)} 没有生效的数值",
        where=where,
        why=f"最早的数值自 {chinese_date(first.from_)} 起生效（{first.source.document}，{first.source.clause}）",
        remedy="请改用更晚的日期，或把更早的数值连同出处补进政策包",
    )


def chinese_date(day: date) -> str:
    """2025 年 9 月 1 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def whole(number: Decimal, what: str, where: str) -> int:
    """A number that must be whole, e.g. how many indicators a school must meet."""
    if number != number.to_integral_value():
        raise PolicyError(f"{what}应为整数，写的是 {number}", where=where, remedy="请改成整数")
    return int(number)
