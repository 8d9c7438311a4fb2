"""What the schema refused, in words: pydantic's findings turned into 什么 and 怎么办."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_MISSING = {
    "source": ("没有写出处（source）", "每个数值都要有出处，写成 source: {document: 文件编号, clause: 条款}"),
    "from": ("没有写生效日期（from）", "请写该数值自哪一天起有效，如 from: 2023-10-19"),
    "clause": ("没有写条款（clause）", "请写条款，如 clause: 第六条（一）"),
    "document": ("没有写文件（document）", "请写文件登记表中的编号"),
    "start": ("没有写起始日期（start）", "请写日期；尚未核实的写 start: null，并在 unverified 说明"),
    "end": ("没有写终止日期（end）", "请写日期；尚未核实的写 end: null，并在 unverified 说明"),
}


def explain(detail: Mapping[str, Any], loc: tuple[int | str, ...]) -> tuple[str, str]:
    """(什么, 怎么办) for one finding of pydantic at a place."""
    kind, given = str(detail["type"]), detail["input"]
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        return f"不认识的键“{key}”", "请核对拼写，或删去这一行"
    if kind == "missing":
        return _MISSING.get(key, (f"缺少“{key}”", f"请补写“{key}”"))
    if kind == "value_error":
        return f"{_named(key)}{detail['ctx']['error']}", "请照上述说明改正"
    if kind.startswith("string"):
        return _not_text(key, given)
    if isinstance(given, bool):
        return f"“{key}”写成了真假值 {str(given).lower()}", "此处要写数值，不能用 true、false、yes、no"
    if kind.startswith("date"):
        return f"“{key}”不是日期：{_shown(given)}", "请写成 2023-10-19 的样子；不知道的日期不写“n/a”，写 null 并说明待核"
    if kind.startswith("decimal") or kind == "is_instance_of":
        return f"“{key}”不是数值：{_shown(given)}", "请写不加引号的十进制数字"
    if kind in ("literal_error", "enum"):
        return f"“{key}”不能是{_shown(given)}", f"可写：{detail['ctx']['expected'].replace(' or ', '、')}"
    return f"“{key}”的写法不对：{_shown(given)}", "请对照自带的政策包改写"


def _not_text(key: str, given: object) -> tuple[str, str]:
    if key == "clause" and isinstance(given, Decimal):
        return f"条款写成了数值 {given}", f"条款是文字，请加引号：clause: \"{given}\"（数值 5.10 会被当作 5.1）"
    if isinstance(given, Decimal):
        return f"“{key}”写成了数值 {given}", f"此处是文字，请加引号：\"{given}\""
    return f"“{key}”不是文字：{_shown(given)}", "请写成文字，必要时加引号"


def _named(key: str) -> str:
    return f"“{key}”：" if key else ""


def _shown(given: object) -> str:
    if given is None:
        return "空"
    if isinstance(given, dict | tuple):
        return "一组内容"
    return f"“{given}”"
