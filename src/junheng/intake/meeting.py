"""合并: records of several sheets and files become one row each. Nothing is chosen where two claim the same."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.intake.model import SourceKind
from junheng.intake.reading_rules import finding
from junheng.intake.records import Record
from junheng.tables import table

_FORMS = (SourceKind.SCHOOL_FORM, SourceKind.COUNTY_FORM)
_WIDE = (SourceKind.WIDE_TABLE, SourceKind.STATISTICS_TABLE)
_NAMING = frozenset({"school_name", "school_code", "campus", "school_type", "county_code", "county_name"})
_IDENTITY = {"school": ("school_code", "school_name"), "county": ("county_code", "county_name")}


def join_sheets(records: Iterable[Record]) -> list[Record]:
    """The records of one file, where a form goes on over several sheets and names its school only once."""
    out: list[Record] = []
    for record in records:
        first = next((each for each in out if _same_form(each, record)), None)
        if first is None:
            out.append(record)
        elif _is_named(record) and not _is_named(first):
            _absorb(record, first)
            out[out.index(first)] = record
        else:
            _absorb(first, record)
    return out


def continues(first: Record, second: Record) -> bool:
    """Whether two forms naming the same school or county report different items, as one form on two sheets does."""
    if first.table != second.table or first.kind not in _FORMS or second.kind not in _FORMS:
        return False
    both = first.values.keys() & second.values.keys()
    named = _NAMING | {"school_name", "founded_year", "school_year"}
    return both <= named and all(first.values[name] == second.values[name] for name in both)


def _is_named(record: Record) -> bool:
    return any(name in record.values for name in _IDENTITY[record.table])


def _same_form(one: Record, other: Record) -> bool:
    if one.table != other.table or one.kind not in _FORMS or other.kind not in _FORMS:
        return False
    if not (_is_named(one) and _is_named(other)):
        return True
    shared = {name for name in _IDENTITY[one.table] if name in one.values and name in other.values}
    return bool(shared) and continues(one, other)


def _absorb(into: Record, other: Record) -> None:
    into.findings.extend(other.findings)
    into.refused |= other.refused
    into.school_year = into.school_year if into.school_year is not None else other.school_year
    into.county_name = into.county_name or other.county_name
    for name in other.lines.keys() | other.values.keys():
        claimed_twice = name in into.values and name in other.values
        if claimed_twice and into.values[name] != other.values[name]:
            column = table(into.table).column(name)
            problem = finding("E-two-claims", other.cells[name].place,
                              f"“{column.label}”在 {into.cells[name].place} 另有一个不同的数，两个均未采用", "请只保留一处", field=name)  # fmt: skip
            into.give_up(column, problem)
        elif name in other.values and name not in into.refused:
            into.values.setdefault(name, other.values[name])
            into.cells.setdefault(name, other.cells[name])
            into.lines[name] = into.cells[name].place
        else:
            into.lines.setdefault(name, other.lines[name])


def names_only(record: Record) -> bool:
    """Whether a row of a table says no more than which school it is, as a list of schools or an unfilled row does."""
    return record.kind in _WIDE and record.values.keys() <= _NAMING and not record.refused


def completes(first: Record, second: Record) -> bool:
    """Whether two wide tables speak of the same school without contradiction, the second with something new — or
    with its name alone, as a prefilled sheet of optional items that nobody filled in."""
    if first.kind not in _WIDE or second.kind not in _WIDE:
        return False
    both = first.values.keys() & second.values.keys()
    return all(first.values[name] == second.values[name] for name in both) and (
        len(second.values) > len(both) or names_only(second)
    )


def complete(first: Record, second: Record) -> None:
    """Adds to the first what only the second reports."""
    _absorb(first, second)
