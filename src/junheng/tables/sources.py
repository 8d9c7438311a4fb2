"""来源表: where each reported value stood, one row per (table, row key, column). Enters a release beside the facts."""

from __future__ import annotations

from junheng.tables.model import Column, Kind, Table

SOURCE_CELL = Table(
    "source_cell", "来源单元格", "一行一个已报数值", ("table", "county_code", "school_code", "campus", "row", "column"),
    (
        Column("table", "数据表", Kind.TEXT),
        Column("county_code", "区县代码", Kind.ID),
        Column("school_code", "学校代码", Kind.ID),
        Column("campus", "校区名称", Kind.TEXT),
        Column("row", "行键", Kind.TEXT, note="评定表的条目编号；其余为空"),
        Column("column", "字段", Kind.TEXT),
        Column("file", "文件", Kind.TEXT),
        Column("sheet", "工作表", Kind.TEXT),
        Column("cell", "单元格", Kind.TEXT),
        Column("raw", "原文", Kind.TEXT, note="单元格里的原样文字；汇总自名册时为汇总说明"),
    ),
)  # fmt: skip
