"""Pupils by where their school lies and whether they came with migrant workers: counted from the facts of the releases that were announced.

One table with both splits side by side, not two tables with a total in common: all that follows from the totals follows within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from junheng.common.codes import own_stages
from junheng.opendata.count_table import TOTAL, CountTable, Key

AREAS = ("城区", "镇区", "乡村")
GROUPS = ("随迁子女", "其他学生")
COLUMNS = {f"{area}{group}": (area, group) for area in AREAS for group in GROUPS}
"""Column → area and group."""

_AREA_OF = {"11": "城区", "12": "镇区", "21": "乡村", "22": "乡村"}
"""By the first two digits of 城乡分类; 特殊区域 (123) counts as 镇区, as in the statistical rule."""

Row = Mapping[str, object]


def counted(counties: Mapping[str, Iterable[Row]], cities: Mapping[str, Sequence[str]]) -> CountTable:
    """counties: code → its school rows; cities: city → its counties among them. A cell is not known where a school has not reported, and
    nowhere in the county where a school does not say where it lies."""
    counts: dict[Key, int | None] = {}
    for code, rows in counties.items():
        counts |= {(code, column): 0 for column in COLUMNS}
        for row in rows:
            _add(counts, code, row)
    return CountTable({city: tuple(codes) for city, codes in cities.items()}, tuple(COLUMNS), counts)


def _add(counts: dict[Key, int | None], county: str, row: Row) -> None:
    all_pupils, migrants = pupils_of(row, "students"), pupils_of(row, "migrant_pupils")
    others = None if all_pupils is None or migrants is None or migrants > all_pupils else all_pupils - migrants
    area = _AREA_OF.get(str(row["urban_rural"] or "")[:2])
    for column, (where, group) in COLUMNS.items():
        found = migrants if group == GROUPS[0] else others
        if area in (where, None) and found != 0:
            before = counts[county, column]
            counts[county, column] = None if area is None or before is None or found is None else before + found


def pupils_of(row: Row, name: str) -> int | None:
    """Of the whole school, whatever its stages: as one number, or stage by stage. None = not reported."""
    if row.get(name) is not None:
        return int(str(row[name]))
    parts = [row.get(f"{name}_{stage}") for stage in own_stages(row["school_type"], lambda stage: row.get(f"students_{stage}"))]
    return None if any(each is None for each in parts) else sum(int(str(each)) for each in parts)


def level_of(table: CountTable, row: str) -> str:
    return "全省" if row == TOTAL else "市" if row in table.groups else "县"
