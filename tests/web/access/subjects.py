"""One of each thing a URL can be about, in a given unit; the URL's parts that name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from junheng.web.areas.models import Unit
from junheng.web.jobs.models import Job

Parts = dict[str, Any]

SUBJECTS: Mapping[str, Callable[[Unit, Any], Parts]] = {
    "": lambda unit, world: {},
    "unit": lambda unit, world: {"code": unit.code},
    "job": lambda unit, world: {"job_id": Job.objects.create(kind="test", label="试", unit=unit).pk},
}
"""Kind → makes it at a unit (the world remembers what was made) and names it."""
