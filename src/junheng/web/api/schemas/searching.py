"""What is found, and the clauses of the standard."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field


class HitOut(Schema):
    ref: str = Field(description="单位的代码、问题的编号，或条款的编号")
    title: str = Field(description="名称")
    more: str = Field(description="补充")


class HitsOut(Schema):
    """一类。"""

    id: str = Field(description="areas、schools、problems、clauses")
    label: str = Field(description="中文名称")
    hits: list[HitOut] = Field(description="找到的，最多 20 条")
    there_are_more: bool = Field(description="还有没有列出的")


class SearchOut(Schema):
    """搜索的结果。"""

    groups: list[HitsOut] = Field(description="各类")


class ClauseOut(Schema):
    """标准的一条。"""

    anchor: str = Field(description="编号")
    group: str = Field(description="哪一部分")
    title: str = Field(description="名称")
    text: str = Field(description="原文；空表示没有录入")
    value: str = Field(description="限值，用话说；空表示没有数")
    source: str = Field(description="文件和条款；待核的写在后面")
