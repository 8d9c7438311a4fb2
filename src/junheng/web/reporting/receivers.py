"""From the tree of units to what is handed in. Connected by ReportingConfig.ready."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from junheng.web.areas.models import Unit
from junheng.web.areas.signals import school_placed
from junheng.web.reporting.actions.make import ask_school


@receiver(school_placed)
def _ask(sender: type[Unit], school: Unit, **more: Any) -> None:
    ask_school(school)
