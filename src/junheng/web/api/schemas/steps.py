"""The steps of a process that a program may take: what each asks for, and what is sent to take it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from junheng.web.accounts.models import User
from junheng.web.flow.models import Subject

Text = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]


class FieldOut(Schema):
    name: str = Field(description="名称")
    label: str = Field(description="中文名称")
    input: str = Field(description="line、text、date（2026-09-01）、choice、flag（on）或 count（整数），一律写成文字")
    required: bool = Field(description="是否必填")
    help: str = Field(description="怎样填")
    choices: dict[str, str] = Field(description="可选的值和名称")


class StepOut(Schema):
    id: str
    label: str = Field(description="中文名称")
    fields: list[FieldOut] = Field(description="要填什么")


class StepIn(Schema):
    """办一步。"""

    moves: int | None = Field(None, ge=0, le=1_000_000, description="取到的 moves；别人先办了就答复 409。不写则不查")
    data: dict[str, Text] = Field({}, description="填写的内容：名称 → 文字")


def steps_of(subject: Subject, offered: Collection[str], user: User) -> list[dict[str, Any]]:
    """Those of the offered steps that the account may take in the subject's present state."""
    return [
        {"id": each.id, "label": each.label, "fields": [
            {"name": field.name, "label": field.label, "input": str(field.input), "required": field.required, "help": field.help,
             "choices": {str(value): str(label) for value, label in field.choices.items()}} for field in each.fields]}
        for each in subject.process.leaving(subject.state)
        if each.id in offered and each.right is not None and each.right.allows(user, subject)
    ]  # fmt: skip
