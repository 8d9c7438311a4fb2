"""An event together with what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from junheng.web.areas.models import Unit
from junheng.web.audit.models import AuditEvent
from junheng.web.flow.models import Subject


@dataclass(frozen=True)
class Told:
    """An event with what a rule's words may speak of. subject: None when it is no subject of a process, or gone."""

    event: AuditEvent
    unit: Unit | None
    subject: Subject | None


def subject_of(reference: str) -> Subject | None:
    """The subject of a process by its reference ("rectification:12")."""
    kind, _, pk = reference.partition(":")
    model = subject_models().get(kind)
    if model is None or not pk.isdigit():
        return None
    return model._base_manager.select_related("unit").filter(pk=int(pk)).first()


def subject_models() -> dict[str, type[Subject]]:
    """Process id → the model of its subjects."""
    return {model.process.id: model for model in apps.get_models() if issubclass(model, Subject)}
