"""What to do next with a submission, in one sentence."""

from __future__ import annotations

from junheng.web.flow.models import Step
from junheng.web.reporting.models import Submission


def next_step(submission: Submission, unexplained: int) -> str:
    """unexplained: warnings without a word about them."""
    version = submission.latest
    match submission.state:
        case "submitted":
            return "已提交，等县级审核人接收；接收前可以撤回修改。"
        case "accepted":
            return "县里已接收，不用再做什么。"
        case "locked":
            return "填报已经截止；确需更正的，请联系县级管理员办理“截止后例外”。"
        case "returned":
            return f"县里退回：{_why(submission)}请改正后重新提交。"
    if not submission.round.is_open:
        return f"本轮{submission.round.state_shown.label}，现在不用填报。"
    if version is None:
        return "请下载预填好的表，填好后上传；也可以直接在网页上填。"
    if version.error_count:
        return f"还有 {version.error_count} 处错误，请逐条改正：可以在网页上改，也可以改好表格再上传。"
    if unexplained > 0:
        return f"有 {unexplained} 处提醒，请核对；数据属实的，写一句说明就可以提交。"
    return "数据没有错误，可以提交了。"


def _why(submission: Submission) -> str:
    last = Step.objects.filter(subject=submission.reference, transition="return").last()
    reason = str(last.data.get("reason", "")).strip() if last else ""
    return reason if reason.endswith(("。", "！", "？")) else f"{reason}。"
