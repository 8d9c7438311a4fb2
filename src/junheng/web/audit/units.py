"""Units as the log names them. The log stands below the room of the units, so it asks for their table by name."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps

_MOST = 500


def unit_names(paths: Iterable[str]) -> dict[str, str]:
    """Path → name; a unit that is no more is left out."""
    units = apps.get_model("areas", "Unit")._base_manager
    return dict(units.filter(path__in=[each for each in paths if each]).values_list("path", "name"))


def paths_called(words: str) -> list[str]:
    units = apps.get_model("areas", "Unit")._base_manager
    return list(units.filter(name__contains=words).values_list("path", flat=True)[:_MOST])
