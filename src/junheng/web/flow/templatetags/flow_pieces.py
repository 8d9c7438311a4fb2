"""What can be done with a subject, and what was done."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from junheng.web.flow.models import Step, Subject

register = template.Library()


@register.inclusion_tag("flow/moves.html", takes_context=True)
def moves(context: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """Buttons of the transitions the account may take now. The first is the way on; the others stand back."""
    user = context["request"].user
    open_to_me = [each for each in subject.process.leaving(subject.state) if each.right is not None and each.right.allows(user, subject)]
    name = f"{subject.process.id}_do"
    return {"moves": [(each, reverse(name, kwargs={"pk": subject.pk, "transition_id": each.id})) for each in open_to_me], "subject": subject}


@register.inclusion_tag("flow/timeline.html")
def timeline(subject: Subject) -> dict[str, Any]:
    """Every step taken, newest last; hashes and versions behind 核验."""
    process = subject.process
    labels = {each.id: {field.name: field.label for field in each.fields} for each in process.transitions}
    states = {each.id: each for each in process.states}
    steps = [
        {"step": step, "to": states.get(step.to_state), "said": _said(step, labels.get(step.transition, {}))}
        for step in Step.objects.filter(subject=subject.reference)
    ]
    return {"steps": steps, "subject": subject}


def _said(step: Step, labels: dict[str, str]) -> list[tuple[str, Any]]:
    return [(labels[name], "是" if value is True else value) for name, value in step.data.items() if name in labels and value not in (None, "", False)]
