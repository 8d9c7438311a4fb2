"""What can be done with a subject, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import reverse

from junheng.web.flow.models import Step, Subject
from junheng.web.flow.process import Field, Input
from junheng.web.pages.templatetags.marks import chinese_date

register = template.Library()


@register.inclusion_tag("flow/moves.html", takes_context=True)
def moves(context: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """Buttons of the transitions the account may take now. The first is the way on; the others stand back. What is offered of
    this subject in particular comes before what all are offered."""
    user = context["request"].user
    mine = [each for each in subject.process.leaving(subject.state) if each.right is not None and each.right.allows(user, subject)]
    open_to_me = sorted((each for each in mine if each.offered is None or each.offered(subject)), key=lambda each: each.offered is None)
    name = f"{subject.process.id}_do"
    return {"moves": [(each, reverse(name, kwargs={"pk": subject.pk, "transition_id": each.id})) for each in open_to_me], "subject": subject}


@register.inclusion_tag("flow/timeline.html")
def timeline(subject: Subject) -> dict[str, Any]:
    """Every step taken, newest last; hashes and versions behind 核验."""
    process = subject.process
    asked = {each.id: {field.name: field for field in each.fields} for each in process.transitions}
    states = {each.id: each for each in process.states}
    steps = [
        {"step": step, "to": states.get(step.to_state), "said": _said(step, asked.get(step.transition, {}))}
        for step in Step.objects.filter(subject=subject.reference)
    ]
    return {"steps": steps, "subject": subject}


def _said(step: Step, asked: Mapping[str, Field]) -> list[tuple[str, str]]:
    return [(asked[name].label, _in_words(asked[name], value)) for name, value in step.data.items() if name in asked and not (value is None or value is False or value == "")]


def _in_words(field: Field, value: Any) -> str:
    """What was entered, as a person says it: a step keeps codes and ISO dates."""
    if field.input is Input.FLAG:
        return "是"
    if field.input is Input.CHOICE:
        return field.choices.get(value, str(value))
    return chinese_date(date.fromisoformat(value)) if field.input is Input.DATE else str(value)
