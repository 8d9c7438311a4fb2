"""Background work of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.web.accounts.actions.invite_many import INVITE, invite_all
from junheng.web.accounts.models import InvitationSheet, User
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job


@handles(INVITE)
def invite_many(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Running again makes what is missing. The outcome holds no link."""
    assert job.by_id is not None, "started by a person"
    by = User.objects.select_related("unit").get(pk=job.by_id)
    sheet = InvitationSheet.objects.get(pk=job.arguments["sheet"])
    invited = invite_all(sheet, by=by, on_step=lambda done, total: progress(done, total, f"已邀请 {done:,} 个人"))
    progress(invited, invited, f"已邀请 {invited:,} 个人，请下载邀请链接单")
    return {"invited": invited}
