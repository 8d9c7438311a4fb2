"""What to do next with a submission, in one sentence."""

from __future__ import annotations

from junheng.web.flow.models import Step
from junheng.web.reporting.models import Submission
from junheng.web.rights.levels import UnitKind

_CHECKED_BY = {
    UnitKind.COUNTY: ("县里", "县级审核人", "县级管理员"), UnitKind.CITY: ("市里", "市级复核员", "市级复核员"),
    UnitKind.PROVINCE: ("省里", "省级管理员", "省级管理员"),
}  # fmt: skip
"""Level that runs the school → where it is checked, who accepts, who grants exceptions."""


def next_step(submission: Submission, unexplained: int) -> str:
    """unexplained: warnings without a word about them."""
    version = submission.latest
    where, who, to_ask = _CHECKED_BY[submission.unit.run_by]
    match submission.state:
        case "submitted":
            return f"已提交，等{who}接收；接收前可以撤回修改。"
        case "accepted":
            return f"{where}已接收，不用再做什么。"
        case "locked":
            return f"填报已经截止；确需更正的，请联系{to_ask}办理“截止后例外”。"
        case "returned":
            return f"{where}退回：{_why(submission)}请改正后重新提交。"
    if not submission.round.is_open:
        return f"本轮{submission.round.state_shown.label}，现在不用填报。"
    if version is None:
        return "请下载预填好的表，填好后上传；也可以直接在网页上填。"
    if version.error_count:
        return f"还有 {version.error_count:,} 处错误，请逐条改正：可以在网页上改，也可以改好表格再上传。"
    if unexplained > 0:
        return f"有 {unexplained} 处提醒，请核对；数据属实的，写一句说明就可以提交。"
    return "数据没有错误，可以提交了。"


def _why(submission: Submission) -> str:
    last = Step.objects.filter(subject=submission.reference, transition="return").last()
    reason = str(last.data.get("reason", "")).strip() if last else ""
    return reason if reason.endswith(("。", "！", "？")) else f"{reason}。"
