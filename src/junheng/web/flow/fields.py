"""Read what a person entered for a transition's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Field, Input

_TRUE = {"on", "true", "1", "是"}


def cleaned(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field name; blank optional ones are None. Raises Refused naming every field that is wrong."""
    wrong: dict[str, str] = {}
    out: dict[str, Any] = {}
    for each in fields:
        value = data.get(each.name)
        text = value.strip() if isinstance(value, str) else value
        if each.input is Input.FLAG:
            out[each.name] = text is True or str(text).lower() in _TRUE
            if each.required and not out[each.name]:
                wrong[each.name] = f"请确认“{each.label}”"
        elif text in (None, ""):
            out[each.name] = None
            if each.required:
                wrong[each.name] = f"请填写“{each.label}”"
        else:
            try:
                out[each.name] = _read(each, text)
            except ValueError as error:
                wrong[each.name] = str(error)
    if wrong:
        raise Refused("还有内容没有填好", why="；".join(wrong.values()), fields=wrong)
    return out


def _read(field: Field, value: Any) -> Any:
    if field.input is Input.DATE and not isinstance(value, date):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"“{field.label}”不是日期，请写成 2026-09-01 的样子") from None
    if field.input is Input.COUNT and not isinstance(value, int):
        if not value.isascii() or not value.isdigit():
            raise ValueError(f"“{field.label}”应是整数")
        return int(value)
    if field.input is Input.CHOICE and value not in field.choices:
        raise ValueError(f"“{field.label}”没有这个选项")
    return value


def storable(entered: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON can hold it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in entered.items()}
