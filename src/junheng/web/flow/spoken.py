"""What the transitions of all processes are called, for the audit log."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from junheng.web.flow.models import Subject
from junheng.web.flow.process import Process


@cache
def _processes() -> dict[str, Process]:
    return {model.process.id: model.process for model in apps.get_models() if issubclass(model, Subject)}


def action_in_words(action: str) -> str:
    """"submission.accept" → "填报：接收"; "" for what is no transition."""
    kind, _, step = action.partition(".")
    process = _processes().get(kind)
    if process is None:
        return ""
    if step == "due":
        return f"{process.label}：期限临近"
    transition = process.transition(step)
    return f"{process.label}：{transition.label}" if transition else ""


def subject_in_words(kind: str) -> str:
    process = _processes().get(kind)
    return process.label if process else ""
