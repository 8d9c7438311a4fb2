"""数据字典: every table and column of the data contract."""

from __future__ import annotations

from generators.markdown import table
from junheng.tables import CONTRACT_VERSION, TABLES, Column, Kind, Table

_KINDS = {
    Kind.COUNT: "整数", Kind.AMOUNT: "数值", Kind.FRACTION: "比例（小数）", Kind.FLAG: "是/否", Kind.CODE: "代码",
    Kind.LEVEL: "等级", Kind.YEAR: "年份", Kind.TEXT: "文字", Kind.DATE: "日期", Kind.ID: "编号（文字）",
}  # fmt: skip


def pages() -> dict[str, str]:
    parts = [f"# 数据字典\n\n数据契约版本：`{CONTRACT_VERSION}`。“单位”是填报时的单位，括号内是入库单位。\n"]
    parts += [_table(each) for each in TABLES.values()]
    parts.append(_codes())
    return {"dictionary.md": "\n".join(parts)}


def _table(each: Table) -> str:
    person = "个人级数据，只在采集时汇总，不进入数据版本。" if each.person_level else ""
    key = "、".join(f"`{name}`" for name in each.key)
    rows = [
        (column.label, f"`{column.name}`", _KINDS[column.kind], _unit(column), "是" if column.required else "否",
         column.null_means, "；".join(filter(None, (column.codes.name if column.codes else "", column.note))),
         "、".join(column.variants[:4]))
        for column in each.columns
    ]  # fmt: skip
    header = ("填报项目", "字段", "类型", "单位", "必填", "空值含义", "代码表与说明", "也认得的写法")
    return f"## {each.label} `{each.name}`\n\n{each.grain}；主键 {key}。{person}\n\n{table(header, rows)}"


def _unit(column: Column) -> str:
    if not column.form_sign:
        return column.unit.symbol
    return f"{column.form_sign}（{column.unit.symbol}）"


def _codes() -> str:
    lists = {c.codes.name: c.codes for t in TABLES.values() for c in t.columns if c.codes}
    parts = ["## 代码表\n"]
    for codes in lists.values():
        parts.append(f"### {codes.name}\n\n来源：{codes.source}\n\n" + table(("代码", "名称"), codes.labels.items()))
    return "\n".join(parts)
