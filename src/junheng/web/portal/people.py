"""The table that counts people: from the releases that were announced, protected, proven, kept for the next version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from junheng.intake.release import open_release
from junheng.opendata.count_table import TOTAL, CountTable, Key
from junheng.opendata.knowledge import Published
from junheng.opendata.pupils import COLUMNS, counted, level_of
from junheng.opendata.rule import the_rule
from junheng.opendata.suppress import protect
from junheng.web.portal.in_force import latest_by_county, releases_behind
from junheng.web.portal.models import DataRelease
from junheng.web.publicity.models import Announcement
from junheng.web.store import release_folder

Rows = list[dict[str, Any]]


def table_of(announcements: Iterable[Announcement], on_county: Callable[[str], None]) -> CountTable:
    """Counts of the counties whose newest result is in force."""
    newest = latest_by_county(announcements)
    releases = releases_behind(newest)
    schools: dict[str, list[dict[str, Any]]] = {}
    cities: dict[str, list[str]] = {}
    for each in newest:
        if each.pk in releases:
            on_county(each.unit.name)
            schools[each.unit.code] = open_release(release_folder(releases[each.pk].key)).facts().school
            cities.setdefault(each.unit.parent.code if each.unit.parent else "", []).append(each.unit.code)
    return counted(schools, cities)


def protected(table: CountTable, earlier: Iterable[DataRelease]) -> Published:
    """Held against every earlier version. Raises UserError where it cannot be published beside them."""
    return protect(table, the_rule(), [kept(release.counted) for release in earlier])


def rows_of_people(published: Published, names: Mapping[str, str]) -> Rows:
    """names: code → name of counties and cities."""
    table, out = published.table, []
    for row in (*table.rows, *table.groups, TOTAL):
        for column in (*COLUMNS, TOTAL):
            value, held = table.values[row, column], (row, column) in published.held
            area, group = COLUMNS.get(column, ("合计", "合计"))
            out.append({"level": level_of(table, row), "code": row, "name": names.get(row, "表中各县合计"), "area": area, "group": group,
                        "count": None if held else value, "status": "不公布" if held else "未报全" if value is None else "公布"})  # fmt: skip
    return out


def wide(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """columns, and rows of a name with its cells as a page shows them: * = not published, blank = not fully reported; {} without rows."""
    columns: dict[str, None] = {}
    names: dict[str, str] = {}
    cells: dict[str, list[str]] = {}
    for row in rows:
        columns["合计" if row["area"] == "合计" else f"{row['area']}{row['group']}"] = None
        names[row["code"]] = row["name"]
        cells.setdefault(row["code"], []).append("*" if row["status"] == "不公布" else "" if row["count"] is None else f"{row['count']:,}")
    return {"columns": list(columns), "rows": [(names[code], cells[code]) for code in cells]} if cells else {}


def to_keep(published: Published) -> dict[str, Any]:
    table = published.table
    return {"groups": {group: list(rows) for group, rows in table.groups.items()}, "columns": list(table.columns),
            "counts": [[*key, value] for key, value in table.counts.items()], "held": sorted(map(list, published.held))}  # fmt: skip


def kept(said: Mapping[str, Any]) -> Published:
    counts: dict[Key, int | None] = {(row, column): value for row, column, value in said["counts"]}
    table = CountTable({group: tuple(rows) for group, rows in said["groups"].items()}, tuple(said["columns"]), counts)
    return Published(table, frozenset((row, column) for row, column in said["held"]))
