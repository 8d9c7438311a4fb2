"""Background work of the portal. Every handler may run twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.web.accounts.models import User
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job
from junheng.web.portal.making import make_release


@handles("portal.publish")
def publish(job: Job, progress: Progress) -> Mapping[str, Any]:
    assert job.by_id is not None, "started by a person"
    made = make_release(by=User.objects.get(pk=job.by_id), job=job.pk, on_step=progress)
    progress(1, 1, f"已发布第 {made.number} 版")
    return {"number": made.number}
