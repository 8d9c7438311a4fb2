"""Background work of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from junheng.web.accounts.actions.check_many import check_all
from junheng.web.accounts.actions.invite_many import INVITE, invite_all
from junheng.web.accounts.models import InvitationSheet, User
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job


@handles(INVITE)
def invite_many(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Look at every cell, then invite. Running again makes what is missing. The outcome holds no link and no cell."""
    assert job.by_id is not None, "started by a person"
    by = User.objects.select_related("unit").get(pk=job.by_id)
    sheet = InvitationSheet.objects.get(pk=job.arguments["sheet"])
    people = sheet.people
    check_all(sheet, by=by, on_row=lambda done: progress(done, 2 * people, f"已核对 {done:,} 行"))
    invited = invite_all(sheet, by=by, on_step=lambda done: progress(people + done, 2 * people, f"全部 {people:,} 行无误，已邀请 {done:,} 个人"))
    progress(2 * people, 2 * people, f"已邀请 {invited:,} 个人，请下载邀请链接单")
    return {"invited": invited}
