"""出处 as a tree."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from ninja import Schema
from pydantic import Field

from junheng.common.findings import Place
from junheng.engine.trace_node import TraceNode
from junheng.tables import table
from junheng.web.api.schemas.boards import OnReleaseOut

_WHO = table("judgement").column("judged_by").label
"""Who judged is for those who look at the page."""


class PlaceOut(Schema):
    """原表里的一格。"""

    file: str = Field(description="文件")
    sheet: str = Field(description="工作表；空表示没有分表")
    cell: str = Field(description="单元格；空表示没有单元格")

    @staticmethod
    def of(place: Place) -> dict[str, Any] | None:
        """None for no place."""
        return {"file": PurePosixPath(place.file).name, "sheet": place.sheet, "cell": place.cell} if place.file else None


class NodeOut(Schema):
    """一个数、一条规定或一个单元格，和它是由什么得来的。"""

    label: str = Field(description="名称")
    value: str = Field(description="页面上的写法，带单位；空表示不是一个数")
    exact: str = Field(description="未舍入的值；空表示与写法相同，或不是一个数")
    detail: str = Field(description="代入了数的算式，或说明")
    place: PlaceOut | None = Field(description="原表里的格；null 表示不是直接报的")
    raw: str = Field(description="格中原来写的")
    clause: str = Field(description="文件和条款；空表示不是规定")
    children: list[NodeOut] = Field(description="由什么得来")

    @staticmethod
    def of(node: TraceNode) -> dict[str, Any]:
        return {name: getattr(node, name) for name in ("label", "value", "exact", "detail", "raw")} | {
            "place": PlaceOut.of(node.place), "clause": str(node.source or ""),
            "children": [NodeOut.of(child) for child in node.children if child.label != _WHO],
        }  # fmt: skip


class TraceOut(OnReleaseOut):
    """一个数的出处。"""

    item: str = Field(description="问的是什么")
    trees: list[NodeOut] = Field(description="每个学段一棵；不分学段的只有一棵")
