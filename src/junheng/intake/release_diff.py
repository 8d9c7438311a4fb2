"""What changed between two data releases, school by school and field by field, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from junheng.intake.model import Facts, Row
from junheng.intake.release import Release
from junheng.tables import Column, Kind, Table
from junheng.tables.catalogue import FACT_TABLES

_UNREPORTED = "未报"


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One field of one row, or a whole row that came or went (column None).

    who: the school, county or criterion in words; before, after: stored values, None = 未报.
    """

    kind: ChangeKind
    table: Table
    key: tuple[str, ...]
    who: str
    column: Column | None = None
    before: object = None
    after: object = None

    def __str__(self) -> str:
        if self.column is None:
            return f"{self.who}：{'新增' if self.kind is ChangeKind.ADDED else '不再上报'}（{self.table.label}）"
        return f"{self.who}：{self.column.label} {spoken(self.column, self.before)} → {spoken(self.column, self.after)}"


def diff(a: Release | Facts, b: Release | Facts) -> list[Change]:
    """From a to b, in order of table, row key and column."""
    old, new = _facts(a), _facts(b)
    return [change for each in FACT_TABLES for change in _changes(each, _by_key(each, old), _by_key(each, new))]


def spoken(column: Column, value: object) -> str:
    """A stored value as a person reads it: 是/否, the code's label, money in the unit of the form, 未报. Thousands
    are separated, but not of years."""
    if value is None:
        return _UNREPORTED
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.codes is not None:
        return column.codes.labels.get(str(value), str(value))
    if column.kind in (Kind.AMOUNT, Kind.FRACTION) and isinstance(value, int | float):
        factor = column.unit.factor(column.printed_unit) or Decimal(1)
        return f"{(Decimal(repr(value)) / factor).normalize():,f}{column.printed_unit}"
    return f"{value:,}" if column.kind is Kind.COUNT and isinstance(value, int) else str(value)


def _facts(source: Release | Facts) -> Facts:
    return source.facts() if isinstance(source, Release) else source


def _by_key(of: Table, facts: Facts) -> dict[tuple[str, ...], Row]:
    """Rows by key; a second row of the same key (an error finding) is kept under its own number."""
    out: dict[tuple[str, ...], Row] = {}
    for row in sorted(facts.rows(of.name), key=lambda row: json.dumps(row, ensure_ascii=False, sort_keys=True)):
        key = tuple(str(row[name] or "") for name in of.key)
        number = 2
        unique = key
        while unique in out:
            unique, number = (*key, f"重复第 {number} 份"), number + 1
        out[unique] = row
    return out


def _changes(of: Table, old: dict[tuple[str, ...], Row], new: dict[tuple[str, ...], Row]) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        present = after or before or {}
        who = _who(of, key, present)
        if before is None or after is None:
            yield Change(ChangeKind.ADDED if before is None else ChangeKind.REMOVED, of, key, who)
            continue
        for column in of.columns:
            was, now = before.get(column.name), after.get(column.name)
            if _blank_to_none(was) != _blank_to_none(now):
                yield Change(ChangeKind.CHANGED, of, key, who, column, was, now)


def _blank_to_none(value: object) -> object:
    return None if value == "" else value


def _who(of: Table, key: tuple[str, ...], row: Row) -> str:
    if of.name == "school":
        name, campus = row.get("school_name") or row.get("school_code") or "（无代码的学校）", row.get("campus")
        who = f"{name}（{campus}）" if campus else str(name)
    elif of.name == "county":
        who = str(row.get("county_name") or row.get("county_code") or "（无代码的区县）")
    else:
        who = f"{of.label}条目 {row.get('criterion')}"
    return f"{who}[{key[-1]}]" if len(key) > len(of.key) else who
