"""What a what-if changes: a value of the standard, or one figure of one school. As it stands in a URL and in a scenario."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from junheng.common.errors import UserError
from junheng.intake.model import Facts, Row
from junheng.intake.release_diff import spoken
from junheng.policy.in_force import ANY, Limit, PolicyInForce
from junheng.tables import Column, Kind, table
from junheng.web.dashboards.clauses import FORMS

MOST = 20
_LARGEST = 10**12


@dataclass(frozen=True)
class LimitChange:
    """limit: its id; key: of the value, as in Limit.values."""

    limit: str
    key: str
    value: Decimal

    def to_json(self) -> list[str]:
        return ["limit", self.limit, self.key, str(self.value)]


@dataclass(frozen=True)
class FigureChange:
    """One reported figure of one school. value: in the unit of the contract; None = 未报, which is never 0."""

    school: str
    campus: str
    column: str
    value: float | None

    def to_json(self) -> list[str]:
        return ["figure", self.school, self.campus, self.column, "" if self.value is None else repr(self.value)]


Change = LimitChange | FigureChange


def read_change(said: object) -> Change:
    """From JSON or its text. Raises UserError for what is no change."""
    try:
        parts = json.loads(said) if isinstance(said, str) else said
        match parts:
            case ["limit", str(limit), str(key), str(value)]:
                return LimitChange(limit, key, number_of(value))
            case ["figure", str(school), str(campus), str(column), str(value)]:
                return figure_change(school, campus, column, number_of(value) if value else None)
    except ValueError:
        pass
    raise UserError("链接里的改动读不出来", why="链接可能没有复制完整", remedy="请重新复制链接，或从页面上重新添加改动")


def figure_change(school: str, campus: str, column: str, value: Decimal | None) -> FigureChange:
    """value: ≥ 0, in the unit of the contract; None = 未报. Raises UserError for a column that cannot be changed so."""
    found = changeable(column)
    return FigureChange(school, campus, found.name, None if value is None else float(_fitting(found, value)))


def _fitting(column: Column, number: Decimal) -> Decimal:
    """Raises UserError for a part of what is counted whole."""
    if column.kind is Kind.COUNT and number != number.to_integral_value():
        raise UserError(f"“{column.label}”应为整数，写的是 {number:f}", remedy="请改成整数")
    return number


def number_of(text: str) -> Decimal:
    """A number ≥ 0 as a person types it. Raises UserError."""
    try:
        number = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise UserError(f"“{text}”不是数字", remedy="请填一个数，例如 0.45") from None
    if not number.is_finite() or not 0 <= number < _LARGEST:
        raise UserError(f"“{text}”不能用", why="应为不小于 0 的数", remedy="请核对后再填")
    return number


def changeable(column: str) -> Column:
    """A column of the school table that holds a number. Raises UserError."""
    found = {each.name: each for each in CHANGEABLE}.get(column)
    if found is None:
        raise UserError(f"没有“{column}”这个可以改的项目", remedy="请从列表里选")
    return found


CHANGEABLE = tuple(each for each in table("school").columns if each.kind in (Kind.COUNT, Kind.AMOUNT))


def changed_policy(policy: PolicyInForce, changes: Iterable[Change]) -> PolicyInForce:
    """Raises UserError for a limit the standard does not have."""
    limits = dict(policy.limits)
    for each in changes:
        if isinstance(each, LimitChange):
            limits[each.limit] = _changed(limits.get(each.limit), each)
    return replace(policy, limits=limits)


def _changed(limit: Limit | None, change: LimitChange) -> Limit:
    if limit is None or change.key not in limit.values:
        raise UserError(f"标准里没有“{change.limit}”（{change.key}）这个数", remedy="请从列表里选")
    cited = replace(limit.values[change.key], value=change.value, unverified="假设的值，不是规定")
    return replace(limit, values={**limit.values, change.key: cited})


def changed_facts(facts: Facts, changes: Iterable[Change]) -> Facts:
    """The rows alone; those that do not change are shared. Raises UserError for a school that is not there."""
    asked: dict[tuple[str, str], dict[str, float | int | None]] = {}
    for each in changes:
        if isinstance(each, FigureChange):
            whole = changeable(each.column).kind is Kind.COUNT and each.value is not None
            asked.setdefault((each.school, each.campus), {})[each.column] = int(each.value) if whole else each.value  # type: ignore[arg-type]
    rows: list[Row] = []
    for row in facts.school:
        new = asked.pop((str(row["school_code"] or ""), str(row["campus"] or "")), None)
        rows.append({**row, **new} if new else row)
    if asked:
        raise UserError(f"这里没有代码为“{next(iter(asked))[0]}”的学校", remedy="请核对学校标识码")
    return Facts(facts.school_year, school=rows, county=facts.county, judgement=facts.judgement)


def in_words(change: Change, policy: PolicyInForce, schools: Mapping[tuple[str, str], Row]) -> tuple[str, str, str]:
    """(what, now, if) of a change. schools: the rows by code and campus."""
    if isinstance(change, LimitChange):
        limit = policy.limits[change.limit]
        return f"{limit.title}{key_words(change.key)}", f"{limit.values[change.key].value} {limit.unit}".strip(), f"{change.value} {limit.unit}".strip()
    row, column = schools[change.school, change.campus], changeable(change.column)
    campus = f"（{change.campus}）" if change.campus else ""
    return f"{row['school_name'] or change.school}{campus}：{column.label}", _said(column, row[column.name]), _said(column, change.value)


def _said(column: Column, value: object) -> str:
    words = spoken(column, int(value) if column.kind is Kind.COUNT and isinstance(value, float) else value)
    return f"{words} {column.unit.symbol}" if column.kind is Kind.COUNT and value is not None else words


def key_words(key: str) -> str:
    return "" if key == ANY else f"（{FORMS.get(key, key)}）"


def stored_value(column: Column, typed: str) -> float | None:
    """From what a person types in the unit of the form; "" = 未报. Raises UserError."""
    if not typed.strip():
        return None
    number = _fitting(column, number_of(typed) * (column.unit.factor(column.printed_unit) or Decimal(1)))
    return float(number) if math.isfinite(number) else None


def all_of(said: Sequence[object]) -> list[Change]:
    """Raises UserError."""
    return each_once(map(read_change, said[-MOST:]))


def each_once(changes: Iterable[Change]) -> list[Change]:
    """Each thing once, as it was changed last."""
    found: dict[tuple[str, ...], Change] = {}
    for each in changes:
        key = ("limit", each.limit, each.key) if isinstance(each, LimitChange) else ("figure", each.school, each.campus, each.column)
        found[key] = each
    return list(found.values())
