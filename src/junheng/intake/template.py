"""填报模板: blank or prefilled tables for the people who report, made from the data contract.

What is written here is read back by the label in the header; the layout is for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from junheng.common.stages import Stage
from junheng.intake.model import Facts, Row
from junheng.intake.template_book import Book
from junheng.tables import table
from junheng.tables.county import COUNTY
from junheng.tables.judgement import JUDGEMENT
from junheng.tables.school import FORM_COLUMN_BASES, SCHOOL


class TemplateKind(StrEnum):
    SCHOOL_WIDE = "school-wide"
    COUNTY = "county"
    JUDGEMENT = "judgement"
    REGISTERS = "registers"


LAST_YEAR_SHEET = "上年数据"
_IDENTITY = ("school_name", "school_code", "campus", "school_type", "county_code")
KEPT = frozenset({
    *_IDENTITY, "founded_year", "built_by_2010", "built_by_2016", "sponsor", "urban_rural", "is_boarding", "uscc", "county_name",
})  # fmt: skip
"""What rarely changes and is filled in from last year; everything else is only shown beside."""

_ON_THE_FORM = frozenset(FORM_COLUMN_BASES)
_MAIN = tuple(
    column for column in SCHOOL.columns
    if column.name not in _IDENTITY
    and (column.required or column.name == f"students_{Stage.SENIOR}" or (column.stage is None and column.name in _ON_THE_FORM))
)  # fmt: skip
_MORE = tuple(column for column in SCHOOL.columns if column not in _MAIN and column.name not in _IDENTITY)


def write_template(
    kind: TemplateKind, out: Path, *, previous: Facts | None = None, criteria: Mapping[str, str] | None = None
) -> None:
    """Write one workbook. previous: last year's facts, for prefilling; criteria: criterion id → Chinese title, for 评定表."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with Book(out) as book:
        if kind is TemplateKind.SCHOOL_WIDE:
            _school_wide(book, previous)
        elif kind is TemplateKind.COUNTY:
            _county(book, previous)
        elif kind is TemplateKind.JUDGEMENT:
            _judgement(book, criteria or {}, previous)
        else:
            _registers(book)


def _school_wide(book: Book, previous: Facts | None) -> None:
    rows = [] if previous is None else previous.school
    year = COUNTY.column("school_year")
    identity = [SCHOOL.column(name) for name in _IDENTITY]
    kept = [
        {**{name: row.get(name) for name in KEPT}, "school_year": previous.school_year + 1 if previous else None} for row in rows
    ]
    main = [*identity, year, *_MAIN]
    book.data_sheet("填报表", main, kept, frozen=3, compare_with=LAST_YEAR_SHEET if rows else "")
    more = [*identity[:3], *_MORE]
    book.data_sheet("选填项目", more, [{name: row.get(name) for name in _IDENTITY[:3]} for row in rows], frozen=3)
    if previous is not None and rows:
        last = [{**row, "school_year": previous.school_year} for row in rows]
        book.last_year_sheet(LAST_YEAR_SHEET, main, last, frozen=3)
    book.guide([
        "每所学校（分校区的每个校区）一行；一贯制学校某学段确无学生的填 0，空着按未报处理，绝不当作 0。",
        "“选填项目”一表按学校代码和校区与“填报表”合并；不填的学校可以不列。",
        "灰底的表头已锁定，请勿改动列名；可以增加行，不必填序号。金额的单位写在列名里。",
        *([f"“{LAST_YEAR_SHEET}”是上一学年的数，位置与“填报表”相同，只供对照；与上年相差较大的格会变成黄底，请核对。"] if rows else []),
    ], [("填报表", main), ("选填项目", more[3:])])  # fmt: skip


def _county(book: Book, previous: Facts | None) -> None:
    last: Row = previous.county[0] if previous is not None and previous.county else {}
    kept = {name: last.get(name) for name in ("county_name", "county_code")} | {
        "school_year": previous.school_year + 1 if previous else None
    }
    book.form_sheet("区县填报数据", COUNTY.columns, kept, last)
    book.guide([
        "每县一份，填“填报值”一列；空着按未报处理，绝不当作 0。比例可以写 12% 或 0.12。",
        "一票否决事项逐项填“是”（存在）或“否”（不存在）。",
    ], [("区县填报数据", COUNTY.columns)])  # fmt: skip


def _judgement(book: Book, criteria: Mapping[str, str], previous: Facts | None) -> None:
    columns = list(JUDGEMENT.columns)
    county = previous.county[0].get("county_code") if previous is not None and previous.county else None
    rows: list[Row] = [
        {"county_code": county, "criterion": f"{title}（{name}）" if title else name} for name, title in criteria.items()
    ]
    book.data_sheet("评定表", columns, rows, frozen=2)
    book.guide([
        "没有数字可以说明的条目由人评定：“结论”填达标或未达标，“佐证”写明材料名称或文号。没有评定的条目请空着，按待定处理。",
        "条目一列括号里是条目编号，请勿改动。",
    ], [("评定表", columns)])  # fmt: skip


def _registers(book: Book) -> None:
    tables = [table(name) for name in ("pupil", "teacher", "class", "room")]
    for each in tables:
        book.data_sheet(each.label, list(each.columns), [], frozen=1)
    names = "、".join(f"{each.label}.csv" for each in tables)
    book.guide([
        f"填好后每张表各自另存为 CSV（UTF-8 或 GBK 均可），文件名与表名相同：{names}，放在同一文件夹里上报。",
        "名册只用来汇总到学校，个人信息不会进入数据版本；班级不填班额时按学生名册计数。",
        "同一名教师在一所学校只登记一行；“是”“否”空着的，涉及的人数按未报处理。",
    ], [(each.label, list(each.columns)) for each in tables])  # fmt: skip
