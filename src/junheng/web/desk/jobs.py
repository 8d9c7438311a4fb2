"""Background work of the desk. A handler that runs again after a crash asks anew, and keeps one answer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.common.errors import UserError
from junheng.planners.model import Planned
from junheng.web.desk.actions.answers import keep_answer, keep_refusal
from junheng.web.desk.contents import Kept, kept
from junheng.web.desk.models import Plan
from junheng.web.desk.questions import question_of
from junheng.web.desk.running import answer, room_for
from junheng.web.desk.solving import RESULTS
from junheng.web.jobs.handlers import Progress, handles
from junheng.web.jobs.models import Job


@handles("desk.solve", long=True)
def solve(job: Job, progress: Progress) -> Mapping[str, Any]:
    plan = Plan.objects.select_related("unit", "job").filter(pk=job.arguments["plan"]).first()
    if plan is None:
        raise UserError("方案已经删除")
    if plan.job_id != job.pk or plan.solved_at is not None:
        return {"plan": plan.pk}

    def beat(doing: str, seconds: float) -> bool:
        progress(0, 0, f"{'正在求解' if plan.personal or not doing else doing}（已用 {seconds:,.0f} 秒）")
        return Plan.objects.filter(pk=plan.pk, enough=True).exists()

    with room_for(str(job.pk)) as room:
        try:
            planned = answer(question_of(plan, room, lambda name: progress(0, 0, f"读取{name}的数据")), room, beat)
        except UserError as error:
            keep_refusal(plan, str(error), job=job.pk)
            if plan.personal:
                raise UserError("没有算成", remedy="原因见方案页") from error
            raise
        keep_answer(plan, planned, list(_files(room / RESULTS, planned, plan.personal)), job=job.pk)
    progress(1, 1, "已求得方案" if planned.possible else "没有可行的方案，原因见方案页")
    return {"plan": plan.pk}


def _files(out: Path, planned: Planned, personal: bool) -> list[Kept]:
    """What was written, by its path in the folder of results."""
    return [kept(path.relative_to(out).as_posix(), path.read_bytes(), personal=personal) for path in sorted(out.rglob("*")) if path.is_file()]
